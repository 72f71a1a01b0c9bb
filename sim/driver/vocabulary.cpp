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
constexpr auto kRoles = std::to_array<string_view>({"node", "operator"});
constexpr auto kWays = std::to_array<string_view>({"up", "down", "both"});
constexpr auto kApproveVia = std::to_array<string_view>({"session", "files", "chat", "channel"});
constexpr auto kSession = std::to_array<string_view>(
    {"open", "connecting", "asking", "refused", "waiting", "stopped", "closed", "none"});
constexpr auto kBootstrapHeld = std::to_array<string_view>({"none", "memory", "keychain", "both"});
constexpr auto kKept = std::to_array<string_view>({"kept", "none"});
constexpr auto kSent = std::to_array<string_view>(
    {"bootstrap", "device_token", "shared_token", "password", "nothing", "unknown"});
constexpr auto kCodeState = std::to_array<string_view>({"unbound", "bound", "gone", "expired"});
constexpr auto kProcessState = std::to_array<string_view>({"running", "stopped"});
constexpr auto kFacts = std::to_array<string_view>({"upgrade_refused",
                                                    "challenged",
                                                    "bootstrap_issued",
                                                    "bootstrap_verified",
                                                    "bootstrap_refused",
                                                    "bootstrap_revoked",
                                                    "bootstrap_cleared",
                                                    "device_token_verified",
                                                    "device_token_refused",
                                                    "request_filed",
                                                    "silently_approved",
                                                    "approved",
                                                    "approval_refused",
                                                    "rejected",
                                                    "device_removed",
                                                    "token_issued",
                                                    "token_rotated",
                                                    "token_revoked",
                                                    "hello_sent",
                                                    "refused",
                                                    "ignored",
                                                    "session_closed",
                                                    "node_request_filed",
                                                    "node_approved",
                                                    "store_failed",
                                                    "method_answered"});
constexpr auto kSign =
    std::to_array<string_view>({"sent", "token", "device_token", "bootstrap", "nothing", "other"});

constexpr auto kPaths =
    std::to_array<string_view>({"devices/bootstrap.json", "devices/pending.json",
                                "devices/paired.json", "nodes/pending.json", "nodes/paired.json"});
constexpr auto kVerbs =
    std::to_array<string_view>({"read", "write temporary", "sync temporary", "rename", "continue",
                                "timer", "deliver up", "deliver down"});

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

// --- steps -----------------------------------------------------------------------------------------

constexpr auto kCommon = std::to_array<Field>({
    {"after", span, "lets this much time pass before the step"},
    {"within", span, "lets at most this much time pass after it; with until: at most this much"},
    {"before", pattern, "what follows stops before this action, until a release"},
});

