#include "sim/cli/conform_command.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "sim/driver/conformance.hpp"

namespace sim::cli {

namespace {

struct Request {
  std::vector<std::string> files;
  std::size_t differences_shown = 1;
  bool json = false, quiet = false;
  std::string record;
  ConformanceOptions options;
};

/// One changing line on a terminal while a long file is replayed.
class Progress {
 public:
  explicit Progress(std::ostream& out)
      : out_(out), on_(&out == &std::cerr && isatty(STDERR_FILENO) != 0) {}

  void show(const std::string& file, const ConformReport& report) {
    if (!on_) return;
    out_ << fmt::format("\r\033[K{}: {} vectors, {} differ", file, report.all.vectors,
                        report.all.vectors - report.all.matched)
         << std::flush;
    shown_ = true;
  }
  void clear() {
    if (shown_) out_ << "\r\033[K" << std::flush;
    shown_ = false;
  }

 private:
  std::ostream& out_;
  bool on_, shown_ = false;
};

int conclude(const ConformReport& report) {
  if (report.our_faults > 0) return kOurFault;
  if (!report.bad_lines.empty() || report.all.vectors == 0) return kBadInput;
  return report.failing.empty() ? kPassed : kFailed;
}

int run(Request& request, Streams streams) {
  std::ofstream record;
  if (!request.record.empty()) {
    record.open(request.record, std::ios::binary | std::ios::trunc);
    if (!record) {
      streams.err << fmt::format("{}: cannot be written\n", request.record);
      return kBadInput;
    }
    request.options.record = &record;
  }
  ConformReport report;
  bool unreadable = false;
  Progress progress(streams.err);
  for (const std::string& file : request.files) {
    std::ifstream input(file, std::ios::binary);
    if (!input) {
      streams.err << fmt::format("{}: cannot be read\n", file);
      unreadable = true;
      continue;
    }
    request.options.progress = [&](const ConformReport& so_far) { progress.show(file, so_far); };
    if (auto done = conform(input, file, request.options, report); !done) {
      progress.clear();
      streams.err << fmt::format("--set: {}\n", done.error().message);
      return kBadInput;
    }
  }
  progress.clear();
  for (const std::string& line : report.bad_lines) streams.err << fmt::format("{}\n", line);
  if (report.all.vectors == 0 && !request.options.only.empty()) {
    streams.err << "no vector has an id that matches --only\n";
  }
  if (!request.record.empty() && !record.flush()) {
    streams.err << fmt::format("{}: could not be written to its end\n", request.record);
    return kBadInput;
  }
  if (request.json) {
    streams.out << model::js::dump_pretty(to_json(report)) << '\n';
  } else if (!request.quiet) {
    streams.out << describe(report, request.differences_shown);
  }
  return unreadable ? kBadInput : conclude(report);
}

constexpr const char* kFooter = R"(
Each vector is replayed under the release that it was recorded from. What it lists as observed and
stored is compared up to a renaming of request ids and tokens. docs/conformance.md explains the
format and how to read a difference.

example:
  sim conform tests/vectors/2026.3.31.jsonl --only 'bootstrap/*' --show 3

exit code: 0 all match, 1 some differ, 2 bad file, line or option, 3 a fault of sim)";

}  // namespace

void add_conform_command(CLI::App& app, int& exit_code, Streams streams) {
  auto request = std::make_shared<Request>();
  CLI::App* command = app.add_subcommand("conform", "replay recorded vectors and compare");
  command->footer(kFooter);
  command->add_option("FILE", request->files, "vector files, one JSON object a line")->required();
  command->add_option("--only", request->options.only, "vectors with this id only; * and ? match")
      ->allow_extra_args(false)
      ->type_name("ID");
  command->add_option("--show", request->differences_shown, "differences shown of each vector")
      ->capture_default_str()
      ->type_name("N");
  command->add_flag("--json", request->json, "the report as JSON");
  command->add_flag("--quiet", request->quiet, "the exit code only");
  command
      ->add_option("--rename", request->options.rename,
                   "replay under other names, secrets and seeds: verdicts must not change")
      ->type_name("SEED");
  command->add_option("--record", request->record, "write what the model answers, as vectors")
      ->type_name("OUT");
  command->add_option("--set", request->options.policy, "change one field of every policy")
      ->allow_extra_args(false)
      ->type_name("FIELD=VALUE");
  command->add_option("--jobs", request->options.jobs, "vectors replayed side by side")
      ->check(CLI::Range(1, 64))
      ->capture_default_str()
      ->type_name("N");
  command->callback([request, &exit_code, streams] { exit_code = run(*request, streams); });
}

}  // namespace sim::cli
