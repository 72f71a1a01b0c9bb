#include "model/gateway/missing_device.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/model/gateway/connect_story.hpp"

namespace model::gateway {
namespace {

using test::kAfter;
using test::kBefore;
using test::Shown;
using test::Story;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kNoDevice = "device identity required";
constexpr const char* kNoUiDevice = "control ui requires device identity";

Shown without_device(std::string role, Shown shown = {}) {
  shown.with_device = false;
  shown.role = std::move(role);
  shown.scopes = {"operator.admin"};
  return shown;
}

Shown control_ui(std::string role, Shown shown, std::string id = "openclaw-control-ui") {
  shown = without_device(std::move(role), std::move(shown));
  shown.client_id = std::move(id);
  shown.client_mode = "ui";
  return shown;
}

// The vectors of gateway.md section 4: G-18, G-19.
TEST(MissingDevice, IsForgivenToOperatorsThatKnowTheSharedSecret) {
  for (const policy::Policy* policy : {&kBefore, &kAfter}) {
    Story story(*policy);
    const auto good = story.connect(without_device("operator", {.token = "S"}));
    EXPECT_EQ(good.result, "ok by token");
    EXPECT_THAT(good.scopes, IsEmpty());
    EXPECT_EQ(story.connect(without_device("operator", {.token = "x"})).result, "token_mismatch");
    EXPECT_EQ(story.connect(without_device("operator")).result, kNoDevice);
    EXPECT_EQ(story.connect(without_device("operator", {.password = "P"})).result, "token_missing");
    EXPECT_EQ(story.connect(without_device("operator", {.device_token = "D"})).result, kNoDevice);
    EXPECT_EQ(story.connect(without_device("operator", {.bootstrap = "B"})).result, kNoDevice);
    EXPECT_EQ(story.connect(without_device("node", {.token = "S"})).result, kNoDevice);
    EXPECT_EQ(story.connect(without_device("node", {.token = "x"})).result, "token_mismatch");
    story.config.auth.mode = AuthMode::none;
    EXPECT_EQ(story.connect(without_device("operator", {.token = "S"})).result, kNoDevice);
    EXPECT_EQ(story.connect(without_device("node")).result, kNoDevice);
  }
}

// G-18 row 6: an empty secret was not sent, a blank one was.
TEST(MissingDevice, IsReportedAsUnauthorizedOnlyIfASecretWasSent) {
  Story story(kAfter);
  EXPECT_EQ(story.connect(without_device("operator", {.token = ""})).result, kNoDevice);
  EXPECT_EQ(story.connect(without_device("operator", {.token = " "})).result, "token_missing");
}

TEST(MissingDevice, OfAControlUiIsRefusedUnlessASwitchForgivesIt) {
  Story story(kAfter);
  for (const char* id : {"openclaw-control-ui", "openclaw-tui"}) {
    EXPECT_EQ(story.connect(control_ui("operator", {.token = "S"}, id)).result, kNoUiDevice);
  }
  // Row 4: the insecure switch counts for local clients only.
  story.config.control_ui.allow_insecure_auth = true;
  EXPECT_EQ(story.connect(control_ui("operator", {.token = "S"})).result, kNoUiDevice);
  story.context.peer_address = "127.0.0.1";
  const auto local = story.connect(control_ui("operator", {.token = "S"}));
  EXPECT_EQ(local.result, "ok by token");
  EXPECT_THAT(local.scopes, ElementsAre("operator.admin"));  // G-19, preserve
  EXPECT_EQ(story.connect(control_ui("operator", {.token = "x"})).result, "token_mismatch");
  EXPECT_EQ(story.connect(control_ui("node", {.token = "S"})).result, kNoDevice);
}

// G-12, G-18 row 3.
TEST(MissingDevice, IsBypassedForOperatorsOfAControlUi) {
  Story story(kAfter);
  story.config.auth.mode = AuthMode::password;
  story.config.control_ui.dangerously_disable_device_auth = true;
  Shown shown = control_ui("operator", {.password = "P"});
  shown.with_device = true;  // ignored
  shown.signed_secret = "rubbish";
  const auto good = story.connect(shown);
  EXPECT_EQ(good.result, "ok by password");
  EXPECT_THAT(good.scopes, ElementsAre("operator.admin"));
  EXPECT_EQ(story.connect(control_ui("operator", {.password = "x"})).result, "password_mismatch");
  EXPECT_EQ(story.connect(control_ui("operator", {})).result, "password_missing");
  EXPECT_EQ(story.connect(control_ui("node", {.password = "P"})).result, kNoDevice);
  // Everybody else keeps the identity.
  EXPECT_EQ(story.connect({.password = "P", .signed_secret = "rubbish"}).result, "device proof");
}

// G-17, G-18 row 2, G-19, D-12.
TEST(MissingDevice, IsForgivenByATrustedProxyAndCostsTheScopes) {
  const auto proxied = [](const policy::Policy& policy) {
    Story story(policy);
    story.config.auth = {.mode = AuthMode::trusted_proxy,
                         .trusted_proxy = TrustedProxyAuth{.user_header = "x-user"}};
    story.config.trusted_proxies = {"10.0.0.1"};
    story.context = {.peer_address = "10.0.0.1", .headers = {{"X-User", "alice"}}};
    return story;
  };
  for (const bool newer : {true, false}) {
    Story story = proxied(newer ? kAfter : kBefore);
    const auto ui = story.connect(control_ui("operator", {}));
    EXPECT_EQ(ui.result, "ok by trusted-proxy");
    EXPECT_THAT(ui.scopes, IsEmpty());
    const auto cli = story.connect(without_device("operator"));
    EXPECT_EQ(cli.result, "ok by trusted-proxy");
    EXPECT_EQ(cli.scopes.empty(), newer);
    EXPECT_EQ(story.connect(control_ui("node", {})).result, kNoUiDevice);
    EXPECT_EQ(story.connect(without_device("node")).result, kNoDevice);
  }
}

// G-19: with a device the scopes stay, whatever comes of it.
TEST(UnboundScopes, AreOnlyThoseOfClientsWithoutADevice) {
  Story story(kAfter);
  const auto told = story.connect({.token = "S", .role = "operator", .scopes = {"operator.admin"}});
  EXPECT_THAT(told.scopes, ElementsAre("operator.admin"));
}

}  // namespace
}  // namespace model::gateway
