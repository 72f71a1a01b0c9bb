// Approving a pending request (S-16): may this caller, and what becomes of the device.
#include <optional>
#include <string>
#include <utility>

#include "model/store/device_store.hpp"
#include "model/store/pairing_files.hpp"
#include "model/store/record.hpp"
#include "model/store/scopes.hpp"
#include "model/store/token_entry.hpp"

namespace model::store {
namespace {

/// The role under which a request is approved: its role, else the first of its roles.
std::optional<std::string> approval_role(const js::Value& request) {
  if (auto role = trimmed(js::member(request, "role"))) return role;
  for (const std::string& candidate : strings_of(js::member(request, "roles"))) {
    if (auto role = clean(candidate)) return role;
  }
  return std::nullopt;
}

/// The scope that the caller lacks, or none (S-16 step 3).
std::optional<std::string> lacking(const js::Value& request, const DeviceApprove& input,
                                   policy::RoleForScopes rule) {
  Strings needed;
  for (std::string& scope : scopeset(js::member(request, "scopes"))) {
    if (scope.starts_with("operator.")) needed.push_back(std::move(scope));
  }
  std::optional<std::string> role = approval_role(request);
  // T-6: whoever may give every operator scope may give these, whatever role the request ended on.
  if (rule == policy::RoleForScopes::operator_if_operator_scopes && !needed.empty()) {
    role = "operator";
  }
  if (!role) return std::nullopt;
  if (!input.caller_scopes) return needed.empty() ? "callerScopes-required" : needed.front();
  return missing_scope(*role, needed, *input.caller_scopes);
}

/// The device's tokens with a new one for the request's role (S-16 step 5).
js::Object tokens_after(const js::Value& request, const js::Value* existing,
                        const std::optional<Strings>& approved, Instant now, NameSource& names) {
  js::Object tokens = spread(member(existing, "tokens"));
  const auto role = trimmed(js::member(request, "role"));
  if (!role) return tokens;
  const js::Value* previous = tokens.find(*role);
  Strings scopes = scopeset(js::member(request, "scopes"));
  if (scopes.empty()) {
    const auto approved_list = list_value(approved);
    scopes =
        scopeset(first_of({member(previous, "scopes"), approved_list ? &*approved_list : nullptr,
                           member(existing, "approvedScopes"), member(existing, "scopes")}));
  }
  const std::string device_id = property_key(js::member(request, "deviceId"));
  const NewToken from = {.device_id = device_id,
                         .role = *role,
                         .scopes = std::move(scopes),
                         .previous = previous,
                         .rotated_at = truthy(previous) ? std::optional(now) : std::nullopt};
  js::Value entry = new_token(from, now, names);
  tokens.set(*role, std::move(entry));
  return tokens;
}

}  // namespace

Execution approve_device(const DeviceApprove& input, const Documents& files,
                         const policy::Policy& policy, Instant now, NameSource& names) {
  PairingFiles store(files, now);
  const js::Value* pending = store.find_pending(input.request_id);
  if (pending == nullptr) return {.write = std::nullopt, .answer = {.outcome = Outcome::unknown}};
  const js::Value request = *pending;
  if (auto missing = lacking(request, input, policy.role_for_scopes)) {
    return {.write = std::nullopt,
            .answer = {.outcome = Outcome::forbidden, .missing_scope = *std::move(missing)}};
  }

  const std::string device_id = property_key(js::member(request, "deviceId"));
  const js::Value* existing = store.find_paired(device_id);
  const auto roles = merge_roles({member(existing, "roles"), member(existing, "role"),
                                  js::member(request, "roles"), js::member(request, "role")});
  const auto approved =
      merge_scopes({first_of({member(existing, "approvedScopes"), member(existing, "scopes")}),
                    js::member(request, "scopes")},
                   policy.empty_list);
  const js::Value* created = member(existing, "createdAtMs");

  js::Object device;
  for (const std::string_view name : {"deviceId", "publicKey", "displayName", "platform",
                                      "deviceFamily", "clientId", "clientMode", "role"}) {
    copy_member(device, &request, name);
  }
  device.set_if("roles", list_value(roles));
  device.set_if("scopes", list_value(approved));
  device.set_if("approvedScopes", list_value(approved));
  copy_member(device, &request, "remoteIp");
  device.set("tokens", js::Value(tokens_after(request, existing, approved, now, names)));
  device.set("createdAtMs", nullish(created) ? js::Value(now.ms) : *created);
  device.set("approvedAtMs", now.ms);

  const js::Value record(std::move(device));
  store.pending.erase(input.request_id);
  store.paired.set(device_id, record);
  return {.write = store.content(),
          .answer = {.outcome = Outcome::ok, .record = record, .id = input.request_id}};
}

}  // namespace model::store
