#include "tests/support/source_dir.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace tests {

std::filesystem::path source_dir() { return PAIRLAB_SOURCE_DIR; }

std::string read_source(const std::filesystem::path& path_from_root) {
  std::ifstream file(source_dir() / path_from_root, std::ios::binary);
  if (!file) ADD_FAILURE() << "cannot read " << path_from_root;
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace tests
