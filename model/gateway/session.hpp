// What a session may do after hello-ok: request frames, scopes, methods, the nodes' side.
#pragma once

#include <string>
#include <string_view>

#include "model/gateway/turn.hpp"

namespace model::gateway {

/// One message of a connected session (W-43 ... W-49): parses, checks role, scope and params, and
/// either answers at once or leaves a MethodCall under `handler` in the gateway with its Need set.
/// `bytes` is valid UTF-8 text, decoded as W-3 says.
void receive_session_message(Turn& turn, const ConnectionKey& conn, const HandlerKey& handler,
                             std::string_view bytes);

/// Resumes a MethodCall handler after its Need was met; removes it when it has answered.
void resume_method_call(Turn& turn, const HandlerKey& handler, Resume resume);

/// Resumes the fire-and-forget update of G-55.
void resume_node_touch(Turn& turn, const HandlerKey& handler, Resume resume);

/// G-52, G-54, G-55: what a new session adds to presence and to the node registry, before the
/// response is sent. Leaves a NodeTouch handler under `touch` if the session is a node's.
void register_presence(Turn& turn, const ConnectionKey& conn, Session& session);
void register_node(Turn& turn, const ConnectionKey& conn, const Session& session,
                   const HandlerKey& touch);

/// What the end of a session takes away: registry entry (G-54), pending invokes, presence and its
/// broadcast (G-52, W-57).
void unregister_session(Turn& turn, const ConnectionKey& conn, const Session& session);

/// Pending invokes that ran out of time at turn.now.
void expire_invokes(Turn& turn);

/// Closes sessions of a device, of one role or (empty) of all, with 4001 `device removed`.
void close_device_sessions(Turn& turn, std::string_view device_id, std::string_view role);

/// What hello-ok shows of this process (wire.md section 9 `snapshot`).
[[nodiscard]] js::Value snapshot(const Turn& turn);

}  // namespace model::gateway
