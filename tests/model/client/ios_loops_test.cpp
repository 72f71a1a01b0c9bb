#include "model/client/ios_loops.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/model/client/words.hpp"

namespace model::client::words {
namespace {

using policy::OperatorLoop;
using testing::ElementsAre;
using testing::IsEmpty;

ChannelConfig config(const char* token, const char* password, const char* bootstrap) {
  ChannelConfig made;
  made.token = token;
  made.password = password;
  made.bootstrap_token = bootstrap;
  return made;
}

TEST(OperatorLoop, StartsByTheTableOfSection51) {  // C-41
  constexpr auto rule = OperatorLoop::wait_for_handoff;
  for (const bool stored : {false, true}) {
    for (const char* bootstrap : {"", "B"}) {
      EXPECT_TRUE(operator_loop_starts(rule, config("T", "", bootstrap), stored));
      EXPECT_TRUE(operator_loop_starts(rule, config("T", "P", bootstrap), stored));
      EXPECT_TRUE(operator_loop_starts(rule, config("", "P", bootstrap), stored));
    }
  }
  EXPECT_FALSE(operator_loop_starts(rule, config("", "", "B"), false));
  EXPECT_FALSE(operator_loop_starts(rule, config("", "", "B"), true));
  EXPECT_TRUE(operator_loop_starts(rule, config("", "", ""), true));
  EXPECT_FALSE(operator_loop_starts(rule, config("", "", ""), false));
  EXPECT_TRUE(operator_loop_starts(rule, config("", "", " \n"), true)) << "blank is none";
  EXPECT_FALSE(operator_loop_starts(rule, config(" ", "\t", ""), false));
}

TEST(OperatorLoop, AlwaysStartedBefore) {  // C-40
  EXPECT_TRUE(operator_loop_starts(OperatorLoop::always, config("", "", "B"), false));
  EXPECT_TRUE(operator_loop_starts(OperatorLoop::always, config("", "", ""), false));
}

TEST(OperatorLoop, AsksForItsOwnRoleAndScopes) {  // section 5
  Device app = phone(before());
  scans_and_trusts(app);
  EXPECT_THAT(dialled(app), testing::UnorderedElementsAre("operator", "node"));
  app.reaches("operator", "aa11");
  const auto params = app.connect_sent("operator");
  EXPECT_EQ(params.role, "operator");
  EXPECT_EQ(params.client.mode, "ui");
  EXPECT_THAT(*params.scopes,
              ElementsAre("operator.read", "operator.write", "operator.talk.secrets"));
  app.reaches("node", "aa11");
  EXPECT_EQ(app.connect_sent("node").role, "node");
  EXPECT_EQ(app.connect_sent("node").client.mode, "node");
  EXPECT_THAT(*app.connect_sent("node").scopes, IsEmpty());
}

TEST(OperatorLoop, DisconnectsWhenItMayNotStart) {  // section 5.1
  Device app = phone();
  app.hears(EnterSecret{"T", ""});
  scans_and_trusts(app, "");
  app.reaches("operator", "aa11");
  app.is_welcomed("operator");
  EXPECT_EQ(app.state("operator"), "open");
  app.hears(Scan{setup_code("B")});  // clears the shared token (C-31)
  EXPECT_EQ(app.state("operator"), "idle");
  EXPECT_FALSE(app.app().memory.op.channel);
}

TEST(NodeFailure, IsClassifiedByItsText) {  // section 5.3
  EXPECT_EQ(classify("Unauthorized: gateway token mismatch"), FailureClass::unauthorized);
  EXPECT_EQ(classify("gateway token missing"), FailureClass::unauthorized);
  EXPECT_EQ(classify("NOT_PAIRED"), FailureClass::pairing_required);
  EXPECT_EQ(classify("Pairing Required"), FailureClass::pairing_required);
  EXPECT_EQ(classify("unauthorized, pairing required"), FailureClass::unauthorized);
  EXPECT_EQ(classify("device signature expired"), FailureClass::retry);
  EXPECT_EQ(classify(""), FailureClass::retry);
}

TEST(NodeFailure, MayCarryARequestId) {  // section 5.3
  EXPECT_EQ(request_id_in("pairing required (requestId: r-1)"), "r-1");
  EXPECT_EQ(request_id_in("pairing required (requestId:r-1"), "");
  EXPECT_EQ(request_id_in("pairing required"), "");
}

Device connecting(policy::Policy policy = after()) {
  Device app = phone(policy);
  scans_and_trusts(app);
  return app;
}

TEST(NodeLoop, SleepsLongerAfterEachFailure) {  // section 5.2 step 8
  Device app = connecting();
  std::vector<std::int64_t> sleeps;
  for (int attempt = 0; attempt < 7; ++attempt) {
    app.hears(DialFailed{"node", "refused"});
    sleeps.push_back(app.due_in("node.loop").value_or(-1));
    app.waits_for("node.loop");
    EXPECT_THAT(dialled(app), ElementsAre("node"));
  }
  EXPECT_THAT(sleeps, ElementsAre(850, 1445, 2457, 4177, 7100, 8000, 8000));
  app.reaches("node", "aa11");
  app.is_welcomed("node");
  app.hears(Closed{"node", 1006, ""});
  app.waits_for("node.loop");
  app.hears(DialFailed{"node", "refused"});
  EXPECT_EQ(app.due_in("node.loop"), 850) << "success begins the count anew";
}

TEST(NodeLoop, LooksEverySecondWhetherItIsStillConnected) {  // steps 3 and 5
  Device app = connecting();
  app.reaches("node", "aa11");
  app.is_welcomed("node");
  EXPECT_EQ(app.due_in("node.loop"), std::nullopt) << "looks without effect need no timer";
  app.now = app.now + Millis{10'250};
  app.hears(Closed{"node", 1006, ""});
  EXPECT_EQ(app.due_in("node.loop"), 750);
  EXPECT_EQ(app.due_in("node.reconnect"), 500) << "the channel's own reconnect is earlier (C-52)";
}

TEST(NodeLoop, FindsTheSessionThatItsChannelBroughtBack) {  // steps 3 and 5, C-52
  Device app = connecting();
  app.reaches("node", "aa11");
  app.is_welcomed("node");
  app.now = app.now + Millis{10'250};
  app.hears(Closed{"node", 1006, ""});
  app.waits_for("node.reconnect");
  app.reaches("node", "aa11");
  app.is_welcomed("node");
  EXPECT_EQ(app.due_in("node.loop"), 250);
  app.waits_for("node.loop");
  EXPECT_THAT(dialled(app), IsEmpty());
  EXPECT_EQ(app.due_in("node.loop"), std::nullopt);
  EXPECT_EQ(app.state("node"), "open");
}

TEST(NodeLoop, StopsWhenItIsUnauthorized) {  // section 5.3
  Device app = connecting();
  app.reaches("node", "aa11");
  app.has_bad_bootstrap_token("node");
  EXPECT_EQ(app.state("node"), "stopped");
  EXPECT_EQ(app.due_in("node.loop"), std::nullopt);
  EXPECT_EQ(app.app().memory.onboarding, OnboardingStage::needs_credentials);
  EXPECT_FALSE(app.app().memory.auto_reconnect);
  EXPECT_EQ(app.told(NoteKind::stopped).size(), 1u);
}

TEST(NodeLoop, PausesTheOperatorLoopTooWhenUnauthorized) {  // section 5.3: both loops idle
  Device app = connecting(before());
  app.hears(DialFailed{"operator", "refused"});
  app.reaches("node", "aa11");
  app.has_bad_bootstrap_token("node");
  app.waits_for("operator.loop");
  EXPECT_THAT(dialled(app), IsEmpty());
  EXPECT_EQ(app.state("operator"), "stopped");
}

TEST(NodeLoop, EndsWhenPairingIsRequired) {  // section 5.3
  Device app = connecting(before());
  app.reaches("operator", "aa11");
  app.reaches("node", "aa11");
  app.must_pair("node");
  EXPECT_EQ(app.app().memory.status,
            "Pairing required. Approve on gateway and return to OpenClaw.");
  EXPECT_TRUE(app.app().memory.pairing_paused);
  EXPECT_EQ(app.app().memory.node.loop.stage, LoopStage::ended);
  EXPECT_EQ(app.app().memory.op.loop.stage, LoopStage::off);
  EXPECT_EQ(app.app().memory.onboarding, OnboardingStage::awaiting_approval);
  EXPECT_THAT(timers(app.client()), IsEmpty()) << "nothing happens until the person acts";
  EXPECT_EQ(app.notes(NoteKind::refused).front().request_id, "r-1");
  app.hears(TapRetry{});
  EXPECT_THAT(dialled(app), testing::UnorderedElementsAre("operator", "node"));
}

TEST(NodeLoop, ShowsTheRequestIdThatTheTextNames) {  // section 5.3
  Device app = connecting();
  app.reaches("node", "aa11");
  app.is_refused("node", "pairing required (requestId: r-9)", "PAIRING_REQUIRED");
  EXPECT_EQ(app.app().memory.status,
            "Pairing required (requestId: r-9). Approve on gateway and return to OpenClaw.");
}

TEST(NodeLoop, TriesTheOlderClientIdOnce) {  // section 5.2 step 7
  Device app = connecting();
  const char* refused = "invalid connect params: at /client/id: must be equal to constant";
  app.reaches("node", "aa11");
  EXPECT_EQ(app.connect_sent("node").client.id, "openclaw-ios");
  app.is_refused("node", refused, "");
  EXPECT_THAT(dialled(app), ElementsAre("node")) << "at once";
  EXPECT_EQ(app.app().durable.preferences.client_id_override.at(std::string(kStableId)),
            "moltbot-ios");
  app.hears(Opened{"node", "aa11"});
  app.is_challenged("node");
  const auto request = app.last_request("node", "connect");
  EXPECT_NE(js::dump(*request.params).find("moltbot-ios"), std::string::npos);
  app.is_refused("node", refused, "");
  EXPECT_EQ(app.due_in("node.loop"), 850) << "the second time it is a failure like others";
}

TEST(NodeLoop, WaitsInTheBackground) {  // section 5.2 step 2
  Device app = connecting();
  app.reaches("node", "aa11");
  app.is_welcomed("node");
  app.hears(Background{});
  app.app().memory.node.channel->paused =
      true;  // keep the channel's own reconnect out of the story
  app.hears(Closed{"node", 1006, ""});
  app.waits_for("node.loop");
  EXPECT_EQ(app.app().memory.node.loop.stage, LoopStage::in_background);
  EXPECT_EQ(app.due_in("node.loop"), std::nullopt);
  app.now = app.now + Millis{5'000};
  app.hears(Foreground{});
  EXPECT_EQ(app.due_in("node.loop"), 1'000) << "the next look is on a grid of two seconds";
  app.waits_for("node.loop");
  EXPECT_THAT(dialled(app), ElementsAre("node"));
}

// --- clearing the bootstrap token (5.4) ----------------------------------------------------------

TEST(BootstrapClearing, LeavesTheRestOfTheConfiguration) {  // C-44, C-45
  GatewayConfig given;
  given.node = {.url = "u",
                .pin = "p",
                .stable_id = "s",
                .token = "T",
                .bootstrap_token = "B",
                .password = "P",
                .options = {.role = "node"}};
  GatewayConfig expected = given;
  expected.node.bootstrap_token.clear();
  EXPECT_EQ(without_bootstrap_token(given), expected);
  EXPECT_EQ(without_bootstrap_token(expected), expected);
  given.node.bootstrap_token = " ";
  EXPECT_EQ(without_bootstrap_token(given), given) << "a blank one is returned unchanged";
}

Device welcomed(policy::Policy policy) {
  Device app = phone(policy);
  scans_and_trusts(app);
  app.reaches("node", "aa11");
  app.is_welcomed("node", "N");
  return app;
}

policy::Policy clearing(policy::ClearBootstrap rule) {
  policy::Policy policy = after();
  policy.clear_bootstrap = rule;
  return policy;
}

TEST(BootstrapClearing, HappensInMemoryAndKeychainAfterTheNodeConnects) {  // C-42, C-43
  Device app = welcomed(after());
  EXPECT_EQ(bootstrap_held(app.client()).memory, std::nullopt);
  EXPECT_EQ(bootstrap_held(app.client()).durable, std::nullopt);
}

TEST(BootstrapClearing, ComesAfterTheDeviceTokenIsStored) {  // C-46
  Device app = phone();
  scans_and_trusts(app);
  app.reaches("node", "aa11");
  EXPECT_EQ(bootstrap_held(app.client()).durable, "B") << "sending it does not clear it";
  app.is_welcomed("node", "N");
  std::vector<NoteKind> order;
  for (const Note& note : app.did<Note>()) {
    if (note.kind == NoteKind::credential_stored || note.kind == NoteKind::credential_cleared) {
      order.push_back(note.kind);
    }
  }
  EXPECT_THAT(order, ElementsAre(NoteKind::credential_stored, NoteKind::credential_cleared,
                                 NoteKind::credential_cleared));
}

TEST(BootstrapClearing, HasItsHalves) {
  using policy::ClearBootstrap;
  Device never = welcomed(clearing(ClearBootstrap::never));
  EXPECT_EQ(bootstrap_held(never.client()).memory, "B");
  EXPECT_EQ(bootstrap_held(never.client()).durable, "B");
  Device memory_only = welcomed(clearing(ClearBootstrap::memory_only));
  EXPECT_EQ(bootstrap_held(memory_only.client()).memory, std::nullopt);
  EXPECT_EQ(bootstrap_held(memory_only.client()).durable, "B");
  Device keychain_only = welcomed(clearing(ClearBootstrap::keychain_only));
  EXPECT_EQ(bootstrap_held(keychain_only.client()).memory, "B");
  EXPECT_EQ(bootstrap_held(keychain_only.client()).durable, std::nullopt);
}

TEST(BootstrapClearing, IsNotDoneNextToASharedToken) {  // section 5.2 step 6
  Device app = phone();
  scans_and_trusts(app);
  app.hears(EnterSecret{"T", ""});
  app.hears(TapRetry{});
  app.reaches("node", "aa11");
  app.is_welcomed("node");
  EXPECT_EQ(bootstrap_held(app.client()).durable, "B");
}

TEST(BootstrapClearing, MakesTheNextTurnBuildANewChannel) {  // C-58, D-21
  Device app = welcomed(after());
  EXPECT_EQ(app.app().memory.node.channel->config.bootstrap_token, "B")
      << "the old channel knows it";
  app.now = app.now + Millis{600};
  app.hears(Closed{"node", 1006, ""});
  EXPECT_EQ(app.due_in("node.loop"), 400);
  app.waits_for("node.loop");
  EXPECT_EQ(app.app().memory.node.channel->config.bootstrap_token, "");
  app.reaches("node", "aa11");
  EXPECT_EQ(app.auth_sent("node").token, "N");
}

TEST(BootstrapClearing, IsInVainForALoopThatKeepsWhatItCaptured) {  // D-21
  policy::Policy policy = after();
  policy.reconnect_credentials = policy::ReconnectCredentials::captured;
  Device app = phone(policy);
  scans_and_trusts(app);
  app.reaches("node", "aa11");
  app.is_welcomed("node");  // without a device token
  app.app().memory.node.channel->paused = true;
  app.hears(Closed{"node", 1006, ""});
  app.waits_for("node.loop");
  app.reaches("node", "aa11");
  EXPECT_EQ(app.auth_sent("node").bootstrap_token, "B");
}

}  // namespace
}  // namespace model::client::words
