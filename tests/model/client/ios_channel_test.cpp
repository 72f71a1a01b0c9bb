#include "model/client/ios_channel.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "model/crypto/payload.hpp"
#include "tests/model/client/words.hpp"

namespace model::client::words {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kLoopback = "ws://127.0.0.1:18789";

/// A phone beside its gateway (a simulator), where plain loopback needs no certificate.
Device near_phone(const char* token = "", policy::Policy policy = after()) {
  Device app = phone(policy);
  if (*token != '\0') app.hears(EnterSecret{token, ""});
  return app;
}

TEST(IosChannel, SignsTheTimeAtWhichItDialled) {  // C-50, C-56, C-83
  Device app = phone();
  scans_and_trusts(app);
  const Instant dialled_at = app.now;
  app.hears(Opened{"node", "aa11"});
  app.now = app.now + Millis{5'999};
  app.is_challenged("node", "\xC2\x85n-7\\n");
  const auto params = app.connect_sent("node");
  ASSERT_TRUE(params.device);
  EXPECT_EQ(params.device->signed_at, dialled_at.ms);
  EXPECT_EQ(params.device->nonce, "n-7");
  const crypto::SignedFields fields{.device_id = app.device_id(),
                                    .client_id = "openclaw-ios",
                                    .client_mode = "node",
                                    .role = "node",
                                    .scopes = {},
                                    .signed_at_ms = dialled_at.ms,
                                    .token = "B",
                                    .nonce = "n-7",
                                    .platform = "iOS 26.3.1",
                                    .device_family = "iPhone"};
  EXPECT_TRUE(crypto::verify(params.device->public_key, crypto::payload("v3", fields),
                             params.device->signature));
}

TEST(IosChannel, AlwaysSaysWhoItIs) {  // C-59
  Device app = phone();
  scans_and_trusts(app);
  app.reaches("node", "aa11");
  const auto params = app.connect_sent("node");
  EXPECT_TRUE(params.client.display_name);
  EXPECT_EQ(params.client.instance_id, app.app().durable.keychain.instance_id);
  EXPECT_FALSE(params.client.version.empty());
  EXPECT_TRUE(params.locale);
  EXPECT_TRUE(params.user_agent);
}

TEST(IosChannel, WaitsSixSecondsForTheChallengeAndTwelveForTheAnswer) {  // C-50
  Device app = phone();
  scans_and_trusts(app);
  EXPECT_EQ(app.due_in("node.challenge"), 6'000);
  app.hears(Opened{"node", "aa11"});
  app.now = app.now + Millis{1'000};
  EXPECT_EQ(app.due_in("node.challenge"), 5'000);
  app.is_challenged("node", " ");
  EXPECT_EQ(app.due_in("node.challenge"), 5'000) << "a challenge without nonce is passed over";
  app.is_challenged("node");
  EXPECT_EQ(app.due_in("node.connect"), 11'000);
  app.waits_for("node.connect");
  EXPECT_EQ(app.did<Hangup>().size(), 1u);
  EXPECT_EQ(app.due_in("node.loop"), 850);
}

TEST(IosChannel, SendsNothingBeforeTheChallenge) {
  Device app = phone();
  scans_and_trusts(app);
  EXPECT_THAT(app.hears(Opened{"node", "aa11"}), IsEmpty());
  app.waits_for("node.challenge");
  EXPECT_THAT(app.did<Send>(), IsEmpty());
  EXPECT_EQ(app.did<Hangup>().size(), 1u);
}

TEST(IosChannel, SendsNothingOverAnotherCertificate) {  // C-35
  Device app = phone();
  scans_and_trusts(app);
  app.hears(Opened{"node", "bb22"});
  ASSERT_EQ(app.did<Hangup>().size(), 1u);
  EXPECT_EQ(app.did<Hangup>().front().code, kCut);
  EXPECT_EQ(app.due_in("node.loop"), 850) << "an ordinary failure: it goes on trying";
  EXPECT_THAT(app.is_challenged("node"), IsEmpty());
}

TEST(IosChannel, ReconnectsByItselfAfterALostSession) {  // C-52
  Device app = near_phone("T");
  app.hears(SwitchGateway{kLoopback});
  app.reaches("operator");
  app.is_welcomed("operator");
  std::vector<std::int64_t> delays;
  app.app().memory.op.loop.stage = LoopStage::paused;  // the loop stays out of the story
  app.hears(Closed{"operator", 1006, ""});
  for (int i = 0; i < 8; ++i) {
    delays.push_back(app.due_in("operator.reconnect").value_or(-1));
    app.waits_for("operator.reconnect");
    app.hears(DialFailed{"operator", "refused"});
  }
  EXPECT_THAT(delays, ElementsAre(500, 1000, 2000, 4000, 8000, 16'000, 30'000, 30'000));
}

TEST(IosChannel, HasAWatchdogThatTriesEveryThirtySeconds) {  // C-52
  Device app = near_phone();
  app.hears(SwitchGateway{kLoopback});
  has_stored(app, "stale");
  app.hears(DialFailed{"node", "no"});
  app.waits_for("node.loop");
  app.reaches("node");
  EXPECT_EQ(app.auth_sent("node").token, "stale");
  app.has_bad_token("node");
  EXPECT_EQ(app.state("node"), "stopped") << "the loop idles, but the channel is not paused (C-53)";
  EXPECT_EQ(app.due_in("node.watchdog"), 30'000 - 850);
  app.waits_for("node.watchdog");
  EXPECT_THAT(dialled(app), ElementsAre("node"));
  app.reaches("node");
  app.is_welcomed("node");
  EXPECT_EQ(app.app().memory.onboarding, OnboardingStage::connected);
}

TEST(IosChannel, PausesItselfAfterAListedRefusal) {  // C-53
  Device app = near_phone();
  app.hears(SwitchGateway{kLoopback});
  app.reaches("node");
  app.is_refused("node", "unauthorized: gateway token missing", "AUTH_TOKEN_MISSING");
  EXPECT_TRUE(app.app().memory.node.channel->paused);
  EXPECT_THAT(timers(app.client()), IsEmpty());
}

TEST(IosChannel, ConnectsAllTheSameWhenItsLoopAsks) {  // C-53, last sentence
  Device app = near_phone("T", before());
  app.hears(SwitchGateway{kLoopback});
  app.reaches("operator");
  app.is_refused("operator", "unauthorized: too many failed", "AUTH_RATE_LIMITED");
  EXPECT_TRUE(app.app().memory.op.channel->paused);
  app.waits_for("operator.loop");
  EXPECT_THAT(dialled(app), ElementsAre("operator"));
  app.reaches("operator");
  app.is_welcomed("operator");
  EXPECT_FALSE(app.app().memory.op.channel->paused);
}

TEST(IosChannel, ShowsItsStoredTokenOnceToALoopbackGateway) {  // C-54
  Device app = near_phone("stale");
  has_stored(app, "R", "operator");
  app.hears(SwitchGateway{kLoopback});
  app.reaches("operator");
  app.has_bad_token("operator");
  app.waits_for("operator.loop");
  app.reaches("operator");
  EXPECT_EQ(app.auth_sent("operator").token, "stale");
  EXPECT_EQ(app.auth_sent("operator").device_token, "R");
  app.is_refused("operator", "unauthorized: device token mismatch", "AUTH_DEVICE_TOKEN_MISMATCH");
  EXPECT_EQ(stored_token(app.client(), "operator", ""), std::nullopt);
  EXPECT_THAT(app.told(NoteKind::credential_cleared), ElementsAre("device_token operator"));
}

TEST(IosChannel, DoesNotRetryWithItsStoredTokenTowardsAFarGateway) {  // C-54
  Device app = phone(before());
  app.hears(EnterSecret{"stale", ""});
  has_stored(app, "R", "operator");
  scans_and_trusts(app, "");
  app.reaches("operator", "aa11");
  app.has_bad_token("operator");
  app.waits_for("operator.loop");
  app.reaches("operator", "aa11");
  EXPECT_EQ(app.auth_sent("operator").device_token, std::nullopt);
}

TEST(IosChannel, KeepsAStoredTokenThatAnOrdinaryConnectCallsWrong) {  // C-55, C-82
  Device app = near_phone();
  has_stored(app, "R");
  app.hears(SwitchGateway{kLoopback});
  app.reaches("node");
  app.is_refused("node", "unauthorized: device token mismatch", "AUTH_DEVICE_TOKEN_MISMATCH");
  EXPECT_EQ(stored_token(app.client(), "node", ""), "R");
  EXPECT_FALSE(app.app().memory.node.channel->paused);
}

TEST(IosChannel, AcceptsSixteenMebibytes) {  // C-57
  Device app = phone();
  scans_and_trusts(app);
  app.reaches("node", "aa11");
  app.is_welcomed("node");
  app.hears(Received{"node", std::string(16u << 20, ' ')});
  EXPECT_EQ(app.state("node"), "open");
  app.hears(Received{"node", std::string((16u << 20) + 1, ' ')});
  EXPECT_NE(app.state("node"), "open");
}

TEST(IosChannel, MissesTicksAfterTwiceTheInterval) {  // C-52
  Device app = phone();
  scans_and_trusts(app);
  app.reaches("node", "aa11");
  app.is_welcomed("node");
  EXPECT_EQ(app.due_in("node.tick_watch"), 120'000) << "the check at 60 s finds exactly 60 s: fine";
  app.now = app.now + Millis{30'000};
  app.hears(Received{"node", R"({"type":"event","event":"tick","payload":{"ts":1}})"});
  EXPECT_EQ(app.due_in("node.tick_watch"), 90'000);
  app.waits_for("node.tick_watch");
  EXPECT_EQ(app.told(NoteKind::session_lost).size(), 1u);
  EXPECT_EQ(app.due_in("node.reconnect"), 500);
}

TEST(IosChannel, StoresTheTokenUnderTheRoleThatTheGatewayNames) {  // C-51
  Device app = phone();
  scans_and_trusts(app);
  app.reaches("node", "aa11");
  app.is_welcomed("node", "O", "operator");
  EXPECT_EQ(stored_token(app.client(), "operator", ""), "O");
  EXPECT_EQ(stored_token(app.client(), "node", ""), std::nullopt);
}

TEST(IosChannel, FailsItsCallsWhenTheSessionIsLost) {
  Device app = near_phone("T");
  app.hears(SwitchGateway{kLoopback});
  app.reaches("operator");
  app.is_welcomed("operator");
  app.hears(CallMethod{"health", {}, "operator"});
  EXPECT_EQ(app.did<Send>().size(), 1u);
  app.hears(Closed{"operator", 1006, ""});
  EXPECT_EQ(app.notes(NoteKind::answer).size(), 1u);
}

}  // namespace
}  // namespace model::client::words