constexpr auto kShowSetupCode = std::to_array<Field>({
    {"as", new_code, "what the story calls the code", required},
    {"on", gateway, "by default the first gateway"},
    {"roles", texts, "the token's profile; by default the release's"},
    {"scopes", texts, "the token's profile"},
});
constexpr auto kOpenclawQr = std::to_array<Field>({
    {"as", new_code, "what the story calls the code", required},
    {"on", gateway, "by default the first gateway"},
    {"process", new_process, "name of the command's process; by default the code's name with _qr"},
    {"roles", texts, "the token's profile; by default the release's"},
    {"scopes", texts, "the token's profile"},
});
constexpr auto kOnGateway = std::to_array<Field>({
    {"on", gateway, "by default the first gateway"},
});
constexpr auto kKill = std::to_array<Field>({
    {"on", process, "a gateway, or a command's process; by default the first gateway"},
});
constexpr auto kRevokeCode = std::to_array<Field>({
    {"what", code, "which code", required},
    {"on", gateway, "by default the first gateway"},
});
constexpr auto kApprove = std::to_array<Field>({
    {"of", party, "whose newest pending request"},
    {"seen_in", list, "the request as this list showed it"},
    {"request", text, "the request with this id"},
    {"latest", flag, "whichever request is newest when the command runs (chat)"},
    {"via", choice, "session: device.pair.approve; files: the command line on the files; chat; channel: a chat channel", optional, kApproveVia},
    {"process", new_process, "with via: files, name of the command's process"},
});
constexpr auto kOfParty = std::to_array<Field>({
    {"of", party, "which device", required},
});
constexpr auto kReject = std::to_array<Field>({
    {"of", party, "whose newest pending request", required},
    {"seen_in", list, "the request as this list showed it"},
});
constexpr auto kRotate = std::to_array<Field>({
    {"of", party, "which device", required},
    {"role", text, "which token; by default node"},
    {"scopes", texts, "the new token's scopes"},
    {"as", new_secret, "what the story calls the new token"},
});
constexpr auto kRevoke = std::to_array<Field>({
    {"of", party, "which device", required},
    {"role", text, "which token; by default node"},
});
constexpr auto kList = std::to_array<Field>({
    {"as", new_list, "what the story calls the list"},
});
constexpr auto kCall = std::to_array<Field>({
    {"method", text, "name of the method", required},
    {"params", json, "its parameters; $name stands for an id or secret"},
    {"role", choice, "which session of an ios app; by default operator", optional, kRoles},
});
constexpr auto kScan = std::to_array<Field>({
    {"what", code, "a code of the story"},
    {"text", filled, "or any text"},
});
constexpr auto kToGateway = std::to_array<Field>({
    {"to", gateway, "by default the first gateway"},
});
constexpr auto kEnterSecret = std::to_array<Field>({
    {"of", gateway, "the shared secret of this gateway"},
    {"token", text, "or this token"},
    {"password", text, "or this password"},
});
constexpr auto kPutFile = std::to_array<Field>({
    {"path", path, "which file of the state directory", required},
    {"on", gateway, "by default the first gateway"},
    {"content", json, "what it holds; $name stands for an id or secret"},
    {"text", filled, "or these bytes"},
});
constexpr auto kLink = std::to_array<Field>({
    {"of", party, "whose connection"},
    {"link", text, "or this one: phone/1 is the phone's first"},
    {"role", choice, "which one of an ios app; by default all", optional, kRoles},
});
constexpr auto kPause = std::to_array<Field>({
    {"of", party, "whose connection"},
    {"link", text, "or this one: phone/1 is the phone's first"},
    {"role", choice, "which one of an ios app; by default all", optional, kRoles},
    {"way", choice, "up to the gateway, down to the client; by default both", optional, kWays},
});
constexpr auto kUnreadable = std::to_array<Field>({
    {"path", path, "which file", required},
    {"on", gateway, "by default the first gateway"},
});
constexpr auto kStepClock = std::to_array<Field>({
    {"of", host, "whose clock", required},
    {"span", span, "how far, may be negative", required},
});
constexpr auto kPhotograph = std::to_array<Field>({
    {"what", code, "which code", required},
});
constexpr auto kSteal = std::to_array<Field>({
    {"of", device, "from whom", required},
    {"role", text, "which device token; by default node"},
    {"as", new_secret, "what the story calls it", required},
});
constexpr auto kOpen = std::to_array<Field>({
    {"to", gateway, "by default the first gateway"},
    {"conn", text, "name of the connection; by default main"},
    {"origin", text, "Origin header"},
    {"headers", json, "further request headers"},
});
constexpr auto kSend = std::to_array<Field>({
    {"conn", text, "by default main"},
    {"text", filled, "these bytes"},
    {"frame", json, "or this frame; $name stands for an id or secret"},
});
constexpr auto kPresent = std::to_array<Field>({
    {"to", gateway, "by default the first gateway"},
    {"conn", text, "opens this connection unless it is open; by default main"},
    {"bootstrap", code, "shows this code's token"},
    {"device_token", secret, "shows this device token"},
    {"token", filled, "shows this shared token; $name stands for a secret"},
    {"password", text, "shows this password"},
    {"role", text, "by default node"},
    {"scopes", texts, "by default none"},
    {"client", text, "client id; by default openclaw-ios for a node, else cli"},
    {"sign", choice, "which credential the signature covers; by default the one the gateway looks for", optional, kSign},
    {"key_of", text, "signs with the key pair of this name, claims the own id"},
    {"origin", text, "Origin header"},
    {"headers", json, "further request headers"},
});
constexpr auto kClose = std::to_array<Field>({
    {"conn", text, "by default main"},
});

