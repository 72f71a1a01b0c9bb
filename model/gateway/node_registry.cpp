// What the gateway remembers of a session beside the connection itself: presence, the node
// registry, and what their end takes away (docs/protocol/gateway.md section 8).
#include <string>
#include <utility>

#include "model/base/check.hpp"
#include "model/base/js_string.hpp"
#include "model/gateway/node_invoke.hpp"
#include "model/gateway/session.hpp"
#include "model/wire/errors.hpp"
#include "model/wire/events.hpp"
#include "model/wire/hello.hpp"

namespace model::gateway {
namespace {

store::NodeUpdate last_connected(const std::string& node_id, Instant at) {
  return {.node_id = node_id, .fields = js::Object{{"lastConnectedAtMs", at.ms}}};
}

/// `snapshot.authMode` is that of the configuration, not that of the start (wire.md section 9).
wire::AuthMode shown_mode(AuthMode mode) {
  switch (mode) {
    case AuthMode::none:
      return wire::AuthMode::none;
    case AuthMode::token:
      return wire::AuthMode::token;
    case AuthMode::password:
      return wire::AuthMode::password;
    case AuthMode::trusted_proxy:
      break;
  }
  return wire::AuthMode::trusted_proxy;
}

}  // namespace

void register_presence(Turn& turn, const ConnectionKey& conn, Session& session) {
  const wire::ClientInfo& client = session.connect.client;
  if (wire::is_cli(client)) return;
  session.presence_key = session.device_id    ? *session.device_id
                         : client.instance_id ? *client.instance_id
                                              : turn.gateway.connections.at(conn)->id;
  Memory& memory = turn.gateway.memory.edit();
  upsert(memory.presence, session.presence_key,
         PresenceEntry{.host = client.display_name.value_or(client.id),
                       .ip = session.reported_ip,
                       .version = client.version,
                       .platform = session.platform,
                       .device_family = session.device_family,
                       .model_identifier = client.model_identifier,
                       .mode = client.mode,
                       .reason = "connect",
                       .device_id = session.device_id,
                       .instance_id = session.device_id ? session.device_id : client.instance_id,
                       .roles = {session.role},
                       .scopes = session.scopes,
                       .ts = turn.now},
         turn.now);
  ++memory.presence_version;
}

void register_node(Turn& turn, const ConnectionKey& conn, const Session& session,
                   const HandlerKey& touch) {
  if (session.role != "node") return;
  Memory& memory = turn.gateway.memory.edit();
  memory.node_sessions[session.node_id] = conn;
  memory.node_of[conn] = session.node_id;

  NodeTouch machine{.node_id = session.node_id, .connected_at = session.connected_at};
  const std::string instance(js::trim(session.connect.client.instance_id.value_or("")));
  if (instance != session.node_id) machine.instance_id = instance;
  Handler handler{.conn = conn,
                  .need = Transact{last_connected(session.node_id, session.connected_at)},
                  .machine = std::move(machine)};
  turn.gateway.handlers.insert_or_assign(touch, Shared<Handler>(std::move(handler)));
}

void resume_node_touch(Turn& turn, const HandlerKey& handler, Resume resume) {
  const auto found = turn.gateway.handlers.find(handler);
  CHECK(found != turn.gateway.handlers.end());
  if (const auto* failed = std::get_if<StoreFailed>(&resume)) {
    turn.fact({.kind = FactKind::store_failed,
               .conn = found->second->conn,
               .detail = "last connection of a node: " + failed->what});
  }
  NodeTouch machine = std::get<NodeTouch>(found->second->machine);
  if (machine.second || machine.instance_id.empty()) {
    turn.gateway.handlers.erase(found);
    return;
  }
  machine.second = true;
  Handler& next = found->second.edit();
  next.need = Transact{last_connected(machine.instance_id, machine.connected_at)};
  next.machine = std::move(machine);
}

void unregister_session(Turn& turn, const ConnectionKey& conn, const Session& session) {
  if (!session.presence_key.empty()) {
    Memory& memory = turn.gateway.memory.edit();
    mark_disconnected(memory.presence, session.presence_key, turn.now);
    ++memory.presence_version;
    turn.broadcast_with_versions(wire::event::kPresence,
                                 wire::presence_payload(list(memory.presence, turn.now)));
  }
  const auto known = turn.gateway.memory->node_of.find(conn);
  if (known == turn.gateway.memory->node_of.end()) return;
  const std::string node_id = known->second;
  Memory& memory = turn.gateway.memory.edit();
  memory.node_of.erase(conn);
  // Whichever session it holds: a newer one that is still open becomes unknown too (G-54, odd).
  memory.node_sessions.erase(node_id);
  fail_invokes(turn, node_id);
}

void close_device_sessions(Turn& turn, std::string_view device_id, std::string_view role) {
  const wire::CloseFrame frame = wire::device_removed_close();
  for (const auto& [conn, connection] : turn.gateway.connections) {
    if (!connection->session) continue;
    const Session& session = **connection->session;
    if (!session.connect.device || session.connect.device->id != device_id) continue;
    if (!role.empty() && session.role != role) continue;
    turn.close(conn, frame.code, frame.reason);
  }
}

js::Value snapshot(const Turn& turn) {
  const Memory& memory = *turn.gateway.memory;
  const Config& config = turn.config();
  return wire::to_json(wire::Snapshot{
      .presence = list(memory.presence, turn.now),
      .state_version = {.presence = memory.presence_version, .health = memory.health_version},
      .uptime_ms = (turn.now - memory.started_at).count,
      .config_path = config.config_path,
      .state_dir = config.state_dir,
      .auth_mode = shown_mode(auth_mode(config.auth))});
}

}  // namespace model::gateway
