// `sim run FILE --interactive`: a person picks each action.
#pragma once

#include "sim/cli/program.hpp"
#include "sim/driver/script.hpp"

namespace sim::cli {

/// Shows what is enabled, takes one action after the other from the input until it ends or says
/// `quit`; the exit code says what the expectations came to.
[[nodiscard]] int play_interactively(const Scenario& scenario, const Cell& cell,
                                     const ScriptOptions& options, Streams streams);

}  // namespace sim::cli
