// What an action caused, as told in a timeline and as digested.
#pragma once

#include <string>
#include <variant>

#include "model/base/json.hpp"
#include "model/base/time.hpp"
#include "model/client/client.hpp"
#include "model/gateway/fact.hpp"
#include "model/gateway/host_command.hpp"
#include "sim/world/link.hpp"

namespace sim {

/// A message was put on a connection.
struct Sent {
  std::string conn;
  bool up = true;
  Message message;
};
/// A message reached the other end.
struct Delivered {
  std::string conn;
  bool up = true;
  Message message;
};
/// A file was replaced by a rename, or put there.
struct FileWritten {
  std::string disk, path;
  model::Shared<std::string> content;
};
/// A gateway did something worth telling.
struct GatewayFact {
  std::string process;
  model::gateway::Fact fact;
};
/// A client did something worth telling.
struct ClientNote {
  std::string device;
  model::client::Note note;
};
/// A host command ended.
struct CommandAnswered {
  std::string process;
  model::gateway::HostAnswer answer;
};
/// A process started, stopped or was killed; `what` says which.
struct ProcessChanged {
  std::string process, what;
};
/// The world's clock moved to `Event::at`.
struct TimeMoved {
  model::Millis by;
};
/// A fault happened; `what` is the action's key.
struct FaultHappened {
  std::string what;
};
/// A person or program outside the protocol did something (scan, tap, command typed).
struct Did {
  std::string who, what;
};

struct Event {
  model::Instant at;  ///< of the world's clock
  std::variant<Sent, Delivered, FileWritten, GatewayFact, ClientNote, CommandAnswered,
               ProcessChanged, TimeMoved, FaultHappened, Did>
      what;
};

/// The event as one JSON object, complete and in a fixed member order: what digests cover and
/// traces hold. `at` is milliseconds since `start`.
[[nodiscard]] model::js::Value to_json(const Event& event, model::Instant start);

}  // namespace sim
