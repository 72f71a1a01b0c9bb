#include "sim/world/turns.hpp"

#include <algorithm>

#include "sim/world/network.hpp"
#include "sim/world/store_work.hpp"

namespace sim {

namespace {

using model::gateway::Close;
using model::gateway::Fact;
using model::gateway::RefuseUpgrade;
using model::gateway::Send;

/// Puts what a turn caused where it belongs, in the order in which it happened.
struct CarryOut {
  Doing& doing;
  const std::string& process;

  void operator()(const Send& send) const {
    put_down(doing, send.conn, {Message::Kind::text, 0, send.text});
  }
  void operator()(const Close& close) const {
    close_by_server(doing, close.conn, close.code, close.reason);
  }
  void operator()(const RefuseUpgrade& refusal) const {
    refuse_by_server(doing, refusal.conn, refusal.status, refusal.body);
  }
  void operator()(const Fact& fact) const { doing.tell(GatewayFact{process, fact}); }
  void operator()(const model::gateway::HostAnswer& answer) const {
    doing.tell(CommandAnswered{process, answer});
  }
};

}  // namespace

void in_turn(Doing& doing, const std::string& process,
             const std::function<void(model::gateway::Turn&)>& turn_body) {
  World& world = doing.world;
  std::vector<model::gateway::Effect> effects;
  {
    DerivedNames names(world.seed, process, world.names);
    model::gateway::Turn turn(world.processes.at(process).edit().gateway,
                              world.clock_of_process(process), names,
                              doing.workshop == nullptr ? nullptr : &doing.workshop->signatures);
    turn_body(turn);
    effects = std::move(turn.effects);
  }
  for (const auto& effect : effects) std::visit(CarryOut{doing, process}, effect);
  const auto ended = [&](const auto& effect) {
    return std::holds_alternative<model::gateway::HostAnswer>(effect);
  };
  if (world.processes.at(process)->tool && std::ranges::any_of(effects, ended)) {
    world.processes.erase(process);  // a tool ends with its command
    doing.tell(ProcessChanged{process, "ended"});
    return;
  }
  begin_store_work(doing, process);
}

}  // namespace sim
