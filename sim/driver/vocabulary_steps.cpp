// Words of steps.
#include "sim/driver/vocabulary.hpp"

#include <array>

namespace sim {
namespace {

using std::string_view;
using enum Needed;
using enum Type;

constexpr auto kRoles = std::to_array<string_view>({"node", "operator"});
constexpr auto kWays = std::to_array<string_view>({"up", "down", "both"});
constexpr auto kApproveVia = std::to_array<string_view>({"session", "files", "chat", "channel"});
constexpr auto kSign =
    std::to_array<string_view>({"sent", "token", "device_token", "bootstrap", "nothing", "other"});

// clang-format off

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

// clang-format on

}  // namespace

std::span<const Form> step_forms() { return kSteps; }
std::span<const Form> short_step_forms() { return kShort; }
std::span<const Field> common_step_fields() { return kCommon; }

}  // namespace sim
