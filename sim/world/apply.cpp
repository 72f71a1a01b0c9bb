// What each action does. Every refusal comes before the first change, so that a world to which an
// impossible action was applied is the world before it.

#include <fmt/format.h>

#include "model/gateway/connection.hpp"
#include "model/gateway/host_command.hpp"
#include "sim/world/clients.hpp"
#include "sim/world/network.hpp"
#include "sim/world/store_work.hpp"
#include "sim/world/turns.hpp"
#include "sim/world/world.hpp"

namespace sim {

namespace {

using Done = model::Result<void>;

struct Apply {
  Doing& doing;
  World& world = doing.world;

  // --- inside a process --------------------------------------------------------------------------

  Done running(const std::string& name) const {
    const auto process = world.processes.find(name);
    if (process == world.processes.end()) return model::fail("no process " + name);
    if (!process->second->running) return model::fail("process " + name + " does not run");
    return {};
  }

  Done operator()(const ContinueHandler& action) const {
    if (auto can = running(action.process); !can) return can;
    const auto& handlers = world.processes.at(action.process)->gateway.handlers;
    const auto handler = handlers.find(action.handler);
    if (handler == handlers.end() ||
        !std::holds_alternative<model::gateway::Pause>(handler->second->need)) {
      return model::fail(action.handler + " does not wait for its turn");
    }
    in_turn(doing, action.process, [&](model::gateway::Turn& turn) {
      model::gateway::resume(turn, action.handler, model::gateway::Continue{});
    });
    return {};
  }
  Done operator()(const ReadFile& action) const { return read_file(doing, action); }
  Done operator()(const WriteTemporary& action) const { return write_temporary(doing, action); }
  Done operator()(const SyncTemporary& action) const { return sync_temporary(doing, action); }
  Done operator()(const RenameFile& action) const { return rename_file(doing, action); }

  Done operator()(const FireGatewayTimer& action) const {
    if (auto can = running(action.process); !can) return can;
    const auto timer = model::gateway::next_timer(world.processes.at(action.process)->gateway);
    if (!timer || timer->what != action.timer ||
        timer->due > world.clock_of_process(action.process)) {
      return model::fail("timer " + action.timer + " is not due");
    }
    in_turn(doing, action.process,
            [&](model::gateway::Turn& turn) { model::gateway::fire(turn, *timer); });
    return {};
  }

  // --- network and devices -----------------------------------------------------------------------

  Done operator()(const DeliverUp& action) const { return deliver_up(doing, action.conn); }
  Done operator()(const DeliverDown& action) const { return deliver_down(doing, action.conn); }

  Done operator()(const FireClientTimer& action) const {
    const auto device = world.devices.find(action.device);
    if (device == world.devices.end()) return model::fail("no device " + action.device);
    const auto timers = model::client::timers(*device->second->client);
    const auto timer = timers.find(action.timer);
    if (timer == timers.end() || timer->second > world.clock_of_device(action.device)) {
      return model::fail("timer " + action.timer + " is not due");
    }
    return client_input(doing, action.device, model::client::TimerDue{action.timer});
  }

  Done operator()(const DeviceInput& action) const {
    if (!world.devices.contains(action.device)) return model::fail("no device " + action.device);
    doing.tell(Did{action.device, key(action)});
    return client_input(doing, action.device, action.input);
  }

  // --- on a gateway's host -----------------------------------------------------------------------

  Done operator()(const RunHostCommand& action) const {
    if (auto can = running(action.process); !can) return can;
    Process& process = world.processes.at(action.process).edit();
    const std::string handler = fmt::format("host/{}", ++process.commands);
    doing.tell(Did{action.process, key(action)});
    in_turn(doing, action.process, [&](model::gateway::Turn& turn) {
      model::gateway::start_host_command(turn, handler, action.command);
    });
    return {};
  }

  Done operator()(const StartTool& action) const {
    if (world.processes.contains(action.process)) {
      return model::fail("process " + action.process + " exists");
    }
    if (!world.disks.contains(action.disk)) return model::fail("no disk " + action.disk);
    Process tool;
    tool.disk = action.disk;
    tool.tool = true;
    tool.gateway = model::gateway::boot(action.config, action.policy, world.now);
    world.processes.emplace(action.process, std::move(tool));
    return (*this)(RunHostCommand{action.process, action.command});
  }

  Done operator()(const StopProcess& action) const {
    if (auto can = running(action.process); !can) return can;
    doing.tell(ProcessChanged{action.process, "stopped"});
    in_turn(doing, action.process,
            [&](model::gateway::Turn& turn) { model::gateway::shut_down(turn); });
    end_process(action.process);
    return {};
  }

  Done operator()(const KillProcess& action) const {
    if (auto can = running(action.process); !can) return can;
    doing.tell(ProcessChanged{action.process, "killed"});
    end_process(action.process);
    return {};
  }

  Done operator()(const StartProcess& action) const {
    const auto found = world.processes.find(action.process);
    if (found == world.processes.end()) return model::fail("no process " + action.process);
    if (found->second->running) return model::fail("process " + action.process + " runs already");
    Process& process = found->second.edit();
    process.gateway = model::gateway::boot(*process.gateway.config, *process.gateway.policy,
                                           world.clock_of_process(action.process));
    process.running = true;
    doing.tell(ProcessChanged{action.process, "started"});
    return {};
  }

