// Devices: their clients are handed what reaches them, and what they do is carried out.
#pragma once

#include <string>

#include "sim/world/turns.hpp"

namespace sim {

/// Hands an input to the device's client and carries out what it does. Error: no such device.
[[nodiscard]] model::Result<void> client_input(Doing& doing, const std::string& device,
                                               const model::client::Input& input);

/// As above for news of a connection: dropped if the channel has moved on to another connection.
void client_input_on(Doing& doing, const std::string& device, const std::string& conn,
                     const model::client::Input& input);

/// The connection's client heard the ticks that the world let pass in silence, up to now: what
/// happens to the connection next begins its silence.
void ticks_heard_until_now(Doing& doing, const std::string& conn);

/// The certificate that a gateway process shows; empty if it speaks plainly.
[[nodiscard]] std::string certificate_of(const World& world, const std::string& process);

/// "host:port" of a ws or wss URL, with the scheme's default port filled in; empty if it is none.
[[nodiscard]] std::string host_port_of(std::string_view url);

}  // namespace sim