constexpr auto kSteps = std::to_array<Form>({
    {"show_setup_code", "/pair qr: the gateway issues a setup code", kShowSetupCode, nobody | an_operator},
    {"openclaw_qr", "openclaw qr: a process of its own issues a setup code", kOpenclawQr, nobody | an_operator},
    {"cleanup", "/pair cleanup: all setup codes are dropped", kOnGateway, nobody | an_operator},
    {"revoke_code", "one setup code is dropped", kRevokeCode, nobody | an_operator},
    {"approve", "a pending request is approved", kApprove, an_operator},
    {"approve_node", "the newest node request of a device is approved", kOfParty, an_operator},
    {"reject", "a pending request is rejected", kReject, an_operator},
    {"remove", "a paired device is removed", kOfParty, an_operator},
    {"rotate", "a device token is replaced", kRotate, an_operator},
    {"revoke", "a device token is revoked", kRevoke, an_operator},
    {"list", "pending and paired devices are listed", kList, an_operator},
    {"call", "a method is called on an open session", kCall, an_operator | a_device},
    {"scan", "a setup code is scanned, or typed", kScan, a_device},
    {"connect", "the app is told to connect; a program that does not run is started", kToGateway, a_device | an_operator},
    {"retry", "the person taps retry", {}, a_device | an_operator},
    {"reset_onboarding", "the person taps Reset Onboarding", {}, a_device},
    {"switch", "another gateway by address", kToGateway, a_device | an_operator},
    {"enter_secret", "a shared secret is typed into the settings", kEnterSecret, a_device | an_operator},
    {"trust_certificate", "the certificate prompt is answered with yes", {}, a_device},
    {"refuse_certificate", "the certificate prompt is answered with no", {}, a_device},
    {"discover", "the network shows a gateway", kToGateway, a_device},
    {"background", "the app goes to the background", {}, a_device},
    {"foreground", "the app comes back", {}, a_device},
    {"quit", "the app or program ends; what is durable stays", {}, a_device | an_operator},
    {"launch", "the app or program starts again", {}, a_device | an_operator},
    {"restart", "a gateway is stopped in order and started again", kOnGateway, nobody | an_operator},
    {"stop", "a gateway is stopped in order", kOnGateway, nobody | an_operator},
    {"start", "a gateway is started on its files", kOnGateway, nobody | an_operator},
    {"kill", "a process ends at once", kKill, nobody},
    {"put_file", "a store file is there as if left by an earlier run", kPutFile, nobody},
    {"cut", "a connection breaks", kLink, nobody},
    {"pause", "nothing is delivered on a connection for now", kPause, nobody},
    {"resume", "a paused connection delivers again", kPause, nobody},
    {"half_open", "a connection is dead and nobody is told", kLink, nobody},
    {"fill_disk", "writing fails", kOnGateway, nobody},
    {"free_disk", "writing works again", kOnGateway, nobody},
    {"make_unreadable", "a store file cannot be read", kUnreadable, nobody},
    {"make_readable", "a store file can be read again", kUnreadable, nobody},
    {"step_clock", "a host's wall clock is set forward or back", kStepClock, nobody},
    {"photograph", "an attacker learns a setup code", kPhotograph, an_attacker},
    {"steal", "an attacker learns a device token", kSteal, an_attacker},
    {"open", "an attacker opens a connection and sends nothing", kOpen, an_attacker},
    {"present", "an attacker sends a connect frame of its own making", kPresent, an_attacker},
    {"send", "an attacker sends any bytes", kSend, an_attacker},
    {"close", "an attacker closes its connection", kClose, an_attacker},
});

constexpr auto kHold = std::to_array<Field>({
    {"hold", pattern, "the action that is kept waiting", required},
    {"in", process, "only in this process"},
    {"of", party, "only for this party's connections"},
    {"optional", flag, "may find nothing to hold"},
});
constexpr auto kRelease = std::to_array<Field>({
    {"release", text, "the pattern of a hold, or all", required},
    {"in", process, "only holds in this process"},
});
constexpr auto kWait = std::to_array<Field>({
    {"wait", span, "how much time passes", required},
});
constexpr auto kShort = std::to_array<Form>({
    {"hold", "keeps an action waiting until a release", kHold},
    {"release", "lets go what a hold keeps waiting", kRelease},
    {"wait", "lets time pass", kWait},
    {"expect", "checks where the story stands", {}},
});

