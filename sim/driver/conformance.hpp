// A whole conformance run: files of vectors in, one report out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <istream>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/result.hpp"
#include "sim/driver/conform_report.hpp"

namespace sim {

struct ConformanceOptions {
  std::vector<std::string> only;        ///< ids, `*` and `?` match as in file names; empty: all
  std::optional<std::uint64_t> rename;  ///< every vector under other names
  std::vector<std::string> policy;      ///< FIELD=VALUE, on top of each vector's revision
  std::ostream* record = nullptr;       ///< where to write what the model answers, as vectors
  std::size_t jobs = 1;                 ///< worlds under way at once
  std::function<void(const ConformReport&)> progress;  ///< now and then
};

/// Does the id match the pattern?
[[nodiscard]] bool matches_glob(std::string_view pattern, std::string_view id);

/// Replays every vector of a stream and adds its verdict to the report.
///
/// A line that is no vector is named in `report.bad_lines`, and the run goes on. Error: a policy
/// field or value that nobody knows.
[[nodiscard]] model::Result<void> conform(std::istream& input, const std::string& file,
                                          const ConformanceOptions& options, ConformReport& report);

}  // namespace sim
