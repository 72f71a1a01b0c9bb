#include "model/store/pairing_files.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "model/store/lifetimes.hpp"
#include "model/store/record.hpp"

namespace model::store {
namespace {

const js::Value* present(const js::Value* record) { return truthy(record) ? record : nullptr; }

}  // namespace

const js::Object& members_of(const Document& document) {
  static const js::Object kNone;
  return document.is_object() ? document.object() : kNone;
}

PairingFiles::PairingFiles(const Documents& files, Instant now) : paired(members_of(files.second)) {
  const js::Object& stored = members_of(files.first);
  std::vector<js::Member> alive;
  for (const js::Member& request : stored) {
    if (request.value.is_null()) throw Thrown{"cannot read 'ts' of null"};
    if (expired(js::member(request.value, "ts"), now, kPendingLife)) continue;
    alive.push_back(request);
  }
  pending = alive.size() == stored.size() ? stored : js::Object::from_members(std::move(alive));
}

Documents PairingFiles::content() const { return {js::Value(pending), js::Value(paired)}; }

const js::Value* PairingFiles::find_pending(std::string_view request_id) const {
  return present(pending.find(request_id));
}

const js::Value* PairingFiles::find_paired(std::string_view id) const {
  return present(paired.find(id));
}

void sort_newest_first(std::vector<js::Value>& records, std::string_view time_member) {
  std::vector<std::pair<std::optional<std::int64_t>, js::Value>> keyed;
  keyed.reserve(records.size());
  for (js::Value& record : records) {
    keyed.emplace_back(number_of(js::member(record, time_member)), std::move(record));
  }
  std::ranges::stable_sort(keyed, [](const auto& a, const auto& b) { return a.first > b.first; });
  records.clear();
  for (auto& [time, record] : keyed) records.push_back(std::move(record));
}

}  // namespace model::store