// --- expectations ------------------------------------------------------------------------------------

constexpr auto kExpectSession = std::to_array<Field>({
    {"session", choice, "state of the session as the client sees it", required, kSession},
    {"of", party, "whose", required},
    {"role", choice, "which one of an ios app; by default node", optional, kRoles},
});
constexpr auto kExpectRefusal = std::to_array<Field>({
    {"refusal", text, "code or part of the message of the last refusal it was told; none: it was told none", required},
    {"of", party, "who was refused", required},
    {"role", choice, "in which role", optional, kRoles},
});
constexpr auto kExpectBootstrap = std::to_array<Field>({
    {"bootstrap", choice, "where the app still holds a bootstrap token", required, kBootstrapHeld},
    {"of", device, "which device", required},
});
constexpr auto kExpectToken = std::to_array<Field>({
    {"token", choice, "whether a device token is kept", required, kKept},
    {"of", device, "which device", required},
    {"role", choice, "by default node", optional, kRoles},
    {"on", gateway, "by default the first gateway"},
    {"works", flag, "the gateway would accept it now"},
});
constexpr auto kExpectSent = std::to_array<Field>({
    {"sent", choice, "the credential in its last connect frame", required, kSent},
    {"of", party, "whose", required},
    {"role", choice, "in which role", optional, kRoles},
});
constexpr auto kExpectAttempts = std::to_array<Field>({
    {"attempts", range, "how many connect frames it sent", required},
    {"of", party, "who", required},
    {"role", choice, "in which role", optional, kRoles},
});
constexpr auto kExpectStatus = std::to_array<Field>({
    {"status", text, "part of what its screen says", required},
    {"of", device, "whose", required},
});
constexpr auto kExpectClosed = std::to_array<Field>({
    {"closed", range, "code of the last close that it got", required},
    {"of", party, "who", required},
    {"reason", text, "part of the reason"},
});
constexpr auto kExpectPaired = std::to_array<Field>({
    {"paired", devices, "exactly these devices have a paired record", required},
    {"on", gateway, "by default the first gateway"},
});
constexpr auto kExpectPending = std::to_array<Field>({
    {"pending", devices, "exactly these devices have a live pending request", required},
    {"on", gateway, "by default the first gateway"},
});
constexpr auto kExpectCodes = std::to_array<Field>({
    {"codes", range, "how many bootstrap tokens are alive", required},
    {"on", gateway, "by default the first gateway"},
});
constexpr auto kExpectCode = std::to_array<Field>({
    {"code", choice, "state of one bootstrap token", required, kCodeState},
    {"what", code, "which", required},
    {"to", party, "the device that it is bound to"},
    {"on", gateway, "by default the first gateway"},
});
constexpr auto kExpectFile = std::to_array<Field>({
    {"file", path, "a store file", required},
    {"on", gateway, "by default the first gateway"},
    {"at", filled, "place in it: $phone.tokens.node.scopes, [0].role; by default all of it"},
    {"is", json, "what stands there, exactly"},
    {"has", json, "what stands there has at least these members"},
    {"absent", flag, "nothing stands there"},
});
constexpr auto kExpectEvent = std::to_array<Field>({
    {"event", text, "an event frame that an operator received", required},
    {"of", party, "who received it", required},
    {"with", json, "the payload has at least these members"},
    {"times", range, "how often; by default at least once"},
});
constexpr auto kExpectWrites = std::to_array<Field>({
    {"writes", range, "how many times files were replaced", required},
    {"on", gateway, "by default the first gateway"},
    {"path", path, "only this file"},
});
constexpr auto kExpectFact = std::to_array<Field>({
    {"fact", choice, "something a gateway did", required, kFacts},
    {"on", gateway, "only this gateway"},
    {"of", party, "only about this device"},
    {"detail", text, "part of its detail"},
    {"times", range, "how often; by default at least once"},
});
constexpr auto kExpectAnswer = std::to_array<Field>({
    {"answer", text, "the last answer to a call of this method", required},
    {"of", party, "who called", required},
    {"ok", flag, "accepted or refused; by default accepted"},
    {"message", text, "part of the refusal's message"},
    {"has", json, "the payload has at least these members"},
});
constexpr auto kExpectTold = std::to_array<Field>({
    {"told", text, "part of what the last command at the host answered", required},
    {"on", gateway, "only commands on this gateway's files"},
});
constexpr auto kExpectSessions = std::to_array<Field>({
    {"sessions", range, "how many open sessions a gateway has", required},
    {"on", gateway, "by default the first gateway"},
    {"of", party, "only sessions of this device"},
    {"role", text, "only sessions in this role"},
});
constexpr auto kExpectProcess = std::to_array<Field>({
    {"process", choice, "state of a gateway's process", required, kProcessState},
    {"on", gateway, "by default the first gateway"},
});

