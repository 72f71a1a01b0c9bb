// What any file of the repository keeps to: it builds for a stranger, and it is on a list.
#pragma once

#include "tests/house/source.hpp"

namespace tests::house {

/// Paths of somebody's machine and addresses of package registries.
[[nodiscard]] Complaints check_places(const Source& source);

/// Sources and headers that no CMakeLists.txt of their folder (or of one above) names, and sources
/// that are found by globbing; headers of tests need no list. `all` is the whole repository.
[[nodiscard]] Complaints check_lists(const std::vector<Source>& all);

/// C++ files of more than `lines_max` lines, longest first: a hint, not a rule.
[[nodiscard]] Complaints long_files(const std::vector<Source>& all, int lines_max);

}  // namespace tests::house
