// Lower-casing and folding of js_string.hpp: what needs the Unicode tables.
#include <algorithm>
#include <optional>

#include "model/base/js_point.hpp"
#include "model/base/js_string.hpp"
#include "model/base/unicode_tables.hpp"

namespace model::js {

namespace {

constexpr std::uint32_t kCapitalSigma = 0x3a3;
constexpr std::uint32_t kSmallSigma = 0x3c3;
constexpr std::uint32_t kFinalSigma = 0x3c2;
constexpr std::uint32_t kCapitalDottedI = 0x130;

/// The row with the greatest `first` that is not above `point`, or null.
template <class Table>
const typename Table::value_type* row_of(const Table& table, std::uint32_t point) {
  const auto after =
      std::upper_bound(table.begin(), table.end(), point,
                       [](std::uint32_t wanted, const auto& row) { return wanted < row.first; });
  return after == table.begin() ? nullptr : &*std::prev(after);
}

std::uint32_t lower_point(std::uint32_t point) {
  const auto* row = row_of(tables::kLowerRanges, point);
  if (row == nullptr || point > row->last || (point - row->first) % row->step != 0) return point;
  return static_cast<std::uint32_t>(static_cast<std::int64_t>(point) + row->delta);
}

template <class Ranges>
bool contains(const Ranges& ranges, std::uint32_t point) {
  const auto* row = row_of(ranges, point);
  return row != nullptr && point <= row->last;
}

bool is_mark(std::uint32_t point) { return contains(tables::kMarks, point); }
bool is_cased(std::uint32_t point) { return contains(tables::kCased, point); }
bool is_case_ignorable(std::uint32_t point) { return contains(tables::kCaseIgnorable, point); }

/// Is there a cased character right behind byte `at`, ignorable ones aside?
bool cased_follows(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const Point point = point_at(text, at);
    if (!is_case_ignorable(point.value)) return is_cased(point.value);
    at += point.bytes;
  }
  return false;
}

const tables::Expansion* expansion_of(std::uint32_t point) {
  const auto& table = tables::kExpansions;
  const auto at = std::lower_bound(
      table.begin(), table.end(), point,
      [](const tables::Expansion& row, std::uint32_t wanted) { return row.point < wanted; });
  return at != table.end() && at->point == point ? &*at : nullptr;
}

}  // namespace

std::string lower_unicode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::uint32_t before = 0;  // the last character that is not ignorable
  for (std::size_t at = 0; at < text.size();) {
    const Point point = point_at(text, at);
    const std::size_t next = at + point.bytes;
    if (!point.valid) {
      out.push_back(text[at]);
    } else if (point.value == kCapitalDottedI) {
      out += "i\u0307";
    } else if (point.value == kCapitalSigma) {
      const bool ends_word = is_cased(before) && !cased_follows(text, next);
      append_point(out, ends_word ? kFinalSigma : kSmallSigma);
    } else {
      append_point(out, lower_point(point.value));
    }
    if (!is_case_ignorable(point.value)) before = point.value;
    at = next;
  }
  return out;
}

std::string normalise_for_policy(std::string_view text) {
  text = trim(text);
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const Point point = point_at(text, at);
    at += point.bytes;
    if (is_mark(point.value)) continue;
    const auto* run = row_of(tables::kAsciiRuns, point.value);
    if (run != nullptr && point.value - run->first < run->folded.size()) {
      out.push_back(run->folded[point.value - run->first]);
    } else if (const auto* expansion = expansion_of(point.value)) {
      out += expansion->folded;
    } else {
      append_point(out, lower_point(point.value));
    }
  }
  return out;
}

}  // namespace model::js
