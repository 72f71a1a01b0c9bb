#include "sim/driver/words.hpp"

#include <algorithm>
#include <charconv>

namespace sim {
namespace {

constexpr std::int64_t kSpanMax = 400LL * 24 * 60 * 60 * 1000;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<model::Millis> read_span(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  std::int64_t total = 0;
  bool bare = true;
  while (!text.empty()) {
    std::size_t digits = 0;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
    if (digits == 0 || digits > 12) return std::nullopt;
    const std::int64_t number = *whole_number(text.substr(0, digits));
    text.remove_prefix(digits);
    std::size_t letters = 0;
    while (letters < text.size() && text[letters] >= 'a' && text[letters] <= 'z') ++letters;
    const std::string_view unit = text.substr(0, letters);
    text.remove_prefix(letters);
    std::int64_t factor = 0;
    if (unit == "ms")
      factor = 1;
    else if (unit == "s")
      factor = 1000;
    else if (unit == "m" || unit == "min")
      factor = 60'000;
    else if (unit == "h")
      factor = 3'600'000;
    else if (unit == "d")
      factor = 86'400'000;
    else if (unit.empty() && bare && text.empty())
      factor = 1;
    else
      return std::nullopt;
    if (number > kSpanMax / factor) return std::nullopt;
    total += number * factor;
    if (total > kSpanMax) return std::nullopt;
    bare = false;
  }
  return model::Millis{negative ? -total : total};
}

std::optional<Range> read_range(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with(">=")) {
    const auto least = whole_number(trimmed(text.substr(2)));
    return least ? std::optional(Range{.least = *least}) : std::nullopt;
  }
  if (text.starts_with("<=")) {
    const auto most = whole_number(trimmed(text.substr(2)));
    return most ? std::optional(Range{.least = 0, .most = *most}) : std::nullopt;
  }
  if (const std::size_t dots = text.find(".."); dots != std::string_view::npos) {
    const auto least = whole_number(trimmed(text.substr(0, dots)));
    const auto most = whole_number(trimmed(text.substr(dots + 2)));
    if (!least || !most || *least > *most) return std::nullopt;
    return Range{*least, *most};
  }
  const auto exact = whole_number(text);
  return exact ? std::optional(Range{*exact, *exact}) : std::nullopt;
}

bool is_name(std::string_view text) {
  if (text.empty() || text.size() > 40 || text[0] < 'a' || text[0] > 'z') return false;
  return std::ranges::all_of(
      text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

std::vector<std::string> names_in(std::string_view text) {
  std::vector<std::string> names;
  for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at)) {
    ++at;
    if (at < text.size() && text[at] == '$') {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && ((text[end] >= 'a' && text[end] <= 'z') ||
                                 (text[end] >= '0' && text[end] <= '9') || text[end] == '_')) {
      ++end;
    }
    names.emplace_back(text.substr(at, end - at));
    at = end;
  }
  return names;
}

}  // namespace sim
