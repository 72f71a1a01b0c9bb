// When a client tries again: back-off tables, the codes after which it does not, and the one retry
// with a stored device token.
#pragma once

#include <cstdint>
#include <string_view>

#include "model/base/time.hpp"
#include "model/client/credential_choice.hpp"

namespace model::client {

/// A delay that doubles from attempt to attempt up to a limit.
struct DoublingBackOff {
  Millis first;
  Millis limit;
};
inline constexpr DoublingBackOff kJavaScriptBackOff{{1000}, {30'000}};  ///< C-17
inline constexpr DoublingBackOff kChannelBackOff{{500}, {30'000}};      ///< C-52

/// The delay after `delay`.
[[nodiscard]] Millis next_delay(const DoublingBackOff& curve, Millis delay);

/// C-13, C-54: the delay before the one retry with a stored token is at most this.
inline constexpr Millis kRetryDelayMax{250};

/// Section 5.2: sleep of a loop after its `attempt`th failure in a row, counted from 1:
/// min(8, 0.5 * 1.7^attempt) seconds, rounded up to whole milliseconds because a sleep never ends
/// early.
[[nodiscard]] Millis loop_sleep(int attempt);

/// What the JavaScript client knows when a refused connection has closed (C-16).
struct PauseCase {
  std::string_view code;  ///< details code of the refusal, empty if there was none
  bool retry_pending = false;
  bool budget_used = false;
  EndpointTrust trust = EndpointTrust::untrusted;
};

/// C-16: no reconnect until somebody acts.
[[nodiscard]] bool pauses_javascript(const PauseCase& given);

/// C-53: the Swift channel's own reconnect and watchdog stop. Does not look at the endpoint.
[[nodiscard]] bool pauses_swift(const PauseCase& given);

/// What a refusal says about trying again with a stored device token.
struct RetryOffer {
  std::string_view code;
  bool can_retry_with_device_token = false;
  std::string_view recommended_next_step;
};

/// C-13, C-54: schedule the one retry with the stored device token?
struct RetryCase {
  RetryOffer offer;
  bool budget_used = false;
  bool device_token_sent = false;  ///< a resolved device token was sent (C-13), or it was the retry
  bool token_held = false;         ///< T
  bool stored_token_held = false;  ///< R
  EndpointTrust trust = EndpointTrust::untrusted;
};
[[nodiscard]] bool earns_retry(const RetryCase& given);

}  // namespace model::client
