// Connections: what is put on them, what arrives, how they end.
#pragma once

#include <string>

#include "model/gateway/request_context.hpp"
#include "sim/world/turns.hpp"

namespace sim {

/// A client end dials: the link exists from now on, with the upgrade request under way.
/// Error: the name is taken.
[[nodiscard]] model::Result<void> dial(Doing& doing, const std::string& conn, Link link);

/// Puts a message on its way to the client, or to the gateway.
void put_down(Doing& doing, const std::string& conn, Message message);
void put_up(Doing& doing, const std::string& conn, Message message);

/// The gateway closes: a close frame follows what is already under way.
void close_by_server(Doing& doing, const std::string& conn, int code, const std::string& reason);
/// The gateway refuses the upgrade and destroys the socket.
void refuse_by_server(Doing& doing, const std::string& conn, int status, const std::string& body);
/// The client closes.
void close_by_client(Doing& doing, const std::string& conn, int code, const std::string& reason);
/// The client's end goes without a close frame; nobody there listens any more.
void cut_by_client(Doing& doing, const std::string& conn);

/// The connection breaks: what is under way is lost, each end that is not closed is told (1006).
void cut(Doing& doing, const std::string& conn);
/// The gateway's end is gone without a close frame (its process stopped); what is already under way
/// to the client still arrives.
void cut_by_server(Doing& doing, const std::string& conn);

/// The oldest message of a direction reaches the other end. Error: there is none, or it is held up.
[[nodiscard]] model::Result<void> deliver_up(Doing& doing, const std::string& conn);
[[nodiscard]] model::Result<void> deliver_down(Doing& doing, const std::string& conn);

/// Is there something that could arrive now?
[[nodiscard]] bool can_deliver_up(const Link& link);
[[nodiscard]] bool can_deliver_down(const Link& link);

/// Is this connection open at both ends and undisturbed, so that ticks arrive?
[[nodiscard]] bool healthy(const Link& link);

}  // namespace sim
