// Small texts that scenarios are made of: spans of time, ranges, names.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/time.hpp"
#include "sim/driver/scenario.hpp"

namespace sim {

/// "5s", "300ms", "9m59s999ms", "2h", "1d", "-1ms" or bare milliseconds; none if it is no time or
/// longer than 400 days.
[[nodiscard]] std::optional<model::Millis> read_span(std::string_view text);

/// "3", ">= 2", "<= 5", "1..3"; none if it is no range.
[[nodiscard]] std::optional<Range> read_range(std::string_view text);

/// A whole number, nothing before or after it.
[[nodiscard]] std::optional<std::int64_t> whole_number(std::string_view text);

/// May this word name a gateway, device, person, code or list?
[[nodiscard]] bool is_name(std::string_view text);

/// The names that $name stands for in a text: "$phone.key and $code" gives phone and code. "$$" is
/// a dollar sign.
[[nodiscard]] std::vector<std::string> names_in(std::string_view text);

}  // namespace sim