  /// Memory is gone, sockets break, temporary files stay behind as strays of nobody.
  void end_process(const std::string& name) const {
    Process& process = world.processes.at(name).edit();
    process.running = false;
    process.gateway.connections.clear();
    process.gateway.handlers.clear();
    process.locks.clear();
    process.work.clear();
    drop_process_files(world.disks.at(process.disk).edit(), name);
    std::vector<std::string> conns;
    for (const auto& [conn, link] : world.links) {
      if (link->process == name) conns.push_back(conn);
    }
    for (const std::string& conn : conns) cut_by_server(doing, conn);
  }

  Done operator()(const PutFile& action) const {
    const auto disk = world.disks.find(action.disk);
    if (disk == world.disks.end()) return model::fail("no disk " + action.disk);
    const model::Shared<std::string> content(action.content);
    disk->second.edit().files[action.path] = {content, content};
    doing.tell(FileWritten{action.disk, action.path, content});
    return {};
  }

  // --- scripted peers ----------------------------------------------------------------------------

  Done operator()(const PeerOpen& action) const {
    Link link;
    link.peer = action.conn;
    link.process = action.process;
    link.context = action.context;
    return dial(doing, action.conn, std::move(link));
  }
  Done peer_can_talk(const std::string& conn) const {
    const auto link = world.links.find(conn);
    if (link == world.links.end() || link->second->client != Link::End::open) {
      return model::fail("connection " + conn + " is not open");
    }
    return {};
  }
  Done operator()(const PeerSend& action) const {
    if (auto can = peer_can_talk(action.conn); !can) return can;
    put_up(doing, action.conn, action.message);
    return {};
  }
  Done operator()(const PeerClose& action) const {
    if (auto can = peer_can_talk(action.conn); !can) return can;
    close_by_client(doing, action.conn, action.code, action.reason);
    return {};
  }

  // --- time and faults ---------------------------------------------------------------------------

  Done operator()(const Advance& action) const {
    if (action.by.count < 0) return model::fail("time does not go back");
    const model::Instant to = world.now + action.by;
    if (const auto due = next_due(world); due && *due < to) {
      return model::fail(
          fmt::format("a timer is due in {} ms, before that", (*due - world.now).count));
    }
    world.now = to;
    doing.tell(TimeMoved{action.by});
    for (const auto& [name, process] : world.processes) {
      if (process->running && process->gateway.memory->next_tick <= world.clock_of_process(name)) {
        ticked.push_back(name);
      }
    }
    for (const std::string& name : ticked) {
      in_turn(doing, name,
              [](model::gateway::Turn& turn) { model::gateway::tick_on_the_way(turn); });
    }
    return {};
  }

  Done on_link(const std::string& conn) const {
    if (!world.links.contains(conn)) return model::fail("no connection " + conn);
    doing.tell(FaultHappened{fault});
    return {};
  }
  Done operator()(const CutLink& action) const {
    if (auto can = on_link(action.conn); !can) return can;
    cut(doing, action.conn);
    return {};
  }
  Done operator()(const PauseLink& action) const {
    if (auto can = on_link(action.conn); !can) return can;
    ticks_heard_until_now(doing, action.conn);
    Link& link = world.links.at(action.conn).edit();
    (action.up ? link.paused_up : link.paused_down) = action.paused;
    return {};
  }
  Done operator()(const HalfOpen& action) const {
    if (auto can = on_link(action.conn); !can) return can;
    ticks_heard_until_now(doing, action.conn);
    Link& link = world.links.at(action.conn).edit();
    link.half_open = true;
    link.up.clear();
    link.down.clear();
    return {};
  }
  Done operator()(const SetUnreadable& action) const {
    const auto disk = world.disks.find(action.disk);
    if (disk == world.disks.end()) return model::fail("no disk " + action.disk);
    doing.tell(FaultHappened{fault});
    if (action.unreadable) {
      disk->second.edit().unreadable.insert(action.path);
    } else {
      disk->second.edit().unreadable.erase(action.path);
    }
    return {};
  }
  Done operator()(const SetFull& action) const {
    const auto disk = world.disks.find(action.disk);
    if (disk == world.disks.end()) return model::fail("no disk " + action.disk);
    doing.tell(FaultHappened{fault});
    disk->second.edit().full = action.full;
    return {};
  }
  Done operator()(const StepClock& action) const {
    if (const auto device = world.devices.find(action.who); device != world.devices.end()) {
      doing.tell(FaultHappened{fault});
      device->second.edit().skew = device->second->skew + action.by;
      return {};
    }
    if (const auto process = world.processes.find(action.who); process != world.processes.end()) {
      doing.tell(FaultHappened{fault});
      process->second.edit().skew = process->second->skew + action.by;
      return {};
    }
    return model::fail("no process or device " + action.who);
  }

  std::string fault;  ///< key of the action, for faults
  mutable std::vector<std::string> ticked = {};
};

}  // namespace

model::Result<std::vector<Event>> apply(World& world, const Action& action, Workshop* workshop) {
  Doing doing{world, {}, workshop};
  const Apply one{.doing = doing, .fault = key(action)};
  if (auto done = std::visit(one, action); !done) return std::unexpected(done.error());
  return std::move(doing.events);
}

}  // namespace sim
