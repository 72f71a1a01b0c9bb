#include "sim/cli/program.hpp"

#include <algorithm>
#include <ostream>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "model/base/check.hpp"
#include "sim/cli/conform_command.hpp"
#include "sim/cli/list_command.hpp"
#include "sim/cli/run_command.hpp"

namespace sim::cli {
namespace {

constexpr const char* kFooter = R"(examples:
  sim run scenarios/qr_onboarding.yaml
  sim run scenarios/qr_onboarding.yaml --revision 2026.3.28
  sim list properties
exit codes: 0 passed, 1 a property or expectation failed, 2 bad input or usage, 3 a fault of sim)";

}  // namespace

int run_program(std::span<const std::string> arguments, Streams streams) {
  CLI::App app{"a deterministic laboratory for the OpenClaw device-pairing protocol", "sim"};
  app.footer(kFooter);
  app.set_version_flag("--version", "sim " PAIRLAB_VERSION, "print the version and exit");
  app.require_subcommand(1);
  app.option_defaults()->always_capture_default(false);

  int exit_code = kPassed;
  add_run_command(app, exit_code, streams);
  add_conform_command(app, exit_code, streams);
  add_list_command(app, exit_code, streams);

  // CLI11 takes a vector of arguments from its back.
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app.parse(std::move(reversed));
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error, streams.out, streams.err);
    return code == 0 ? kPassed : kBadInput;
  } catch (const model::Broken& broken) {
    streams.err << fmt::format("sim: this is a fault of sim itself: {}\n", broken.what());
    return kOurFault;
  } catch (const std::exception& error) {
    streams.err << fmt::format("sim: this is a fault of sim itself: {}\n", error.what());
    return kOurFault;
  }
  return exit_code;
}

}  // namespace sim::cli
