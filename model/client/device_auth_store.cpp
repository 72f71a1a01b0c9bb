#include "model/client/device_auth_store.hpp"

#include <algorithm>
#include <utility>

#include "model/base/js_string.hpp"
#include "model/base/json.hpp"
#include "model/client/swift_text.hpp"
#include "model/store/views.hpp"

namespace model::client {
namespace {

constexpr char kSeparator = '\x1f';

bool by_gateway(policy::TokenScope scope) { return scope != policy::TokenScope::global; }

bool unscoped(const DeviceAuthStore::Entry& entry) {
  return entry.key.find(kSeparator) == std::string::npos;
}

std::optional<StoredToken> read_entry(const std::string& key, const js::Value& value) {
  const std::string* token = js::string_member(value, "token");
  if (token == nullptr) return std::nullopt;
  const std::string* role = js::string_member(value, "role");
  const std::size_t separator = key.rfind(kSeparator);
  StoredToken read{.token = *token,
                   .role = role != nullptr
                               ? *role
                               : key.substr(separator == std::string::npos ? 0 : separator + 1),
                   .scopes = {},
                   .updated_at = {}};
  if (const js::Array* scopes = js::array_member(value, "scopes")) {
    for (const js::Value& scope : *scopes) {
      if (scope.is_string()) read.scopes.push_back(scope.string());
    }
  }
  const js::Value* at = js::member(value, "updatedAtMs");
  if (at != nullptr && at->is_integer()) read.updated_at = {at->integer()};
  return read;
}

}  // namespace

std::string slot_key(policy::TokenScope scope, std::string_view gateway, std::string_view role) {
  const std::string name(js::trim(role));
  return by_gateway(scope) ? std::string(gateway) + kSeparator + name : name;
}

std::vector<std::string> normalise_scopes(ScopeForm form, const std::vector<std::string>& scopes) {
  if (form == ScopeForm::scopeset) return store::scopeset(scopes);
  std::vector<std::string> kept;
  for (const std::string& scope : scopes) {
    if (const std::string_view text = swift_trim(scope); !text.empty()) kept.emplace_back(text);
  }
  std::ranges::sort(kept, js::utf16_less);
  kept.erase(std::ranges::unique(kept).begin(), kept.end());
  return kept;
}

std::optional<StoredToken> DeviceAuthStore::load(policy::TokenScope scope,
                                                 std::string_view device_id, std::string_view role,
                                                 std::string_view gateway) const {
  if (device_id != device_id_) return std::nullopt;
  const auto at = [&](const std::string& key) -> std::optional<StoredToken> {
    const auto found = std::ranges::find(entries_, key, &Entry::key);
    if (found == entries_.end() || found->value.token.empty()) return std::nullopt;
    return found->value;
  };
  auto token = at(slot_key(scope, gateway, role));
  if (!token && scope == policy::TokenScope::per_gateway_with_fallback) {
    token = at(slot_key(policy::TokenScope::global, gateway, role));
  }
  return token;
}

void DeviceAuthStore::store(policy::TokenScope scope, ScopeForm form, std::string_view device_id,
                            std::string_view gateway, StoredToken token) {
  if (device_id != device_id_) {
    entries_.clear();
    device_id_ = device_id;
  }
  token.role = js::trim(token.role);
  token.scopes = normalise_scopes(form, token.scopes);
  const std::string key = slot_key(scope, gateway, token.role);
  if (scope == policy::TokenScope::per_gateway_dropping_others) {
    const std::string own = std::string(gateway) + kSeparator;
    std::erase_if(entries_, [&](const Entry& entry) { return !entry.key.starts_with(own); });
  }
  const auto found = std::ranges::find(entries_, key, &Entry::key);
  if (found != entries_.end()) {
    found->value = std::move(token);
  } else {
    entries_.push_back({key, std::move(token)});
  }
}

bool DeviceAuthStore::clear(policy::TokenScope scope, std::string_view device_id,
                            std::string_view role, std::string_view gateway) {
  if (device_id != device_id_) return false;
  const std::string key = slot_key(scope, gateway, role);
  return std::erase_if(entries_, [&](const Entry& entry) { return entry.key == key; }) > 0;
}

void DeviceAuthStore::clear_role_everywhere(std::string_view role) {
  std::erase_if(entries_, [&](const Entry& entry) { return entry.value.role == role; });
}

std::vector<std::string> DeviceAuthStore::claim_unscoped(policy::TokenScope scope,
                                                         std::string_view last_used,
                                                         std::string_view current) {
  using policy::TokenScope;
  // With a fallback the unscoped entry goes on serving everybody, so nobody claims it.
  if (!by_gateway(scope) || scope == TokenScope::per_gateway_with_fallback) return {};
  const std::string_view owner =
      scope == TokenScope::per_gateway_claimed_by_current ? current : last_used;
  std::vector<std::string> claimed;
  std::vector<Entry> copies;
  for (const Entry& entry : entries_) {
    if (!unscoped(entry) || owner.empty()) continue;
    const std::string key = slot_key(scope, owner, entry.value.role);
    if (std::ranges::find(entries_, key, &Entry::key) != entries_.end()) continue;
    copies.push_back({key, entry.value});
    claimed.push_back(key);
  }
  if (scope != TokenScope::per_gateway_keeping_legacy) std::erase_if(entries_, unscoped);
  entries_.insert(entries_.end(), copies.begin(), copies.end());
  return claimed;
}

std::string DeviceAuthStore::encode() const {
  js::Object tokens;
  for (const Entry& entry : entries_) {
    js::Array scopes;
    for (const std::string& scope : entry.value.scopes) scopes.emplace_back(scope);
    tokens.set(entry.key, js::Object{{"token", entry.value.token},
                                     {"role", entry.value.role},
                                     {"scopes", std::move(scopes)},
                                     {"updatedAtMs", entry.value.updated_at.ms}});
  }
  const js::Value file =
      js::Object{{"version", 1}, {"deviceId", device_id_}, {"tokens", std::move(tokens)}};
  return js::dump_pretty(file) + "\n";
}

DeviceAuthStore DeviceAuthStore::decode(std::string_view content) {
  const auto file = js::parse(content);
  if (!file) return {};
  const auto version = js::number_member(*file, "version");
  const std::string* device_id = js::string_member(*file, "deviceId");
  const js::Value* tokens = js::member(*file, "tokens");
  if (!version || *version != 1 || device_id == nullptr || tokens == nullptr ||
      !tokens->is_object()) {
    return {};
  }
  DeviceAuthStore read;
  read.device_id_ = *device_id;
  for (const js::Member& member : tokens->object()) {
    if (auto entry = read_entry(member.name, member.value)) {
      read.entries_.push_back({member.name, std::move(*entry)});
    }
  }
  return read;
}

}  // namespace model::client
