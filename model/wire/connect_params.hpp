// What a client says of itself in its first request: the parameters of `connect`
// (docs/protocol/wire.md section 5).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/base/json.hpp"
#include "model/base/result.hpp"
#include "model/wire/schema.hpp"

namespace model::wire {

/// Which program connects, as it claims.
struct ClientInfo {
  std::string id;  ///< one of client_ids()
  std::optional<std::string> display_name;
  std::string version;
  std::string platform;
  std::optional<std::string> device_family;
  std::optional<std::string> model_identifier;
  std::string mode;  ///< one of client_modes()
  std::optional<std::string> instance_id;
  bool operator==(const ClientInfo&) const = default;
};

/// The device proof as sent (docs/protocol/crypto.md section 4); nothing of it is checked yet.
struct DeviceProof {
  std::string id;
  std::string public_key;
  std::string signature;
  std::int64_t signed_at = 0;  ///< milliseconds; numbers beyond 2^63 - 1 count as that
  std::string nonce;
  bool operator==(const DeviceProof&) const = default;
};

/// Secrets as sent, untrimmed. Absent and empty differ (K-20).
struct ConnectAuth {
  std::optional<std::string> token;
  std::optional<std::string> bootstrap_token;
  std::optional<std::string> device_token;
  std::optional<std::string> password;
  bool operator==(const ConnectAuth&) const = default;
};

/// Valid parameters, as sent: absent members stay absent.
struct ConnectParams {
  std::int64_t min_protocol = 3;
  std::int64_t max_protocol = 3;
  ClientInfo client;
  std::optional<std::vector<std::string>> caps;
  std::optional<std::vector<std::string>> commands;
  /// In member order. Values are booleans, except behind a name with a line end (section 5).
  std::optional<std::vector<std::pair<std::string, js::Value>>> permissions;
  std::optional<std::string> path_env;
  std::optional<std::string> role;                 ///< absent means "operator"
  std::optional<std::vector<std::string>> scopes;  ///< absent means none
  std::optional<DeviceProof> device;
  std::optional<ConnectAuth> auth;
  std::optional<std::string> locale;
  std::optional<std::string> user_agent;
  bool operator==(const ConnectParams&) const = default;

  /// Section 5, Defaults.
  [[nodiscard]] std::string effective_role() const { return role.value_or("operator"); }
  [[nodiscard]] std::vector<std::string> effective_scopes() const {
    return scopes.value_or(std::vector<std::string>{});
  }
};

[[nodiscard]] const Schema& connect_schema();

/// Client ids and modes that the schema accepts, in its order.
[[nodiscard]] std::span<const std::string_view> client_ids();
[[nodiscard]] std::span<const std::string_view> client_modes();

/// Reads `params` of a connect request. The error is the full text of all violations, without
/// the prefix "invalid connect params: " (W-37); absent parameters count as null.
[[nodiscard]] Result<ConnectParams> read_connect_params(const std::optional<js::Value>& params);

/// The parameters as a client sends them, members in the JavaScript client's order (client.md
/// section 2): minProtocol, maxProtocol, client, caps, commands, permissions, pathEnv, auth, role,
/// scopes, device, then locale and userAgent.
[[nodiscard]] js::Value to_json(const ConnectParams& params);

/// Derived kinds of client (section 5).
[[nodiscard]] bool is_control_ui(const ClientInfo& client);  ///< W-40, G-10, 12.2
[[nodiscard]] bool is_browser_operator_ui(const ClientInfo& client);
[[nodiscard]] bool is_webchat(const ClientInfo& client);
[[nodiscard]] bool is_cli(const ClientInfo& client);

}  // namespace model::wire
