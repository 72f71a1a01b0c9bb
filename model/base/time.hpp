// Points and spans of time. There is no clock here: whoever needs the time is handed it.
#pragma once

#include <compare>
#include <cstdint>

namespace model {

/// A span of time in milliseconds, possibly negative.
struct Millis {
  std::int64_t count = 0;
  auto operator<=>(const Millis&) const = default;
};

/// A reading of some host's wall clock: whole milliseconds since the Unix epoch
/// (docs/protocol/README.md, Conventions: there is no monotonic clock).
struct Instant {
  std::int64_t ms = 0;
  auto operator<=>(const Instant&) const = default;
};

constexpr Millis operator-(Instant a, Instant b) { return {a.ms - b.ms}; }
constexpr Instant operator+(Instant a, Millis b) { return {a.ms + b.count}; }
constexpr Instant operator-(Instant a, Millis b) { return {a.ms - b.count}; }
constexpr Millis operator+(Millis a, Millis b) { return {a.count + b.count}; }
constexpr Millis operator-(Millis a, Millis b) { return {a.count - b.count}; }
constexpr Millis operator*(std::int64_t n, Millis span) { return {n * span.count}; }

}  // namespace model
