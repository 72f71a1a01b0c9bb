// One gateway process: everything that it holds in memory, as a value.
//
// What survives a restart is not here but in files (G-58). The functions that change a Gateway are
// in connection.hpp (bytes in, bytes out), handshake.hpp (the connect procedure), session.hpp (what
// comes after hello-ok) and host_command.hpp (what the host's own tools ask for).
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/base/json.hpp"
#include "model/base/machine.hpp"
#include "model/base/shared.hpp"
#include "model/base/time.hpp"
#include "model/gateway/config.hpp"
#include "model/gateway/handshake.hpp"
#include "model/gateway/host_command.hpp"
#include "model/gateway/limiter.hpp"
#include "model/gateway/method_call.hpp"
#include "model/gateway/need.hpp"
#include "model/gateway/node_touch.hpp"
#include "model/gateway/presence.hpp"
#include "model/gateway/request_context.hpp"
#include "model/policy/policy.hpp"
#include "model/wire/connect_params.hpp"

namespace model::gateway {

/// The world's readable name of a connection ("phone/1": the phone's first), unique and ordered.
using ConnectionKey = std::string;
/// The world's readable name of a handler: connection key and number of the message ("phone/1#2").
using HandlerKey = std::string;

/// What a finished handshake opened (G-53).
struct Session {
  std::string role;
  std::vector<std::string> scopes;       ///< after G-19
  wire::ConnectParams connect;           ///< as sent
  std::optional<std::string> device_id;  ///< none without a device identity in use
  std::string presence_key;              ///< empty: no presence entry (CLI)
  std::string node_id;                   ///< device id, else client id; empty unless role node
  std::string platform;                  ///< pinned spelling (G-31 row 3), else as sent
  std::optional<std::string> device_family;
  std::vector<std::string> commands;  ///< effective (section 9)
  std::optional<std::string> reported_ip;
  std::string auth_method;  ///< "bootstrap-token", "device-token", "token", ...
  Instant connected_at;
  bool operator==(const Session&) const = default;
};

/// How far a connection's handshake is known to be (G-57). Handlers have stages of their own.
enum class ConnectionStage : std::uint8_t { pending, failed, connected };
enum class ConnectionCue : std::uint8_t {
  refused,     ///< a handler refused
  timed_out,   ///< the handshake timer (W-21)
  broken_off,  ///< closed by the layer or by an exception (W-4, W-16, S-7), or the gateway stops
  opened,      ///< a handler opened a session
};

// clang-format off
/// Connection::move takes arrows from here and from nowhere else. Handlers are not queued, so one can
/// refuse after another has opened a session, or open one after another has refused (W-42).
inline constexpr auto kConnection = std::to_array<Arrow<ConnectionStage, ConnectionCue>>({
    {ConnectionStage::pending,   ConnectionCue::refused,    ConnectionStage::failed,    "a handler refuses"},
    {ConnectionStage::pending,   ConnectionCue::timed_out,  ConnectionStage::failed,    "10 s are over (W-21)"},
    {ConnectionStage::pending,   ConnectionCue::broken_off, ConnectionStage::failed,    "closed below the protocol"},
    {ConnectionStage::pending,   ConnectionCue::opened,     ConnectionStage::connected, "hello-ok"},
    {ConnectionStage::failed,    ConnectionCue::refused,    ConnectionStage::failed,    "another handler refuses"},
    {ConnectionStage::failed,    ConnectionCue::opened,     ConnectionStage::connected, "a handler in flight opens a session all the same (W-42)"},
    {ConnectionStage::connected, ConnectionCue::opened,     ConnectionStage::connected, "a second handler in flight opens one too (W-42)"},
    {ConnectionStage::connected, ConnectionCue::refused,    ConnectionStage::failed,    "a second handler in flight refuses (W-42)"},
    {ConnectionStage::connected, ConnectionCue::broken_off, ConnectionStage::connected, "the session is closed"},
});
// clang-format on
static_assert(deterministic(kConnection), "two arrows leave one stage on one cue");
static_assert(ends_only_in(kConnection, {}), "a stage that nobody can leave");

[[nodiscard]] std::string_view name_of(ConnectionStage stage);
[[nodiscard]] std::string_view name_of(ConnectionCue cue);

/// Server side of one connection. It owns no handshake stage: handlers have those.
struct Connection {
  std::string id;     ///< random connection id (W-11), shown in hello-ok
  std::string nonce;  ///< of the challenge, never replaced (W-12)
  RequestContext context;
  Instant opened_at;
  ConnectionStage stage = ConnectionStage::pending;
  bool closed = false;        ///< closed by the gateway or gone; messages are ignored (W-32)
  bool holds_budget = false;  ///< a unit of the pre-authentication budget (W-10)
  std::string budget_key;
  std::optional<Instant> deadline;  ///< the handshake timer, while it runs (W-20)
  std::string cause;                ///< first cause set (G-57)
  int refused_in_a_row = 0;         ///< flood guard (W-49)
  std::uint64_t buffered_bytes =
      0;                       ///< sent but not taken by the peer, as the network tells (W-53)
  std::uint32_t messages = 0;  ///< how many arrived; names the handlers
  std::optional<Shared<Session>> session;
  bool operator==(const Connection&) const = default;

  /// Takes the arrow for `cue`; one that is not in the table is our bug (CHECK).
  void move(ConnectionCue cue);
};

/// A request of one session that waits for a node's answer (`node.invoke`, section 12.2).
struct PendingInvoke {
  ConnectionKey from;
  std::string request_id;  ///< of the caller's frame
  std::string node_id, command;
  Instant deadline;
  bool operator==(const PendingInvoke&) const = default;
};

/// Memory that belongs to no single connection. A restart forgets it (G-58).
struct Memory {
  Instant started_at;
  StartedAuth auth;                ///< mode and secrets, fixed at start (G-14)
  std::optional<Limiter> limiter;  ///< normal one: only if configured (G-5)
  Limiter browser_limiter;
  std::map<std::string, int> preauth;  ///< sockets that hold a budget unit, by key (W-10)
  Presence presence;                   ///< G-52
  std::map<std::string, ConnectionKey> node_sessions;  ///< node id to its latest session (G-54)
  std::map<ConnectionKey, std::string> node_of;        ///< connection to node id (G-54)
  std::map<std::string, PendingInvoke> invokes;        ///< by invoke id
  std::int64_t seq = 0;                                ///< W-51
  std::int64_t presence_version = 0, health_version = 0;
  Instant next_tick;  ///< W-19
  bool operator==(const Memory&) const = default;
};

/// One handler: a value that lives in the process and holds only its connection's key, so it goes
/// on when the socket closes, as the real one does (W-21, section 11).
struct Handler {
  ConnectionKey conn;  ///< empty for host commands
  Need need;
  std::variant<Handshake, MethodCall, HostCommand, NodeTouch> machine;
  bool operator==(const Handler&) const = default;
};

/// A gateway process, or (without connections) a command-line tool's process on the same files.
struct Gateway {
  Shared<Config> config;
  Shared<policy::Policy> policy;
  Shared<Memory> memory;
  std::map<ConnectionKey, Shared<Connection>> connections;
  std::map<HandlerKey, Shared<Handler>> handlers;
  bool operator==(const Gateway&) const = default;
};

}  // namespace model::gateway
