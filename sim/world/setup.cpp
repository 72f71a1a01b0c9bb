#include "sim/world/setup.hpp"

#include "model/gateway/connection.hpp"

namespace sim {

World empty_world(std::uint64_t seed, model::Instant start) {
  World world;
  world.seed = seed;
  world.start = start;
  world.now = start;
  return world;
}

void add_disk(World& world, const std::string& disk) { world.disks.emplace(disk, Disk{}); }

void add_gateway(World& world, const std::string& process, const std::string& disk,
                 const model::gateway::Config& config, const model::policy::Policy& policy,
                 const std::string& host_port, const std::string& certificate) {
  if (!world.disks.contains(disk)) add_disk(world, disk);
  Process fresh;
  fresh.disk = disk;
  fresh.gateway = model::gateway::boot(config, policy, world.now);
  world.processes.emplace(process, std::move(fresh));
  if (!host_port.empty()) world.addresses[host_port] = {process, certificate};
}

void add_device(World& world, const std::string& device, model::client::Client client,
                const model::policy::Policy& policy, model::gateway::RequestContext from) {
  Device fresh;
  fresh.key = model::crypto::key_pair_of_device(device);
  fresh.client = std::move(client);
  fresh.policy = policy;
  fresh.from = std::move(from);
  world.devices.emplace(device, std::move(fresh));
}

}  // namespace sim
