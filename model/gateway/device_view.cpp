#include "model/gateway/device_view.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "model/gateway/locale_order.hpp"
#include "model/store/record.hpp"

namespace model::gateway {
namespace {

js::Value summary(const js::Value& entry) {
  js::Object out;
  for (const std::string_view name :
       {"role", "scopes", "createdAtMs", "rotatedAtMs", "revokedAtMs", "lastUsedAtMs"}) {
    store::copy_member(out, &entry, name);
  }
  return out;
}

std::string role_of(const js::Value& entry) {
  const std::string* role = js::string_member(entry, "role");
  return role == nullptr ? std::string() : *role;
}

}  // namespace

js::Value redacted(const js::Value& device) {
  js::Object out = store::spread(&device);
  const js::Object tokens = store::spread(out.find("tokens"));
  out.erase("tokens");
  out.erase("approvedScopes");
  if (tokens.empty()) return out;
  std::vector<js::Value> entries;
  for (const js::Member& token : tokens) entries.push_back(summary(token.value));
  std::ranges::stable_sort(entries, [](const js::Value& a, const js::Value& b) {
    return locale_less(role_of(a), role_of(b));
  });
  out.set("tokens", std::move(entries));
  return out;
}

}  // namespace model::gateway
