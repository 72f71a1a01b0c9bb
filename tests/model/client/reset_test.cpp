// Reset Onboarding (docs/protocol/client.md section 7).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/model/client/words.hpp"

namespace model::client::words {
namespace {

using policy::ResetClears;
using testing::IsEmpty;
using testing::SizeIs;

/// A phone with something in every place, reset under a rule.
Device reset_under(ResetClears rule) {
  policy::Policy policy = after();
  policy.reset_clears = rule;
  Device app = phone(policy);
  app.hears(Discovered{"one", "wss://one:1", ""});
  app.app().durable.keychain.pins["one"] = "cc";
  app.app().durable.preferences.legacy_pins["old"] = "dd";
  app.hears(TapConnect{"one"});
  app.hears(EnterSecret{"T", "P"});
  scans_and_trusts(app, "");
  app.reaches("node", "aa11");
  app.is_welcomed("node", "N", "node");
  app.hears(Scan{setup_code("B2")});
  app.hears(EnterSecret{"T", "P"});
  app.hears(TapReset{});
  return app;
}

TEST(Reset, ClearsTheSameUnderEveryRule) {
  for (const ResetClears rule : {ResetClears::credentials_and_connection,
                                 ResetClears::everything_but_tokens, ResetClears::everything}) {
    Device app = reset_under(rule);
    const IosDurable& durable = app.app().durable;
    EXPECT_EQ(secrets_of(durable), Secrets{});
    EXPECT_EQ(durable.keychain.last_connection, std::nullopt);
    EXPECT_FALSE(durable.preferences.onboarding_complete);
    EXPECT_FALSE(durable.preferences.has_connected_once);
    EXPECT_FALSE(durable.preferences.autoconnect);
    EXPECT_FALSE(durable.preferences.manual.enabled);
    EXPECT_EQ(durable.preferences.manual.host, "");
    EXPECT_EQ(durable.preferences.onboarding_request, 1);
    EXPECT_FALSE(durable.keychain.instance_id.empty());
    EXPECT_EQ(app.app().memory.active, std::nullopt);
    EXPECT_EQ(app.app().memory.onboarding, OnboardingStage::unconfigured);
    EXPECT_THAT(timers(app.client()), IsEmpty());
    EXPECT_EQ(app.state("node"), "idle");
    EXPECT_EQ(app.state("operator"), "idle");
  }
}

TEST(Reset, BeforeTheFixKeptGatewaysAndPins) {
  Device app = reset_under(ResetClears::credentials_and_connection);
  const IosDurable& durable = app.app().durable;
  EXPECT_EQ(durable.keychain.preferred_gateway, "one");
  EXPECT_EQ(durable.preferences.preferred_gateway, "one");
  EXPECT_EQ(durable.keychain.last_discovered_gateway, "one");
  EXPECT_EQ(durable.preferences.last_discovered_gateway, "one");
  EXPECT_THAT(durable.keychain.pins, SizeIs(2));
  EXPECT_THAT(durable.preferences.legacy_pins, SizeIs(1));
  EXPECT_EQ(stored_token(app.client(), "node", ""), "N");
}

TEST(Reset, AfterTheFixClearsGatewaysAndPinsAndKeepsDeviceTokens) {
  Device app = reset_under(ResetClears::everything_but_tokens);
  const IosDurable& durable = app.app().durable;
  EXPECT_EQ(durable.keychain.preferred_gateway, "");
  EXPECT_EQ(durable.preferences.preferred_gateway, "");
  EXPECT_EQ(durable.keychain.last_discovered_gateway, "");
  EXPECT_EQ(durable.preferences.last_discovered_gateway, "");
  EXPECT_THAT(durable.keychain.pins, IsEmpty());
  EXPECT_THAT(durable.preferences.legacy_pins, IsEmpty());
  EXPECT_EQ(stored_token(app.client(), "node", ""), "N");
}

TEST(Reset, LaterClearsDeviceTokensToo) {
  Device app = reset_under(ResetClears::everything);
  EXPECT_EQ(stored_token(app.client(), "node", ""), std::nullopt);
}

TEST(Reset, IsWhatThePresetsSay) {  // D-22
  EXPECT_EQ(before().reset_clears, ResetClears::credentials_and_connection);
  EXPECT_EQ(after().reset_clears, ResetClears::everything_but_tokens);
}

TEST(Reset, BeforeTheFixDidNotHelpAgainstANewCertificate) {  // section 7, last paragraph but one
  for (const bool fixed : {false, true}) {
    Device app = phone(fixed ? after() : before());
    scans_and_trusts(app);
    app.hears(TapReset{});
    app.hears(Scan{setup_code("B2")});  // the gateway was installed anew: certificate bb22
    if (fixed) {
      EXPECT_EQ(app.did<Dial>().front().channel, "probe");
      app.hears(Opened{"probe", "bb22"});
      app.hears(TapTrust{true});
    }
    app.hears(Opened{"node", "bb22"});
    app.is_challenged("node");
    EXPECT_EQ(app.did<Send>().size(), fixed ? 1u : 0u);
  }
}

TEST(Reset, ReachesIntoEveryWait) {
  Device probing = phone();
  probing.hears(Scan{setup_code()});
  probing.hears(TapReset{});
  EXPECT_THAT(timers(probing.client()), IsEmpty());
  EXPECT_THAT(probing.hears(Opened{"probe", "aa11"}), IsEmpty());
  Device open = phone();
  scans_and_trusts(open);
  open.reaches("node", "aa11");
  open.is_welcomed("node", "N");
  open.hears(TapReset{});
  EXPECT_EQ(open.told(NoteKind::session_lost).size(), 1u);
  EXPECT_EQ(open.did<Hangup>().size(), 1u);
}

}  // namespace
}  // namespace model::client::words
