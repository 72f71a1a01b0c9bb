#include "model/base/js_number.hpp"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <system_error>
#include <version>

#include "model/base/js_string.hpp"

#if !defined(__cpp_lib_to_chars)  // libc++ 19 has no floating from_chars
#include <locale.h>
#include <stdlib.h>
#endif

namespace model::js {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

/// The pieces of a decimal literal whose grammar has been checked.
struct Decimal {
  bool negative = false;
  std::string_view digits;  // with at most one '.', without exponent
  std::string_view whole;   // digits and exponent, without sign
  std::string_view exponent;
};

/// Of a number out of double's range: is it too large, rather than too small?
bool too_large(const Decimal& decimal) {
  constexpr std::int64_t kHuge = std::int64_t{1} << 40;  // beyond what any text could balance
  std::int64_t exponent = 0;
  std::string_view text = decimal.exponent;
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  for (const char digit : text) {
    if (exponent < kHuge) exponent = exponent * 10 + (digit - '0');
  }
  if (negative) exponent = -exponent;
  // Magnitude: 10^(exponent + places), where places counts from the point to the first digit.
  const std::size_t point = decimal.digits.find('.');
  const std::size_t first = decimal.digits.find_first_not_of("0.");
  if (first == std::string_view::npos) return false;
  const std::size_t integer_end = point == std::string_view::npos ? decimal.digits.size() : point;
  return exponent + static_cast<std::int64_t>(integer_end) - static_cast<std::int64_t>(first) > 0;
}

double read(const Decimal& decimal) {
  double number = 0;
#if defined(__cpp_lib_to_chars)
  const char* begin = decimal.whole.data();
  const auto result = std::from_chars(begin, begin + decimal.whole.size(), number);
  if (result.ec == std::errc::result_out_of_range) number = too_large(decimal) ? kInfinity : 0.0;
#else
  // strtod_l in the C locale rounds correctly, and gives HUGE_VAL or a tiny number out of range.
  static const locale_t c_locale = newlocale(LC_ALL_MASK, "C", static_cast<locale_t>(nullptr));
  number = strtod_l(std::string(decimal.whole).c_str(), nullptr, c_locale);
  if (std::isinf(number)) number = too_large(decimal) ? kInfinity : 0.0;
#endif
  return decimal.negative ? -number : number;
}

/// [+-] digits [. digits] [e[+-]digits] as Number(text) accepts it: ".5" and "5." count.
std::optional<double> read_loose_decimal(std::string_view text) {
  Decimal decimal;
  if (text.starts_with('-') || text.starts_with('+')) {
    decimal.negative = text.front() == '-';
    text.remove_prefix(1);
  }
  if (text == "Infinity") return decimal.negative ? -kInfinity : kInfinity;
  decimal.whole = text;
  std::size_t at = 0;
  std::size_t digits = 0;
  const auto skip_digits = [&] {
    const std::size_t begin = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return at - begin;
  };
  digits += skip_digits();
  if (at < text.size() && text[at] == '.') {
    ++at;
    digits += skip_digits();
  }
  if (digits == 0) return std::nullopt;
  decimal.digits = text.substr(0, at);
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    const std::size_t begin = ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (skip_digits() == 0) return std::nullopt;
    decimal.exponent = text.substr(begin, at - begin);
  }
  if (at != text.size()) return std::nullopt;
  return read(decimal);
}

/// Digits of a radix that is a power of two, rounded to nearest, ties to even.
std::optional<double> read_radix(std::string_view digits, int bits_per_digit) {
  if (digits.empty()) return std::nullopt;
  std::uint64_t top = 0;  // the first 64 significant bits
  bool rest = false;      // is any later bit set?
  int shift = 0;
  constexpr int kShiftMax = 4096;  // far beyond double's range
  for (const char byte : digits) {
    int digit = 0;
    if (is_digit(byte)) {
      digit = byte - '0';
    } else if (byte >= 'a' && byte <= 'f') {
      digit = byte - 'a' + 10;
    } else if (byte >= 'A' && byte <= 'F') {
      digit = byte - 'A' + 10;
    } else {
      return std::nullopt;
    }
    if (digit >= 1 << bits_per_digit) return std::nullopt;
    for (int bit = bits_per_digit - 1; bit >= 0; --bit) {
      const bool one = ((digit >> bit) & 1) != 0;
      if (top >> 63 == 0) {
        top = top << 1 | std::uint64_t{one};
      } else {
        rest = rest || one;
        if (shift < kShiftMax) ++shift;
      }
    }
  }
  // Below the 53 bits of a double there are eleven more, so the sticky bit decides ties rightly.
  return std::ldexp(static_cast<double>(top | std::uint64_t{rest}), shift);
}

}  // namespace

std::optional<double> parse_number(std::string_view literal) {
  std::string_view text = literal;
  if (text.starts_with('-')) text.remove_prefix(1);
  // JSON is stricter than Number(text): a digit first, no leading zeros, digits after the point.
  if (text.empty() || !is_digit(text.front())) return std::nullopt;
  if (text.size() > 1 && text[0] == '0' && is_digit(text[1])) return std::nullopt;
  const std::size_t point = text.find('.');
  if (point != std::string_view::npos && (point + 1 == text.size() || !is_digit(text[point + 1]))) {
    return std::nullopt;
  }
  return read_loose_decimal(literal);
}

std::string to_string(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
  if (number == 0) return "0";
  // Shortest form d[.ddd]e[+-]xx; ECMAScript lays the same digits out differently.
  char buffer[32];
  const auto written = std::to_chars(buffer, buffer + sizeof buffer, std::abs(number),
                                     std::chars_format::scientific);
  const std::string_view text(buffer, static_cast<std::size_t>(written.ptr - buffer));
  const std::size_t e = text.find('e');
  std::string digits(text.substr(0, 1));
  if (e > 2) digits += text.substr(2, e - 2);
  std::string_view exponent_text = text.substr(e + 1);
  if (exponent_text.starts_with('+')) exponent_text.remove_prefix(1);
  int exponent = 0;
  std::from_chars(exponent_text.data(), exponent_text.data() + exponent_text.size(), exponent);

  const int count = static_cast<int>(digits.size());
  const int point = exponent + 1;  // digits before the decimal point
  std::string out = number < 0 ? "-" : "";
  if (count <= point && point <= 21) {
    out += digits;
    out.append(static_cast<std::size_t>(point - count), '0');
  } else if (0 < point && point <= 21) {
    out.append(digits, 0, static_cast<std::size_t>(point));
    out += '.';
    out.append(digits, static_cast<std::size_t>(point));
  } else if (-6 < point && point <= 0) {
    out += "0.";
    out.append(static_cast<std::size_t>(-point), '0');
    out += digits;
  } else {
    out += digits.front();
    if (count > 1) {
      out += '.';
      out.append(digits, 1);
    }
    out += exponent < 0 ? "e-" : "e+";
    out += std::to_string(std::abs(exponent));
  }
  return out;
}

std::optional<double> to_number(std::string_view text) {
  text = trim(text);
  if (text.empty()) return 0.0;
  if (text.size() > 1 && text[0] == '0') {
    switch (text[1]) {
      case 'x':
      case 'X':
        return read_radix(text.substr(2), 4);
      case 'o':
      case 'O':
        return read_radix(text.substr(2), 3);
      case 'b':
      case 'B':
        return read_radix(text.substr(2), 1);
      default:
        break;
    }
  }
  return read_loose_decimal(text);
}

}  // namespace model::js
