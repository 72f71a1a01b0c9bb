// What happens to requests and records besides pairing: rejection, removal, metadata (S-17, S-18,
// S-20).
#include <string>
#include <utility>

#include "model/base/js_string.hpp"
#include "model/store/device_store.hpp"
#include "model/store/pairing_files.hpp"
#include "model/store/record.hpp"
#include "model/store/scopes.hpp"

namespace model::store {
namespace {

Execution unknown() { return {.write = std::nullopt, .answer = {.outcome = Outcome::unknown}}; }

/// The patch's member takes the place of the record's, also when it is absent.
void patch_member(js::Object& record, std::string_view name,
                  const std::optional<std::string>& value) {
  if (value) {
    record.set(name, *value);
  } else {
    record.erase(name);
  }
}

void patch_member(js::Object& record, std::string_view name, const std::optional<Strings>& list) {
  if (list) {
    record.set(name, list_value(*list));
  } else {
    record.erase(name);
  }
}

}  // namespace

Execution reject_device(const DeviceReject& input, const Documents& files, Instant now) {
  PairingFiles store(files, now);
  const js::Value* request = store.find_pending(input.request_id);
  if (request == nullptr) return unknown();
  Answer answer = {.outcome = Outcome::ok, .record = *request, .id = input.request_id};
  store.pending.erase(input.request_id);
  return {.write = store.content(), .answer = std::move(answer)};
}

Execution remove_device(const DeviceRemove& input, const Documents& files, Instant now) {
  PairingFiles store(files, now);
  const std::string device_id(js::trim(input.device_id));
  const js::Value* device = store.find_paired(device_id);
  if (device == nullptr) return unknown();
  Answer answer = {.outcome = Outcome::ok, .record = *device, .id = device_id};
  store.paired.erase(device_id);
  return {.write = store.content(), .answer = std::move(answer)};
}

Execution update_device(const DeviceUpdate& input, const Documents& files,
                        const policy::Policy& policy, Instant now) {
  PairingFiles store(files, now);
  const std::string device_id(js::trim(input.device_id));
  const js::Value* existing = store.find_paired(device_id);
  if (existing == nullptr) return unknown();

  const auto patch_role = input.role ? std::optional<js::Value>(*input.role) : std::nullopt;
  const auto patch_scopes = list_value(input.scopes);
  const auto roles = merge_roles(
      {member(existing, "roles"), member(existing, "role"), patch_role ? &*patch_role : nullptr});
  const auto scopes = merge_scopes(
      {member(existing, "scopes"), patch_scopes ? &*patch_scopes : nullptr}, policy.empty_list);

  js::Object record = spread(existing);
  patch_member(record, "displayName", input.display_name);
  patch_member(record, "clientId", input.client_id);
  patch_member(record, "clientMode", input.client_mode);
  if (input.role) record.set("role", *input.role);
  // Set before `remoteIp`: where a record has neither, this is the order in which they appear.
  patch_member(record, "scopes", scopes);
  patch_member(record, "remoteIp", input.remote_ip);
  patch_member(record, "roles", roles);

  const js::Value result(std::move(record));
  store.paired.set(device_id, result);
  return {.write = store.content(),
          .answer = {.outcome = Outcome::ok, .record = result, .id = device_id}};
}

}  // namespace model::store
