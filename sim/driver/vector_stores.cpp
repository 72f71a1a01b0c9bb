#include "sim/driver/vector_stores.hpp"

#include <algorithm>
#include <utility>

#include "model/base/js_string.hpp"

namespace sim {

namespace js = model::js;

namespace {

std::string_view text_of(const js::Value& record, std::string_view name) {
  const std::string* text = js::string_member(record, name);
  return text == nullptr ? std::string_view() : *text;
}

/// A request without a number there comes first.
std::pair<bool, std::int64_t> instant_of(const js::Value& record) {
  const js::Value* ts = js::member(record, "ts");
  return ts != nullptr && ts->is_number() ? std::pair(true, ts->integer())
                                          : std::pair(false, std::int64_t{0});
}

js::Array requests_in(const js::Value& store) {
  if (store.is_array()) return store.array();
  js::Array requests;
  for (const js::Member& member : store.object()) requests.push_back(member.value);
  return requests;
}

}  // namespace

std::optional<std::string> store_path(std::string_view store) {
  for (const std::string_view known : kVectorStores) {
    if (known != store) continue;
    std::string path(known);
    path[path.find('.')] = '/';
    return path + ".json";
  }
  return std::nullopt;
}

js::Value store_entries(const Disk& disk) {
  js::Object stores;
  for (const std::string_view store : kVectorStores) {
    js::Value content = js::Object();
    if (const auto file = disk.files.find(*store_path(store)); file != disk.files.end()) {
      if (auto parsed = js::parse(*file->second.content)) content = std::move(*parsed);
    }
    stores.set(store, std::move(content));
  }
  return js::Value(std::move(stores));
}

js::Value with_sorted_requests(const js::Value& stores) {
  js::Value sorted = stores;
  for (const auto& [store, owner] :
       {std::pair{"devices.pending", "deviceId"}, std::pair{"nodes.pending", "nodeId"}}) {
    const js::Value* content = js::member(stores, store);
    if (content == nullptr || (!content->is_object() && !content->is_array())) continue;
    js::Array requests = requests_in(*content);
    std::stable_sort(requests.begin(), requests.end(),
                     [name = owner](const js::Value& a, const js::Value& b) {
                       const std::string_view text_a = text_of(a, name), text_b = text_of(b, name);
                       if (text_a != text_b) return js::utf16_less(text_a, text_b);
                       return instant_of(a) < instant_of(b);
                     });
    sorted.edit_object().set(store, js::Value(std::move(requests)));
  }
  return sorted;
}

}  // namespace sim
