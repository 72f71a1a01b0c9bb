// When a client that hears nothing gives its session up.
#pragma once

#include "model/base/time.hpp"

namespace model::client {

/// A check that runs every `period` from `since` on and fails once `last_heard` is more than
/// `tolerance` ago. The instant of the first check that fails if nothing more is heard: checks
/// before it have no effect, so nobody needs to wake for them.
[[nodiscard]] constexpr Instant silence_noticed_at(Instant since, Millis period, Instant last_heard,
                                                   Millis tolerance) {
  const Millis silent_since = last_heard + tolerance - since;
  const std::int64_t checks = silent_since.count < 0 ? 1 : silent_since.count / period.count + 1;
  return since + checks * period;
}

/// The first instant after `now` of a grid of polls: `since`, `since + period`, and so on.
[[nodiscard]] constexpr Instant next_poll(Instant since, Millis period, Instant now) {
  return silence_noticed_at(since, period, now, {0});
}

}  // namespace model::client
