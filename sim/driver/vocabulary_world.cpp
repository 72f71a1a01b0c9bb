// Words of worlds and of scenarios as a whole.
#include "sim/driver/vocabulary.hpp"

#include <array>

namespace sim {
namespace {

using std::string_view;
using enum Needed;
using enum Type;

constexpr auto kApps = std::to_array<string_view>({"ios", "js", "node_host", "cli"});
constexpr auto kAuthModes =
    std::to_array<string_view>({"token", "password", "none", "trusted_proxy"});
constexpr auto kTrust = std::to_array<string_view>({"when_asked", "by_step"});

// clang-format off

// --- a world ---------------------------------------------------------------------------------------

constexpr auto kGatewayFields = std::to_array<Field>({
    {"at", text, "host:port under which it is reached; by default <name>.example:18789"},
    {"certificate", text, "TLS fingerprint, or 'none' for plain ws; by default one of its own"},
    {"auth", choice, "how a shared secret is shown; by default token", optional, kAuthModes},
    {"token", text, "the shared token; by default one of its own"},
    {"password", text, "the shared password; by default one of its own with auth: password"},
    {"user_header", text, "with auth: trusted_proxy, the header that names the user"},
    {"trusted_proxies", texts, "addresses whose forwarding headers are believed"},
    {"real_ip_fallback", flag, "X-Real-IP counts where X-Forwarded-For names nobody"},
    {"attempts_max", count, "turns the rate limiter on: failed attempts within the window"},
    {"attempts_window", span, "the limiter's window; by default 1m"},
    {"lockout", span, "how long an address is locked out; by default 5m"},
    {"limit_loopback", flag, "the limiter counts loopback clients too"},
    {"allowed_origins", texts, "origins of browser clients"},
    {"allow_insecure_auth", flag, "control UI without a device over plain http"},
    {"no_device_auth", flag, "control UI without any device"},
    {"origin_from_host", flag, "the Host header counts as an allowed origin"},
    {"allow_commands", texts, "node commands allowed beyond the defaults"},
    {"deny_commands", texts, "node commands that are not allowed"},
    {"sockets_per_ip", count, "sockets of one address before authentication; by default 32"},
    {"disk_of", gateway, "shares the state directory of another gateway"},
    {"skew", span, "of its clock against the world's, may be negative"},
});

constexpr auto kDeviceFields = std::to_array<Field>({
    {"app", choice, "which program it runs; by default ios", optional, kApps},
    {"from", from, "local, local_name, remote, remote:<address> or proxied:<address>; by default remote"},
    {"to", gateway, "the gateway it is configured for (not ios); by default the first"},
    {"token", text, "shared token typed into its settings; 'none' for none"},
    {"password", text, "shared password typed into its settings"},
    {"role", text, "role of a js client; by default operator"},
    {"scopes", texts, "scopes of a js client"},
    {"trust", choice, "certificate prompts: said yes to when asked, or by a step of the story", optional, kTrust},
    {"keys_of", text, "has the key pair of this name instead of its own"},
    {"starts", flag, "the program runs from the beginning; by default yes for ios, else no"},
    {"skew", span, "of its clock against the world's, may be negative"},
});

constexpr auto kOperatorFields = std::to_array<Field>({
    {"on", gateway, "the gateway it works on; by default the first"},
    {"from", from, "local, local_name, remote, remote:<address> or proxied:<address>; by default local"},
    {"scopes", texts, "scopes of its session; by default those of the command line"},
    {"connected", flag, "has a session from the beginning; by default yes"},
    {"token", text, "shared token it shows; by default the gateway's"},
    {"password", text, "shared password it shows; by default the gateway's"},
    {"skew", span, "of its clock against the world's, may be negative"},
});

constexpr auto kAttackerFields = std::to_array<Field>({
    {"from", from, "local, local_name, remote, remote:<address> or proxied:<address>; by default remote"},
    {"keys_of", text, "has the key pair of this name instead of its own"},
    {"skew", span, "of its clock against the world's, may be negative"},
});

constexpr Form kGateway{"gateway", "a gateway process on a state directory", kGatewayFields};
constexpr Form kDevice{"device", "a phone, laptop or server with a client on it", kDeviceFields};
constexpr Form kOperator{"operator", "a person with an operator session", kOperatorFields};
constexpr Form kAttacker{"attacker", "somebody who writes frames by hand", kAttackerFields};

constexpr auto kScenarioKeys = std::to_array<Field>({
    {"title", text, "the sentence that the scenario proves", required},
    {"source", text, "thread, report or document that the story comes from"},
    {"revision", text, "the release that everybody runs; by default 2026.3.31"},
    {"set", json, "policy fields that differ from the release"},
    {"seed", count, "which names are derived; by default 1"},
    {"for", json, "runs the story once for each combination of revisions and policy values"},
    {"fine", flag, "every step of the disk is an action of its own"},
    {"strict", flag, "known findings about the release fail too"},
    {"world", json, "gateways, devices, operators, attackers", required},
    {"steps", json, "what happens, in order"},
    {"schedule", json, "then: action keys and steps, followed strictly"},
    {"expect", json, "what must be true at the end"},
    {"breaks", json, "properties that this story breaks"},
    {"holds", json, "properties that it must not break, even where a known finding says it does"},
});

// clang-format on

}  // namespace

const Form& gateway_form() { return kGateway; }
const Form& device_form() { return kDevice; }
const Form& operator_form() { return kOperator; }
const Form& attacker_form() { return kAttacker; }
std::span<const Field> scenario_fields() { return kScenarioKeys; }

}  // namespace sim
