// How a JavaScript client is set up (docs/protocol/client.md sections 2.1 and 2.8).
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/base/time.hpp"
#include "model/client/endpoint.hpp"
#include "model/wire/connect_params.hpp"

namespace model::client {

/// Section 2.1. An empty secret is none.
struct JsOptions {
  std::string url = "ws://127.0.0.1:18789";
  std::string token, bootstrap_token, device_token, password;
  bool device_identity = true;  ///< false: `deviceIdentity: null`
  std::string role = "operator";
  std::vector<std::string> scopes = {"operator.admin"};
  std::string client_name = "gateway-client";
  std::string mode = "backend";
  std::string version = "2026.3.31";
  std::string platform = "linux";
  std::optional<std::string> device_family, display_name, instance_id, path_env;
  std::vector<std::string> caps;  ///< always sent
  std::optional<std::vector<std::string>> commands;
  std::optional<std::vector<std::pair<std::string, bool>>> permissions;
  int min_protocol = 3;
  int max_protocol = 3;
  std::string tls_fingerprint;
  PlaintextPolicy plaintext = PlaintextPolicy::loopback_only;
  Millis challenge_timeout{10'000};       ///< clamped to 250 ... 10,000
  Millis request_timeout{30'000};         ///< bounds `connect` itself too
  Millis tick_watch_interval_min{1'000};  ///< clamped to 1 ... 30,000
  bool operator==(const JsOptions&) const = default;
};

/// Options of the known users (section 2.8).
[[nodiscard]] JsOptions node_host_options(std::string url, std::string instance_id);
[[nodiscard]] JsOptions cli_options(std::string url);

/// The parameters of `connect` that follow from the options alone: all but `auth` and `device`.
[[nodiscard]] wire::ConnectParams connect_params(const JsOptions& options);

}  // namespace model::client
