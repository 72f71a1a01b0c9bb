// A client on a device, as a value: the JavaScript client or the iOS app.
//
// Inputs are what reaches the program (a person's tap, a socket's news, a timer); outputs are what
// it does to the outside (dial, send, hang up). Between two inputs nothing happens. What survives a
// restart of the program stands apart from what does not (docs/protocol/client.md sections 2.7, 3).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>

#include "model/base/names.hpp"
#include "model/base/time.hpp"
#include "model/client/input.hpp"
#include "model/client/ios_app.hpp"
#include "model/client/js_client.hpp"
#include "model/client/output.hpp"
#include "model/crypto/identity.hpp"
#include "model/policy/policy.hpp"

namespace model::client {

/// The program and what it keeps.
struct Client {
  std::variant<IosApp, JsClient> program;
  bool operator==(const Client&) const = default;
};

/// One step. `now` is the device's clock. `key` signs. The client's own policy fields: app.*.
/// An input that has lost its meaning (a timer that no longer runs, news of a connection that the
/// client has given up) changes nothing.
[[nodiscard]] Outputs step(Client& client, const Input& input, const crypto::KeyPair& key,
                           const policy::Policy& policy, Instant now, NameSource& names);

/// Timers that run, by id ("main.reconnect", "node.loop"), with their due times. The world calls
/// step(TimerDue) when one is due; one that comes early changes nothing. `<channel>.tick_watch`
/// moves on with every message that is heard.
[[nodiscard]] std::map<std::string, Instant> timers(const Client& client);

/// The session on this channel heard ticks up to now: for a world that lets those of a healthy
/// connection pass in silence, until something happens to the connection. No effect unless open.
void hear_ticks(Client& client, const Channel& channel, Instant now);

/// What a scenario may expect of a client's session:
///   idle        nothing was started on this channel
///   asking      the person has to decide about a certificate (C-34)
///   connecting  from dialling to the answer
///   open
///   refused     the last connect was refused, and another attempt will come
///   waiting     no refusal, and another attempt will come
///   stopped     no further attempt until somebody acts
[[nodiscard]] std::string session_state(const Client& client, const Channel& channel);

/// Device token kept for a role and gateway, if any. `gateway` is a stable id (section 3); empty:
/// whatever the store holds for the role, the unscoped token first.
[[nodiscard]] std::optional<std::string> stored_token(const Client& client, const std::string& role,
                                                      const std::string& gateway);

/// Bootstrap token still held: in the active configuration, and where it survives a restart.
struct BootstrapHeld {
  std::optional<std::string> memory, durable;
};
[[nodiscard]] BootstrapHeld bootstrap_held(const Client& client);

}  // namespace model::client
