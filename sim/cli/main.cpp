#include <iostream>
#include <string>
#include <vector>

#include "sim/cli/program.hpp"

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  const int code = sim::cli::run_program(arguments, {std::cin, std::cout, std::cerr});
  std::cout.flush();
  return code;
}
