// Who plays in a scenario: its world before anything happens, and what names stand for.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/crypto/identity.hpp"
#include "model/gateway/config.hpp"
#include "model/gateway/request_context.hpp"
#include "sim/driver/scenario.hpp"
#include "sim/world/world.hpp"

namespace sim {

/// A gateway as people and programs know it.
struct GatewayRole {
  std::string disk;
  std::string url;          ///< "wss://home.example:18789"
  std::string stable_id;    ///< as discovery shows it
  std::string certificate;  ///< fingerprint, empty if plain
  std::string token, password;
  model::gateway::Config config;
};

struct Cast {
  std::map<std::string, GatewayRole> gateways;
  std::string first_gateway;
  std::map<std::string, model::crypto::KeyPair> keys;  ///< of devices, operators, attackers
  std::map<std::string, std::string> home_of;          ///< the gateway that somebody works with
  std::map<std::string, model::gateway::RequestContext> from;  ///< of attackers
  std::map<std::string, model::Millis> skew;                   ///< of attackers
  model::policy::Policy policy;

  [[nodiscard]] std::string device_id(std::string_view name) const;
  /// The name behind a device id, or none.
  [[nodiscard]] std::string name_of(std::string_view device_id) const;
  /// Key `on` (or another) of a step, else the first gateway.
  [[nodiscard]] std::string gateway_of(const Item& item, std::string_view key = "on") const;
  [[nodiscard]] const GatewayRole& gateway(const std::string& name) const {
    return gateways.at(name);
  }
};

/// The world of a scenario in one cell, and who is who in it.
struct Staged {
  World world;
  Cast cast;
};
[[nodiscard]] Staged stage(const Scenario& scenario, const Cell& cell);

/// How a gateway sees a client that comes `from` there: "local", "local_name", "remote",
/// "remote:<address>" or "proxied:<address>".
[[nodiscard]] model::gateway::RequestContext context_of(std::string_view from,
                                                        std::string_view host_port);

}  // namespace sim
