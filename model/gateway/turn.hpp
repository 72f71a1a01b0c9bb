// One turn of a gateway's event loop: what a handler may use between two awaits, and what it
// caused.
//
// The protocol core never reaches for a clock, a socket or a random number: it is handed the time
// and the names, and leaves behind a list of effects for the world to carry out in order.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "model/base/json.hpp"
#include "model/base/names.hpp"
#include "model/base/time.hpp"
#include "model/crypto/signature_cache.hpp"
#include "model/gateway/fact.hpp"
#include "model/gateway/gateway.hpp"
#include "model/wire/errors.hpp"
#include "model/wire/frame.hpp"

namespace model::gateway {

/// A text frame to put on a connection.
struct Send {
  ConnectionKey conn;
  std::string text;
};
/// A WebSocket close by the gateway.
struct Close {
  ConnectionKey conn;
  int code = 0;
  std::string reason;
};
/// The HTTP answer to an upgrade that was refused; the socket is destroyed (W-8, W-9).
struct RefuseUpgrade {
  ConnectionKey conn;
  int status = 0;
  std::string body;
};
using Effect = std::variant<Send, Close, RefuseUpgrade, Fact, HostAnswer>;

/// The surroundings of one turn.
class Turn {
 public:
  Turn(Gateway& gateway_in, Instant now_in, NameSource& names_in,
       crypto::SignatureCache* signatures_in = nullptr)
      : gateway(gateway_in), now(now_in), names(names_in), signatures(signatures_in) {}

  Gateway& gateway;
  const Instant now;  ///< the host's clock
  NameSource& names;
  crypto::SignatureCache* signatures;  ///< the driver's memo; null: every signature is computed
  std::vector<Effect> effects;         ///< in the order in which they happened

  [[nodiscard]] const policy::Policy& policy() const { return *gateway.policy; }
  [[nodiscard]] const Config& config() const { return *gateway.config; }

  /// The connection, or null if it is gone or closed.
  [[nodiscard]] const Connection* open_connection(const ConnectionKey& conn) const;

  /// Puts a frame on the connection unless it is closed.
  void send(const ConnectionKey& conn, std::string text);
  /// An event for this connection alone, as it stands: without a sequence number (W-51).
  void send(const ConnectionKey& conn, const wire::EventFrame& frame);
  /// Answers a request: `{"type":"res","id":...,"ok":true,"payload":...}`.
  void respond(const ConnectionKey& conn, const js::Value& id, js::Value payload);
  /// Refuses a request with an error object.
  void respond_error(const ConnectionKey& conn, const js::Value& id, const js::Value& error);
  /// Closes the connection (once): state, budget unit, handshake timer, then the close frame.
  void close(const ConnectionKey& conn, int code, std::string reason);
  /// An event to every session whose scopes allow it (W-50 ... W-53).
  void broadcast(std::string_view event, const js::Value& payload);
  /// As above with the state version of both counters attached (W-57).
  void broadcast_with_versions(std::string_view event, const js::Value& payload);
  void fact(Fact fact) { effects.emplace_back(std::move(fact)); }
};

}  // namespace model::gateway
