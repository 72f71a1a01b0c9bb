// The `sim` program: one file a subcommand, and what they share.
#pragma once

#include <iosfwd>
#include <span>
#include <string>

namespace sim::cli {

/// Exit codes.
inline constexpr int kPassed = 0;
inline constexpr int kFailed = 1;    ///< a property or expectation failed
inline constexpr int kBadInput = 2;  ///< bad input or usage
inline constexpr int kOurFault = 3;  ///< a fault of sim itself

/// Where a command reads and writes.
struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
};

/// Runs the program on its arguments (without its own name); the exit code.
[[nodiscard]] int run_program(std::span<const std::string> arguments, Streams streams);

}  // namespace sim::cli
