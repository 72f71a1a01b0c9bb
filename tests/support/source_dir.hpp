// Where the sources of this build lie, for tests that read vectors, golden files or the code
// itself.
#pragma once

#include <filesystem>
#include <string>

namespace tests {

/// Root of the repository.
[[nodiscard]] std::filesystem::path source_dir();

/// A file of the repository as text; fails the running test and returns "" if it cannot be read.
[[nodiscard]] std::string read_source(const std::filesystem::path& path_from_root);

}  // namespace tests
