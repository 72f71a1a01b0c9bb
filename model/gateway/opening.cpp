// The end of a successful handshake: the session begins, and hello-ok says so
// (docs/protocol/gateway.md G-50 to G-56, wire.md section 9).

#include "model/gateway/handshake_steps.hpp"
#include "model/gateway/session.hpp"
#include "model/store/views.hpp"
#include "model/wire/events.hpp"
#include "model/wire/hello.hpp"

namespace model::gateway {

namespace {

std::string text_member(const js::Value& record, std::string_view name) {
  const std::string* text = js::string_member(record, name);
  return text == nullptr ? std::string() : *text;
}

std::int64_t millis_member(const js::Value& record, std::string_view name, std::int64_t otherwise) {
  const js::Value* value = js::member(record, name);
  return value != nullptr && value->is_number() ? value->integer() : otherwise;
}

/// What hello-ok tells of the device token; none if there is no token (G-50).
std::optional<wire::IssuedToken> issued_token(const js::Value& entry) {
  if (!entry.is_object()) return std::nullopt;
  std::vector<std::string> scopes;
  if (const js::Array* list = js::array_member(entry, "scopes")) {
    for (const js::Value& scope : *list) {
      if (scope.is_string()) scopes.push_back(scope.string());
    }
  }
  return wire::IssuedToken{
      .device_token = text_member(entry, "token"),
      .role = text_member(entry, "role"),
      .scopes = std::move(scopes),
      .issued_at_ms = millis_member(entry, "rotatedAtMs", millis_member(entry, "createdAtMs", 0))};
}

Session session_of(const Progress& at) {
  const Handshake& handshake = at.handshake;
  const wire::ClientInfo& client = handshake.params->client;
  Session session;
  session.role = handshake.role;
  session.scopes = handshake.scopes;
  session.connect = *handshake.params;
  if (handshake.has_device) session.device_id = handshake.params->device->id;
  if (handshake.role == "node") session.node_id = session.device_id.value_or(client.id);
  session.platform = handshake.platform;
  session.device_family = handshake.device_family;
  session.commands = handshake.commands;
  session.reported_ip = reported_ip(*handshake.context, at.turn.config(), at.turn.policy());
  session.auth_method = handshake.auth.method;
  session.connected_at = at.turn.now;
  return session;
}

/// G-53: from here on the connection is a session. A socket that was closed meanwhile gets one all
/// the same, and keeps it (W-42).
void register_session(Progress& at, const Session& session) {
  const auto found = at.turn.gateway.connections.find(at.conn);
  if (found == at.turn.gateway.connections.end()) return;
  Connection& connection = found->second.edit();
  connection.move(ConnectionCue::opened);
  connection.deadline.reset();
  connection.session = Shared<Session>(session);
  if (!connection.holds_budget) return;
  connection.holds_budget = false;
  auto& preauth = at.turn.gateway.memory.edit().preauth;
  if (--preauth.at(connection.budget_key) == 0) preauth.erase(connection.budget_key);
}

}  // namespace

js::Object node_request_fields(const Turn& turn, const Handshake& handshake) {
  const wire::ClientInfo& client = handshake.params->client;
  const auto list = [](const std::vector<std::string>& texts) {
    js::Array array;
    for (const std::string& text : texts) array.emplace_back(text);
    return js::Value(std::move(array));
  };
  js::Object fields;
  fields.set_if("displayName", client.display_name);
  fields.set("platform", handshake.platform);
  fields.set("version", client.version);
  fields.set_if("deviceFamily", handshake.device_family);
  fields.set_if("modelIdentifier", client.model_identifier);
  if (handshake.params->caps) fields.set("caps", list(*handshake.params->caps));
  fields.set("commands", list(handshake.commands));
  fields.set_if("remoteIp", reported_ip(*handshake.context, turn.config(), turn.policy()));
  return fields;
}

void open_session(Progress& at) {
  Turn& turn = at.turn;
  Session session = session_of(at);
  register_presence(turn, at.conn, session);
  register_session(at, session);
  if (!session.node_id.empty()) register_node(turn, at.conn, session, at.handler + " touch");

  const std::optional<wire::IssuedToken> token = issued_token(at.handshake.token);
  turn.fact({.kind = FactKind::hello_sent,
             .conn = at.conn,
             .device_id = session.device_id.value_or(""),
             .role = session.role,
             .token = token ? token->device_token : "",
             .detail = session.auth_method,
             .scopes = session.scopes});
  turn.respond(at.conn, at.handshake.request_id,
               wire::to_json(wire::Hello{.server_version = turn.config().version,
                                         .connection_id = at.handshake.connection_id,
                                         .snapshot = snapshot(turn),
                                         .canvas_host_url = std::nullopt,
                                         .auth = token}));
  // W-58: the health snapshot is refreshed, and a node hears what wakes it.
  ++turn.gateway.memory.edit().health_version;
  turn.broadcast_with_versions(wire::event::kHealth, js::Object());
  if (session.role == "node") {
    turn.send(at.conn,
              wire::write(wire::EventFrame{.event = std::string(wire::event::kVoicewakeChanged),
                                           .payload = wire::voicewake_payload({}),
                                           .seq = std::nullopt,
                                           .state_version = std::nullopt}));
  }
}

}  // namespace model::gateway
