#include "model/client/onboarding.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/model/client/words.hpp"

namespace model::client::words {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Onboarding, AppliesAScannedCode) {  // C-30, C-31
  Device app = phone();
  app.hears(EnterSecret{"T", "P"});
  app.hears(Scan{setup_code("B")});
  const auto& preferences = app.app().durable.preferences;
  EXPECT_TRUE(preferences.manual.enabled);
  EXPECT_EQ(preferences.manual.host, "gw.example");
  EXPECT_EQ(preferences.manual.port, 18789);
  EXPECT_EQ(secrets_of(app.app().durable),
            (Secrets{.token = "", .bootstrap_token = "B", .password = ""}));
  EXPECT_THAT(app.told(NoteKind::credential_cleared), ElementsAre("shared_token", "password"));
  EXPECT_EQ(app.notes(NoteKind::credential_stored).front().gateway, kUrl);
}

TEST(Onboarding, LeavesACodeAloneThatItCannotRead) {  // C-30
  Device app = phone();
  app.hears(Scan{"not a code"});
  EXPECT_THAT(app.did<Dial>(), IsEmpty());
  EXPECT_EQ(app.state("node"), "idle");
  app.hears(Scan{setup_code("B", "ws://gw.example:18789")});  // K-34: plain text to a far host
  EXPECT_EQ(app.state("node"), "idle");
}

TEST(Onboarding, AsksBeforeItTrustsACertificate) {  // C-34
  Device app = phone();
  app.hears(Scan{setup_code()});
  ASSERT_EQ(app.did<Dial>().size(), 1u);
  EXPECT_EQ(app.did<Dial>().front().channel, "probe");
  app.hears(Opened{"probe", "aa11"});
  EXPECT_THAT(app.told(NoteKind::trust_asked), ElementsAre("aa11"));
  EXPECT_EQ(app.did<Hangup>().front().channel, "probe");
  EXPECT_EQ(app.state("node"), "asking");
  EXPECT_THAT(app.app().durable.keychain.pins, IsEmpty()) << "no silent first use";
  app.hears(TapTrust{true});
  EXPECT_EQ(app.app().durable.keychain.pins.at(std::string(kStableId)), "aa11");
  ASSERT_EQ(app.did<Dial>().size(), 1u);
  EXPECT_EQ(app.did<Dial>().front().pin, "aa11");
}

TEST(Onboarding, GoesNoFurtherWithoutConsent) {  // C-34
  Device app = phone();
  app.hears(Scan{setup_code()});
  app.hears(Opened{"probe", "aa11"});
  app.hears(TapTrust{false});
  EXPECT_THAT(app.did<Dial>(), IsEmpty());
  EXPECT_EQ(app.state("node"), "stopped");
  app.hears(TapTrust{true});
  EXPECT_THAT(app.did<Dial>(), IsEmpty()) << "the question is over";
  app.hears(TapRetry{});
  EXPECT_EQ(app.did<Dial>().front().channel, "probe");
}

TEST(Onboarding, DropsTheQuestionWhenThePersonTurnsElsewhere) {  // C-34
  Device app = phone();
  app.hears(Scan{setup_code()});
  app.hears(Opened{"probe", "aa11"});
  app.hears(SwitchGateway{"ws://127.0.0.1:18789"});
  EXPECT_THAT(dialled(app), ElementsAre("node"));
  app.hears(TapTrust{true});
  EXPECT_THAT(app.app().durable.keychain.pins, IsEmpty());
  app.hears(Scan{setup_code()});
  app.hears(Opened{"probe", "aa11"});
  app.hears(TapReset{});
  app.hears(TapTrust{true});
  EXPECT_THAT(app.app().durable.keychain.pins, IsEmpty());
  EXPECT_EQ(app.state("node"), "idle");
}

