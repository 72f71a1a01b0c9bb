// `sim conform FILE...`: recorded vectors replayed, and what agrees and what differs.
#pragma once

#include "sim/cli/program.hpp"

namespace CLI {
class App;
}

namespace sim::cli {

/// Adds the command. When it was chosen, `exit_code` says how it went: 0 everything matched, 1 some
/// vector differs, 2 a file, line or option is bad, 3 a story broke the program.
void add_conform_command(CLI::App& app, int& exit_code, Streams streams);

}  // namespace sim::cli
