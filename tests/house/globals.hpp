// There is no state outside of the World: no variable that outlives a call and may change.
#pragma once

#include "tests/house/source.hpp"

namespace tests::house {

/// Variables at namespace scope, static members and static locals that are neither const nor
/// constexpr, in model/ and sim/ (sim/cli holds its interrupt flag and is not looked at).
[[nodiscard]] Complaints check_globals(const Source& source);

}  // namespace tests::house
