// Does what the model did agree with what was recorded? (tests/vectors/README.md section 8)
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "model/base/json.hpp"
#include "sim/driver/conform.hpp"
#include "sim/driver/vector.hpp"

namespace sim {

/// One place at which they differ.
struct Difference {
  std::optional<std::size_t> step;  ///< none: in the stores at the end
  std::string path;                 ///< inside the observation or the stores: "response.error.code"
  std::string shape;                ///< the path with every index as [] and every map key as *
  std::optional<model::js::Value> expected, got;  ///< none: there is no such member
};

/// All places, in the order of the steps, then the stores; at most `differences_max`. Equality is
/// up to a one-to-one renaming of the `$R` symbols and of the `$T` symbols that holds over the
/// whole vector. Members are unordered; the order of arrays matters. What was not recorded (a story
/// without observations) does not differ.
[[nodiscard]] std::vector<Difference> compare(const Vector& vector, const Replay& replay,
                                              std::size_t differences_max = 50);

/// The text with the numbers of `$R` and `$T` symbols left out: what differs only in them has the
/// same cause.
[[nodiscard]] std::string without_symbol_numbers(const std::string& text);

}  // namespace sim
