// The fields of a policy, each defined once: name, decision, source, values, and how to reach it.
#include <array>
#include <cstdint>
#include <span>
#include <type_traits>

#include "model/policy/policy.hpp"

namespace model::policy {
namespace {

template <auto kMember>
std::uint8_t get(const Policy& policy) {
  return static_cast<std::uint8_t>(policy.*kMember);
}

template <auto kMember>
void put(Policy& policy, std::uint8_t index) {
  using Enum = std::remove_reference_t<decltype(policy.*kMember)>;
  policy.*kMember = static_cast<Enum>(index);
}

template <auto kMember>
constexpr Field field(std::string_view name, std::string_view meaning, std::string_view source,
                      std::span<const Value> values) {
  return {name, meaning, source, values, &get<kMember>, &put<kMember>};
}

// The values of each field, in the order of its enumerators.

constexpr auto kSilentPairing = std::to_array<Value>({
    {"never", "every device waits for an operator unless its client is local (2026.3.28)"},
    {"fresh_baseline_node",
     "a device without a record, authenticated by bootstrap token, asking for role node and no "
     "scopes is approved at once (2026.3.31)"},
    {"fresh_baseline_node_if_local", "the same, and only if the client is local (M-1)"},
    {"fresh_baseline_node_if_private_peer",
     "the same, and only if the peer has a private address and no forwarding header is present"},
    {"fresh_baseline_node_if_confirmed",
     "the same, and only if an operator session confirmed this code within its life (M-3)"},
});
constexpr auto kConsume = std::to_array<Value>({
    {"on_verify", "the first successful verification deletes the token (2026.3.28)"},
    {"on_silent_approval", "the token is revoked after a silent bootstrap approval (2026.3.31)"},
    {"on_approval",
     "the token stays bound while the request waits and is revoked when the approved device gets "
     "its hello-ok, or when the request is rejected (M-2a)"},
    {"on_hello", "the token is revoked once the hello-ok was delivered (M-6)"},
    {"never", "only expiry and cleanup end a token"},
});
constexpr auto kBinding = std::to_array<Value>({
    {"none", "a token is bound to nobody (2026.3.28)"},
    {"raw_key",
     "the first verification binds the token to device id and public key text as sent (2026.3.31)"},
    {"normalised_key", "the same, comparing the normalised key, so spellings of one key agree"},
});
constexpr auto kProfileMatch = std::to_array<Value>({
    {"exact", "role and scopes of the request equal the token's profile (2026.3.28)"},
    {"subset", "the role is in the profile and its scopes cover the request (2026.3.31)"},
});
constexpr auto kDefaultProfile = std::to_array<Value>({
    {"node_only", "role node and no scopes (2026.3.28)"},
    {"node_and_operator",
     "roles node and operator; operator.read, operator.talk.secrets, operator.write (2026.3.31)"},
});
constexpr auto kReverifyWrite = std::to_array<Value>({
    {"always", "every successful verification of a token that stays writes the file (2026.3.31)"},
    {"when_binding_changes", "only the verification that binds the token writes"},
    {"tolerance", "a bound token is written again if its last use is more than a minute old"},
});
constexpr auto kOffOn = std::to_array<Value>({
    {"off", "failed bootstrap tokens are not counted (both releases)"},
    {"on", "failed bootstrap tokens count per address, as shared secrets do (M-4)"},
});
constexpr auto kPairingSession = std::to_array<Value>({
    {"none", "a refused device comes back with the credential that it had (both releases)"},
    {"once",
     "the refusal carries a one-time session that authenticates one connect after approval (M-2b)"},
});
constexpr auto kStoreLock = std::to_array<Value>({
    {"in_process", "a queue inside each process; other processes are not held off (both releases)"},
    {"file_lock", "an exclusive lock file per store, held from the read to the rename"},
    {"compare_and_set",
     "the file is compared with what was read, then renamed: two steps, and a narrow gap"},
    {"compare_and_set_atomic", "comparison and rename are one step"},
    {"single_process_guard",
     "a second gateway on the same state directory does not start; the command line still writes"},
    {"token_per_file", "one file for each bootstrap token, bound by exclusive creation"},
    {"datastore", "a store with conditional updates instead of files"},
});
constexpr auto kStoreUnreadable = std::to_array<Value>({
    {"as_empty",
     "a damaged or unreadable file reads as empty, and the next write makes it so "
     "(both releases)"},
    {"refuse", "a damaged or unreadable file fails the operation and is never replaced"},
});
constexpr auto kEmptyList = std::to_array<Value>({
    {"absent", "a merge of scope lists without any scope is no list (2026.3.28)"},
    {"kept", "it is the empty list if any list was given (2026.3.31)"},
});
constexpr auto kEffectiveRoles = std::to_array<Value>({
    {"record", "the roles written in the record (2026.3.28)"},
    {"active_tokens", "the roles of tokens that are not revoked (2026.3.31)"},
});
constexpr auto kMerge = std::to_array<Value>({
    {"accumulate",
     "all waiting requests of a device become one, with all roles and scopes (both "
     "releases)"},
    {"per_role", "one waiting request for each device and role, as that role asked last"},
    {"replace", "the latest request replaces the waiting ones, and nothing accumulates"},
});
constexpr auto kRoleForScopes = std::to_array<Value>({
    {"approval_role", "operator scopes are checked under the role of the request (both releases)"},
    {"operator_if_operator_scopes",
     "operator scopes are checked as an operator's, whatever the "
     "role, so that operator.admin covers them"},
});
constexpr auto kLocality = std::to_array<Value>({
    {"resolved_ip_host_and_proxy",
     "the resolved client address is loopback and the Host header names this host (2026.3.28)"},
    {"peer_without_forwarding_headers",
     "the TCP peer is loopback and no forwarding header is present (2026.3.31)"},
});
constexpr auto kSharedLimit = std::to_array<Value>({
    {"skipped", "no shared-secret limit while a device-token candidate is present (2026.3.28)"},
    {"applied", "the shared-secret limit applies to every token and password (2026.3.31)"},
});
constexpr auto kResetShared = std::to_array<Value>({
    {"no", "success by device token leaves the shared-secret counter (2026.3.28)"},
    {"yes", "it resets that counter too, if a shared secret was sent (2026.3.31)"},
});
constexpr auto kSignatureToken = std::to_array<Value>({
    {"token_device_bootstrap",
     "the first present of token, deviceToken, bootstrapToken is signed "
     "(both releases)"},
    {"token_bootstrap_device", "bootstrapToken goes before deviceToken, as in authentication"},
    {"by_method", "the credential that was accepted must be the signed one"},
    {"single", "a connect with more than one different credential is refused"},
});
constexpr auto kSignatureNormalise = std::to_array<Value>({
    {"raw_presence",
     "a blank credential is present, and blanks around one are signed (both "
     "releases)"},
    {"trimmed_nonblank", "the signature uses trimmed credentials and skips blank ones"},
});
constexpr auto kNodeCommands = std::to_array<Value>({
    {"paired_filter_if_record",
     "declared commands are cut to the node-pairing record only where there is one (2026.3.28)"},
    {"paired_record_required",
     "without a node-pairing record a node has no commands, and asks for one (2026.3.31)"},
});
constexpr auto kSmsSearch = std::to_array<Value>({
    {"allowed", "sms.search is among Android's default commands (2026.3.28)"},
    {"dangerous", "sms.search must be allowed by configuration (2026.3.31)"},
});
constexpr auto kNodeListEntry = std::to_array<Value>({
    {"short_form", "node.list entries have no clientId, clientMode, approvedAtMs (2026.3.28)"},
    {"with_client_and_approval", "node.list entries have them (2026.3.31)"},
});
constexpr auto kRotateDisconnects = std::to_array<Value>({
    {"no", "rotating a token leaves live sessions alone (2026.3.28)"},
    {"yes", "rotating a token closes live sessions of that device and role (2026.3.31)"},
});
constexpr auto kProxyLoopback = std::to_array<Value>({
    {"allowed", "a trusted proxy on loopback is accepted (2026.3.28)"},
    {"refused", "a trusted proxy on loopback is refused (2026.3.31)"},
});
constexpr auto kClearForProxy = std::to_array<Value>({
    {"control_ui_operator_only",
     "scopes of a device-less client are cleared for a control UI "
     "operator behind a trusted proxy only (2026.3.28)"},
    {"always", "they are cleared for everybody behind a trusted proxy (2026.3.31)"},
});
constexpr auto kOperatorLoop = std::to_array<Value>({
    {"always", "the app starts its operator session with every connect (before #58382)"},
    {"wait_for_handoff", "it waits while only a bootstrap token is available (after #58382)"},
});
constexpr auto kClearBootstrap = std::to_array<Value>({
    {"never", "the app keeps the bootstrap token after success (before #58382)"},
    {"after_node_connect", "the first successful node connect clears it everywhere (after #58382)"},
    {"memory_only", "fault: the keychain keeps it"},
    {"keychain_only", "fault: the running app keeps it"},
});
constexpr auto kReconnectCredentials = std::to_array<Value>({
    {"captured", "a reconnect loop keeps the credentials that it began with (before #58382)"},
    {"active_configuration", "each attempt reads the active configuration (after #58382)"},
});
constexpr auto kResetClears = std::to_array<Value>({
    {"credentials_and_connection",
     "Reset Onboarding clears credentials and the last connection (before #58382)"},
    {"everything_but_tokens",
     "it also clears preferred and last discovered gateway and TLS pins (after #58382)"},
    {"everything", "it also clears device tokens"},
});
constexpr auto kTokenScope = std::to_array<Value>({
    {"global",
     "the app has one device token per role, whichever gateway issued it (both "
     "releases)"},
    {"per_gateway", "the app keeps device tokens by gateway and role"},
    {"per_gateway_claimed_by_current",
     "as per_gateway, but the gateway now in use claims the old unscoped token (defect)"},
    {"per_gateway_with_fallback",
     "as per_gateway, but a gateway without a token of its own gets the unscoped one (defect)"},
    {"per_gateway_dropping_others",
     "as per_gateway, but storing a token drops those of other gateways (defect)"},
    {"per_gateway_keeping_legacy",
     "as per_gateway, but a claimed unscoped token stays to be claimed again (defect)"},
});

constexpr auto kFields = std::to_array<Field>({
    field<&Policy::silent_pairing>("bootstrap.silent_pairing",
                                   "who is paired without an operator because of a bootstrap token",
                                   "G-33, T-1, D-1", kSilentPairing),
    field<&Policy::consume>("bootstrap.consume", "when a bootstrap token ends by being used",
                            "S-8, S-9, G-32, T-5, D-2", kConsume),
    field<&Policy::binding>("bootstrap.binding", "to whom the first verification ties a token",
                            "S-9, K-10, T-5, D-2", kBinding),
    field<&Policy::profile_match>("bootstrap.profile_match",
                                  "how a request is compared with a token's profile",
                                  "S-8, S-9, D-3", kProfileMatch),
    field<&Policy::default_profile>("bootstrap.default_profile",
                                    "what a setup code is good for if nobody says otherwise",
                                    "S-11, D-4", kDefaultProfile),
    field<&Policy::reverify_write>("bootstrap.reverify_write",
                                   "whether using a bound token again writes the file", "S-9, T-4",
                                   kReverifyWrite),
    field<&Policy::bootstrap_rate_limit>("bootstrap.rate_limit",
                                         "whether wrong bootstrap tokens are counted",
                                         "G-6, T-1 M-4", kOffOn),
    field<&Policy::pairing_session>("pairing.session",
                                    "what a device that must wait is given to come back with",
                                    "T-1 M-2b", kPairingSession),
    field<&Policy::store_lock>("store.lock", "who is held off between a read and its rename",
                               "S-1, T-3", kStoreLock),
    field<&Policy::store_unreadable>("store.unreadable", "what a file that cannot be read means",
                                     "S-2, T-7 P-8", kStoreUnreadable),
    field<&Policy::empty_list>("scopes.empty_list", "what merging scope lists makes of no scopes",
                               "section 0 merge_scopes, D-5, D-6", kEmptyList),
    field<&Policy::effective_roles>("roles.effective", "which roles a paired device has",
                                    "section 0 effective_roles, D-7, D-8", kEffectiveRoles),
    field<&Policy::merge>("pairing.merge", "what becomes of several waiting requests of a device",
                          "S-13, T-6", kMerge),
    field<&Policy::role_for_scopes>("approve.role_for_scopes",
                                    "under which role an approver's scopes are compared",
                                    "S-16, T-6", kRoleForScopes),
    field<&Policy::locality>("locality", "which clients are local", "G-1, D-9", kLocality),
    field<&Policy::shared_limit_with_device>(
        "ratelimit.shared_with_device_candidate",
        "whether the shared-secret limit applies beside a device-token candidate", "G-13, D-10",
        kSharedLimit),
    field<&Policy::reset_shared_on_device_token>(
        "ratelimit.reset_shared_on_device_token",
        "whether success by device token forgives wrong shared secrets", "G-28, D-11",
        kResetShared),
    field<&Policy::signature_token>("signature.token", "which credential the signature covers",
                                    "K-20, T-2", kSignatureToken),
    field<&Policy::signature_normalise>("signature.normalise",
                                        "which spelling of a credential the signature covers",
                                        "K-20, T-2", kSignatureNormalise),
    field<&Policy::node_commands>("node.commands",
                                  "what the node-pairing record does to declared commands",
                                  "section 9, G-51, D-14", kNodeCommands),
    field<&Policy::sms_search>("node.sms_search", "whether Android nodes may search messages",
                               "section 9, D-15", kSmsSearch),
    field<&Policy::node_list_entry>("node.list_entry", "which members a node.list entry has",
                                    "12.2, D-17", kNodeListEntry),
    field<&Policy::rotate_disconnects>("rotate.disconnects",
                                       "whether rotating a token ends sessions", "12.1, D-16",
                                       kRotateDisconnects),
    field<&Policy::trusted_proxy_loopback>("trusted_proxy.loopback",
                                           "whether a trusted proxy may sit on loopback",
                                           "G-16, D-13", kProxyLoopback),
    field<&Policy::clear_for_trusted_proxy>("unbound_scopes.clear_for_trusted_proxy",
                                            "whose scopes are cleared where there is no device",
                                            "G-19, D-12", kClearForProxy),
    field<&Policy::operator_loop>("app.operator_loop", "when the app opens its operator session",
                                  "T-5, D-19", kOperatorLoop),
    field<&Policy::clear_bootstrap>("app.clear_bootstrap", "when the app forgets a bootstrap token",
                                    "T-5, D-20", kClearBootstrap),
    field<&Policy::reconnect_credentials>("app.reconnect_credentials",
                                          "where a reconnect of the app takes credentials from",
                                          "T-5, D-21", kReconnectCredentials),
    field<&Policy::reset_clears>("app.reset_clears", "what Reset Onboarding clears", "T-5, D-22",
                                 kResetClears),
    field<&Policy::token_scope>("app.token_scope",
                                "whether the app keeps device tokens of gateways apart",
                                "threats.md section 9, C-70 ... C-74", kTokenScope),
});

}  // namespace

std::span<const Field> fields() { return kFields; }

}  // namespace model::policy
