#include "model/client/retry.hpp"

#include <algorithm>
#include <array>

#include "model/base/check.hpp"

namespace model::client {
namespace {

constexpr std::string_view kTokenMismatch = "AUTH_TOKEN_MISMATCH";

constexpr auto kJavaScriptPauses = std::to_array<std::string_view>({
    "AUTH_TOKEN_MISSING",
    "AUTH_BOOTSTRAP_TOKEN_INVALID",
    "AUTH_PASSWORD_MISSING",
    "AUTH_PASSWORD_MISMATCH",
    "AUTH_RATE_LIMITED",
    "PAIRING_REQUIRED",
    "CONTROL_UI_DEVICE_IDENTITY_REQUIRED",
    "DEVICE_IDENTITY_REQUIRED",
});

/// What the Swift channel pauses for beyond that (C-53).
constexpr auto kSwiftPausesToo = std::to_array<std::string_view>({
    "AUTH_TOKEN_NOT_CONFIGURED",
    "AUTH_PASSWORD_NOT_CONFIGURED",
});

bool listed(const auto& codes, std::string_view code) {
  return std::ranges::find(codes, code) != codes.end();
}

/// 0.5 * 1.7^n seconds for n = 1 ... 5, in milliseconds rounded up; then the limit of 8 seconds.
constexpr auto kLoopSleeps = std::to_array<std::int64_t>({850, 1445, 2457, 4177, 7100, 8000});

}  // namespace

Millis next_delay(const DoublingBackOff& curve, Millis delay) {
  return std::min(2 * delay, curve.limit);
}

Millis loop_sleep(int attempt) {
  CHECK(attempt >= 1);
  const auto index = std::min(static_cast<std::size_t>(attempt), kLoopSleeps.size()) - 1;
  return {kLoopSleeps[index]};
}

bool pauses_javascript(const PauseCase& given) {
  if (listed(kJavaScriptPauses, given.code)) return true;
  if (given.code != kTokenMismatch || given.retry_pending) return false;
  return given.trust == EndpointTrust::untrusted || given.budget_used;
}

bool pauses_swift(const PauseCase& given) {
  if (listed(kJavaScriptPauses, given.code) || listed(kSwiftPausesToo, given.code)) return true;
  return given.code == kTokenMismatch && given.budget_used && !given.retry_pending;
}

bool earns_retry(const RetryCase& given) {
  const bool offered = given.offer.can_retry_with_device_token ||
                       given.offer.recommended_next_step == "retry_with_device_token" ||
                       given.offer.code == kTokenMismatch;
  return offered && !given.budget_used && !given.device_token_sent && given.token_held &&
         given.stored_token_held && given.trust == EndpointTrust::trusted;
}

}  // namespace model::client
