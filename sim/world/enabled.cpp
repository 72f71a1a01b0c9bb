// What could happen next, in canonical order: inside the processes, on the network, then timers.

#include <algorithm>

#include "model/gateway/connection.hpp"
#include "sim/world/network.hpp"
#include "sim/world/store_work.hpp"
#include "sim/world/world.hpp"

namespace sim {

namespace {

/// A timer of any kind with its due time on the world's clock.
struct DueTimer {
  model::Instant due;
  Action action;
};

/// Ticks keep a healthy connection's watch quiet, so that it never comes due (design: periodic
/// timers without a visible effect are no targets).
bool kept_quiet(const World& world, const Device& device, const std::string& timer) {
  constexpr std::string_view kWatch = ".tick_watch";
  if (!timer.ends_with(kWatch)) return false;
  const auto conn = device.conn_of.find(timer.substr(0, timer.size() - kWatch.size()));
  if (conn == device.conn_of.end()) return false;
  const auto link = world.links.find(conn->second);
  return link != world.links.end() && healthy(*link->second);
}

std::vector<DueTimer> timers_of(const World& world) {
  std::vector<DueTimer> timers;
  for (const auto& [name, process] : world.processes) {
    if (!process->running) continue;
    if (const auto timer = model::gateway::next_timer(process->gateway)) {
      timers.push_back({timer->due - process->skew, FireGatewayTimer{name, timer->what}});
    }
  }
  for (const auto& [name, device] : world.devices) {
    for (const auto& [id, due] : model::client::timers(*device->client)) {
      if (kept_quiet(world, *device, id)) continue;
      timers.push_back({due - device->skew, FireClientTimer{name, id}});
    }
  }
  return timers;
}

}  // namespace

model::Instant World::clock_of_process(const std::string& name) const {
  return now + processes.at(name)->skew;
}

model::Instant World::clock_of_device(const std::string& name) const {
  return now + devices.at(name)->skew;
}

std::vector<Action> enabled(const World& world) {
  std::vector<Action> actions;
  for (const auto& [name, process] : world.processes) {
    if (!process->running) continue;
    for (const auto& [key, handler] : process->gateway.handlers) {
      if (std::holds_alternative<model::gateway::Pause>(handler->need)) {
        actions.emplace_back(ContinueHandler{name, key});
      }
    }
    list_store_steps(world, name, *process, actions);
  }
  for (const auto& [conn, link] : world.links) {
    if (can_deliver_down(*link)) actions.emplace_back(DeliverDown{conn});
    if (can_deliver_up(*link)) actions.emplace_back(DeliverUp{conn});
  }
  std::vector<DueTimer> timers = timers_of(world);
  std::erase_if(timers, [&](const DueTimer& timer) { return timer.due > world.now; });
  std::sort(timers.begin(), timers.end(), [](const DueTimer& a, const DueTimer& b) {
    return a.due != b.due ? a.due < b.due : key(a.action) < key(b.action);
  });
  for (DueTimer& timer : timers) actions.push_back(std::move(timer.action));
  return actions;
}

std::optional<model::Instant> next_due(const World& world) {
  std::optional<model::Instant> first;
  for (const DueTimer& timer : timers_of(world)) {
    if (!first || timer.due < *first) first = timer.due;
  }
  return first;
}

}  // namespace sim
