// What a gateway is configured with, and what it makes of that when it starts.
//
// One value holds everything that the handshake, the methods and the setup code read from
// configuration. Auth mode and secrets are fixed at start (StartedAuth, G-14); the rest is read
// when a connection opens (W-14).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/result.hpp"
#include "model/base/time.hpp"
#include "model/policy/policy.hpp"
#include "model/wire/auth_refusal.hpp"  // AuthMode

namespace model::gateway {

using wire::AuthMode;

/// The mode of this name: "none", "token", "password" or "trusted-proxy".
[[nodiscard]] std::optional<AuthMode> auth_mode(std::string_view name);

/// gateway.auth.trustedProxy (G-16).
struct TrustedProxyAuth {
  std::string user_header;
  std::vector<std::string> required_headers;
  std::vector<std::string> allow_users;  ///< empty: everybody
  bool operator==(const TrustedProxyAuth&) const = default;
};

/// gateway.auth.rateLimit (G-5).
struct LimiterRules {
  int max_attempts = 10;
  Millis window{60'000};
  Millis lockout{300'000};
  bool exempt_loopback = true;
  bool operator==(const LimiterRules&) const = default;
};

enum class TailscaleMode : std::uint8_t { off, serve, funnel };

/// gateway.auth.
struct AuthConfig {
  std::optional<AuthMode> mode;
  std::optional<std::string> token, password;
  std::optional<TrustedProxyAuth> trusted_proxy;
  std::optional<bool> allow_tailscale;  ///< none: by Tailscale mode and auth mode (G-15)
  std::optional<LimiterRules> rate_limit;
  bool operator==(const AuthConfig&) const = default;
};

/// gateway.controlUi.
struct ControlUiConfig {
  std::vector<std::string> allowed_origins;
  bool allow_insecure_auth = false;
  bool dangerously_disable_device_auth = false;
  bool dangerously_allow_host_header_origin_fallback = false;
  bool operator==(const ControlUiConfig&) const = default;
};

/// gateway.nodes.
struct NodesConfig {
  std::vector<std::string> allow_commands, deny_commands;
  bool operator==(const NodesConfig&) const = default;
};

/// gateway.tls.
struct TlsConfig {
  bool enabled = false;
  std::string fingerprint;  ///< SHA-256 of the certificate that clients see, lower-case hex
  bool operator==(const TlsConfig&) const = default;
};

struct Config {
  AuthConfig auth;
  std::vector<std::string> trusted_proxies;  ///< addresses, also `address/bits`
  bool allow_real_ip_fallback = false;
  ControlUiConfig control_ui;
  NodesConfig nodes;
  TlsConfig tls;
  TailscaleMode tailscale = TailscaleMode::off;

  std::string bind = "loopback";  ///< gateway.bind: loopback, lan, tailnet, custom, auto
  std::string custom_bind_host;
  int port = 18789;
  std::optional<std::string> public_url;  ///< plugins.entries.device-pair.config.publicUrl
  std::optional<std::string> remote_url;  ///< gateway.remote.url

  int max_preauth_connections_per_ip = 32;  ///< W-10
  Millis handshake_timeout{10'000};         ///< W-20

  // Texts that hello-ok shows (wire.md section 9).
  std::string version = "2026.3.31";
  std::string config_path = "/var/lib/openclaw/openclaw.json";
  std::string state_dir = "/var/lib/openclaw";

  bool operator==(const Config&) const = default;
};

/// Environment variables that count where configuration says nothing.
struct Environment {
  std::optional<std::string> token;     ///< OPENCLAW_GATEWAY_TOKEN
  std::optional<std::string> password;  ///< OPENCLAW_GATEWAY_PASSWORD
  bool operator==(const Environment&) const = default;
};

/// Mode and secrets for as long as the process lives (G-14). Secrets are trimmed and not blank.
struct StartedAuth {
  AuthMode mode = AuthMode::token;
  std::optional<std::string> token, password;
  bool token_generated = false;  ///< it goes into the configuration as well
  bool operator==(const StartedAuth&) const = default;
};

/// The explicit mode; else password, else token, whichever is configured; else token.
[[nodiscard]] AuthMode auth_mode(const AuthConfig& auth, const Environment& environment = {});

/// Mode and secrets as configured, without the refusals of a start: what a process that already
/// runs works with.
[[nodiscard]] StartedAuth started_auth(const AuthConfig& auth, const Environment& environment = {});

/// Starts a gateway (G-14, D-13).
///
/// @param fresh_token  used if the mode is token and none is configured (48 hex characters)
///
/// Refusals: mode password without a password; mode trusted-proxy without its settings or without
/// trusted proxies, or [31] with a token configured as well.
[[nodiscard]] Result<StartedAuth> start_auth(const Config& config, const policy::Policy& policy,
                                             std::string_view fresh_token,
                                             const Environment& environment = {});

/// Is Tailscale asked (G-15)? Explicit, else only in mode serve without password or trusted proxy.
[[nodiscard]] bool allows_tailscale(const Config& config, AuthMode mode);

/// Limits from environment texts: ignored unless finite and at least 1, then floored (W-10);
/// ignored unless finite and above 0 (W-20).
[[nodiscard]] int max_preauth_connections(std::string_view environment_text, int otherwise);
[[nodiscard]] Millis handshake_timeout(std::string_view environment_text, Millis otherwise);

}  // namespace model::gateway
