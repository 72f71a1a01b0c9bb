#include "model/gateway/turn.hpp"

#include <string>
#include <utility>
#include <vector>

#include "model/wire/events.hpp"
#include "model/wire/limits.hpp"

namespace model::gateway {
namespace {

/// Takes back the connection's unit of the pre-authentication budget (W-10).
void return_budget(Turn& turn, Connection& connection) {
  if (!connection.holds_budget) return;
  connection.holds_budget = false;
  auto& preauth = turn.gateway.memory.edit().preauth;
  const auto held = preauth.find(connection.budget_key);
  if (held == preauth.end()) return;
  if (--held->second <= 0) preauth.erase(held);
}

std::vector<ConnectionKey> sessions_of(const Gateway& gateway) {
  std::vector<ConnectionKey> sessions;
  for (const auto& [conn, connection] : gateway.connections) {
    if (connection->session) sessions.push_back(conn);
  }
  return sessions;
}

/// W-50 ... W-53. The number is spent also when nobody hears the event.
void broadcast_frame(Turn& turn, wire::EventFrame frame) {
  const std::vector<ConnectionKey> sessions = sessions_of(turn.gateway);
  if (sessions.empty()) return;
  frame.seq = ++turn.gateway.memory.edit().seq;
  const std::string text = wire::write(frame);
  for (const ConnectionKey& conn : sessions) {
    const Connection* connection = turn.open_connection(conn);
    if (connection == nullptr) continue;
    const Session& session = **connection->session;
    if (!wire::may_receive(frame.event, session.role, session.scopes)) continue;
    if (connection->buffered_bytes <= wire::kSlowConsumerBytes) {
      turn.send(conn, text);
    } else if (!wire::droppable(frame.event)) {
      const wire::CloseFrame close = wire::slow_consumer_close();
      turn.close(conn, close.code, close.reason);
    }
  }
}

}  // namespace

const Connection* Turn::open_connection(const ConnectionKey& conn) const {
  const auto found = gateway.connections.find(conn);
  if (found == gateway.connections.end() || found->second->closed) return nullptr;
  return &*found->second;
}

void Turn::send(const ConnectionKey& conn, std::string text) {
  if (open_connection(conn) == nullptr) return;
  effects.emplace_back(Send{conn, std::move(text)});
}

void Turn::send(const ConnectionKey& conn, const wire::EventFrame& frame) {
  send(conn, wire::write(frame));
}

void Turn::respond(const ConnectionKey& conn, const js::Value& id, js::Value payload) {
  send(conn, wire::write_response(id, payload));
}

void Turn::respond_error(const ConnectionKey& conn, const js::Value& id, const js::Value& error) {
  send(conn, wire::write_error(id, error));
}

void Turn::close(const ConnectionKey& conn, int code, std::string reason) {
  if (open_connection(conn) == nullptr) return;
  Connection& connection = gateway.connections.at(conn).edit();
  connection.closed = true;
  if (connection.stage == ConnectionStage::pending) connection.move(ConnectionCue::broken_off);
  connection.deadline.reset();
  return_budget(*this, connection);
  effects.emplace_back(Close{conn, code, std::move(reason)});
}

void Turn::broadcast(std::string_view event, const js::Value& payload) {
  broadcast_frame(*this, {.event = std::string(event), .payload = payload});
}

void Turn::broadcast_with_versions(std::string_view event, const js::Value& payload) {
  const wire::StateVersion versions{.presence = gateway.memory->presence_version,
                                    .health = gateway.memory->health_version};
  broadcast_frame(*this,
                  {.event = std::string(event), .payload = payload, .state_version = versions});
}

}  // namespace model::gateway
