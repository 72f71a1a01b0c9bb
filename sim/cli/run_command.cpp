#include "sim/cli/run_command.hpp"

#include <fstream>
#include <memory>
#include <ostream>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include "model/base/check.hpp"
#include "sim/cli/interactive.hpp"
#include "sim/cli/scenario_files.hpp"
#include "sim/cli/story_timeline.hpp"
#include "sim/cli/terminal.hpp"
#include "sim/driver/recorder.hpp"
#include "sim/driver/script.hpp"

namespace sim::cli {
namespace {

namespace fs = std::filesystem;
namespace js = model::js;

struct RunOptions {
  std::vector<std::string> files;
  std::string revision, trace;
  std::vector<std::string> set;
  std::uint64_t seed = 0;
  bool has_seed = false, json = false, quiet = false, strict = false, interactive = false;

  [[nodiscard]] Overrides overrides() const {
    Overrides overrides;
    if (!revision.empty()) overrides.revision = revision;
    overrides.set = set;
    if (has_seed) overrides.seed = seed;
    return overrides;
  }
};

js::Value to_json(const std::string& file, const Failure& failure, const CellResult& cell) {
  js::Object object{{"file", file}};
  if (failure.at.line > 0) {
    object.set("line", failure.at.line);
    object.set("column", failure.at.column);
  }
  object.set("message", failure.message);
  if (!cell.label.empty()) object.set("cell", cell.label);
  object.set("repeat", repeat_command(file, cell));
  return object;
}

/// One line a file: {"file","title","passed","digest","failures","known","actions","virtual_ms"}.
std::string json_line(const ScriptResult& result) {
  js::Array failures;
  js::Array known;
  js::Array cells;
  std::int64_t actions = 0;
  std::int64_t virtual_ms = 0;
  for (const CellResult& cell : result.cells) {
    for (const Failure& failure : cell.failures) {
      failures.push_back(to_json(result.file, failure, cell));
    }
    for (const Known& each : cell.known) {
      js::Object object{{"property", each.property}, {"sentence", each.sentence}};
      if (!cell.label.empty()) object.set("cell", cell.label);
      known.emplace_back(std::move(object));
    }
    js::Array set;
    for (const std::string& difference : cell.differences) set.emplace_back(difference);
    js::Array broken;
    for (const property::Broken& each : cell.broken) {
      broken.emplace_back(js::Object{{"property", each.property->id},
                                     {"action", static_cast<std::int64_t>(each.action)},
                                     {"why", each.why}});
    }
    cells.emplace_back(js::Object{{"cell", cell.label},
                                  {"revision", cell.revision},
                                  {"set", set},
                                  {"passed", cell.passed()},
                                  {"digest", cell.digest},
                                  {"broken", broken}});
    actions += static_cast<std::int64_t>(cell.actions);
    virtual_ms += cell.virtual_time.count;
  }
  return js::dump(js::Object{{"file", result.file},
                             {"title", result.title},
                             {"passed", result.passed()},
                             {"digest", result.digest()},
                             {"failures", failures},
                             {"known", known},
                             {"actions", actions},
                             {"virtual_ms", virtual_ms},
                             {"cells", cells}}) +
         "\n";
}

void print_failures(std::ostream& out, const std::string& file, const CellResult& cell) {
  for (const Failure& failure : cell.failures) {
    if (failure.at.line > 0) {
      out << fmt::format("{}:{}:{}: {}\n", file, failure.at.line, failure.at.column,
                         failure.message);
    } else {
      out << fmt::format("{}: {}\n", file, failure.message);
    }
  }
  out << fmt::format("  repeat: {}\n", repeat_command(file, cell));
}

void print_cell_head(std::ostream& out, const CellResult& cell) {
  out << fmt::format("  revision {}{}{}, seed {}\n", cell.revision,
                     cell.differences.empty() ? "" : " with ", fmt::join(cell.differences, ", "),
                     cell.seed);
}

void print_cell_end(std::ostream& out, const std::string& file, const CellResult& cell) {
  for (const Known& known : cell.known) {
    out << fmt::format("known: {} on {}: {}\n", known.property, cell.revision, known.sentence);
  }
  if (!cell.passed()) {
    print_failures(out, file, cell);
  } else {
    out << fmt::format("passed: {} actions in {} s of virtual time, digest {}\n", cell.actions,
                       trace::clock_text(cell.virtual_time), cell.digest);
  }
}

/// Writes what was recorded: as a scenario if the name says so, else as JSON lines. With several
/// cells or files the second and later ones get a number: out.2.jsonl.
class TraceFiles {
 public:
  explicit TraceFiles(fs::path path) : path_(std::move(path)) {}
  [[nodiscard]] bool wanted() const { return !path_.empty(); }
  model::Result<void> write(const Recorder& recorder, const Story& story,
                            const CellResult& result) {
    fs::path path = path_;
    if (++count_ > 1) {
      path.replace_extension(fmt::format(".{}{}", count_, path_.extension().string()));
    }
    const bool as_scenario = path.extension() == ".yaml" || path.extension() == ".yml";
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << (as_scenario ? recorder.scenario(story, result.broken)
                         : recorder.recording(story, result));
    file.close();
    if (!file) return model::fail(fmt::format("{}: cannot be written", path.string()));
    return {};
  }

