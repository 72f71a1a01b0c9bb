#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "model/client/advance.hpp"
#include "tests/model/client/words.hpp"

namespace model::client::words {
namespace {

TEST(Machines, TakeNoUndeclaredArrow) {
  JsStage js = JsStage::idle;
  EXPECT_THROW(advance(kJsSession, js, JsCue::hello), Broken);
  EXPECT_EQ(js, JsStage::idle);
  LoopStage loop = LoopStage::ended;
  EXPECT_THROW(advance(kIosLoop, loop, LoopCue::wake), Broken);
  ChannelStage channel = ChannelStage::open;
  EXPECT_THROW(advance(kIosChannel, channel, ChannelCue::connect), Broken);
  OnboardingStage onboarding = OnboardingStage::unconfigured;
  EXPECT_THROW(advance(kOnboarding, onboarding, OnboardingCue::node_open), Broken);
}

TEST(Machines, NameTheirStages) {
  EXPECT_EQ(name_of(JsStage::stopped), "stopped");
  EXPECT_EQ(name_of(JsCue::closed_for_good), "closed_for_good");
  EXPECT_EQ(name_of(ChannelStage::open), "open");
  EXPECT_EQ(name_of(ChannelCue::shut_down), "shut_down");
  EXPECT_EQ(name_of(LoopStage::ended), "ended");
  EXPECT_EQ(name_of(LoopCue::cancel), "cancel");
  EXPECT_EQ(name_of(OnboardingStage::needs_credentials), "needs_credentials");
  EXPECT_EQ(name_of(OnboardingCue::reset), "reset");
}

std::string frame_for(const Device& device, const Channel& channel, int kind) {
  const std::string id = device.connect_id(channel);
  const auto refusal = [&](const char* code, const char* message) {
    return wire::write_error(js::Value(id), js::Object{{"code", "INVALID_REQUEST"},
                                                       {"message", message},
                                                       {"details", js::Object{{"code", code}}}});
  };
  switch (kind) {
    case 0:
      return R"({"type":"event","event":"connect.challenge","payload":{"nonce":"n"}})";
    case 1:
      return R"({"type":"event","event":"connect.challenge","payload":{}})";
    case 2:
      return R"({"type":"event","event":"tick"})";
    case 3:
      return "nonsense";
    case 4:
      return wire::write_response(
          js::Value(id), js::Value(js::Object{{"auth", js::Object{{"deviceToken", "D"}}}}));
    case 5:
      return wire::write_response(js::Value(id), std::nullopt);
    case 6:
      return refusal("PAIRING_REQUIRED", "pairing required");
    case 7:
      return refusal("AUTH_TOKEN_MISMATCH", "unauthorized: gateway token mismatch");
    case 8:
      return refusal("X", "invalid connect params: at /client/id: must be equal to constant");
    default:
      return refusal("DEVICE_AUTH_SIGNATURE_EXPIRED", "device signature expired");
  }
}

/// Anything that may reach a client, at any time, in any order.
Input any_input(const Device& device, bool app) {
  const auto channels =
      app ? std::vector<Channel>{"node", "operator", "probe"} : std::vector<Channel>{"main"};
  const Channel channel = *rc::gen::elementOf(channels);
  const int kind = *rc::gen::inRange(0, 32);
  switch (kind) {
    case 0:
      return Launch{};
    case 1:
      return Scan{crypto::encode_setup_code(
          {.url = std::string(kUrl), .bootstrap_token = "B", .expires_at = {}})};
    case 2:
      return Scan{"?"};
    case 3:
      return TapConnect{"found"};
    case 4:
      return TapRetry{};
    case 5:
      return TapTrust{*rc::gen::arbitrary<bool>()};
    case 6:
      return TapReset{};
    case 7:
      return EnterSecret{"T", *rc::gen::element(std::string{}, std::string{"P"})};
    case 8:
      return SwitchGateway{
          *rc::gen::element(std::string("ws://127.0.0.1:1"), std::string("wss://b:2"))};
    case 9:
      return Background{};
    case 10:
      return Foreground{};
    case 11:
      return *rc::gen::inRange(0, 4) == 0 ? Input{Quit{}} : Input{Foreground{}};
    case 12:
      return CallMethod{"health", {}, channel};
    case 13:
      return Discovered{"found", "wss://found:3", ""};
    case 14:
    case 15:
    case 16:
    case 17:
      return Opened{channel,
                    *rc::gen::element(std::string("aa"), std::string("bb"), std::string{})};
    case 18:
      return DialFailed{channel, "no"};
    case 19:
      return Closed{channel, *rc::gen::element(1000, 1006, 1008), "device token mismatch"};
    default:
      break;
  }
  if (kind < 25) return Received{channel, frame_for(device, channel, *rc::gen::inRange(0, 10))};
  const auto running = timers(device.client());
  if (running.empty()) return TimerDue{"none"};
  const auto at = *rc::gen::inRange<std::size_t>(0, running.size());
  return TimerDue{std::next(running.begin(), static_cast<std::ptrdiff_t>(at))->first};
}

void any_life(Device device, bool app) {
  const int steps = *rc::gen::inRange(1, 60);
  for (int i = 0; i < steps; ++i) {
    const Input input = any_input(device, app);
    if (const auto* due = std::get_if<TimerDue>(&input)) {
      const auto running = timers(device.client());
      if (const auto found = running.find(due->timer); found != running.end()) {
        device.now = std::max(device.now, found->second);
      }
    }
    device.hears(input);  // an undeclared arrow would throw
    RC_ASSERT(device.hears(TimerDue{"nobody.knows"}).empty());
    for (const auto& [timer, due] : timers(device.client()))
      RC_ASSERT(due.ms > 0 && !timer.empty());
    RC_ASSERT(!device.state(app ? "node" : "main").empty());
  }
}

RC_GTEST_PROP(Machines, OfTheAppTakeAnythingInAnyOrder, ()) {
  policy::Policy policy = *rc::gen::element(before(), after());
  policy.token_scope = static_cast<policy::TokenScope>(*rc::gen::inRange(0, 6));
  policy.reset_clears = static_cast<policy::ResetClears>(*rc::gen::inRange(0, 3));
  policy.clear_bootstrap = static_cast<policy::ClearBootstrap>(*rc::gen::inRange(0, 4));
  any_life(phone(policy), true);
}

RC_GTEST_PROP(Machines, OfTheJavaScriptClientTakeAnythingInAnyOrder, ()) {
  JsOptions options = cli_options("ws://127.0.0.1:18789");
  options.token = *rc::gen::element(std::string{}, std::string{"T"});
  any_life(computer(std::move(options)), false);
}

}  // namespace
}  // namespace model::client::words
