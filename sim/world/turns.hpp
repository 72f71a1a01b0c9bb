// Runs one turn of a gateway process inside the world: clock and names in, effects out.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "model/gateway/turn.hpp"
#include "sim/world/world.hpp"

namespace sim {

/// An action in progress: the world it changes, what it caused so far, the driver's memos.
struct Doing {
  World& world;
  std::vector<Event> events;
  Workshop* workshop = nullptr;

  template <class What>
  void tell(What what) {
    events.push_back({world.now, std::move(what)});
  }
};

/// Runs `turn_body` as one turn of the process, carries its effects out on the network, and starts
/// the store work that its handlers now wait for.
void in_turn(Doing& doing, const std::string& process,
             const std::function<void(model::gateway::Turn&)>& turn_body);

}  // namespace sim
