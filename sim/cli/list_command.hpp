// `sim list WHAT`: revisions, policy, properties, scenarios, schema.
#pragma once

#include "sim/cli/program.hpp"

namespace CLI {
class App;
}

namespace sim::cli {

/// Adds the subcommand; its exit code goes to `exit_code` when it has run.
void add_list_command(CLI::App& app, int& exit_code, Streams streams);

}  // namespace sim::cli
