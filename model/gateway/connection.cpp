#include "model/gateway/connection.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "model/base/check.hpp"
#include "model/gateway/handshake.hpp"
#include "model/gateway/host_command.hpp"
#include "model/gateway/session.hpp"
#include "model/wire/events.hpp"
#include "model/wire/limits.hpp"

namespace model::gateway {

namespace {

constexpr std::string_view kHandshakeTimer = "handshake ";
constexpr std::string_view kInvokes = "invokes";

/// Does any handler of this connection still run?
bool has_handler(const Gateway& gateway, const ConnectionKey& conn) {
  return std::ranges::any_of(gateway.handlers,
                             [&](const auto& entry) { return entry.second->conn == conn; });
}

void give_back_budget(Turn& turn, const ConnectionKey& conn) {
  Connection& connection = turn.gateway.connections.at(conn).edit();
  if (!connection.holds_budget) return;
  connection.holds_budget = false;
  auto& preauth = turn.gateway.memory.edit().preauth;
  if (--preauth.at(connection.budget_key) == 0) preauth.erase(connection.budget_key);
}

}  // namespace

std::string_view name_of(ConnectionStage stage) {
  switch (stage) {
    case ConnectionStage::pending:
      return "pending";
    case ConnectionStage::failed:
      return "failed";
    case ConnectionStage::connected:
      return "connected";
  }
  return "?";
}

std::string_view name_of(ConnectionCue cue) {
  switch (cue) {
    case ConnectionCue::refused:
      return "refused";
    case ConnectionCue::timed_out:
      return "timed_out";
    case ConnectionCue::broken_off:
      return "broken_off";
    case ConnectionCue::opened:
      return "opened";
  }
  return "?";
}

void Connection::move(ConnectionCue cue) {
  const auto* arrow = find(kConnection, stage, cue);
  CHECK_THAT(arrow != nullptr, std::string(name_of(stage)) + " on " + std::string(name_of(cue)));
  stage = arrow->to;
}

Gateway boot(const Config& config, const policy::Policy& policy, Instant now) {
  Gateway gateway;
  gateway.config = config;
  gateway.policy = policy;
  Memory memory;
  memory.started_at = now;
  memory.auth = started_auth(config.auth);
  memory.limiter = normal_limiter(config);
  memory.browser_limiter = browser_limiter(config);
  memory.next_tick = now + wire::kTickInterval;
  gateway.memory = std::move(memory);
  return gateway;
}

void accept(Turn& turn, const ConnectionKey& conn, const RequestContext& context) {
  const std::string key = budget_key(context, turn.config());
  const auto& preauth = turn.gateway.memory->preauth;
  const auto held = preauth.find(key);
  if (held != preauth.end() && held->second >= turn.config().max_preauth_connections_per_ip) {
    const std::string body = "Too many unauthenticated sockets";
    turn.fact({.kind = FactKind::upgrade_refused, .conn = conn, .detail = body});
    turn.effects.emplace_back(RefuseUpgrade{conn, 503, body});  // W-9
    return;
  }
  ++turn.gateway.memory.edit().preauth[key];
  Connection connection;
  connection.id = turn.names.mint(NameKind::connection, conn);
  connection.nonce = turn.names.mint(NameKind::nonce, conn);
  connection.context = context;
  connection.opened_at = turn.now;
  connection.holds_budget = true;
  connection.budget_key = key;
  connection.deadline = turn.now + turn.config().handshake_timeout;
  const std::string nonce = connection.nonce;
  turn.gateway.connections.insert_or_assign(conn, std::move(connection));
  turn.fact({.kind = FactKind::challenged, .conn = conn, .token = nonce});
  turn.send(conn, wire::write(wire::connect_challenge(nonce, turn.now)));
}

void receive(Turn& turn, const ConnectionKey& conn, wire::Opcode opcode, std::string_view bytes) {
  const Connection* open = turn.open_connection(conn);
  if (open == nullptr) {
    turn.fact({.kind = FactKind::ignored, .conn = conn, .detail = "the socket is closed (W-32)"});
    return;
  }
  const bool connected = open->session.has_value();
  const std::size_t bytes_max = connected ? wire::kMessageBytesMax : wire::kPreauthMessageBytesMax;
  if (bytes.size() > bytes_max) {
    const wire::CloseFrame close = wire::too_big_close();
    turn.close(conn, close.code, close.reason);
    return;
  }
  const std::optional<std::string> text = wire::decode_message(opcode, bytes);
  if (!text) {
    const wire::CloseFrame close = wire::invalid_utf8_close();
    turn.close(conn, close.code, close.reason);
    return;
  }
  const std::uint32_t number = ++turn.gateway.connections.at(conn).edit().messages;
  const HandlerKey handler = fmt::format("{}#{}", conn, number);
  if (connected) {
    receive_session_message(turn, conn, handler, *text);
  } else {
    start_handshake(turn, conn, handler, *text);
  }
}

void gone(Turn& turn, const ConnectionKey& conn, int code, std::string_view reason) {
  const auto found = turn.gateway.connections.find(conn);
  if (found == turn.gateway.connections.end()) return;
  give_back_budget(turn, conn);
  Connection& connection = turn.gateway.connections.at(conn).edit();
  connection.closed = true;
  connection.deadline.reset();
  if (connection.session) {
    const Shared<Session> session = *connection.session;
    connection.session.reset();
    turn.fact({.kind = FactKind::session_closed,
               .conn = conn,
               .device_id = session->device_id.value_or(""),
               .role = session->role,
               .detail = fmt::format("{} {}", code, reason)});
    unregister_session(turn, conn, *session);
  }
  sweep(turn.gateway, conn);
}

void resume(Turn& turn, const HandlerKey& handler, Resume with) {
  const auto found = turn.gateway.handlers.find(handler);
  if (found == turn.gateway.handlers.end()) return;
  const ConnectionKey conn = found->second->conn;
  struct ByMachine {
    Turn& turn;
    const HandlerKey& handler;
    Resume& with;
    void operator()(const Handshake&) const { resume_handshake(turn, handler, std::move(with)); }
    void operator()(const MethodCall&) const { resume_method_call(turn, handler, std::move(with)); }
    void operator()(const HostCommand&) const {
      resume_host_command(turn, handler, std::move(with));
    }
    void operator()(const NodeTouch&) const { resume_node_touch(turn, handler, std::move(with)); }
  };
  const auto machine = found->second->machine;  // the handler's own copy may go while it runs
  std::visit(ByMachine{turn, handler, with}, machine);
  if (!conn.empty()) sweep(turn.gateway, conn);
}

std::optional<Timer> next_timer(const Gateway& gateway) {
  std::optional<Timer> next;
  const auto consider = [&](Instant due, std::string what) {
    Timer timer{due, std::move(what)};
    if (!next || timer < *next) next = std::move(timer);
  };
  for (const auto& [conn, connection] : gateway.connections) {
    if (connection->deadline) {
      consider(*connection->deadline, std::string(kHandshakeTimer) + conn);
    }
  }
  for (const auto& [id, invoke] : gateway.memory->invokes) {
    consider(invoke.deadline, std::string(kInvokes));
  }
  return next;
}

void fire(Turn& turn, const Timer& timer) {
  if (timer.what == kInvokes) {
    expire_invokes(turn);
    return;
  }
  const ConnectionKey conn = timer.what.substr(kHandshakeTimer.size());
  const auto found = turn.gateway.connections.find(conn);
  if (found == turn.gateway.connections.end()) return;
  Connection& connection = found->second.edit();
  connection.move(ConnectionCue::timed_out);
  if (connection.cause.empty()) connection.cause = "handshake-timeout";
  const wire::CloseFrame close = wire::handshake_timeout_close();
  turn.close(conn, close.code, close.reason);
}

void tick_on_the_way(Turn& turn) {
  Memory& memory = turn.gateway.memory.edit();
  const bool heard = std::ranges::any_of(turn.gateway.connections, [](const auto& entry) {
    return entry.second->session.has_value();
  });
  const std::int64_t due = (turn.now - memory.next_tick).count / wire::kTickInterval.count + 1;
  memory.next_tick = memory.next_tick + due * wire::kTickInterval;
  if (heard) memory.seq += due;  // W-50: without a session a broadcast consumes no number
}

void shut_down(Turn& turn) {
  const js::Value payload = wire::shutdown_payload();
  turn.broadcast("shutdown", payload);
  std::vector<ConnectionKey> sessions;
  for (const auto& [conn, connection] : turn.gateway.connections) {
    if (connection->session && !connection->closed) sessions.push_back(conn);
  }
  const wire::CloseFrame close = wire::service_restart_close();
  for (const ConnectionKey& conn : sessions) turn.close(conn, close.code, close.reason);
}

void sweep(Gateway& gateway, const ConnectionKey& conn) {
  const auto found = gateway.connections.find(conn);
  if (found == gateway.connections.end()) return;
  // A session registered on a closed socket is never removed (W-42, a leak that is kept).
  if (found->second->closed && !found->second->session && !has_handler(gateway, conn)) {
    gateway.connections.erase(found);
  }
}

}  // namespace model::gateway
