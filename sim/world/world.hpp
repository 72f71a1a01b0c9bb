// Everything there is, as one value.
//
// `enabled` lists what could happen next, in a canonical order; `apply` does one of those things
// (or one that a driver brings from outside: a person's tap, a scripted peer's bytes, a fault).
// There is no other state anywhere and nothing else changes it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/hash.hpp"
#include "model/base/result.hpp"
#include "model/base/shared.hpp"
#include "model/base/time.hpp"
#include "model/client/client.hpp"
#include "model/crypto/signature_cache.hpp"
#include "model/policy/policy.hpp"
#include "sim/world/action.hpp"
#include "sim/world/disk.hpp"
#include "sim/world/event.hpp"
#include "sim/world/link.hpp"
#include "sim/world/names.hpp"
#include "sim/world/process.hpp"

namespace sim {

/// A phone, laptop or server with a client on it. Its key is derived from its name unless pinned.
struct Device {
  model::crypto::KeyPair key;
  model::Millis skew;  ///< of the device's clock against the world's
  model::Shared<model::client::Client> client;
  model::Shared<model::policy::Policy> policy;  ///< of the app: the fields app.*
  std::uint32_t dials = 0;  ///< connections so far: the next is "<device>/<dials + 1>"
  std::map<std::string, std::string> conn_of;  ///< channel to its current connection
  model::gateway::RequestContext from;         ///< how a gateway sees connections of this device
  bool operator==(const Device&) const = default;
};

/// A gateway's place in the network: which process answers at a URL, and with which certificate.
struct Address {
  std::string process;
  std::string certificate;  ///< fingerprint, empty if plain
  bool operator==(const Address&) const = default;
};

/// How finely store work is split into actions (design: grain).
enum class Grain : std::uint8_t { coarse, fine };

class World {
 public:
  model::Instant start;  ///< the world's first instant; at least 10^12 ms
  model::Instant now;    ///< the world's clock; each host may be skewed against it
  std::uint64_t seed = 0;
  Grain grain = Grain::coarse;
  std::map<std::string, model::Shared<Disk>> disks;
  std::map<std::string, model::Shared<Process>> processes;
  std::map<std::string, model::Shared<Link>>
      links;  ///< by connection key, closed ones removed when both ends know
  std::map<std::string, model::Shared<Device>> devices;
  std::map<std::string, Address> addresses;  ///< by "host:port" of URLs
  NameCounts names;

  bool operator==(const World&) const = default;

  [[nodiscard]] model::Instant clock_of_process(const std::string& name) const;
  [[nodiscard]] model::Instant clock_of_device(const std::string& name) const;
};

/// Caches that make the same answer come quicker: owned by a driver, bounded, never read for their
/// size or order, so that a run with a full one, an empty one or none gives the same digest.
struct Workshop {
  model::crypto::SignatureCache signatures;
};

/// Every action that could happen next, without time, in canonical order: handlers by process and
/// key, then deliveries by connection, then timers that are due. "At rest" means: none.
[[nodiscard]] std::vector<Action> enabled(const World& world);

/// The next instant at which something becomes due (a timer), if any.
[[nodiscard]] std::optional<model::Instant> next_due(const World& world);

/// Does one action. Errors: the action is not possible in this world (unknown process, closed
/// connection); the world is then unchanged.
[[nodiscard]] model::Result<std::vector<Event>> apply(World& world, const Action& action,
                                                      Workshop* workshop = nullptr);

/// 128 bits, equal for worlds that differ only in what cannot matter later (design: fingerprints).
[[nodiscard]] model::Hash128 fingerprint(const World& world);

/// The world as one JSON text, and back; equal worlds give equal texts.
[[nodiscard]] std::string serialise(const World& world);
[[nodiscard]] model::Result<World> deserialise(std::string_view text);

}  // namespace sim
