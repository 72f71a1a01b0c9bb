#include "sim/cli/list_command.hpp"

#include <array>
#include <memory>
#include <ostream>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include "model/policy/policy.hpp"
#include "sim/cli/scenario_files.hpp"
#include "sim/driver/scenario_schema.hpp"
#include "sim/property/property.hpp"

namespace sim::cli {
namespace {

namespace js = model::js;
namespace policy = model::policy;

int list_revisions(bool json, std::ostream& out) {
  js::Array list;
  for (const policy::Preset& preset : policy::presets()) {
    list.emplace_back(js::Object{
        {"name", preset.name}, {"meaning", preset.meaning}, {"version", preset.version}});
    if (!json) out << fmt::format("{:<12} {}\n", preset.name, preset.meaning);
  }
  if (json) out << js::dump_pretty(list) << '\n';
  return kPassed;
}

/// Names of the presets in which the field has this value.
std::vector<std::string_view> presets_with(const policy::Field& field, std::size_t value) {
  std::vector<std::string_view> names;
  for (const policy::Preset& preset : policy::presets()) {
    if (field.get(preset.policy) == value) names.push_back(preset.name);
  }
  return names;
}

int list_policy(bool json, std::ostream& out) {
  js::Array list;
  for (const policy::Field& field : policy::fields()) {
    js::Array values;
    if (!json) out << fmt::format("{}: {} ({})\n", field.name, field.meaning, field.source);
    for (std::size_t i = 0; i < field.values.size(); ++i) {
      const policy::Value& value = field.values[i];
      const auto presets = presets_with(field, i);
      js::Array in;
      for (const std::string_view name : presets) in.emplace_back(name);
      values.emplace_back(
          js::Object{{"name", value.name}, {"meaning", value.meaning}, {"presets", in}});
      if (json) continue;
      out << fmt::format("  {:<38} {}{}\n", value.name, value.meaning,
                         presets.empty() ? "" : fmt::format(" [{}]", fmt::join(presets, ", ")));
    }
    list.emplace_back(js::Object{{"name", field.name},
                                 {"meaning", field.meaning},
                                 {"source", field.source},
                                 {"values", values}});
  }
  if (json) out << js::dump_pretty(list) << '\n';
  return kPassed;
}

int list_properties(bool json, std::ostream& out) {
  js::Array list;
  for (const property::Property& each : property::properties()) {
    js::Array broken_on;
    for (const property::Finding& finding : property::findings()) {
      if (finding.property != each.id) continue;
      broken_on.emplace_back(js::Object{{"revision", finding.revision},
                                        {"sentence", finding.sentence},
                                        {"witness", finding.witness}});
    }
    list.emplace_back(js::Object{{"id", each.id},
                                 {"kind", property::name_of(each.kind)},
                                 {"sentence", each.sentence},
                                 {"source", each.source},
                                 {"broken_by", each.broken_by},
                                 {"findings", broken_on}});
    if (json) continue;
    out << fmt::format("{} ({}): {}\n  source: {}\n  shown to fail by: {}\n", each.id,
                       property::name_of(each.kind), each.sentence, each.source, each.broken_by);
    for (const property::Finding& finding : property::findings()) {
      if (finding.property != each.id) continue;
      out << fmt::format("  broken on {}: {}\n    see {}\n", finding.revision, finding.sentence,
                         finding.witness);
    }
  }
  if (json) out << js::dump_pretty(list) << '\n';
  return kPassed;
}

int list_scenarios(bool json, std::ostream& out, std::ostream& err) {
  const std::filesystem::path folder = scenario_folder();
  if (folder.empty()) {
    err << "there is no folder of scenarios here, nor beside the program\n";
    return kBadInput;
  }
  const auto files = find_scenarios(folder.string());
  int code = kPassed;
  js::Array list;
  for (const std::filesystem::path& path : files ? *files : std::vector<std::filesystem::path>()) {
    const auto scenario = load_scenario(path);
    if (!scenario) {
      for (const Diagnostic& diagnostic : scenario.error()) err << diagnostic.text() << '\n';
      code = kBadInput;
      continue;
    }
    list.emplace_back(js::Object{{"file", scenario->file},
                                 {"title", scenario->title},
                                 {"source", scenario->source},
                                 {"revision", scenario->revision}});
    if (!json) out << fmt::format("{}: {}\n", scenario->file, scenario->title);
  }
  if (json) out << js::dump_pretty(list) << '\n';
  return code;
}

}  // namespace

void add_list_command(CLI::App& app, int& exit_code, Streams streams) {
  CLI::App* command = app.add_subcommand("list", "what there is to choose from");
  command->footer(
      "examples:\n"
      "  sim list revisions\n"
      "  sim list policy\n"
      "  sim list properties --json\n"
      "  sim list scenarios\n"
      "  sim list schema > scenarios/scenario.schema.json");
  struct Options {
    std::string what;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  command->add_option("WHAT", options->what, "revisions, policy, properties, scenarios or schema")
      ->required()
      ->check(CLI::IsMember({"revisions", "policy", "properties", "scenarios", "schema"}));
  command->add_flag("--json", options->json, "for programs to read");
  command->callback([options, &exit_code, streams] {
    const std::string& what = options->what;
    if (what == "revisions") exit_code = list_revisions(options->json, streams.out);
    if (what == "policy") exit_code = list_policy(options->json, streams.out);
    if (what == "properties") exit_code = list_properties(options->json, streams.out);
    if (what == "scenarios") exit_code = list_scenarios(options->json, streams.out, streams.err);
    if (what == "schema") streams.out << scenario_schema();
  });
}

}  // namespace sim::cli
