// A process on a host: a gateway, or a command-line tool that works on the same files.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/base/shared.hpp"
#include "model/base/time.hpp"
#include "model/gateway/gateway.hpp"

namespace sim {

/// A file as a handler read it.
struct ReadText {
  std::optional<model::Shared<std::string>> content;  ///< none: missing
  bool unreadable = false;
  bool operator==(const ReadText&) const = default;
};

/// A handler's work on a store: which files it has read and replaced so far.
struct StoreWork {
  enum class Phase : std::uint8_t { waiting_for_lock, reading, writing };
  model::store::Group group{};
  bool locked = false;  ///< under the process's lock, or an unlocked read
  Phase phase = Phase::reading;
  /// By file of the group, in the order of `store::files_of`.
  std::vector<std::optional<ReadText>> read;      ///< none: not read yet
  std::vector<model::Shared<std::string>> write;  ///< new contents; empty: nothing to write
  enum class Written : std::uint8_t { nothing, temporary, synced, renamed };
  std::vector<Written> written;  ///< per file
  std::optional<model::store::Answer> answer;
  bool operator==(const StoreWork&) const = default;
};

/// A store's lock inside one process: first come, first served (S-1).
struct Lock {
  std::optional<model::gateway::HandlerKey> holder;
  std::vector<model::gateway::HandlerKey> waiting;
  bool operator==(const Lock&) const = default;
};

struct Process {
  std::string disk;    ///< the state directory's name
  model::Millis skew;  ///< of this host's clock against the world's
  bool running = true;
  bool tool = false;  ///< a command-line process: ends with its command
  model::gateway::Gateway gateway;
  std::map<model::store::Group, Lock> locks;
  std::map<model::gateway::HandlerKey, model::Shared<StoreWork>> work;
  std::uint32_t commands = 0;  ///< host commands so far; names their handlers
  bool operator==(const Process&) const = default;
};

}  // namespace sim
