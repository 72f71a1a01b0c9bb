#include "model/gateway/locale_order.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "model/base/js_string.hpp"

namespace model::gateway {
namespace {

// The root collation's order of ASCII; letters follow, each lower case before its upper case.
constexpr std::string_view kBeforeLetters =
    "\t\n\v\f\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789";

constexpr std::uint32_t kIgnored = 0;
constexpr std::uint32_t kLetters = 100;
constexpr std::uint32_t kBeyondAscii = 1000;

constexpr std::array<std::uint32_t, 128> ascii_weights() {
  std::array<std::uint32_t, 128> weights{};
  for (std::size_t i = 0; i < kBeforeLetters.size(); ++i) {
    weights[static_cast<unsigned char>(kBeforeLetters[i])] = static_cast<std::uint32_t>(i) + 1;
  }
  for (std::uint32_t i = 0; i < 26; ++i) {
    weights['a' + i] = kLetters + i;
    weights['A' + i] = kLetters + i;
  }
  return weights;
}
constexpr auto kAscii = ascii_weights();

std::uint32_t decode(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) -> std::uint32_t {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const std::uint32_t lead = byte(at);
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  std::uint32_t point = lead;
  if (length > 1) {
    point = lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) point = point << 6 | (byte(at + i) & 0x3FU);
  }
  at += length;
  return point;
}

std::vector<std::uint32_t> weights_of(std::string_view text) {
  std::vector<std::uint32_t> weights;
  for (std::size_t at = 0; at < text.size();) {
    const std::uint32_t point = decode(text, at);
    const std::uint32_t weight = point < kAscii.size() ? kAscii[point] : kBeyondAscii + point;
    if (weight != kIgnored) weights.push_back(weight);
  }
  return weights;
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Letters without marks and case.
std::vector<std::uint32_t> base_weights(std::string_view text) {
  if (is_ascii(text)) return weights_of(text);
  return weights_of(js::normalise_for_policy(text));
}

/// False (lower) sorts before true (upper), letter by letter.
std::vector<bool> cases(std::string_view text) {
  std::vector<bool> upper;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < kAscii.size() &&
        kAscii[static_cast<unsigned char>(c)] == kIgnored)
      continue;
    upper.push_back(c >= 'A' && c <= 'Z');
  }
  return upper;
}

}  // namespace

bool locale_less(std::string_view a, std::string_view b) {
  const auto base_a = base_weights(a);
  const auto base_b = base_weights(b);
  if (base_a != base_b) return base_a < base_b;
  const std::string marked_a = js::lower_unicode(a);
  const std::string marked_b = js::lower_unicode(b);
  if (marked_a != marked_b) return js::utf16_less(marked_a, marked_b);
  return cases(a) < cases(b);
}

}  // namespace model::gateway
