// "did you mean ...?": the known name nearest to one that nobody knows.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace model {

/// Longest name that is compared. What somebody typed may be a whole file; beyond this nothing is
/// near, and the square table below stays small.
inline constexpr std::size_t kNearestBytesMax = 128;

/// Fewest insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`, in
/// bytes. Callers keep both short: time and space grow with the product of the lengths.
[[nodiscard]] inline std::size_t edit_distance(std::string_view a, std::string_view b) {
  const std::size_t width = b.size() + 1;
  std::vector<std::size_t> cells((a.size() + 1) * width);
  const auto at = [&](std::size_t i, std::size_t j) -> std::size_t& {
    return cells[i * width + j];
  };
  for (std::size_t i = 0; i <= a.size(); ++i) at(i, 0) = i;
  for (std::size_t j = 0; j <= b.size(); ++j) at(0, j) = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replace = at(i - 1, j - 1) + (a[i - 1] == b[j - 1] ? 0 : 1);
      std::size_t best = std::min({at(i - 1, j) + 1, at(i, j - 1) + 1, replace});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        best = std::min(best, at(i - 2, j - 2) + 1);
      }
      at(i, j) = best;
    }
  }
  return at(a.size(), b.size());
}

/// The candidate with the smallest edit distance to `name`, the first of equals; none if even that
/// one differs in more than a third of its characters (one edit is always near enough).
template <class Candidates>
[[nodiscard]] std::optional<std::string> nearest(std::string_view name,
                                                 const Candidates& candidates) {
  if (name.empty() || name.size() > kNearestBytesMax) return std::nullopt;
  std::optional<std::string> best;
  std::size_t best_distance = 0;
  for (const auto& candidate : candidates) {
    const std::string_view known = candidate;
    if (known.size() > kNearestBytesMax) continue;
    const std::size_t distance = edit_distance(name, known);
    if (distance > std::max<std::size_t>(1, std::max(name.size(), known.size()) / 3)) continue;
    if (!best || distance < best_distance) {
      best = std::string(known);
      best_distance = distance;
    }
  }
  return best;
}

/// ", did you mean 'x'?" for the nearest candidate, or nothing.
template <class Candidates>
[[nodiscard]] std::string did_you_mean(std::string_view name, const Candidates& candidates) {
  const auto known = nearest(name, candidates);
  return known ? ", did you mean '" + *known + "'?" : std::string();
}

}  // namespace model
