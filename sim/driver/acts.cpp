#include "sim/driver/acts.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/driver/verbs.hpp"

namespace sim {

using Done = model::Result<void>;

bool is_ios(const Story& story, const std::string& device) {
  const auto found = story.run.world().devices.find(device);
  return found != story.run.world().devices.end() &&
         std::holds_alternative<model::client::IosApp>(found->second->client->program);
}

Done give_input(Story& story, const std::string& device, model::client::Input input) {
  return story.act(DeviceInput{device, std::move(input)});
}

Done start_tool(Story& story, const std::string& gateway, std::string process,
                model::gateway::HostCommand command) {
  const int count = ++story.tools[process];
  if (count > 1) process = fmt::format("{}.{}", process, count);
  const GatewayRole& role = story.cast.gateway(gateway);
  return story.act(
      StartTool{process, role.disk, std::move(command), role.config, story.cast.policy});
}

Done do_step(Story& story, const Item& step) {
  for (const auto verbs :
       {host_verbs(), operator_verbs(), device_verbs(), fault_verbs(), attacker_verbs()}) {
    const auto verb = std::ranges::find(verbs, step.form->name, &Verb::name);
    if (verb != verbs.end()) return verb->act(story, step);
  }
  return model::fail(fmt::format("nobody knows how to '{}'", step.form->name));
}

}  // namespace sim
