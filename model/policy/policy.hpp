// What differs between releases, what reviewers proposed, and known defects: named values.
//
// A release is a preset. `--set FIELD=VALUE` flips one field; `sim list policy` prints this page.
// Source of fields and values: docs/protocol/threats.md section 9 and findings T-1 ... T-6.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/result.hpp"

namespace model::policy {

// One enum per field, named after the decision. Enumerators are the spelling of `--set`.

enum class SilentPairing : std::uint8_t {
  never,
  fresh_baseline_node,
  fresh_baseline_node_if_local,
  fresh_baseline_node_if_private_peer,
  fresh_baseline_node_if_confirmed
};
enum class Consume : std::uint8_t { on_verify, on_silent_approval, on_approval, on_hello, never };
enum class Binding : std::uint8_t { none, raw_key, normalised_key };
enum class ProfileMatch : std::uint8_t { exact, subset };
enum class DefaultProfile : std::uint8_t { node_only, node_and_operator };
enum class ReverifyWrite : std::uint8_t { always, when_binding_changes, tolerance };
enum class BootstrapRateLimit : std::uint8_t { off, on };
enum class PairingSession : std::uint8_t { none, once };
enum class StoreLock : std::uint8_t {
  in_process,
  file_lock,
  compare_and_set,
  compare_and_set_atomic,
  single_process_guard,
  token_per_file,
  datastore
};
enum class StoreUnreadable : std::uint8_t { as_empty, refuse };
enum class EmptyList : std::uint8_t { absent, kept };
enum class EffectiveRoles : std::uint8_t { record, active_tokens };
enum class Merge : std::uint8_t { accumulate, per_role, replace };
enum class RoleForScopes : std::uint8_t { approval_role, operator_if_operator_scopes };
enum class Locality : std::uint8_t { resolved_ip_host_and_proxy, peer_without_forwarding_headers };
enum class SharedLimitWithDevice : std::uint8_t { skipped, applied };
enum class ResetShared : std::uint8_t { no, yes };
enum class SignatureToken : std::uint8_t {
  token_device_bootstrap,
  token_bootstrap_device,
  by_method,
  single
};
enum class SignatureNormalise : std::uint8_t { raw_presence, trimmed_nonblank };
enum class NodeCommands : std::uint8_t { paired_filter_if_record, paired_record_required };
enum class SmsSearch : std::uint8_t { allowed, dangerous };
enum class NodeListEntry : std::uint8_t { short_form, with_client_and_approval };
enum class RotateDisconnects : std::uint8_t { no, yes };
enum class ProxyLoopback : std::uint8_t { allowed, refused };
enum class ClearForProxy : std::uint8_t { control_ui_operator_only, always };
enum class OperatorLoop : std::uint8_t { always, wait_for_handoff };
enum class ClearBootstrap : std::uint8_t { never, after_node_connect, memory_only, keychain_only };
enum class ReconnectCredentials : std::uint8_t { captured, active_configuration };
enum class ResetClears : std::uint8_t {
  credentials_and_connection,
  everything_but_tokens,
  everything
};
enum class TokenScope : std::uint8_t {
  global,
  per_gateway,
  per_gateway_claimed_by_current,
  per_gateway_with_fallback,
  per_gateway_dropping_others,
  per_gateway_keeping_legacy
};

/// Values of all fields. Default-constructed: preset 2026.3.31.
struct Policy {
  SilentPairing silent_pairing = SilentPairing::fresh_baseline_node;  ///< bootstrap.silent_pairing
  Consume consume = Consume::on_silent_approval;                      ///< bootstrap.consume
  Binding binding = Binding::raw_key;                                 ///< bootstrap.binding
  ProfileMatch profile_match = ProfileMatch::subset;                  ///< bootstrap.profile_match
  DefaultProfile default_profile =
      DefaultProfile::node_and_operator;                              ///< bootstrap.default_profile
  ReverifyWrite reverify_write = ReverifyWrite::always;               ///< bootstrap.reverify_write
  BootstrapRateLimit bootstrap_rate_limit = BootstrapRateLimit::off;  ///< bootstrap.rate_limit
  PairingSession pairing_session = PairingSession::none;              ///< pairing.session
  StoreLock store_lock = StoreLock::in_process;                       ///< store.lock
  StoreUnreadable store_unreadable = StoreUnreadable::as_empty;       ///< store.unreadable
  EmptyList empty_list = EmptyList::kept;                             ///< scopes.empty_list
  EffectiveRoles effective_roles = EffectiveRoles::active_tokens;     ///< roles.effective
  Merge merge = Merge::accumulate;                                    ///< pairing.merge
  RoleForScopes role_for_scopes = RoleForScopes::approval_role;       ///< approve.role_for_scopes
  Locality locality = Locality::peer_without_forwarding_headers;      ///< locality
  SharedLimitWithDevice shared_limit_with_device =
      SharedLimitWithDevice::applied;  ///< ratelimit.shared_with_device_candidate
  ResetShared reset_shared_on_device_token =
      ResetShared::yes;  ///< ratelimit.reset_shared_on_device_token
  SignatureToken signature_token = SignatureToken::token_device_bootstrap;  ///< signature.token
  SignatureNormalise signature_normalise =
      SignatureNormalise::raw_presence;                                     ///< signature.normalise
  NodeCommands node_commands = NodeCommands::paired_record_required;        ///< node.commands
  SmsSearch sms_search = SmsSearch::dangerous;                              ///< node.sms_search
  NodeListEntry node_list_entry = NodeListEntry::with_client_and_approval;  ///< node.list_entry
  RotateDisconnects rotate_disconnects = RotateDisconnects::yes;            ///< rotate.disconnects
  ProxyLoopback trusted_proxy_loopback = ProxyLoopback::refused;  ///< trusted_proxy.loopback
  ClearForProxy clear_for_trusted_proxy =
      ClearForProxy::always;  ///< unbound_scopes.clear_for_trusted_proxy
  OperatorLoop operator_loop = OperatorLoop::wait_for_handoff;          ///< app.operator_loop
  ClearBootstrap clear_bootstrap = ClearBootstrap::after_node_connect;  ///< app.clear_bootstrap
  ReconnectCredentials reconnect_credentials =
      ReconnectCredentials::active_configuration;                 ///< app.reconnect_credentials
  ResetClears reset_clears = ResetClears::everything_but_tokens;  ///< app.reset_clears
  TokenScope token_scope = TokenScope::global;                    ///< app.token_scope
  bool operator==(const Policy&) const = default;
};

/// One value that a field can take.
struct Value {
  std::string_view name;     ///< spelling of `--set`
  std::string_view meaning;  ///< one sentence
};

/// One field, as listed and as set.
struct Field {
  std::string_view name;     ///< "bootstrap.silent_pairing"
  std::string_view meaning;  ///< which decision it names, one sentence
  std::string_view source;   ///< rule or finding: "G-33, T-1"
  std::span<const Value> values;
  std::uint8_t (*get)(const Policy&);  ///< index into `values`
  void (*set)(Policy&, std::uint8_t index);
};

/// All fields, in the order of `struct Policy`.
[[nodiscard]] std::span<const Field> fields();

/// Sets one field by its two spellings. Errors name what was expected and the nearest known name.
[[nodiscard]] Result<void> set(Policy& policy, std::string_view field, std::string_view value);

/// Sets one field from "FIELD=VALUE".
[[nodiscard]] Result<void> set(Policy& policy, std::string_view assignment);

/// Is this combination supported? The reason if not (a value whose other half is missing).
[[nodiscard]] Result<void> supported(const Policy& policy);

/// A named set of values: a release, or `hardened`.
struct Preset {
  std::string_view name;  ///< "2026.3.31"
  std::string_view meaning;
  std::string_view version;  ///< what the gateway says of itself in hello-ok
  Policy policy;
};

[[nodiscard]] std::span<const Preset> presets();
[[nodiscard]] Result<Preset> preset(std::string_view name);

/// "FIELD=VALUE" for each field in which `policy` differs from `base`, in field order.
[[nodiscard]] std::vector<std::string> differences(const Policy& base, const Policy& policy);

}  // namespace model::policy
