// One thing that may happen next.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>

#include "model/base/time.hpp"
#include "model/client/client.hpp"
#include "model/gateway/config.hpp"
#include "model/gateway/host_command.hpp"
#include "model/gateway/request_context.hpp"
#include "model/policy/policy.hpp"
#include "sim/world/link.hpp"

namespace sim {

// Inside a gateway process. `handler` is a key such as "phone/1#1".
struct ContinueHandler {
  std::string process, handler;
};  ///< its microtask turn is over (P1)
struct ReadFile {
  std::string process, handler, path;
};
struct WriteTemporary {
  std::string process, handler, path;
};
struct SyncTemporary {
  std::string process, handler, path;
};
struct RenameFile {
  std::string process, handler, path;
};
struct FireGatewayTimer {
  std::string process, timer;
};  ///< "phone/1: handshake", "invoke <id>"
// On the network.
struct DeliverUp {
  std::string conn;
};
struct DeliverDown {
  std::string conn;
};
// On a device.
struct FireClientTimer {
  std::string device, timer;
};
struct DeviceInput {
  std::string device;
  model::client::Input input;
};
// On a gateway's host.
struct RunHostCommand {
  std::string process;
  model::gateway::HostCommand command;
};
/// A process of its own for one command (`openclaw qr` and the like); it ends with its command.
struct StartTool {
  std::string process, disk;
  model::gateway::HostCommand command;
  model::gateway::Config config;
  model::policy::Policy policy;
};
struct StopProcess {
  std::string process;
};  ///< orderly (W 1012)
struct KillProcess {
  std::string process;
};  ///< at once; un-synced writes as `keep_unsynced` says
struct StartProcess {
  std::string process;
};  ///< again, on the same files
struct PutFile {
  std::string disk, path, content;
};  ///< a store file as if left by an earlier run
// By a scripted peer: whatever bytes a driver likes.
struct PeerOpen {
  std::string conn, process;
  model::gateway::RequestContext context;
};
struct PeerSend {
  std::string conn;
  Message message;
};
struct PeerClose {
  std::string conn;
  int code = 1000;
  std::string reason;
};
// Time: moves the world's clock, not beyond the next timer that is due.
struct Advance {
  model::Millis by;
};
// Faults.
struct CutLink {
  std::string conn;
};
struct PauseLink {
  std::string conn;
  bool up = true, paused = true;
};
struct HalfOpen {
  std::string conn;
};
struct SetUnreadable {
  std::string disk, path;
  bool unreadable = true;
};
struct SetFull {
  std::string disk;
  bool full = true;
};
struct StepClock {
  std::string who;
  model::Millis by;
};  ///< a process's or device's wall clock

using Action = std::variant<ContinueHandler, ReadFile, WriteTemporary, SyncTemporary, RenameFile,
                            FireGatewayTimer, DeliverUp, DeliverDown, FireClientTimer, DeviceInput,
                            RunHostCommand, StartTool, StopProcess, KillProcess, StartProcess,
                            PutFile, PeerOpen, PeerSend, PeerClose, Advance, CutLink, PauseLink,
                            HalfOpen, SetUnreadable, SetFull, StepClock>;

/// The action's key: a stable readable text of who, what and on what, unique within `enabled`
/// ("gw2: rename devices/bootstrap.json for phone/1#1"). Recordings and schedules hold keys.
[[nodiscard]] std::string key(const Action& action);

}  // namespace sim
