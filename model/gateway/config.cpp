#include "model/gateway/config.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

#include "model/base/js_number.hpp"
#include "model/base/js_string.hpp"
#include "model/store/views.hpp"  // clean

namespace model::gateway {

namespace {

/// Configuration wins over environment; blank counts as not there.
std::optional<std::string> secret(const std::optional<std::string>& configured,
                                  const std::optional<std::string>& from_environment) {
  const auto own = store::clean(configured);
  return own ? own : store::clean(from_environment);
}

/// A finite number above 0, floored to an integer; numbers beyond 2^53 count as infinite.
std::optional<std::int64_t> number_from(std::string_view text) {
  const auto number = js::blank(text) ? std::nullopt : js::to_number(text);
  if (!number || !(*number > 0) || !(*number <= 9'007'199'254'740'991)) return std::nullopt;
  return static_cast<std::int64_t>(*number);
}

}  // namespace

std::optional<AuthMode> auth_mode(std::string_view name) {
  for (const AuthMode mode :
       {AuthMode::none, AuthMode::token, AuthMode::password, AuthMode::trusted_proxy}) {
    if (wire::name_of(mode) == name) return mode;
  }
  return std::nullopt;
}

AuthMode auth_mode(const AuthConfig& auth, const Environment& environment) {
  if (auth.mode) return *auth.mode;
  return secret(auth.password, environment.password) ? AuthMode::password : AuthMode::token;
}

StartedAuth started_auth(const AuthConfig& auth, const Environment& environment) {
  return {.mode = auth_mode(auth, environment),
          .token = secret(auth.token, environment.token),
          .password = secret(auth.password, environment.password)};
}

Result<StartedAuth> start_auth(const Config& config, const policy::Policy& policy,
                               std::string_view fresh_token, const Environment& environment) {
  StartedAuth auth = started_auth(config.auth, environment);
  switch (auth.mode) {
    case AuthMode::none:
      break;
    case AuthMode::token:
      if (!auth.token) {
        auth.token = fresh_token;
        auth.token_generated = true;
      }
      break;
    case AuthMode::password:
      if (!auth.password) return fail("auth mode is password, but no password is configured");
      break;
    case AuthMode::trusted_proxy:
      if (!config.auth.trusted_proxy) {
        return fail("auth mode is trusted-proxy, but gateway.auth.trustedProxy is not configured");
      }
      if (config.trusted_proxies.empty()) {
        return fail("auth mode is trusted-proxy, but gateway.trustedProxies is empty");
      }
      // D-13: the release that refuses loopback proxies also refuses a token beside the proxy.
      if (policy.trusted_proxy_loopback == policy::ProxyLoopback::refused && auth.token) {
        return fail("auth mode is trusted-proxy, but a token is configured as well");
      }
      break;
  }
  return auth;
}

bool allows_tailscale(const Config& config, AuthMode mode) {
  if (config.auth.allow_tailscale) return *config.auth.allow_tailscale;
  return config.tailscale == TailscaleMode::serve && mode != AuthMode::password &&
         mode != AuthMode::trusted_proxy;
}

int max_preauth_connections(std::string_view environment_text, int otherwise) {
  const auto number = number_from(environment_text);
  if (!number || *number < 1) return otherwise;
  constexpr std::int64_t kMost = std::numeric_limits<int>::max();
  return static_cast<int>(std::min(*number, kMost));
}

Millis handshake_timeout(std::string_view environment_text, Millis otherwise) {
  const auto number = number_from(environment_text);
  return number ? Millis{*number} : otherwise;
}

}  // namespace model::gateway
