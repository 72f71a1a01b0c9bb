// The answer that opens a session: hello-ok (docs/protocol/wire.md sections 9 and 13).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/json.hpp"
#include "model/wire/auth_refusal.hpp"
#include "model/wire/frame.hpp"

namespace model::wire {

/// Names of `features.methods`, in the order sent: what a gateway without plugins offers. The list
/// advertises; it authorises nothing.
[[nodiscard]] std::span<const std::string_view> method_names();

/// `snapshot.sessionDefaults`; out of this project's scope, so the defaults of a fresh gateway.
struct SessionDefaults {
  std::string default_agent_id = "main";
  std::string main_key = "main";
  std::string main_session_key = "agent:main:main";
  std::string scope = "per-sender";
  bool operator==(const SessionDefaults&) const = default;
};

/// `snapshot.updateAvailable`.
struct UpdateAvailable {
  std::string current_version, latest_version, channel;
  bool operator==(const UpdateAvailable&) const = default;
};

/// What a new client sees of the gateway process.
struct Snapshot {
  js::Value presence = js::Array();  ///< entries, newest first
  js::Value health = js::Object();   ///< the last health snapshot, or {}
  StateVersion state_version;
  std::int64_t uptime_ms = 0;
  std::string config_path, state_dir;  ///< on the gateway host
  SessionDefaults session_defaults;
  AuthMode auth_mode = AuthMode::token;
  std::optional<UpdateAvailable> update_available;
};
[[nodiscard]] js::Value to_json(const Snapshot& snapshot);

/// The device token that comes with a session (G-50).
struct IssuedToken {
  std::string device_token;
  std::string role;
  std::vector<std::string> scopes;  ///< of the token
  std::int64_t issued_at_ms = 0;    ///< its `rotatedAtMs`, else its `createdAtMs`
  bool operator==(const IssuedToken&) const = default;
};

struct Hello {
  std::string server_version;  ///< "2026.3.31"
  std::string connection_id;   ///< W-11
  js::Value snapshot;          ///< to_json(Snapshot)
  std::optional<std::string> canvas_host_url;
  std::optional<IssuedToken> auth;
};

/// The payload of the response, members in the order sent.
[[nodiscard]] js::Value to_json(const Hello& hello);

}  // namespace model::wire
