// The stories of docs/protocol/client.md section 6, as far as a phone alone can show them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/model/client/words.hpp"

namespace model::client::words {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

TEST(Story61, AFreshPhoneBeforeTheFixStallsAtAGatewayBeforeIt) {
  Device app = phone(before());
  scans_and_trusts(app);
  EXPECT_THAT(dialled(app), UnorderedElementsAre("operator", "node"));  // step 1
  app.reaches("operator", "aa11");
  EXPECT_EQ(app.auth_sent("operator").bootstrap_token, "B");
  app.has_bad_bootstrap_token("operator");  // step 2
  EXPECT_EQ(bootstrap_held(app.client()).durable, "B");
  app.reaches("node", "aa11");
  EXPECT_EQ(app.auth_sent("node").bootstrap_token, "B");
  app.must_pair("node");  // step 3
  EXPECT_EQ(app.state("node"), "stopped");
  app.hears(TapRetry{});  // step 5, after an operator approved
  app.reaches("node", "aa11");
  EXPECT_EQ(app.auth_sent("node").bootstrap_token, "B") << "the dead token again";
  app.has_bad_bootstrap_token("node");
  EXPECT_EQ(app.state("node"), "stopped");
  EXPECT_EQ(app.app().memory.onboarding, OnboardingStage::needs_credentials);
  EXPECT_EQ(bootstrap_held(app.client()).durable, "B");
}

TEST(Story61, EveryReconnectOffersTheDeadTokenUnlessADeviceTokenStandsBeforeIt) {  // 5.4 [before]
  Device app = phone(before());
  scans_and_trusts(app);
  app.reaches("node", "aa11");
  app.is_welcomed("node");  // a session without a device token (6.1 step 6)
  app.hears(Quit{});
  app.hears(Launch{});
  app.reaches("node", "aa11");
  EXPECT_EQ(app.auth_sent("node").bootstrap_token, "B");
}

TEST(Story62, AFreshPhoneAfterTheFixEndsWithADeviceToken) {
  Device app = phone();
  scans_and_trusts(app);
  EXPECT_THAT(dialled(app), ElementsAre("node"));  // step 1
  app.reaches("node", "aa11");
  EXPECT_EQ(app.auth_sent("node").bootstrap_token, "B");
  app.is_welcomed("node", "N", "node");                    // step 2
  EXPECT_EQ(stored_token(app.client(), "node", ""), "N");  // step 3
  EXPECT_EQ(bootstrap_held(app.client()).durable, std::nullopt);
  EXPECT_EQ(app.state("operator"), "idle");  // step 4
  app.hears(Quit{});
  app.hears(Launch{});
  EXPECT_THAT(dialled(app), ElementsAre("node"));
  app.reaches("node", "aa11");
  EXPECT_EQ(app.auth_sent("node").token, "N");
  EXPECT_EQ(app.auth_sent("node").bootstrap_token, std::nullopt);
}

TEST(Story62, NoBootstrapTokenIsSentAfterTheFirstHello) {  // P-on5
  Device app = phone();
  scans_and_trusts(app);
  app.reaches("node", "aa11");
  app.is_welcomed("node", "N", "node");
  const std::size_t sent_before = app.all_notes(NoteKind::credential_sent).size();
  for (int i = 0; i < 5; ++i) {
    app.hears(Closed{"node", 1006, ""});
    app.waits_for(app.due_in("node.loop") < app.due_in("node.reconnect") ? "node.loop"
                                                                         : "node.reconnect");
    app.reaches("node", "aa11");
    app.is_welcomed("node");
  }
  const auto sent = app.all_notes(NoteKind::credential_sent);
  ASSERT_EQ(sent.size(), sent_before + 5);
  for (std::size_t i = sent_before; i < sent.size(); ++i)
    EXPECT_EQ(sent[i].detail, "device_token node");
}

TEST(Story63, TheAppBeforeTheFixMixesTwoSessionsUpWithOneCode) {
  Device app = phone(before());
  scans_and_trusts(app);
  app.reaches("operator", "aa11");
  app.reaches("node", "aa11");
  EXPECT_EQ(app.auth_sent("operator").bootstrap_token, "B");
  EXPECT_EQ(app.auth_sent("node").bootstrap_token, "B");
  app.must_pair("operator");
  EXPECT_EQ(app.due_in("operator.loop"), 850) << "a failure of the operator pauses nothing";
  app.must_pair("node");
  EXPECT_EQ(app.state("node"), "stopped");
}

TEST(Story64, TheAppAloneDoesNotFixTheStall) {
  Device app = phone();
  scans_and_trusts(app);
  EXPECT_THAT(dialled(app), ElementsAre("node"));
  app.reaches("node", "aa11");
  app.must_pair("node");
  app.hears(TapRetry{});
  app.reaches("node", "aa11");
  EXPECT_EQ(app.auth_sent("node").bootstrap_token, "B");
  app.has_bad_bootstrap_token("node");
  EXPECT_EQ(app.state("node"), "stopped");
}

TEST(Story65, ALostAnswerLeavesTheTokenInHand) {
  Device app = phone();
  scans_and_trusts(app);
  app.reaches("node", "aa11");
  app.hears(Closed{"node", 1006, ""});  // the gateway approved, and the phone never heard
  EXPECT_EQ(bootstrap_held(app.client()).durable, "B");
  app.waits_for("node.loop");
  app.reaches("node", "aa11");
  EXPECT_EQ(app.auth_sent("node").bootstrap_token, "B");
  app.has_bad_bootstrap_token("node");
  EXPECT_EQ(app.state("node"), "stopped");
  // The way out: another code.
  app.hears(Scan{setup_code("B2")});
  EXPECT_THAT(dialled(app), ElementsAre("node")) << "the pin is known, nobody is asked";
  app.reaches("node", "aa11");
  EXPECT_EQ(app.auth_sent("node").bootstrap_token, "B2");
  app.is_welcomed("node", "N", "node");
  EXPECT_EQ(app.state("node"), "open");
}

TEST(Story65, ADeathBeforeTheAnswerLeavesTheTokenInTheKeychain) {
  Device app = phone();
  scans_and_trusts(app);
  app.reaches("node", "aa11");
  app.hears(Quit{});
  app.hears(Launch{});
  EXPECT_THAT(dialled(app), IsEmpty()) << "autoconnect waits for a first success (C-37)";
  app.hears(TapRetry{});
  app.reaches("node", "aa11");
  EXPECT_EQ(app.auth_sent("node").bootstrap_token, "B");
}

}  // namespace
}  // namespace model::client::words
