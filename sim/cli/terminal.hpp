// The terminal that we print to.
#pragma once

#include <cstddef>

namespace sim::cli {

/// Columns: of the terminal, else of COLUMNS, else 100; never below 60.
[[nodiscard]] std::size_t terminal_width();

}  // namespace sim::cli
