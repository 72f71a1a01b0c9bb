// Finding and reading scenario files.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "model/base/result.hpp"
#include "sim/driver/scenario.hpp"

namespace sim::cli {

/// Where this program's own scenarios lie: the current folder's scenarios/, else
/// ../share/pairlab/scenarios beside the program; empty if there is neither.
[[nodiscard]] std::filesystem::path scenario_folder();

/// The files that an argument names, sorted: a file, all *.yaml of a folder, or a scenario of
/// `scenario_folder()` by its name. Errors: there is nothing of that name, with the nearest one.
[[nodiscard]] model::Result<std::vector<std::filesystem::path>> find_scenarios(
    const std::string& argument);

/// Reads one; messages call it by its path as given.
[[nodiscard]] std::expected<Scenario, Diagnostics> load_scenario(const std::filesystem::path& path);

/// The whole file; errors say why it cannot be read, or that it is larger than `bytes_max`.
[[nodiscard]] model::Result<std::string> read_file(const std::filesystem::path& path,
                                                   std::size_t bytes_max);

}  // namespace sim::cli