 private:
  fs::path path_;
  int count_ = 0;
};

/// Exit code of one file.
int run_file(const fs::path& path, const RunOptions& options, TraceFiles& traces, Streams streams) {
  const auto complain = [&](const Diagnostics& diagnostics) {
    for (const Diagnostic& diagnostic : diagnostics) streams.err << diagnostic.text() << '\n';
    return kBadInput;
  };
  const auto scenario = load_scenario(path);
  if (!scenario) return complain(scenario.error());
  const auto cells = cells_of(*scenario, options.overrides());
  if (!cells) return complain(cells.error());
  if (options.interactive) {
    return play_interactively(*scenario, cells->front(), {.strict = options.strict}, streams);
  }
  const bool told = !options.json && !options.quiet;
  if (told) streams.out << fmt::format("{}: {}\n", scenario->file, scenario->title);

  ScriptResult result{scenario->file, scenario->title, {}};
  model::Result<void> written;
  for (const Cell& cell : *cells) {
    StoryTimeline timeline(terminal_width());
    Recorder recorder;
    ScriptOptions script{.strict = options.strict};
    script.on_action = [&](const Story& story, const Step& step, bool telling) {
      if (told) timeline.on_action(story, step, telling);
      if (traces.wanted()) recorder.on_action(story, step);
    };
    script.on_end = [&](const Story& story, const CellResult& played) {
      if (traces.wanted()) written = traces.write(recorder, story, played);
    };
    result.cells.push_back(play(*scenario, cell, script));
    if (!written) {
      streams.err << written.error().message << '\n';
      return kBadInput;
    }
    if (!told) continue;
    print_cell_head(streams.out, result.cells.back());
    streams.out << timeline.text();
    print_cell_end(streams.out, scenario->file, result.cells.back());
  }
  if (options.json) streams.out << json_line(result);
  if (options.quiet && !options.json) {
    for (const CellResult& cell : result.cells) {
      if (!cell.passed()) print_failures(streams.out, result.file, cell);
    }
  }
  return result.passed() ? kPassed : kFailed;
}

int run(const RunOptions& options, Streams streams) {
  std::vector<fs::path> paths;
  for (const std::string& argument : options.files) {
    auto found = find_scenarios(argument);
    if (!found) {
      streams.err << found.error().message << '\n';
      return kBadInput;
    }
    paths.insert(paths.end(), found->begin(), found->end());
  }
  TraceFiles traces(options.trace);
  int worst = kPassed;
  std::size_t passed = 0;
  for (const fs::path& path : paths) {
    int code = kOurFault;
    try {
      code = run_file(path, options, traces, streams);
    } catch (const model::Broken& broken) {
      // Our bug: the file and the seed are all that somebody needs to see it again.
      streams.err << fmt::format(
          "{}: this is a fault of sim itself: {}\n  repeat: sim run {}{}{}\n",
          path.generic_string(), broken.what(), path.generic_string(),
          options.revision.empty() ? "" : " --revision ", options.revision);
    }
    if (code == kPassed) ++passed;
    worst = std::max(worst, code);
  }
  if (paths.size() > 1 && !options.json && !options.quiet) {
    streams.out << fmt::format("{} of {} scenarios passed\n", passed, paths.size());
  }
  return worst;
}

}  // namespace

void add_run_command(CLI::App& app, int& exit_code, Streams streams) {
  CLI::App* command = app.add_subcommand("run", "play scenarios and show what happened");
  command->footer(
      "examples:\n"
      "  sim run scenarios/qr_onboarding.yaml\n"
      "  sim run scenarios/qr_onboarding.yaml --revision 2026.3.28\n"
      "  sim run scenarios/bootstrap_replay.yaml --set bootstrap.binding=none --quiet\n"
      "  sim run scenarios/ --json");
  auto options = std::make_shared<RunOptions>();
  command->add_option("FILE", options->files, "scenario files, or folders of them")->required();
  command->add_option("--revision", options->revision, "the release that everybody runs")
      ->type_name("NAME");
  command
      ->add_option("--set", options->set, "one policy field ('sim list policy'); may be repeated")
      ->type_name("FIELD=VALUE")
      ->expected(1)
      ->take_all();
  auto* seed = command->add_option("--seed", options->seed, "derives other names and keys")
                   ->type_name("NUMBER");
  command
      ->add_option("--trace", options->trace,
                   "write what was done: JSON lines, or with a name that ends in .yaml a scenario "
                   "that does it again")
      ->type_name("OUT");
  command->add_flag("--json", options->json, "one JSON object a file instead of the timeline");
  command->add_flag("--quiet", options->quiet, "say only what failed");
  command->add_flag("--strict", options->strict, "known findings about a release fail too");
  command->add_flag("--interactive", options->interactive, "choose each action by hand");
  command->callback([options, seed, &exit_code, streams] {
    options->has_seed = seed->count() > 0;
    exit_code = run(*options, streams);
  });
}

}  // namespace sim::cli
