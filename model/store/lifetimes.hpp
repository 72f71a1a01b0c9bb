// How long records live (docs/protocol/gateway.md section 10.1, S-5).
#pragma once

#include "model/base/json.hpp"
#include "model/base/time.hpp"
#include "model/store/record.hpp"

namespace model::store {

inline constexpr Millis kBootstrapLife{600'000};     ///< of a bootstrap token, from its `ts`
inline constexpr Millis kPendingLife{300'000};       ///< of a device or node request, from its `ts`
inline constexpr Millis kReverifyTolerance{60'000};  ///< bootstrap.reverify_write=tolerance

/// Is a record with this `ts` too old at `now`? A record that is exactly `life` old is alive, and
/// one without a number never expires (S-5).
[[nodiscard]] inline bool expired(const js::Value* ts, Instant now, Millis life) {
  const auto since = number_of(ts);
  return since && *since < (now - life).ms;  // in this form no file content can overflow
}

}  // namespace model::store
