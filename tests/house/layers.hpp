// Dependencies point one way: model <- sim <- {reports, fuzz, tests}, with sim/cli above all.
#pragma once

#include "tests/house/source.hpp"

namespace tests::house {

/// Every include that a file may not have: of a folder above or beside its own, of a file by its
/// bare name, and of what does input or output in model/.
[[nodiscard]] Complaints check_layers(const Source& source);

}  // namespace tests::house
