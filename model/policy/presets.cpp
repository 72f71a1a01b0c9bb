// The releases as sets of values (docs/protocol/threats.md section 9, docs/protocol/README.md D-1
// to D-22), and a set of our own.
#include <array>
#include <span>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/base/nearest.hpp"
#include "model/policy/policy.hpp"

namespace model::policy {
namespace {

constexpr Policy kBefore = {
    .silent_pairing = SilentPairing::never,
    .consume = Consume::on_verify,
    .binding = Binding::none,
    .profile_match = ProfileMatch::exact,
    .default_profile = DefaultProfile::node_only,
    .reverify_write = ReverifyWrite::always,  // no second success exists: never asked
    .bootstrap_rate_limit = BootstrapRateLimit::off,
    .pairing_session = PairingSession::none,
    .store_lock = StoreLock::in_process,
    .store_unreadable = StoreUnreadable::as_empty,
    .empty_list = EmptyList::absent,
    .effective_roles = EffectiveRoles::record,
    .merge = Merge::accumulate,
    .role_for_scopes = RoleForScopes::approval_role,
    .locality = Locality::resolved_ip_host_and_proxy,
    .shared_limit_with_device = SharedLimitWithDevice::skipped,
    .reset_shared_on_device_token = ResetShared::no,
    .signature_token = SignatureToken::token_device_bootstrap,
    .signature_normalise = SignatureNormalise::raw_presence,
    .node_commands = NodeCommands::paired_filter_if_record,
    .sms_search = SmsSearch::allowed,
    .node_list_entry = NodeListEntry::short_form,
    .rotate_disconnects = RotateDisconnects::no,
    .trusted_proxy_loopback = ProxyLoopback::allowed,
    .clear_for_trusted_proxy = ClearForProxy::control_ui_operator_only,
    .operator_loop = OperatorLoop::always,
    .clear_bootstrap = ClearBootstrap::never,
    .reconnect_credentials = ReconnectCredentials::captured,
    .reset_clears = ResetClears::credentials_and_connection,
    .token_scope = TokenScope::global,
};

constexpr Policy kAfter = {};  // struct Policy's own values; a test compares them with section 9

constexpr Policy kHardened = {
    // An operator sees every remote device before it is paired (P-285b); the phone keeps a way
    // back.
    .silent_pairing = SilentPairing::never,
    // The code survives until the approved device is in, so a lost answer or a wait costs nothing
    // (P-on3), and dies then (P-13).
    .consume = Consume::on_approval,
    // One key is one owner of a code, however it is spelt (K-10).
    .binding = Binding::normalised_key,
    // A code with several roles serves each of them; nothing beyond its profile passes either way.
    .profile_match = ProfileMatch::subset,
    // A photographed code is worth a node and no more, and cannot spoil its own request (T-6).
    .default_profile = DefaultProfile::node_only,
    // A retry writes nothing, so it cannot bring back what another process removed (P-wr1).
    .reverify_write = ReverifyWrite::when_binding_changes,
    // Guessing codes is counted like guessing secrets (P-285h).
    .bootstrap_rate_limit = BootstrapRateLimit::on,
    // Not needed: the code itself stays good for the device that showed it first.
    .pairing_session = PairingSession::none,
    // The command line and a second gateway wait too (P-362a to P-362d).
    .store_lock = StoreLock::file_lock,
    // A damaged file stops the operation instead of losing every pairing (P-8).
    .store_unreadable = StoreUnreadable::refuse,
    // A device approved for nothing is approved, and gets its token (P-on4).
    .empty_list = EmptyList::kept,
    // A revoked role needs a new approval (P-1).
    .effective_roles = EffectiveRoles::active_tokens,
    // An operator request and a node request of one phone wait side by side (P-mg1, P-mg3, P-mg5).
    .merge = Merge::per_role,
    // Whoever holds operator.admin can approve whatever waits (P-mg2).
    .role_for_scopes = RoleForScopes::operator_if_operator_scopes,
    // Any sign of a proxy makes a client remote.
    .locality = Locality::peer_without_forwarding_headers,
    // A device beside the secret does not switch the limit off (P-12).
    .shared_limit_with_device = SharedLimitWithDevice::applied,
    // A proven device is forgiven the secret that it mistyped.
    .reset_shared_on_device_token = ResetShared::yes,
    // The accepted credential is the signed one, and clients that send two still work (P-287a).
    .signature_token = SignatureToken::by_method,
    // Presence and trimming mean the same to signature and authentication (T-2).
    .signature_normalise = SignatureNormalise::trimmed_nonblank,
    // A node offers what an operator approved, and nothing before that (P9).
    .node_commands = NodeCommands::paired_record_required,
    // Reading messages is asked for by configuration.
    .sms_search = SmsSearch::dangerous,
    .node_list_entry = NodeListEntry::with_client_and_approval,  // display only: as 2026.3.31
    // Whoever stole the old token is put out at once (P-2).
    .rotate_disconnects = RotateDisconnects::yes,
    // A proxy that anybody on this host can be is not trusted.
    .trusted_proxy_loopback = ProxyLoopback::refused,
    // A name from a proxy carries no operator scopes without a device.
    .clear_for_trusted_proxy = ClearForProxy::always,
    // Only one session spends a code (P-on6).
    .operator_loop = OperatorLoop::wait_for_handoff,
    // A spent code is forgotten in memory and keychain (P-on5).
    .clear_bootstrap = ClearBootstrap::after_node_connect,
    // A new code takes effect at the next attempt.
    .reconnect_credentials = ReconnectCredentials::active_configuration,
    // After a reset nothing of the old gateway is left.
    .reset_clears = ResetClears::everything,
    // A token goes only to the gateway that issued it (P12).
    .token_scope = TokenScope::per_gateway,
};

constexpr auto kPresets = std::to_array<Preset>({
    {"2026.3.28", "the release before the onboarding hand-off was restored (#58382)", "2026.3.28",
     kBefore},
    {"2026.3.31", "the first release that contains it", "2026.3.31", kAfter},
    {"hardened", "values of our own choice, under which the generic properties hold", "2026.3.31",
     kHardened},
});

}  // namespace

std::span<const Preset> presets() { return kPresets; }

Result<Preset> preset(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Preset& known : kPresets) {
    if (known.name == name) return known;
    names.push_back(known.name);
  }
  std::string hint = did_you_mean(name, names);
  if (hint.empty()) hint = fmt::format(", expected one of: {}", fmt::join(names, ", "));
  return fail(fmt::format("unknown revision '{}'{}", name, hint));
}

}  // namespace model::policy
