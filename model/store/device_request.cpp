// Asking for pairing (S-13): refresh what waits, replace it, or begin to wait.
#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/base/js_string.hpp"
#include "model/store/device_store.hpp"
#include "model/store/pairing_files.hpp"
#include "model/store/record.hpp"
#include "model/store/scopes.hpp"

namespace model::store {
namespace {

/// A waiting request and the name under which the file keeps it.
struct Waiting {
  std::string key;
  js::Value record;
};

std::optional<js::Value> text_value(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  return js::Value(*text);
}

const js::Value* address(const std::optional<js::Value>& value) {
  return value ? &*value : nullptr;
}

/// The connect's side of every comparison and merge, as the JSON that it will become.
struct Incoming {
  std::string device_id;
  std::optional<std::string> role;  ///< trimmed, none if blank
  std::optional<js::Value> role_value, roles, scopes;

  Incoming(const DeviceRequest& input, std::string trimmed_device_id)
      : device_id(std::move(trimmed_device_id)),
        role(clean(input.role)),
        role_value(text_value(input.role)),
        roles(list_value(input.roles)),
        scopes(list_value(input.scopes)) {}
};

/// Requests of this device that the new one concerns, newest first: all of them, or under
/// pairing.merge=per_role those for the same role.
std::vector<Waiting> mine(const PairingFiles& store, const Incoming& incoming,
                          policy::Merge merge) {
  std::vector<js::Value> records;
  std::vector<Waiting> result;
  for (const js::Member& request : store.pending) {
    const std::string* device = js::string_member(request.value, "deviceId");
    if (device == nullptr || *device != incoming.device_id) continue;
    if (merge == policy::Merge::per_role &&
        trimmed(js::member(request.value, "role")) != incoming.role) {
      continue;
    }
    result.push_back({request.name, request.value});
  }
  std::ranges::stable_sort(result, [](const Waiting& a, const Waiting& b) {
    return number_of(js::member(a.record, "ts")) > number_of(js::member(b.record, "ts"));
  });
  return result;
}

Strings sorted(Strings words) {
  std::ranges::sort(words);
  return words;
}

/// Does the waiting request ask for the same as the incoming one? Display data does not count.
bool same_request(const js::Value& waiting, const DeviceRequest& input, const Incoming& incoming) {
  const std::string* key = js::string_member(waiting, "publicKey");
  if (key == nullptr || *key != input.public_key) return false;
  const js::Value* role = js::member(waiting, "role");
  if (trimmed(role) != incoming.role) return false;
  const auto old_roles = merge_roles({js::member(waiting, "roles"), role});
  const auto new_roles = merge_roles({address(incoming.roles), address(incoming.role_value)});
  return sorted(old_roles.value_or(Strings{})) == sorted(new_roles.value_or(Strings{})) &&
         scopeset(js::member(waiting, "scopes")) == scopeset(address(incoming.scopes));
}

js::Value refreshed(const js::Value& waiting, const DeviceRequest& input, bool is_repair,
                    policy::Merge merge, Instant now) {
  const bool silent =
      input.silent && (merge != policy::Merge::accumulate || truthy(js::member(waiting, "silent")));
  js::Object record = waiting.object();
  record.set("publicKey", input.public_key);
  record.set_if("displayName", input.display_name);
  record.set_if("platform", input.platform);
  record.set_if("deviceFamily", input.device_family);
  record.set_if("clientId", input.client_id);
  record.set_if("clientMode", input.client_mode);
  record.set_if("remoteIp", input.remote_ip);
  record.set("silent", silent);
  if (!truthy(record.find("isRepair"))) record.set("isRepair", is_repair);
  record.set("ts", now.ms);
  return js::Value(std::move(record));
}

/// What a new record takes from the requests that it replaces, or from nobody.
struct Merged {
  std::optional<std::string> role;
  std::optional<Strings> roles, scopes;
  bool silent = false;
};

Merged merged(const std::vector<Waiting>& old, const DeviceRequest& input, const Incoming& incoming,
              const policy::Policy& policy) {
  Merged result = {.role = incoming.role, .silent = input.silent};
  std::vector<const js::Value*> roles;
  std::vector<const js::Value*> scopes;
  if (policy.merge == policy::Merge::accumulate) {
    if (!result.role && !old.empty()) result.role = trimmed(js::member(old[0].record, "role"));
    for (const Waiting& request : old) {
      const js::Value* silent = js::member(request.record, "silent");
      if (silent == nullptr || !silent->is_bool() || !silent->boolean()) result.silent = false;
      roles.push_back(js::member(request.record, "roles"));
      roles.push_back(js::member(request.record, "role"));
      scopes.push_back(js::member(request.record, "scopes"));
    }
  }
  roles.push_back(address(incoming.roles));
  roles.push_back(address(incoming.role_value));
  scopes.push_back(address(incoming.scopes));
  result.roles = merge_roles(roles);
  result.scopes = merge_scopes(scopes, policy.empty_list);
  return result;
}

/// The requests that stay. In one pass, since a file may hold very many of one device.
js::Object without(const js::Object& pending, const std::vector<Waiting>& replaced) {
  if (replaced.empty()) return pending;
  std::set<std::string_view> gone;
  for (const Waiting& request : replaced) gone.insert(request.key);
  std::vector<js::Member> rest;
  for (const js::Member& request : pending) {
    if (!gone.contains(request.name)) rest.push_back(request);
  }
  return js::Object::from_members(std::move(rest));
}

Execution accepted(const PairingFiles& store, const js::Value& record, bool created) {
  const std::string* id = text(member(&record, "requestId"));
  return {.write = store.content(),
          .answer = {.outcome = Outcome::ok,
                     .created = created,
                     .record = record,
                     .id = id != nullptr ? *id : std::string()}};
}

}  // namespace

Execution request_device(const DeviceRequest& input, const Documents& files,
                         const policy::Policy& policy, Instant now, NameSource& names) {
  PairingFiles store(files, now);
  const Incoming incoming(input, std::string(js::trim(input.device_id)));
  if (incoming.device_id.empty()) {
    return {.write = std::nullopt,
            .answer = {.outcome = Outcome::invalid, .reason = "deviceId required"}};
  }
  const bool is_repair = store.find_paired(incoming.device_id) != nullptr;
  const std::vector<Waiting> waiting = mine(store, incoming, policy.merge);
  if (waiting.size() == 1 && same_request(waiting[0].record, input, incoming)) {
    const js::Value record = refreshed(waiting[0].record, input, is_repair, policy.merge, now);
    store.pending.set(waiting[0].key, record);
    return accepted(store, record, /*created=*/false);
  }

  const Merged asked = merged(waiting, input, incoming, policy);
  store.pending = without(store.pending, waiting);
  const std::string id = names.mint(NameKind::device_request, incoming.device_id);
  js::Object record;
  record.set("requestId", id);
  record.set("deviceId", incoming.device_id);
  record.set("publicKey", input.public_key);
  record.set_if("displayName", input.display_name);
  record.set_if("platform", input.platform);
  record.set_if("deviceFamily", input.device_family);
  record.set_if("clientId", input.client_id);
  record.set_if("clientMode", input.client_mode);
  record.set_if("role", asked.role);
  record.set_if("roles", list_value(asked.roles));
  record.set_if("scopes", list_value(asked.scopes));
  record.set_if("remoteIp", input.remote_ip);
  record.set("silent", asked.silent);
  record.set("isRepair", is_repair);
  record.set("ts", now.ms);
  const js::Value result(std::move(record));
  store.pending.set(id, result);
  return accepted(store, result, /*created=*/true);
}

}  // namespace model::store
