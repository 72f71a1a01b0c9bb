// Words of expectations.
#include "sim/driver/vocabulary.hpp"

#include <array>

namespace sim {
namespace {

using std::string_view;
using enum Needed;
using enum Type;

constexpr auto kRoles = std::to_array<string_view>({"node", "operator"});
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

// clang-format off

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

// clang-format on

}  // namespace

std::span<const Form> expectation_forms() { return kExpectations; }

}  // namespace sim
