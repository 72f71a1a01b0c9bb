#include "sim/world/clients.hpp"

#include <fmt/format.h>

#include "model/client/trust.hpp"
#include "sim/world/network.hpp"

namespace sim {

namespace {

/// Carries out what a client did, in order.
struct CarryOut {
  Doing& doing;
  const std::string& device;

  void operator()(const model::client::Dial& dial_out) const {
    World& world = doing.world;
    Device& own = world.devices.at(device).edit();
    const auto address = world.addresses.find(host_port_of(dial_out.url));
    if (address == world.addresses.end()) {
      fail_dial(dial_out.channel, "no answer");
      return;
    }
    if (dial_out.channel == model::client::kProbeChannel) {
      look_at_certificate(address->second);
      return;
    }
    const model::client::CertificateCase shown{.pin = dial_out.pin,
                                               .certificate = address->second.certificate};
    if (model::client::decide(shown) == model::client::CertificateAnswer::refuse) {
      fail_dial(dial_out.channel, "gateway tls fingerprint mismatch");
      return;
    }
    const std::string conn = fmt::format("{}/{}", device, ++own.dials);
    Link link;
    link.peer = device;
    link.channel = dial_out.channel;
    link.process = address->second.process;
    link.context = own.from;
    own.conn_of[dial_out.channel] = conn;
    (void)dial(doing, conn, std::move(link));
  }
  void operator()(const model::client::Send& send) const {
    if (const std::string conn = current(send.channel); !conn.empty()) {
      put_up(doing, conn, {Message::Kind::text, 0, send.text});
    }
  }
  void operator()(const model::client::Hangup& hangup) const {
    const std::string conn = current(hangup.channel);
    if (conn.empty()) return;
    if (hangup.code == model::client::kCut) {
      doing.world.devices.at(device).edit().conn_of.erase(hangup.channel);
      cut_by_client(doing, conn);
    } else {
      // The client goes on listening: its `Closed` tells the peer's code and reason if the peer was
      // closing too (C-15), else it is the echo of this.
      close_by_client(doing, conn, hangup.code, hangup.reason);
    }
  }
  void operator()(const model::client::Note& note) const { doing.tell(ClientNote{device, note}); }

  [[nodiscard]] std::string current(const std::string& channel) const {
    const auto& conns = doing.world.devices.at(device)->conn_of;
    const auto found = conns.find(channel);
    return found == conns.end() ? std::string() : found->second;
  }
  /// The TLS handshake alone, which the gateway program does not notice (C-34).
  void look_at_certificate(const Address& address) const {
    const std::string probe(model::client::kProbeChannel);
    if (!doing.world.processes.at(address.process)->running) {
      fail_dial(probe, "no answer");
    } else {
      (void)client_input(doing, device, model::client::Opened{probe, address.certificate});
    }
  }
  void fail_dial(const std::string& channel, const std::string& why) const {
    (void)client_input(doing, device, model::client::DialFailed{channel, why});
  }
};

}  // namespace

model::Result<void> client_input(Doing& doing, const std::string& device,
                                 const model::client::Input& input) {
  World& world = doing.world;
  const auto found = world.devices.find(device);
  if (found == world.devices.end()) return model::fail("no device " + device);
  std::vector<model::client::Output> outputs;
  {
    Device& own = found->second.edit();
    DerivedNames names(world.seed, device, world.names);
    outputs = model::client::step(own.client.edit(), input, own.key, *own.policy,
                                  world.clock_of_device(device), names);
  }
  for (const auto& output : outputs) std::visit(CarryOut{doing, device}, output);
  return {};
}

void client_input_on(Doing& doing, const std::string& device, const std::string& conn,
                     const model::client::Input& input) {
  const auto found = doing.world.devices.find(device);
  if (found == doing.world.devices.end()) return;
  for (const auto& [channel, current] : found->second->conn_of) {
    if (current != conn) continue;
    const bool over = std::holds_alternative<model::client::Closed>(input) ||
                      std::holds_alternative<model::client::DialFailed>(input);
    if (over) {
      const std::string name = channel;  // the entry goes before the client may dial again
      doing.world.devices.at(device).edit().conn_of.erase(name);
    }
    (void)client_input(doing, device, input);
    return;
  }
}

void ticks_heard_until_now(Doing& doing, const std::string& conn) {
  for (auto& [name, device] : doing.world.devices) {
    for (const auto& [channel, current] : device->conn_of) {
      if (current != conn) continue;
      const std::string heard_on = channel;
      model::client::hear_ticks(device.edit().client.edit(), heard_on,
                                doing.world.clock_of_device(name));
      return;
    }
  }
}

std::string certificate_of(const World& world, const std::string& process) {
  for (const auto& [host, address] : world.addresses) {
    if (address.process == process) return address.certificate;
  }
  return {};
}

std::string host_port_of(std::string_view url) {
  std::string_view rest = url;
  std::string_view port = "80";
  if (rest.starts_with("wss://")) {
    port = "443";
    rest.remove_prefix(6);
  } else if (rest.starts_with("ws://")) {
    rest.remove_prefix(5);
  } else {
    return {};
  }
  rest = rest.substr(0, rest.find_first_of("/?#"));
  const auto bracket = rest.rfind(']');
  const auto colon = rest.rfind(':');
  const bool has_port =
      colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
  return has_port ? std::string(rest) : fmt::format("{}:{}", rest, port);
}

}  // namespace sim
