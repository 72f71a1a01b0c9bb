// Shared authentication: the gateway's token or password, a trusted proxy, Tailscale
// (docs/protocol/gateway.md G-13 ... G-16).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/base/time.hpp"
#include "model/gateway/config.hpp"
#include "model/gateway/limiter.hpp"
#include "model/gateway/request_context.hpp"
#include "model/policy/policy.hpp"
#include "model/wire/connect_params.hpp"

namespace model::gateway {

/// Where a device-token candidate was found.
enum class DeviceTokenSource : std::uint8_t {
  none,
  explicit_member,  ///< auth.deviceToken
  fallback,         ///< auth.token
};

/// Where authentication stands. Later stages change it (credentials.hpp).
struct AuthState {
  bool ok = false;
  std::string method;    ///< "none", "token", "password", "trusted-proxy", "tailscale",
                         ///< "bootstrap-token", "device-token"; while not ok, a label for G-19
  std::string reason;    ///< why not ok; empty if there is no reason
  bool limited = false;  ///< refused by a rate limit
  bool shared_provided = false;
  bool shared_ok = false;
  std::optional<std::string> bootstrap_candidate;     ///< trimmed
  std::optional<std::string> device_token_candidate;  ///< trimmed
  DeviceTokenSource device_token_source = DeviceTokenSource::none;
  bool operator==(const AuthState&) const = default;
};

/// What shared authentication looks at besides the limiter.
struct SharedAuthInput {
  const Config& config;
  const StartedAuth& started;
  const policy::Policy& policy;
  const RequestContext& context;
  const wire::ConnectAuth& presented;  ///< as sent
  bool has_device = false;             ///< after G-12
  Instant now;
  /// Login that the Tailscale lookup gave (G-15); none: not looked up, or it failed.
  std::optional<std::string> tailscale_login = std::nullopt;
};

/// G-13.
///
/// @param limiter  that of G-4: the browser limiter for clients with an Origin, else the normal
///                 one; null if there is none
[[nodiscard]] AuthState authenticate_shared(const SharedAuthInput& input, Limiter* limiter);

/// G-15: would Tailscale be asked for this connection?
[[nodiscard]] bool asks_tailscale(const SharedAuthInput& input);

/// G-16: why the proxy's word does not count; empty if it does.
[[nodiscard]] std::string trusted_proxy_refusal(const RequestContext& context, const Config& config,
                                                const policy::Policy& policy);

}  // namespace model::gateway
