#include "sim/cli/scenario_files.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "model/base/nearest.hpp"

namespace sim::cli {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> yaml_files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const fs::path& path = entry.path();
    if (path.extension() == ".yaml" || path.extension() == ".yml") files.push_back(path);
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace

fs::path scenario_folder() {
  std::error_code error;
  if (fs::is_directory("scenarios", error)) return "scenarios";
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path shared = program.parent_path().parent_path() / "share/pairlab/scenarios";
  return !error && fs::is_directory(shared, error) ? shared : fs::path();
}

model::Result<std::vector<fs::path>> find_scenarios(const std::string& argument) {
  std::error_code error;
  const fs::path path(argument);
  if (fs::is_directory(path, error)) {
    auto files = yaml_files_in(path);
    if (files.empty()) return model::fail(fmt::format("{}: no scenarios in this folder", argument));
    return files;
  }
  if (fs::exists(path, error)) return std::vector{path};
  const fs::path folder = scenario_folder();
  const fs::path name = path.filename();
  for (const fs::path& candidate : {folder / name, folder / (name.string() + ".yaml")}) {
    if (!folder.empty() && fs::is_regular_file(candidate, error)) return std::vector{candidate};
  }
  std::vector<std::string> known;
  for (const fs::path& file : yaml_files_in(folder)) known.push_back(file.filename().string());
  std::string hint = model::did_you_mean(name.string(), known);
  if (hint.empty()) hint = ", 'sim list scenarios' names those that there are";
  return model::fail(fmt::format("{}: no such scenario{}", argument, hint));
}

model::Result<std::string> read_file(const fs::path& path, std::size_t bytes_max) {
  std::error_code error;
  if (fs::is_directory(path, error)) return model::fail("is a folder");
  std::ifstream file(path, std::ios::binary);
  if (!file) return model::fail("cannot be read");
  std::string text;
  char buffer[65536];
  while (file.read(buffer, sizeof buffer) || file.gcount() > 0) {
    text.append(buffer, static_cast<std::size_t>(file.gcount()));
    if (text.size() > bytes_max) return model::fail(fmt::format("larger than {} bytes", bytes_max));
  }
  if (file.bad()) return model::fail("cannot be read");
  return text;
}

std::expected<Scenario, Diagnostics> load_scenario(const fs::path& path) {
  const std::string name = path.generic_string();
  const auto text = read_file(path, yaml::kBytesMax);
  if (!text) return std::unexpected(Diagnostics{{name, {}, text.error().message}});
  return read_scenario(*text, name);
}

}  // namespace sim::cli
