#include <algorithm>

#include "sim/driver/fields.hpp"
#include "sim/driver/vector.hpp"
#include "sim/driver/vector_symbols.hpp"

namespace sim {

namespace gateway = model::gateway;
namespace js = model::js;

namespace {

constexpr std::int64_t kCountMax = 1'000'000'000;
constexpr std::int64_t kSpanMax = 1'000'000'000'000;

gateway::AuthConfig read_auth(Fields& outer, const VectorSecrets& secrets) {
  gateway::AuthConfig auth;
  const js::Value* value = outer.object("auth");
  if (value == nullptr) return auth;
  Fields fields(*value, outer.what() + ", auth");
  if (const auto mode = fields.optional_text("mode")) {
    auth.mode = gateway::auth_mode(*mode);
    if (!auth.mode) {
      fields.mistake("unknown mode '" + *mode + "': token, password, none or trusted-proxy");
    }
  }
  for (const auto& [name, place] :
       {std::pair{"token", &auth.token}, std::pair{"password", &auth.password}}) {
    if (const auto text = fields.optional_text(name)) {
      *place = resolve_secret(*text, secrets).value_or(*text);
    }
  }
  if (const js::Value* proxy = fields.object("trustedProxy")) {
    Fields inner(*proxy, fields.what() + ".trustedProxy");
    auth.trusted_proxy =
        gateway::TrustedProxyAuth{.user_header = inner.text("userHeader"),
                                  .required_headers = inner.texts("requiredHeaders"),
                                  .allow_users = inner.texts("allowUsers")};
    fields.adopt(inner.finish());
  }
  outer.adopt(fields.finish());
  return auth;
}

std::optional<gateway::LimiterRules> read_rate_limit(Fields& outer) {
  const js::Value* value = outer.object("rateLimit");
  if (value == nullptr) return std::nullopt;
  gateway::LimiterRules rules;
  Fields fields(*value, outer.what() + ", rateLimit");
  rules.max_attempts = static_cast<int>(fields.integer("maxAttempts", 0, kCountMax, 10));
  rules.window = {fields.integer("windowMs", 0, kSpanMax, rules.window.count)};
  rules.lockout = {fields.integer("lockoutMs", 0, kSpanMax, rules.lockout.count)};
  rules.exempt_loopback = fields.flag("exemptLoopback", true);
  outer.adopt(fields.finish());
  return rules;
}

gateway::ControlUiConfig read_control_ui(Fields& outer) {
  gateway::ControlUiConfig ui;
  const js::Value* value = outer.object("controlUi");
  if (value == nullptr) return ui;
  Fields fields(*value, outer.what() + ", controlUi");
  ui.allowed_origins = fields.texts("allowedOrigins");
  ui.allow_insecure_auth = fields.flag("allowInsecureAuth", false);
  ui.dangerously_disable_device_auth = fields.flag("dangerouslyDisableDeviceAuth", false);
  ui.dangerously_allow_host_header_origin_fallback =
      fields.flag("dangerouslyAllowHostHeaderOriginFallback", false);
  outer.adopt(fields.finish());
  return ui;
}

}  // namespace

model::Result<gateway::Config> read_vector_config(const js::Value& value,
                                                  const VectorSecrets& secrets) {
  gateway::Config config;
  Fields fields(value, "config");
  config.auth = read_auth(fields, secrets);
  config.auth.rate_limit = read_rate_limit(fields);
  config.trusted_proxies = fields.texts("trustedProxies");
  config.allow_real_ip_fallback = fields.flag("allowRealIpFallback", false);
  config.control_ui = read_control_ui(fields);
  if (const js::Value* nodes = fields.object("nodes")) {
    Fields inner(*nodes, "config, nodes");
    config.nodes.allow_commands = inner.texts("allowCommands");
    config.nodes.deny_commands = inner.texts("denyCommands");
    fields.adopt(inner.finish());
  }
  config.max_preauth_connections_per_ip =
      static_cast<int>(fields.integer("maxPreauthConnectionsPerIp", 1, kCountMax, 32));
  if (const auto done = fields.finish(); !done) return std::unexpected(done.error());
  return config;
}

}  // namespace sim
