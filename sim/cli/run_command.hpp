// `sim run FILE…`: plays scenarios.
#pragma once

#include "sim/cli/program.hpp"

namespace CLI {
class App;
}

namespace sim::cli {

/// Adds the subcommand; its exit code goes to `exit_code` when it has run.
void add_run_command(CLI::App& app, int& exit_code, Streams streams);

}  // namespace sim::cli
