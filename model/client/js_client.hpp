// The JavaScript client: command line, node host, backend (docs/protocol/client.md section 2).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/base/names.hpp"
#include "model/base/time.hpp"
#include "model/client/credential_choice.hpp"
#include "model/client/device_auth_store.hpp"
#include "model/client/endpoint.hpp"
#include "model/client/js_session.hpp"
#include "model/client/output.hpp"
#include "model/crypto/identity.hpp"

namespace model::client {

/// The one channel of a JavaScript client.
inline constexpr std::string_view kMainChannel = "main";

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

struct JsDurable {
  DeviceAuthStore tokens;  ///< not scoped by gateway (C-23)
  bool operator==(const JsDurable&) const = default;
};

/// A request that waits for its answer.
struct PendingCall {
  std::string method;
  Instant due;
  bool operator==(const PendingCall&) const = default;
};

/// Gone when the program ends.
struct JsMemory {
  JsStage stage = JsStage::idle;
  Millis back_off{1'000};
  bool retry_pending = false;      ///< C-13
  bool budget_used = false;        ///< C-18
  std::string connect_id;          ///< of the connect request under way
  Choice sent;                     ///< what it carries
  bool stored_token_held = false;  ///< R was there when it was sent
  std::string refusal_code;        ///< of its answer (C-16), empty if there was none
  std::string stopped_why;
  std::optional<Instant> deadline;  ///< of the stage: challenge, answer, close or back-off
  Instant watch_since;              ///< when the tick watch began
  Millis tick_interval{30'000};
  Instant last_heard;
  std::map<std::string, PendingCall> calls;  ///< by request id
  bool operator==(const JsMemory&) const = default;
};

struct JsClient {
  JsOptions options;
  JsDurable durable;
  JsMemory memory;
  bool operator==(const JsClient&) const = default;
};

[[nodiscard]] Outputs step(JsClient& client, const Input& input, const crypto::KeyPair& key,
                           Instant now, NameSource& names);
[[nodiscard]] std::map<std::string, Instant> timers(const JsClient& client);
[[nodiscard]] std::string session_state(const JsClient& client);

}  // namespace model::client
