// What people do with their devices.
#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "sim/driver/acts.hpp"
#include "sim/driver/verbs.hpp"

namespace sim {
namespace {

namespace js = model::js;
namespace client = model::client;
using model::fail;
using Done = model::Result<void>;

Done scan(Story& story, const Item& step) {
  if (step.has("text")) {
    auto text = story.fill(step.text("text"));
    if (!text) return std::unexpected(text.error());
    return give_input(story, step.by, client::Scan{*text});
  }
  if (!step.has("what")) return fail("'scan' needs 'what' or 'text'");
  const auto text = story.text_of(step.text("what"));
  if (!text) return fail(fmt::format("the code '{}' was not shown yet", step.text("what")));
  return give_input(story, step.by, client::Scan{*text});
}

Done discover(Story& story, const Item& step) {
  const GatewayRole& role = story.cast.gateway(story.cast.gateway_of(step, "to"));
  return give_input(story, step.by, client::Discovered{role.stable_id, role.url, role.certificate});
}

Done connect(Story& story, const Item& step) {
  if (!is_ios(story, step.by)) return give_input(story, step.by, client::Launch{});
  // A schedule says the two apart.
  if (story.pace != Pace::strict) {
    if (auto seen = discover(story, step); !seen) return seen;
  }
  const GatewayRole& role = story.cast.gateway(story.cast.gateway_of(step, "to"));
  return give_input(story, step.by, client::TapConnect{role.stable_id});
}

Done switch_gateway(Story& story, const Item& step) {
  return give_input(
      story, step.by,
      client::SwitchGateway{story.cast.gateway(story.cast.gateway_of(step, "to")).url});
}

Done enter_secret(Story& story, const Item& step) {
  client::EnterSecret secret{step.text("token"), step.text("password")};
  if (step.has("of")) {
    const GatewayRole& role = story.cast.gateway(step.text("of"));
    secret = {role.token, role.password};
  }
  return give_input(story, step.by, std::move(secret));
}

template <class Input>
Done tap(Story& story, const Item& step) {
  return give_input(story, step.by, Input{});
}
Done trust_certificate(Story& story, const Item& step) {
  return give_input(story, step.by, client::TapTrust{true});
}
Done refuse_certificate(Story& story, const Item& step) {
  return give_input(story, step.by, client::TapTrust{false});
}

constexpr auto kVerbs = std::to_array<Verb>({
    {"scan", scan},
    {"connect", connect},
    {"retry", tap<client::TapRetry>},
    {"reset_onboarding", tap<client::TapReset>},
    {"switch", switch_gateway},
    {"enter_secret", enter_secret},
    {"trust_certificate", trust_certificate},
    {"refuse_certificate", refuse_certificate},
    {"discover", discover},
    {"background", tap<client::Background>},
    {"foreground", tap<client::Foreground>},
    {"quit", tap<client::Quit>},
    {"launch", tap<client::Launch>},
});

}  // namespace

std::span<const Verb> device_verbs() { return kVerbs; }

}  // namespace sim
