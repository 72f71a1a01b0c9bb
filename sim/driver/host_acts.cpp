// What is done at a gateway's host: setup codes, starting and stopping, store files.
#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "sim/driver/acts.hpp"
#include "sim/driver/verbs.hpp"

namespace sim {
namespace {

namespace js = model::js;
using model::fail;
using model::gateway::HostCommand;
using model::gateway::HostCommandKind;
using Done = model::Result<void>;

// --- the host of a gateway
// ---------------------------------------------------------------------------

std::optional<model::store::Profile> profile_of(const Item& step) {
  if (!step.has("roles") && !step.has("scopes")) return std::nullopt;
  model::store::Profile profile{{"node"}, step.texts("scopes")};
  if (step.has("roles")) profile.roles = step.texts("roles");
  return profile;
}

Done show_setup_code(Story& story, const Item& step) {
  const std::string gateway = story.cast.gateway_of(step);
  const std::string label = step.text("as");
  story.codes[label] = {gateway, false};
  HostCommand command{.kind = HostCommandKind::issue_code, .label = label};
  command.profile = profile_of(step);
  return story.act(RunHostCommand{gateway, command});
}

Done openclaw_qr(Story& story, const Item& step) {
  const std::string gateway = story.cast.gateway_of(step);
  const std::string label = step.text("as");
  story.codes[label] = {gateway, true};
  HostCommand command{.kind = HostCommandKind::issue_code, .label = label};
  command.profile = profile_of(step);
  return start_tool(story, gateway, step.text("process", label + "_qr"), std::move(command));
}

Done cleanup(Story& story, const Item& step) {
  return story.act(RunHostCommand{story.cast.gateway_of(step),
                                  HostCommand{.kind = HostCommandKind::cleanup_codes}});
}

Done revoke_code(Story& story, const Item& step) {
  const auto token = story.token_of(step.text("what"));
  if (!token) return fail(fmt::format("the code '{}' was not shown yet", step.text("what")));
  HostCommand command{.kind = HostCommandKind::revoke_code};
  command.token = *token;
  return story.act(RunHostCommand{story.cast.gateway_of(step), std::move(command)});
}

Done stop(Story& story, const Item& step) {
  return story.act(StopProcess{story.cast.gateway_of(step)});
}
Done start(Story& story, const Item& step) {
  return story.act(StartProcess{story.cast.gateway_of(step)});
}
Done kill(Story& story, const Item& step) {
  return story.act(KillProcess{step.text("on", story.cast.first_gateway)});
}
Done restart(Story& story, const Item& step) {
  if (auto stopped = stop(story, step); !stopped) return stopped;
  return start(story, step);
}

Done put_file(Story& story, const Item& step) {
  std::string bytes;
  if (const js::Value* content = step.json("content")) {
    auto filled = story.fill_json(*content);
    if (!filled) return std::unexpected(filled.error());
    bytes = js::dump_pretty(*filled);
  } else if (step.has("text")) {
    auto filled = story.fill(step.text("text"));
    if (!filled) return std::unexpected(filled.error());
    bytes = *filled;
  } else {
    return fail("'put_file' needs 'content' or 'text'");
  }
  const GatewayRole& role = story.cast.gateway(story.cast.gateway_of(step));
  return story.act(PutFile{role.disk, step.text("path"), bytes});
}

constexpr auto kVerbs = std::to_array<Verb>({
    {"show_setup_code", show_setup_code},
    {"openclaw_qr", openclaw_qr},
    {"cleanup", cleanup},
    {"revoke_code", revoke_code},
    {"restart", restart},
    {"stop", stop},
    {"start", start},
    {"kill", kill},
    {"put_file", put_file},
});

}  // namespace

std::span<const Verb> host_verbs() { return kVerbs; }

}  // namespace sim