constexpr auto kExpectations = std::to_array<Form>({
    {"session", "a client's session", kExpectSession},
    {"refusal", "what a client was refused with", kExpectRefusal},
    {"bootstrap", "a bootstrap token on a device", kExpectBootstrap},
    {"token", "a device token on a device", kExpectToken},
    {"sent", "what a client showed last", kExpectSent},
    {"attempts", "how often a client tried", kExpectAttempts},
    {"status", "what a screen says", kExpectStatus},
    {"closed", "how a connection ended", kExpectClosed},
    {"paired", "who is paired", kExpectPaired},
    {"pending", "who waits for approval", kExpectPending},
    {"codes", "how many setup codes are good", kExpectCodes},
    {"code", "what became of one setup code", kExpectCode},
    {"file", "what a store file holds", kExpectFile},
    {"event", "what an operator was told", kExpectEvent},
    {"writes", "how often the disk was written", kExpectWrites},
    {"fact", "what a gateway did", kExpectFact},
    {"answer", "what a call was answered", kExpectAnswer},
    {"told", "what a command answered", kExpectTold},
    {"sessions", "a gateway's open sessions", kExpectSessions},
    {"process", "whether a gateway runs", kExpectProcess},
});

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

std::span<const Form> step_forms() { return kSteps; }
std::span<const Form> short_step_forms() { return kShort; }
std::span<const Field> common_step_fields() { return kCommon; }
std::span<const Form> expectation_forms() { return kExpectations; }
const Form& gateway_form() { return kGateway; }
const Form& device_form() { return kDevice; }
const Form& operator_form() { return kOperator; }
const Form& attacker_form() { return kAttacker; }
std::span<const Field> scenario_fields() { return kScenarioKeys; }
std::span<const std::string_view> store_paths() { return kPaths; }
std::span<const std::string_view> pattern_verbs() { return kVerbs; }

std::string_view name_of(Type type) {
  switch (type) {
    case text:
      return "a text";
    case filled:
      return "a text";
    case from:
      return "local, local_name, remote, remote:<address> or proxied:<address>";
    case texts:
      return "a text or a list of texts";
    case flag:
      return "yes or no";
    case count:
      return "a whole number";
    case range:
      return "a number, '>= 2', '<= 5' or '1..3'";
    case span:
      return "a time such as 5s, 300ms or 9m59s";
    case choice:
      return "one of the known words";
    case device:
      return "a device";
    case devices:
      return "a device or a list of devices";
    case gateway:
      return "a gateway";
    case op:
      return "an operator";
    case party:
      return "a device, operator or attacker";
    case host:
      return "a gateway, device, operator or attacker";
    case code:
      return "a setup code of an earlier step";
    case list:
      return "a list of an earlier step";
    case secret:
      return "a secret of an earlier step";
    case process:
      return "a gateway or a command's process";
    case new_code:
    case new_list:
    case new_secret:
    case new_process:
      return "a new name";
    case json:
      return "any value";
    case pattern:
      return "an action such as 'rename devices/bootstrap.json'";
    case path:
      return "a store file";
    case property:
      return "a property's id";
  }
  return "a value";
}

}  // namespace sim
