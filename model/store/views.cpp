#include "model/store/views.hpp"

#include "model/base/js_string.hpp"
#include "model/store/lifetimes.hpp"
#include "model/store/pairing_files.hpp"
#include "model/store/record.hpp"

namespace model::store {

const js::Value* find_paired(const Documents& devices, std::string_view device_id) {
  const js::Value* record = js::member(devices.second, js::trim(device_id));
  return truthy(record) ? record : nullptr;
}

std::vector<js::Value> list_pending(const Documents& store, Instant now) {
  std::vector<js::Value> alive;
  for (const js::Member& request : members_of(store.first)) {
    if (request.value.is_null()) continue;
    if (expired(js::member(request.value, "ts"), now, kPendingLife)) continue;
    alive.push_back(request.value);
  }
  sort_newest_first(alive, "ts");
  return alive;
}

std::vector<js::Value> list_paired(const Documents& store) {
  std::vector<js::Value> records;
  for (const js::Member& record : members_of(store.second)) {
    if (!record.value.is_null()) records.push_back(record.value);
  }
  sort_newest_first(records, "approvedAtMs");
  return records;
}

const js::Value* verify_node_token(const Documents& nodes, std::string_view node_id,
                                   std::string_view token) {
  const js::Value* record = find_paired(nodes, node_id);
  if (record == nullptr || !same_secret(token, js::member(*record, "token"))) return nullptr;
  return record;
}

}  // namespace model::store
