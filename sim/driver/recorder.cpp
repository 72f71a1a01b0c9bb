#include "sim/driver/recorder.hpp"

#include <fmt/format.h>

#include "sim/driver/acts.hpp"

namespace sim {

void Recorder::on_action(const Story& story, const Step& step) {
  const model::Instant start = story.run.world().start;
  trace::RecordedAction recorded{
      step.key, print_step(story, step.action), story.run.world().now - start, {}};
  for (const Event& event : step.events) recorded.events.push_back(to_json(event, start));
  actions_.push_back(std::move(recorded));
}

std::string Recorder::recording(const Story& story, const CellResult& result) const {
  std::string text = trace::header_line({story.scenario.file, story.scenario.title, result.revision,
                                         result.differences, result.seed});
  for (std::size_t i = 0; i < actions_.size(); ++i) {
    text += trace::action_line(i + 1, actions_[i]);
  }
  return text + trace::footer_line(result.digest, result.actions, result.virtual_time);
}

std::string Recorder::scenario(const Story& story,
                               const std::vector<property::Broken>& broken) const {
  const Scenario& from = story.scenario;
  std::string text =
      fmt::format("# Recorded from {}; every action is said, in order.\n", from.file);
  text += fmt::format("title: {}\n", yaml::quote(from.title));
  if (!from.source.empty()) text += fmt::format("source: {}\n", yaml::quote(from.source));
  text += fmt::format("revision: {}\n", story.cell.preset.name);
  if (!story.cell.differences.empty()) {
    text += "set:\n";
    for (const std::string& difference : story.cell.differences) {
      const std::size_t equals = difference.find('=');
      text +=
          fmt::format("  {}: {}\n", difference.substr(0, equals), difference.substr(equals + 1));
    }
  }
  text += fmt::format("seed: {}\n", story.cell.seed);
  if (from.fine) text += "fine: yes\n";
  text += fmt::format("world: {}\n", yaml::print(from.world));
  text += "schedule:\n";
  for (const trace::RecordedAction& action : actions_) {
    text += fmt::format("  - {}\n", action.step.empty() ? yaml::quote(action.key) : action.step);
  }
  if (!broken.empty()) {
    text += "breaks:\n";
    for (const property::Broken& each : broken) {
      text += fmt::format("  - {}\n", each.property->id);
    }
  }
  return text;
}

}  // namespace sim
