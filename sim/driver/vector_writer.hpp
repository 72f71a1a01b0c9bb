// Stories written as vectors, with what the model answered in place of what was recorded.
#pragma once

#include <string>

#include "sim/driver/conform.hpp"
#include "sim/driver/vector.hpp"

namespace sim {

/// One line of a vector file, without the line break: the story as it was read, with the model's
/// observations and stores.
[[nodiscard]] std::string vector_line(const Vector& vector, const Replay& replay);

}  // namespace sim
