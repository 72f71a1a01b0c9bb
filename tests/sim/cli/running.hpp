// The program in a test: arguments in, exit code and texts out.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "sim/cli/program.hpp"

namespace tests {

struct Ran {
  int code = -1;
  std::string out, err;
};

inline Ran sim(const std::vector<std::string>& arguments, const std::string& input = {}) {
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  Ran ran;
  ran.code = ::sim::cli::run_program(arguments, {in, out, err});
  ran.out = out.str();
  ran.err = err.str();
  return ran;
}

/// A file of this test alone.
inline std::string temporary(const std::string& name, const std::string& content = {}) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "pairlab_cli";
  std::filesystem::create_directories(folder);
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  const auto path =
      folder / (std::string(test->test_suite_name()) + "." + test->name() + "." + name);
  std::ofstream(path, std::ios::binary) << content;
  return path.string();
}

}  // namespace tests
