// Numbers as JavaScript reads and writes them: the only floating point in model/ and sim/.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace model::js {

/// Value of a JSON number literal, rounded to the nearest double; beyond the range, an infinity.
/// None if `literal` is not exactly one JSON number.
[[nodiscard]] std::optional<double> parse_number(std::string_view literal);

/// ECMAScript Number::toString with radix 10: shortest digits that read back, exponent form from
/// 1e21 and below 1e-6, "-0" prints as "0".
[[nodiscard]] std::string to_string(double number);

/// ECMAScript Number(text) as used for environment overrides (W-10, W-20): trims, accepts hex,
/// binary, octal and Infinity, empty is 0; none for NaN.
[[nodiscard]] std::optional<double> to_number(std::string_view text);

}  // namespace model::js
