// Putting people, machines and gateways into a fresh world.
#pragma once

#include <cstdint>
#include <string>

#include "model/client/client.hpp"
#include "model/gateway/config.hpp"
#include "model/policy/policy.hpp"
#include "sim/world/world.hpp"

namespace sim {

/// An empty world at `start` (default: a round instant after 10^12 ms).
[[nodiscard]] World empty_world(std::uint64_t seed = 1, model::Instant start = {1'795'000'000'000});

/// A state directory.
void add_disk(World& world, const std::string& disk);

/// A gateway process on a state directory, running from now on; reachable at `host_port`
/// ("gateway.example:18789") over TLS iff `certificate` is not empty.
void add_gateway(World& world, const std::string& process, const std::string& disk,
                 const model::gateway::Config& config, const model::policy::Policy& policy,
                 const std::string& host_port, const std::string& certificate);

/// A device with a client; its key seed is SHA-256 of "device:" and its name (vectors/README.md).
void add_device(World& world, const std::string& device, model::client::Client client,
                const model::policy::Policy& policy, model::gateway::RequestContext from);

}  // namespace sim
