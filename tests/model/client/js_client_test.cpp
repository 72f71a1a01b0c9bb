#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "model/crypto/payload.hpp"
#include "tests/model/client/words.hpp"

namespace model::client::words {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kLoopback = "ws://127.0.0.1:18789";

Device with_token(const char* token = "T", const char* url = kLoopback) {
  JsOptions options = cli_options(url);
  options.token = token;
  return computer(std::move(options));
}

void has_stored(Device& device, const char* token, const char* role = "operator") {
  device.js().durable.tokens.store(policy::TokenScope::global, ScopeForm::scopeset,
                                   device.device_id(), "", {token, role, {}, device.now});
}

TEST(JsClient, DialsAndWaitsForTheChallengeBeforeItSaysAnything) {  // section 1
  Device cli = with_token();
  cli.hears(Launch{});
  ASSERT_EQ(cli.did<Dial>().size(), 1u);
  EXPECT_EQ(cli.did<Dial>().front().url, kLoopback);
  EXPECT_THAT(cli.hears(Opened{"main", ""}), IsEmpty());
  EXPECT_EQ(cli.state(), "connecting");
  cli.is_challenged();
  EXPECT_EQ(cli.did<Send>().size(), 1u);
  cli.is_welcomed();
  EXPECT_EQ(cli.state(), "open");
  EXPECT_THAT(cli.told(NoteKind::session_open), ElementsAre("operator"));
}

TEST(JsClient, SignsItsConnectWithPayloadThree) {  // C-10, crypto.md section 2
  Device cli = with_token();
  cli.hears(Launch{});
  cli.hears(Opened{"main", ""});
  cli.is_challenged("main", " padded ");
  const auto params = cli.connect_sent();
  ASSERT_TRUE(params.device);
  EXPECT_EQ(params.device->id, cli.device_id());
  EXPECT_EQ(params.device->nonce, "padded");
  EXPECT_EQ(params.device->signed_at, cli.now.ms);
  const crypto::SignedFields fields{.device_id = cli.device_id(),
                                    .client_id = "cli",
                                    .client_mode = "cli",
                                    .role = "operator",
                                    .scopes = *params.scopes,
                                    .signed_at_ms = cli.now.ms,
                                    .token = "T",
                                    .nonce = "padded",
                                    .platform = "linux",
                                    .device_family = std::nullopt};
  EXPECT_TRUE(crypto::verify(params.device->public_key, crypto::payload("v3", fields),
                             params.device->signature));
}

TEST(JsClient, SendsOnlyWhatItHas) {  // section 2.1
  Device backend = computer({});
  backend.hears(Launch{});
  backend.reaches();
  const auto sent = backend.did<Send>().front().text;
  EXPECT_NE(sent.find(R"("caps":[])"), std::string::npos);
  for (const char* absent :
       {"displayName", "auth", "locale", "userAgent", "commands", "instanceId"}) {
    EXPECT_EQ(sent.find(absent), std::string::npos) << absent;
  }
  EXPECT_THAT(*backend.connect_sent().scopes, ElementsAre("operator.admin"));
}

TEST(JsClient, WithoutADeviceIdentitySendsNoProofAndKeepsNoToken) {
  JsOptions options;
  options.token = "T";
  options.device_identity = false;
  Device cli = computer(options);
  has_stored(cli, "R");
  cli.hears(Launch{});
  cli.reaches();
  EXPECT_FALSE(cli.connect_sent().device);
  cli.is_welcomed("main", "new");
  EXPECT_EQ(stored_token(cli.client(), "operator", ""), "R");
}

TEST(JsClient, OfANodeHostNamesItsCommands) {  // section 2.8
  Device host = computer(node_host_options(kLoopback, "i-1"));
  host.hears(Launch{});
  host.reaches();
  const auto params = host.connect_sent();
  EXPECT_EQ(params.client.id, "node-host");
  EXPECT_EQ(params.role, "node");
  EXPECT_THAT(*params.scopes, IsEmpty());
  EXPECT_THAT(*params.commands, Contains("system.run"));
}

TEST(JsClient, DoesNotDialAnEndpointThatItMustNotTrust) {  // C-1, C-2
  Device far = with_token("T", "ws://gw.example:18789");
  far.hears(Launch{});
  EXPECT_THAT(far.did<Dial>(), IsEmpty());
  EXPECT_EQ(far.state(), "stopped");
  EXPECT_THAT(timers(far.client()), IsEmpty());
  Device pinned = with_token();
  pinned.js().options.tls_fingerprint = "aa";
  pinned.hears(Launch{});
  EXPECT_EQ(pinned.state(), "stopped");
}

TEST(JsClient, StaysStoppedWhenStartedAgainWithTheSameEndpoint) {  // C-2
  Device far = with_token("T", "ws://gw.example:18789");
  far.hears(Launch{});
  far.hears(TapRetry{});
  EXPECT_THAT(far.did<Dial>(), IsEmpty());
  EXPECT_EQ(far.told(NoteKind::stopped).size(), 1u);
  far.hears(SwitchGateway{kLoopback});
  EXPECT_EQ(far.did<Dial>().size(), 1u);
}

TEST(JsClient, HangsUpOnAnotherCertificate) {  // C-3
  Device cli = with_token("T", "wss://gw.example");
  cli.js().options.tls_fingerprint = "AA:BB";
  cli.hears(Launch{});
  EXPECT_EQ(cli.did<Dial>().front().pin, "aabb");
  cli.hears(Opened{"main", "ccdd"});
  ASSERT_EQ(cli.did<Hangup>().size(), 1u);
  EXPECT_EQ(cli.did<Hangup>().front().reason, "gateway tls fingerprint mismatch");
  cli.hears(Closed{"main", 1008, "gateway tls fingerprint mismatch"});
  EXPECT_EQ(cli.due_in("main.reconnect"), 1000);
}

TEST(JsClient, HangsUpWithoutANonce) {  // section 2.3
  Device cli = with_token();
  cli.hears(Launch{});
  cli.hears(Opened{"main", ""});
  cli.is_challenged("main", "  ");
  EXPECT_EQ(cli.did<Hangup>().front().reason, "connect challenge missing nonce");
  EXPECT_THAT(cli.did<Send>(), IsEmpty());
}

TEST(JsClient, WaitsTenSecondsForTheChallenge) {  // section 2.3
  Device cli = with_token();
  cli.hears(Launch{});
  cli.hears(Opened{"main", ""});
  EXPECT_EQ(cli.due_in("main.challenge"), 10'000);
  cli.now = cli.now + Millis{9'999};
  EXPECT_THAT(cli.hears(TimerDue{"main.challenge"}), IsEmpty());
  cli.now = cli.now + Millis{1};
  cli.hears(TimerDue{"main.challenge"});
  EXPECT_EQ(cli.did<Hangup>().front().code, 1008);
  EXPECT_EQ(cli.did<Hangup>().front().reason, "connect challenge timeout");
}

TEST(JsClient, ClampsTheChallengeTimeout) {  // section 2.1
  for (const auto& [given, used] :
       {std::pair{1, 250}, {250, 250}, {9'999, 9'999}, {60'000, 10'000}}) {
    Device cli = with_token();
    cli.js().options.challenge_timeout = {given};
    cli.hears(Launch{});
    cli.hears(Opened{"main", ""});
    EXPECT_EQ(cli.due_in("main.challenge"), used);
  }
}

TEST(JsClient, AnswersOneChallengeOnASocket) {  // section 2.3
  Device cli = with_token();
  cli.hears(Launch{});
  cli.reaches();
  EXPECT_THAT(cli.is_challenged("main", "n-2"), IsEmpty());
  cli.is_challenged("main", "");
  EXPECT_EQ(cli.did<Hangup>().size(), 1u) << "but one without a nonce ends it at any time";
}

TEST(JsClient, GivesConnectThirtySeconds) {  // section 2.1
  Device cli = with_token();
  cli.hears(Launch{});
  cli.reaches();
  cli.waits_for("main.connect");
  EXPECT_EQ(cli.did<Hangup>().front().reason, "connect failed");
  cli.hears(Closed{"main", 1008, "connect failed"});
  EXPECT_EQ(cli.state(), "waiting");
}

TEST(JsClient, KeepsTheTokenUnderTheRoleThatTheGatewayNames) {  // section 2.5
  Device cli = with_token();
  cli.hears(Launch{});
  cli.reaches();
  cli.is_welcomed("main", "D", "node");
  EXPECT_EQ(stored_token(cli.client(), "node", ""), "D");
  const auto stored = cli.notes(NoteKind::credential_stored);
  ASSERT_EQ(stored.size(), 1u);
  EXPECT_EQ(stored.front().detail, "device_token node");
  EXPECT_EQ(stored.front().secret, "D");
}

TEST(JsClient, NeverTellsASecretInWords) {
  Device cli = with_token("sesame");
  cli.hears(Launch{});
  cli.reaches();
  const auto sent = cli.notes(NoteKind::credential_sent);
  ASSERT_EQ(sent.size(), 1u);
  EXPECT_EQ(sent.front().detail, "shared_token");
  EXPECT_EQ(sent.front().secret, "sesame");
  EXPECT_EQ(sent.front().gateway, kLoopback);
}

TEST(JsClient, BacksOffTwiceAsLongEachTimeUntilItGetsIn) {  // C-17
  Device cli = with_token();
  cli.hears(Launch{});
  std::vector<std::int64_t> delays;
  for (int attempt = 0; attempt < 7; ++attempt) {
    cli.hears(DialFailed{"main", "refused"});
    delays.push_back(cli.due_in("main.reconnect").value_or(-1));
    cli.waits_for("main.reconnect");
  }
  EXPECT_THAT(delays, ElementsAre(1000, 2000, 4000, 8000, 16'000, 30'000, 30'000));
  cli.reaches();
  cli.is_welcomed();
  cli.hears(Closed{"main", 1012, "service restart"});
  EXPECT_EQ(cli.due_in("main.reconnect"), 1000);
}

TEST(JsClient, RetriesAfterACloseWithoutAnAnswer) {  // C-17
  Device cli = with_token();
  cli.hears(Launch{});
  cli.reaches();
  cli.hears(Closed{"main", 1000, ""});
  EXPECT_EQ(cli.state(), "waiting");
  EXPECT_EQ(cli.due_in("main.reconnect"), 1000);
}

TEST(JsClient, PausesForEverWhenTryingAgainIsNoUse) {  // C-14, C-16
  Device cli = with_token("");
  cli.hears(Launch{});
  cli.reaches();
  cli.must_pair();
  EXPECT_EQ(cli.notes(NoteKind::refused).front().request_id, "r-1");
  ASSERT_EQ(cli.did<Hangup>().size(), 1u);
  EXPECT_EQ(cli.did<Hangup>().front().code, 1008);
  EXPECT_EQ(cli.did<Hangup>().front().reason, "connect failed");
  cli.hears(Closed{"main", 1008, "pairing required"});
  EXPECT_EQ(cli.state(), "stopped");
  EXPECT_THAT(timers(cli.client()), IsEmpty());
  cli.hears(TapRetry{});
  EXPECT_EQ(cli.did<Dial>().size(), 1u);
}

TEST(JsClient, ShowsAStoredTokenOnceNextToAStaleSharedToken) {  // C-13, C-16, C-18
  Device cli = with_token("stale");
  has_stored(cli, "R");
  cli.hears(Launch{});
  cli.reaches();
  EXPECT_EQ(cli.auth_sent().device_token, std::nullopt);
  cli.has_bad_token();
  cli.hears(Closed{"main", 1008, "unauthorized: gateway token mismatch"});
  EXPECT_EQ(cli.due_in("main.reconnect"), 250);
  cli.waits_for("main.reconnect");
  cli.reaches();
  EXPECT_EQ(cli.auth_sent().token, "stale");
  EXPECT_EQ(cli.auth_sent().device_token, "R");
  EXPECT_THAT(cli.told(NoteKind::credential_sent),
              ElementsAre("shared_token", "device_token operator"));
  // Refused again: the budget is used, so this is the end.
  cli.has_bad_token();
  cli.hears(Closed{"main", 1008, "unauthorized"});
  EXPECT_EQ(cli.state(), "stopped");
}

TEST(JsClient, GetsItsRetryBackWithHello) {  // C-18
  Device cli = with_token("stale");
  has_stored(cli, "R");
  cli.hears(Launch{});
  cli.reaches();
  cli.has_bad_token();
  cli.hears(Closed{"main", 1008, ""});
  cli.waits_for("main.reconnect");
  cli.reaches();
  cli.is_welcomed();
  cli.hears(Closed{"main", 1006, ""});
  cli.waits_for("main.reconnect");
  cli.reaches();
  EXPECT_EQ(cli.auth_sent().device_token, std::nullopt);
  cli.has_bad_token();
  EXPECT_TRUE(cli.js().memory.retry_pending);
}

TEST(JsClient, StopsAtAStaleTokenTowardsAFarGateway) {  // C-12, C-16
  Device cli = with_token("stale", "wss://gw.example");
  has_stored(cli, "R");
  cli.hears(Launch{});
  cli.reaches("main", "cc");
  cli.has_bad_token();
  EXPECT_FALSE(cli.js().memory.retry_pending);
  cli.hears(Closed{"main", 1008, ""});
  EXPECT_EQ(cli.state(), "stopped");
}

TEST(JsClient, ForgetsAStoredTokenThatTheCloseReasonCallsWrong) {  // C-15, C-82
  Device cli = with_token("");
  has_stored(cli, "R");
  cli.hears(Launch{});
  cli.reaches();
  cli.is_refused("main", "unauthorized: device token mismatch (rotate/reissue device token)",
                 "AUTH_DEVICE_TOKEN_MISMATCH");
  EXPECT_EQ(stored_token(cli.client(), "operator", ""), "R");
  cli.hears(
      Closed{"main", 1008, "unauthorized: Device Token Mismatch (rotate/reissue device token)"});
  EXPECT_EQ(stored_token(cli.client(), "operator", ""), std::nullopt);
  EXPECT_THAT(cli.told(NoteKind::credential_cleared), ElementsAre("device_token operator"));
  EXPECT_EQ(cli.state(), "refused");  // AUTH_DEVICE_TOKEN_MISMATCH is not in the pause list
}

TEST(JsClient, KeepsItsStoredTokenWhileItHoldsASharedSecret) {  // C-15
  for (const char* code : {"1008", "1000"}) {
    Device cli = with_token(code == std::string("1008") ? "T" : "");
    has_stored(cli, "R");
    cli.hears(Launch{});
    cli.reaches();
    cli.hears(Closed{"main", std::stoi(code), "device token mismatch"});
    EXPECT_EQ(stored_token(cli.client(), "operator", ""), "R") << code;
  }
}

TEST(JsClient, GivesUpASessionThatSaysNothing) {  // section 2.5
  Device cli = with_token();
  cli.hears(Launch{});
  cli.reaches();
  cli.is_welcomed();
  EXPECT_EQ(cli.due_in("main.tick_watch"), 90'000);  // the first check that finds more than 60 s
  cli.now = cli.now + Millis{45'000};
  cli.hears(Received{"main", R"({"type":"event","event":"tick","payload":{"ts":1}})"});
  EXPECT_EQ(cli.due_in("main.tick_watch"), 120'000 - 45'000);
  cli.hears(Received{"main", "not a frame"});
  cli.waits_for("main.tick_watch");
  EXPECT_EQ(cli.did<Hangup>().front().code, 4000);
  EXPECT_EQ(cli.did<Hangup>().front().reason, "tick timeout");
  EXPECT_EQ(cli.told(NoteKind::session_lost).size(), 1u);
}

TEST(JsClient, CanBeToldThatTicksWereHeard) {
  Device cli = with_token();
  cli.hears(Launch{});
  cli.reaches();
  cli.is_welcomed();
  cli.now = cli.now + Millis{3'600'000};
  hear_ticks(cli.client(), "main", cli.now);
  EXPECT_EQ(cli.due_in("main.tick_watch"), 90'000);
}

TEST(JsClient, TakesTheSocketForLostWhenNobodyAnswersItsClose) {
  Device cli = with_token();
  cli.hears(Launch{});
  cli.reaches();
  cli.waits_for("main.connect");
  EXPECT_EQ(cli.due_in("main.closing"), 30'000);
  cli.waits_for("main.closing");
  EXPECT_EQ(cli.did<Hangup>().front().code, kCut);
  EXPECT_EQ(cli.due_in("main.reconnect"), 1000);
}

TEST(JsClient, CallsMethodsAndTellsTheAnswers) {
  Device cli = with_token();
  cli.hears(CallMethod{"device.pair.list", {}, "main"});
  EXPECT_EQ(js::string_member(*js::member(cli.notes(NoteKind::answer).front().payload, "error"),
                              "message") != nullptr,
            true);
  cli.hears(Launch{});
  cli.reaches();
  cli.is_welcomed();
  cli.hears(CallMethod{"device.pair.approve", js::Object{{"requestId", "r"}}, "main"});
  const auto request = cli.last_request("main", "device.pair.approve");
  EXPECT_EQ(js::dump(request.params.value()), R"({"requestId":"r"})");
  cli.hears(Received{"main", wire::write_response(request.id, js::Value(js::Object{{"x", 1}}))});
  const auto answers = cli.notes(NoteKind::answer);
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers.front().detail, "device.pair.approve");
  EXPECT_EQ(js::dump(answers.front().payload), R"({"ok":true,"payload":{"x":1}})");
  EXPECT_THAT(cli.hears(Received{"main", wire::write_response(request.id, std::nullopt)}),
              IsEmpty());
}

TEST(JsClient, FailsItsCallsWhenTheConnectionCloses) {  // C-19
  Device cli = with_token();
  cli.hears(Launch{});
  cli.reaches();
  cli.is_welcomed();
  cli.hears(CallMethod{"health", {}, "main"});
  cli.hears(Closed{"main", 4001, "device removed"});
  EXPECT_EQ(js::dump(cli.notes(NoteKind::answer).front().payload),
            R"({"ok":false,"error":{"message":"gateway closed (4001): device removed"}})");
}

TEST(JsClient, GivesACallThirtySeconds) {  // section 2.1
  Device cli = with_token();
  cli.hears(Launch{});
  cli.reaches();
  cli.is_welcomed();
  cli.hears(CallMethod{"health", {}, "main"});
  const std::string timer = "main.call " + cli.last_request("main", "health").id;
  EXPECT_EQ(cli.due_in(timer), 30'000);
  cli.waits_for(timer);
  EXPECT_EQ(js::dump(cli.notes(NoteKind::answer).front().payload),
            R"({"ok":false,"error":{"message":"gateway request timeout for health"}})");
  EXPECT_EQ(cli.state(), "open");
}

TEST(JsClient, AnswersAnInvocation) {
  Device host = computer(node_host_options(kLoopback, "i-1"));
  host.hears(Launch{});
  host.reaches();
  host.is_welcomed();
  host.hears(Received{
      "main",
      R"({"type":"event","event":"node.invoke.request","payload":{"id":"v","nodeId":"n"}})"});
  EXPECT_EQ(js::dump(*host.last_request("main", "node.invoke.result").params),
            R"({"id":"v","nodeId":"n","ok":true,"payload":{}})");
}

TEST(JsClient, ForgetsEverythingButItsTokensWhenItQuits) {
  Device cli = with_token();
  cli.hears(Launch{});
  cli.reaches();
  cli.is_welcomed("main", "D");
  cli.hears(Quit{});
  ASSERT_EQ(cli.did<Hangup>().size(), 1u);
  EXPECT_EQ(cli.did<Hangup>().front().code, kCut);
  EXPECT_EQ(cli.js().memory, JsMemory{});
  EXPECT_EQ(stored_token(cli.client(), "operator", ""), "D");
  EXPECT_THAT(cli.hears(Closed{"main", 1006, ""}), IsEmpty());
}

TEST(JsClient, SendsItsOnlyTokenToWhicheverGatewayItIsPointedAt) {  // C-23
  Device cli = with_token("");
  has_stored(cli, "a");
  cli.hears(SwitchGateway{"wss://b.example"});
  cli.reaches("main", "cc");
  EXPECT_EQ(cli.auth_sent().token, "a");
}

}  // namespace
}  // namespace model::client::words
