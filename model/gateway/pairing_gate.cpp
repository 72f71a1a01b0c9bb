#include "model/gateway/pairing_gate.hpp"

#include "model/crypto/payload.hpp"
#include "model/store/views.hpp"

namespace model::gateway {

namespace {

constexpr std::string_view kNotPaired = "not-paired";

/// A stored text that counts as pinned: a non-empty string.
std::optional<std::string> pinned(const js::Value& record, std::string_view name) {
  const std::string* text = js::string_member(record, name);
  if (text == nullptr || crypto::normalise_metadata(*text).empty()) return std::nullopt;
  return crypto::normalise_metadata(*text);
}

/// Elements of a list member that are strings; none if the member is not a list.
std::optional<store::Strings> list_of(const js::Value& record, std::string_view name) {
  const js::Array* list = js::array_member(record, name);
  if (list == nullptr) return std::nullopt;
  store::Strings texts;
  for (const js::Value& element : *list) {
    if (element.is_string()) texts.push_back(element.string());
  }
  return texts;
}

bool same_key(const js::Value& record, const std::string& key) {
  const std::string* stored = js::string_member(record, "publicKey");
  return stored != nullptr && *stored == key;
}

bool contains(const store::Strings& list, const std::string& wanted) {
  for (const std::string& one : list) {
    if (one == wanted) return true;
  }
  return false;
}

}  // namespace

bool skips_gate(const Handshake& handshake, AuthMode mode) {
  const bool operator_role = handshake.role == "operator";
  const bool control_ui = wire::is_control_ui(handshake.params->client);
  const bool proxy_ui_operator = control_ui && operator_role && mode == AuthMode::trusted_proxy &&
                                 handshake.auth.ok && handshake.auth.method == "trusted-proxy";
  return proxy_ui_operator || (control_ui && operator_role && mode == AuthMode::none) ||
         (operator_role && handshake.bypass);
}

bool metadata_differs(const wire::ClientInfo& claimed, const js::Value& record) {
  const auto differs = [](const std::optional<std::string>& pin,
                          const std::optional<std::string>& claim) {
    return pin.has_value() && *pin != crypto::normalise_metadata(claim);
  };
  return differs(pinned(record, "platform"), claimed.platform) ||
         differs(pinned(record, "deviceFamily"), claimed.device_family);
}

std::optional<std::string> pairing_reason(const Handshake& handshake, const js::Value* record,
                                          const policy::Policy& policy) {
  if (record == nullptr || !same_key(*record, handshake.public_key)) {
    return std::string(kNotPaired);
  }
  if (metadata_differs(handshake.params->client, *record)) return "metadata-upgrade";
  if (!contains(store::effective_roles(*record, policy), handshake.role)) return "role-upgrade";
  if (!handshake.scopes.empty()) {
    // Here `scopes` goes first; a token's baseline looks at `approvedScopes` first.
    const store::Strings current =
        list_of(*record, "scopes")
            .value_or(list_of(*record, "approvedScopes").value_or(store::Strings{}));
    if (current.empty() || !store::allows(handshake.role, handshake.scopes, current)) {
      return "scope-upgrade";
    }
  }
  return std::nullopt;
}

void decide_silence(Handshake& handshake, const js::Value* existing, const Turn& turn) {
  using policy::SilentPairing;
  const wire::ClientInfo& client = handshake.params->client;
  const bool not_paired = handshake.gate.reason == kNotPaired;
  const bool local = is_local(*handshake.context, turn.config(), turn.policy());
  const bool known_page = wire::is_control_ui(client) || wire::is_webchat(client);
  const bool local_silent = local && (!has_origin(*handshake.context) || known_page) && not_paired;

  bool by_code = handshake.auth.method == "bootstrap-token" && not_paired &&
                 handshake.role == "node" && handshake.scopes.empty() && existing == nullptr;
  switch (turn.policy().silent_pairing) {
    case SilentPairing::never:
      by_code = false;
      break;
    case SilentPairing::fresh_baseline_node:
      break;
    case SilentPairing::fresh_baseline_node_if_local:
      by_code = by_code && local;
      break;
    case SilentPairing::fresh_baseline_node_if_private_peer:
      by_code = by_code && is_private_peer(*handshake.context);
      break;
    case SilentPairing::fresh_baseline_node_if_confirmed:
      by_code = by_code && handshake.code_confirmed;
      break;
  }
  handshake.gate.bootstrap_silent = by_code;
  handshake.gate.silent = local_silent || by_code;
}

store::DeviceRequest device_request(const Handshake& handshake, const Turn& turn) {
  const wire::ClientInfo& client = handshake.params->client;
  return {.device_id = handshake.params->device->id,
          .public_key = handshake.public_key,
          .display_name = client.display_name,
          .platform = client.platform,
          .device_family = client.device_family,
          .client_id = client.id,
          .client_mode = client.mode,
          .role = handshake.role,
          .roles = std::nullopt,
          .scopes = handshake.scopes,
          .remote_ip = reported_ip(*handshake.context, turn.config(), turn.policy()),
          .silent = handshake.gate.silent};
}

bool resolved_concurrently(const Handshake& handshake, const js::Value* record,
                           const policy::Policy& policy) {
  if (record == nullptr || !same_key(*record, handshake.public_key)) return false;
  const store::Strings roles = store::effective_roles(*record, policy);
  // D-8: the older release lets a record without roles pass.
  const bool role_holds =
      contains(roles, handshake.role) ||
      (policy.effective_roles == policy::EffectiveRoles::record && roles.empty());
  if (!role_holds) return false;
  if (handshake.scopes.empty()) return true;
  const store::Strings approved =
      list_of(*record, "approvedScopes")
          .value_or(list_of(*record, "scopes").value_or(store::Strings{}));
  return !approved.empty() && store::allows(handshake.role, handshake.scopes, approved);
}

std::optional<std::string> live_request_id(const Handshake& handshake,
                                           const store::Documents& devices, Instant now) {
  const std::string* asked = js::string_member(handshake.gate.request, "requestId");
  const std::vector<js::Value> pending = store::list_pending(devices, now);
  std::optional<std::string> newest_of_device;
  for (const js::Value& request : pending) {  // newest first
    const std::string* id = js::string_member(request, "requestId");
    if (id == nullptr) continue;
    if (asked != nullptr && *id == *asked) return *id;
    const std::string* device = js::string_member(request, "deviceId");
    if (!newest_of_device && device != nullptr && *device == handshake.params->device->id &&
        same_key(request, handshake.public_key)) {
      newest_of_device = *id;
    }
  }
  return newest_of_device;
}

store::DeviceUpdate device_update(const Handshake& handshake, const Turn& turn) {
  const wire::ClientInfo& client = handshake.params->client;
  return {.device_id = handshake.params->device->id,
          .display_name = client.display_name,
          .client_id = client.id,
          .client_mode = client.mode,
          .role = handshake.role,
          .scopes = handshake.scopes,
          .remote_ip = reported_ip(*handshake.context, turn.config(), turn.policy())};
}

}  // namespace model::gateway