TEST(Onboarding, ReadsTheCertificateForThreeSeconds) {  // C-34
  Device app = phone();
  app.hears(Scan{setup_code()});
  EXPECT_EQ(app.due_in("probe.timeout"), 3'000);
  app.waits_for("probe.timeout");
  EXPECT_EQ(app.app().memory.onboarding, OnboardingStage::halted);
  EXPECT_THAT(timers(app.client()), IsEmpty());
}

TEST(Onboarding, ForcesTlsBeyondLoopback) {  // C-33
  Device far = phone();
  far.hears(SwitchGateway{"ws://gw.example:18789"});
  EXPECT_EQ(far.did<Dial>().front().url, "wss://gw.example:18789");
  Device near_by = phone();
  near_by.hears(Scan{setup_code("B", "ws://127.0.0.1:18789")});
  EXPECT_EQ(near_by.did<Dial>().front().url, "ws://127.0.0.1:18789");
  EXPECT_EQ(near_by.did<Dial>().front().channel, "node");
}

TEST(Discovery, AloneRemembersTheFirstGateway) {  // C-36a
  Device app = phone();
  app.hears(Discovered{"one", "wss://one:1", ""});
  app.hears(Discovered{"two", "wss://two:2", ""});
  EXPECT_EQ(app.app().durable.preferences.last_discovered_gateway, "one");
  EXPECT_EQ(app.app().durable.keychain.preferred_gateway, "");
  EXPECT_THAT(app.did<Dial>(), IsEmpty());
}

TEST(Discovery, ChosenByHandSwitchesTheManualGatewayOff) {  // C-36a
  Device app = phone();
  scans_and_trusts(app);
  app.hears(Discovered{"one", "wss://one:1", ""});
  app.hears(TapConnect{"one"});
  const auto& durable = app.app().durable;
  EXPECT_EQ(durable.keychain.preferred_gateway, "one");
  EXPECT_EQ(durable.preferences.preferred_gateway, "one");
  EXPECT_EQ(durable.keychain.last_discovered_gateway, "one");
  EXPECT_FALSE(durable.preferences.manual.enabled);
  EXPECT_EQ(app.did<Dial>().front().channel, "probe");
}

TEST(Discovery, NeedsTlsOrAPin) {  // C-36
  Device app = phone();
  app.hears(Discovered{"one", "ws://one:1", "aa"});
  app.hears(TapConnect{"one"});
  EXPECT_THAT(app.did<Dial>(), IsEmpty());
  app.app().durable.keychain.pins["one"] = "bb";
  app.hears(TapConnect{"one"});
  ASSERT_EQ(app.did<Dial>().size(), 1u);
  EXPECT_EQ(app.did<Dial>().front().url, "wss://one:1");
  EXPECT_EQ(app.did<Dial>().front().pin, "bb") << "what discovery says never overrides a pin";
}

Device connected_once() {
  Device app = phone();
  scans_and_trusts(app);
  app.reaches("node", "aa11");
  app.is_welcomed("node", "N");
  app.hears(Quit{});
  return app;
}

TEST(AutomaticConnect, NeedsAFirstSuccess) {  // C-37
  Device app = phone();
  scans_and_trusts(app);
  app.hears(Quit{});
  app.hears(Launch{});
  EXPECT_THAT(app.did<Dial>(), IsEmpty());
  Device again = connected_once();
  again.hears(Launch{});
  EXPECT_EQ(again.did<Dial>().front().url, kUrl);
}

TEST(AutomaticConnect, NeverAsksForTrust) {  // C-37
  Device app = connected_once();
  clear_pins(app.app().durable);
  app.hears(Launch{});
  EXPECT_THAT(app.did<Dial>(), IsEmpty());
}

TEST(AutomaticConnect, FallsBackInOrder) {  // C-37
  Device last = connected_once();
  last.app().durable.preferences.manual = {};
  last.hears(Launch{});
  EXPECT_EQ(last.did<Dial>().front().url, kUrl) << "the last connection";

  const auto without_manual = [] {
    Device app = connected_once();
    app.app().durable.preferences.manual = {};
    app.app().durable.keychain.last_connection.reset();
    for (const char* id : {"one", "two"}) app.app().durable.keychain.pins[id] = "cc";
    return app;
  };
  Device preferred = without_manual();
  preferred.app().durable.preferences.preferred_gateway = "two";
  preferred.app().durable.preferences.last_discovered_gateway = "one";
  preferred.hears(Launch{});
  EXPECT_THAT(preferred.did<Dial>(), IsEmpty());
  preferred.hears(Discovered{"two", "wss://two:2", ""});
  EXPECT_EQ(preferred.did<Dial>().front().url, "wss://two:2");

  Device only = without_manual();
  only.app().durable.preferences.preferred_gateway = "elsewhere";
  only.hears(Discovered{"one", "wss://one:1", ""});
  EXPECT_EQ(only.did<Dial>().front().url, "wss://one:1") << "the only one that is there";

  Device fallback = connected_once();
  fallback.app().durable.preferences.manual.enabled = false;
  fallback.app().durable.keychain.last_connection.reset();
  fallback.hears(Launch{});
  EXPECT_EQ(fallback.did<Dial>().front().url, kUrl) << "the manual gateway after all";
}

TEST(StartUp, FillsTheMissingSideAndLetsPreferencesWin) {  // section 3
  Device app = phone();
  app.app().durable.keychain.instance_id = "from-keychain";
  app.app().durable.keychain.preferred_gateway = "k";
  app.app().durable.preferences.preferred_gateway = "p";
  app.hears(Launch{});
  EXPECT_EQ(app.app().durable.preferences.instance_id, "from-keychain");
  EXPECT_EQ(app.app().durable.keychain.preferred_gateway, "p");
}

TEST(StartUp, MakesAnInstanceIdOnce) {  // section 3
  Device app = phone();
  app.hears(Launch{});
  const std::string id = app.app().durable.keychain.instance_id;
  EXPECT_FALSE(id.empty());
  app.hears(Quit{});
  app.hears(Launch{});
  EXPECT_EQ(app.app().durable.keychain.instance_id, id);
}

TEST(StartUp, FindsNoSecretsUnderAnotherInstanceId) {  // section 3, C-43
  Device app = phone();
  app.hears(EnterSecret{"T", ""});
  app.hears(Quit{});
  app.app().durable.preferences.instance_id = "other";
  app.hears(Launch{});
  EXPECT_EQ(secrets_of(app.app().durable), Secrets{});
}

}  // namespace
}  // namespace model::client::words
