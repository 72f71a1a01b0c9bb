#include "model/gateway/credentials.hpp"

namespace model::gateway {

namespace {

void accept(AuthState& state, std::string_view method) {
  state.ok = true;
  state.method = method;
  state.reason.clear();
  state.limited = false;
}

void refuse(AuthState& state, std::string_view reason, bool limited) {
  state.ok = false;
  state.reason = reason;
  state.limited = limited;
}

/// The limiter that counts bootstrap tokens: none in any release (G-6).
Limiter* bootstrap_limiter(const policy::Policy& policy, const Counting& counting) {
  return policy.bootstrap_rate_limit == policy::BootstrapRateLimit::on ? counting.limiter : nullptr;
}

bool not_empty(const std::optional<std::string>& text) { return text && !text->empty(); }

}  // namespace

std::optional<std::string> bootstrap_to_verify(AuthState& state, const policy::Policy& policy,
                                               const Counting& counting) {
  if (state.ok || !state.bootstrap_candidate) return std::nullopt;
  Limiter* limiter = bootstrap_limiter(policy, counting);
  if (limiter != nullptr && !limiter->check(LimitScope::bootstrap, counting.ip, counting.now)) {
    refuse(state, "rate_limited", /*limited=*/true);
    return std::nullopt;
  }
  return state.bootstrap_candidate;
}

void bootstrap_answered(AuthState& state, bool verified, const policy::Policy& policy,
                        const Counting& counting) {
  Limiter* limiter = bootstrap_limiter(policy, counting);
  if (verified) {
    accept(state, "bootstrap-token");
    if (limiter != nullptr) limiter->reset(LimitScope::bootstrap, counting.ip);
    return;
  }
  refuse(state, "bootstrap_token_invalid", /*limited=*/false);
  if (limiter != nullptr) {
    limiter->record_failure(LimitScope::bootstrap, counting.ip, counting.now);
  }
}

std::optional<std::string> device_token_to_verify(AuthState& state, const Counting& counting) {
  if (state.ok || !state.device_token_candidate) return std::nullopt;
  if (counting.limiter != nullptr &&
      !counting.limiter->check(LimitScope::device_token, counting.ip, counting.now)) {
    refuse(state, "rate_limited", /*limited=*/true);
  }
  return state.limited ? std::nullopt : state.device_token_candidate;
}

void device_token_answered(AuthState& state, bool verified, const wire::ConnectAuth& auth,
                           const policy::Policy& policy, const Counting& counting) {
  Limiter* limiter = counting.limiter;
  if (verified) {
    accept(state, "device-token");
    if (limiter == nullptr) return;
    limiter->reset(LimitScope::device_token, counting.ip);
    const bool secret_sent = not_empty(auth.token) || not_empty(auth.password);
    if (secret_sent && policy.reset_shared_on_device_token == policy::ResetShared::yes) {
      limiter->reset(LimitScope::shared_secret, counting.ip);
    }
    return;
  }
  const bool keeps_reason =
      state.device_token_source == DeviceTokenSource::fallback && !state.reason.empty();
  if (!keeps_reason) state.reason = "device_token_mismatch";
  if (limiter != nullptr) {
    limiter->record_failure(LimitScope::device_token, counting.ip, counting.now);
  }
}

}  // namespace model::gateway
