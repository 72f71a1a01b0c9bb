#include "model/gateway/shared_auth.hpp"

#include <algorithm>

#include "model/base/address.hpp"
#include "model/base/js_string.hpp"
#include "model/crypto/sha256.hpp"
#include "model/store/views.hpp"  // clean

namespace model::gateway {

namespace {

/// One evaluation of G-14.
struct Outcome {
  bool ok = false;
  std::string method;
  std::string reason;
  bool limited = false;
};

Outcome accepted(std::string_view method) { return {.ok = true, .method = std::string(method)}; }
Outcome refused(std::string_view reason) { return {.reason = std::string(reason)}; }
Outcome rate_limited() { return {.reason = "rate_limited", .limited = true}; }

/// A secret against the configured one; `kind` is "token" or "password".
Outcome compare_secret(std::string_view kind, const std::optional<std::string>& provided,
                       const std::optional<std::string>& configured) {
  const std::string name(kind);
  if (!configured) return refused(name + "_missing_config");
  if (!provided) return refused(name + "_missing");
  if (!crypto::secrets_equal(*provided, *configured)) return refused(name + "_mismatch");
  return accepted(kind);
}

bool tailscale_vouches(const SharedAuthInput& input) {
  if (!input.tailscale_login || !asks_tailscale(input)) return false;
  const auto normal = [](std::string_view text) { return js::lower_unicode(js::trim(text)); };
  const std::string claimed = header(input.context, "tailscale-user-login").value_or("");
  return normal(claimed) == normal(*input.tailscale_login);
}

Outcome evaluate(const SharedAuthInput& input, Limiter* limiter, bool with_tailscale) {
  const AuthMode mode = input.started.mode;
  if (mode == AuthMode::trusted_proxy) {
    std::string reason = trusted_proxy_refusal(input.context, input.config, input.policy);
    return reason.empty() ? accepted("trusted-proxy") : Outcome{.reason = std::move(reason)};
  }
  if (mode == AuthMode::none) return accepted("none");

  const std::string ip = limiter_ip(input.context, input.config);
  if (limiter != nullptr && !limiter->check(LimitScope::shared_secret, ip, input.now)) {
    return rate_limited();
  }
  Outcome outcome =
      with_tailscale && tailscale_vouches(input) ? accepted("tailscale")
      : mode == AuthMode::password
          ? compare_secret("password", store::clean(input.presented.password),
                           input.started.password)
          : compare_secret("token", store::clean(input.presented.token), input.started.token);
  if (limiter != nullptr && outcome.ok) limiter->reset(LimitScope::shared_secret, ip);
  if (limiter != nullptr && outcome.reason.ends_with("_mismatch")) {
    limiter->record_failure(LimitScope::shared_secret, ip, input.now);
  }
  return outcome;
}

bool by_secret(const Outcome& outcome) {
  return outcome.ok && (outcome.method == "token" || outcome.method == "password");
}

void find_candidates(const SharedAuthInput& input, AuthState& state) {
  const auto token = store::clean(input.presented.token);
  state.shared_provided = token || store::clean(input.presented.password);
  if (!input.has_device) return;
  state.bootstrap_candidate = store::clean(input.presented.bootstrap_token);
  if (const auto device_token = store::clean(input.presented.device_token)) {
    state.device_token_candidate = device_token;
    state.device_token_source = DeviceTokenSource::explicit_member;
  } else if (token) {
    state.device_token_candidate = token;
    state.device_token_source = DeviceTokenSource::fallback;
  }
}

}  // namespace

bool asks_tailscale(const SharedAuthInput& input) {
  const RequestContext& context = input.context;
  const auto given = [&](std::string_view name) {
    return !js::blank(header(context, name).value_or(""));
  };
  const auto peer = parse_forwarded_address(context.peer_address);
  return allows_tailscale(input.config, input.started.mode) &&
         !is_local(context, input.config, input.policy) && given("tailscale-user-login") && peer &&
         is_loopback(*peer) && given("x-forwarded-for") && given("x-forwarded-proto") &&
         given("x-forwarded-host");
}

std::string trusted_proxy_refusal(const RequestContext& context, const Config& config,
                                  const policy::Policy& policy) {
  if (!config.auth.trusted_proxy) return "trusted_proxy_config_missing";
  if (config.trusted_proxies.empty()) return "trusted_proxy_no_proxies_configured";
  if (!is_trusted_proxy(context.peer_address, config)) return "trusted_proxy_untrusted_source";
  const auto peer = parse_forwarded_address(context.peer_address);
  if (policy.trusted_proxy_loopback == policy::ProxyLoopback::refused && is_loopback(*peer)) {
    return "trusted_proxy_loopback_source";
  }
  const TrustedProxyAuth& rules = *config.auth.trusted_proxy;
  for (const std::string& name : rules.required_headers) {
    if (js::blank(header(context, name).value_or(""))) {
      return "trusted_proxy_missing_header_" + name;
    }
  }
  const auto user = store::clean(header(context, rules.user_header));
  if (!user) return "trusted_proxy_user_missing";
  if (!rules.allow_users.empty() &&
      std::ranges::find(rules.allow_users, *user) == rules.allow_users.end()) {
    return "trusted_proxy_user_not_allowed";
  }
  return {};
}

AuthState authenticate_shared(const SharedAuthInput& input, Limiter* limiter) {
  AuthState state;
  find_candidates(input, state);
  const bool skipped = input.policy.shared_limit_with_device ==
                       policy::SharedLimitWithDevice::skipped;  // [28], D-10
  const bool unlimited =
      skipped ? state.device_token_candidate.has_value() : !state.shared_provided;
  Outcome outcome = evaluate(input, unlimited ? nullptr : limiter, /*with_tailscale=*/true);

  if (skipped && state.device_token_candidate && by_secret(outcome) && limiter != nullptr) {
    const std::string ip = limiter_ip(input.context, input.config);
    if (limiter->check(LimitScope::shared_secret, ip, input.now)) {
      limiter->reset(LimitScope::shared_secret, ip);
    } else {
      outcome = rate_limited();
    }
  }
  const Outcome again = evaluate(input, nullptr, /*with_tailscale=*/false);
  state.shared_ok = (state.shared_provided && by_secret(again)) ||
                    (outcome.ok && outcome.method == "trusted-proxy");
  state.ok = outcome.ok;
  state.method = !outcome.method.empty()                    ? outcome.method
                 : input.started.mode == AuthMode::password ? "password"
                                                            : "token";
  state.reason = outcome.reason;
  state.limited = outcome.limited;
  return state;
}

}  // namespace model::gateway
