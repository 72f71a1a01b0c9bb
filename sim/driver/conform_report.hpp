// What a conformance run found, counted, grouped and told.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/base/json.hpp"
#include "sim/driver/vector_compare.hpp"

namespace sim {

/// One vector's verdict.
struct Verdict {
  std::string location;  ///< "tests/vectors/2026.3.31.jsonl:12"
  std::string id, revision;
  std::vector<std::string> tags;
  std::vector<std::string> kinds;  ///< the `do` of each step
  std::vector<Difference> differences;
  std::string stopped;     ///< why the story could not be played to its end; empty: it was
  bool our_fault = false;  ///< it stopped because an assumption of this program broke

  [[nodiscard]] bool matched() const { return differences.empty() && stopped.empty(); }
};

/// Counts of all vectors, or of those with a tag.
struct Tally {
  std::size_t vectors = 0, matched = 0;
};

/// Verdicts in the order in which they were reached, and lines that held no vector.
struct ConformReport {
  Tally all;
  std::map<std::string, Tally> by_tag;
  std::vector<Verdict> failing;
  std::vector<std::string> bad_lines;  ///< located messages
  std::size_t our_faults = 0;          ///< stories that broke the program

  void add(Verdict verdict);
};

/// Failing vectors whose first differences look alike: same step, same place, same two values but
/// for the numbers of symbols.
struct Cause {
  std::string what;  ///< "connect: response.error.message: expected ..., got ..."
  std::vector<std::string> ids;
};

/// Most frequent first.
[[nodiscard]] std::vector<Cause> causes(const ConformReport& report);

/// For a person: failing vectors with at most `differences_shown` of their differences, causes, the
/// table of tags and one line with the sum.
[[nodiscard]] std::string describe(const ConformReport& report, std::size_t differences_shown);

/// `{"vectors","matched","by_tag","mismatches":[{"id","step","path","expected","got"}]}`; `step` is
/// null for the stores at the end, an absent value is absent, and a story that stopped has `error`.
[[nodiscard]] model::js::Value to_json(const ConformReport& report);

}  // namespace sim
