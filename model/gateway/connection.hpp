// The gateway's side of a socket: bytes in, turns of the event loop out.
//
// This is the one entrance and the one exit of a connection's bytes. Everything that arrives comes
// through `accept`, `receive` or `gone`; everything that leaves is an Effect of the Turn.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "model/gateway/turn.hpp"
#include "model/wire/frame.hpp"

namespace model::gateway {

/// A fresh gateway process at `now`: memory as after a start (G-58).
[[nodiscard]] Gateway boot(const Config& config, const policy::Policy& policy, Instant now);

/// An upgrade request: refused by the pre-authentication budget (W-9, W-10) or answered with a
/// challenge (W-11 ... W-13).
void accept(Turn& turn, const ConnectionKey& conn, const RequestContext& context);

/// One reassembled message. Before the handshake is done it starts a handshake handler (W-32 ...
/// W-42), afterwards it is a session's request. Sizes and UTF-8 are the layer's business and are
/// checked first (W-4, W-15 ... W-17).
void receive(Turn& turn, const ConnectionKey& conn, wire::Opcode opcode, std::string_view bytes);

/// The socket has ended, by whichever side; handlers in flight go on (section 11).
void gone(Turn& turn, const ConnectionKey& conn, int code, std::string_view reason);

/// Gives a waiting handler what it waited for.
void resume(Turn& turn, const HandlerKey& handler, Resume resume);

/// The next timer of this process and what it is for: a connection's key for its handshake timer,
/// or empty for pending invokes.
struct Timer {
  Instant due;
  std::string what;  ///< "handshake <connection>" or "invokes"
  auto operator<=>(const Timer&) const = default;
};
[[nodiscard]] std::optional<Timer> next_timer(const Gateway& gateway);

/// Fires it; turn.now is its due time.
void fire(Turn& turn, const Timer& timer);

/// The periodic tick, which fires on the way when time moves to `turn.now` (W-19, W-54): counts the
/// broadcasts that fell due; no frame is made, because nothing but `seq` depends on them.
void tick_on_the_way(Turn& turn);

/// An orderly stop: sessions get `shutdown` and close 1012, sockets before the handshake are cut by
/// the caller (wire.md section 11).
void shut_down(Turn& turn);

/// Forgets a connection that has ended once no handler of it runs any more.
void sweep(Gateway& gateway, const ConnectionKey& conn);

}  // namespace model::gateway
