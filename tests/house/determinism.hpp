// Nothing in model/ or sim/ may make two runs differ: no clock, no chance, no unordered iteration,
// no address order, no floating point, no threads, no environment.
#pragma once

#include "tests/house/source.hpp"

namespace tests::house {

/// Every word that lets the surroundings into a run. Files outside model/ and sim/ are not looked
/// at; the exceptions, each with its reason, are in determinism.cpp.
[[nodiscard]] Complaints check_determinism(const Source& source);

}  // namespace tests::house
