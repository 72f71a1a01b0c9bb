#include "sim/world/action.hpp"

#include <fmt/format.h>

namespace sim {

namespace {

std::string what_arrives(const Message& message) {
  switch (message.kind) {
    case Message::Kind::upgrade:
      return "upgrade";
    case Message::Kind::accepted:
      return "accepted";
    case Message::Kind::refused:
      return fmt::format("http {}", message.code);
    case Message::Kind::text:
      return "text";
    case Message::Kind::binary:
      return "binary";
    case Message::Kind::close:
      return fmt::format("close {}", message.code);
    case Message::Kind::cut:
      return "cut";
  }
  return "message";
}

std::string command_name(const model::gateway::HostCommand& command) {
  using Kind = model::gateway::HostCommandKind;
  switch (command.kind) {
    case Kind::issue_code:
      return "issue code " + command.label;
    case Kind::revoke_code:
      return "revoke code " + command.label;
    case Kind::cleanup_codes:
      return "cleanup codes";
    case Kind::approve_direct:
      return "approve on the files " + command.request_id;
    case Kind::approve_chat:
      return "approve in chat " + command.request_id;
  }
  return "command";
}

struct InputName {
  std::string operator()(const model::client::Launch&) const { return "launch"; }
  std::string operator()(const model::client::Scan&) const { return "scan"; }
  std::string operator()(const model::client::TapConnect& tap) const {
    return "connect to " + tap.gateway;
  }
  std::string operator()(const model::client::TapRetry&) const { return "retry"; }
  std::string operator()(const model::client::TapTrust& tap) const {
    return tap.yes ? "trust certificate" : "refuse certificate";
  }
  std::string operator()(const model::client::TapReset&) const { return "reset onboarding"; }
  std::string operator()(const model::client::EnterSecret&) const { return "enter secret"; }
  std::string operator()(const model::client::SwitchGateway& to) const {
    return "switch to " + to.url;
  }
  std::string operator()(const model::client::Background&) const { return "background"; }
  std::string operator()(const model::client::Foreground&) const { return "foreground"; }
  std::string operator()(const model::client::Quit&) const { return "quit"; }
  std::string operator()(const model::client::CallMethod& call) const {
    return "call " + call.method + " on " + call.channel;
  }
  std::string operator()(const model::client::Discovered& seen) const {
    return "discover " + seen.stable_id;
  }
  std::string operator()(const model::client::Opened& opened) const {
    return opened.channel + " opened";
  }
  std::string operator()(const model::client::DialFailed& failed) const {
    return failed.channel + " dial failed";
  }
  std::string operator()(const model::client::Received& received) const {
    return received.channel + " received";
  }
  std::string operator()(const model::client::Closed& closed) const {
    return closed.channel + " closed";
  }
  std::string operator()(const model::client::TimerDue& due) const { return "timer " + due.timer; }
};

struct Key {
  std::string operator()(const ContinueHandler& a) const {
    return fmt::format("{}: continue {}", a.process, a.handler);
  }
  std::string operator()(const ReadFile& a) const {
    return fmt::format("{}: read {} for {}", a.process, a.path, a.handler);
  }
  std::string operator()(const WriteTemporary& a) const {
    return fmt::format("{}: write temporary {} for {}", a.process, a.path, a.handler);
  }
  std::string operator()(const SyncTemporary& a) const {
    return fmt::format("{}: sync temporary {} for {}", a.process, a.path, a.handler);
  }
  std::string operator()(const RenameFile& a) const {
    return fmt::format("{}: rename {} for {}", a.process, a.path, a.handler);
  }
  std::string operator()(const FireGatewayTimer& a) const {
    return fmt::format("{}: timer {}", a.process, a.timer);
  }
  std::string operator()(const DeliverUp& a) const { return fmt::format("net: {} up", a.conn); }
  std::string operator()(const DeliverDown& a) const { return fmt::format("net: {} down", a.conn); }
  std::string operator()(const FireClientTimer& a) const {
    return fmt::format("{}: timer {}", a.device, a.timer);
  }
  std::string operator()(const DeviceInput& a) const {
    return fmt::format("{}: {}", a.device, std::visit(InputName{}, a.input));
  }
  std::string operator()(const RunHostCommand& a) const {
    return fmt::format("{}: {}", a.process, command_name(a.command));
  }
  std::string operator()(const StartTool& a) const {
    return fmt::format("{}: start on {}, {}", a.process, a.disk, command_name(a.command));
  }
  std::string operator()(const StopProcess& a) const { return a.process + ": stop"; }
  std::string operator()(const KillProcess& a) const { return a.process + ": kill"; }
  std::string operator()(const StartProcess& a) const { return a.process + ": start"; }
  std::string operator()(const PutFile& a) const {
    return fmt::format("{}: put {}", a.disk, a.path);
  }
  std::string operator()(const PeerOpen& a) const {
    return fmt::format("peer: open {} to {}", a.conn, a.process);
  }
  std::string operator()(const PeerSend& a) const {
    return fmt::format("peer: send {} on {}", what_arrives(a.message), a.conn);
  }
  std::string operator()(const PeerClose& a) const {
    return fmt::format("peer: close {} with {}", a.conn, a.code);
  }
  std::string operator()(const Advance& a) const { return fmt::format("time: +{} ms", a.by.count); }
  std::string operator()(const CutLink& a) const { return fmt::format("fault: cut {}", a.conn); }
  std::string operator()(const PauseLink& a) const {
    return fmt::format("fault: {} {} {}", a.paused ? "pause" : "resume", a.conn,
                       a.up ? "up" : "down");
  }
  std::string operator()(const HalfOpen& a) const {
    return fmt::format("fault: half-open {}", a.conn);
  }
  std::string operator()(const SetUnreadable& a) const {
    return fmt::format("fault: {} {} {}", a.unreadable ? "unreadable" : "readable", a.disk, a.path);
  }
  std::string operator()(const SetFull& a) const {
    return fmt::format("fault: {} {}", a.disk, a.full ? "full" : "not full");
  }
  std::string operator()(const StepClock& a) const {
    return fmt::format("fault: clock of {} steps {} ms", a.who, a.by.count);
  }
};

}  // namespace

std::string key(const Action& action) { return std::visit(Key{}, action); }

}  // namespace sim
