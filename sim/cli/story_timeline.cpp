#include "sim/cli/story_timeline.hpp"

namespace sim::cli {

void StoryTimeline::on_action(const Story& story, const Step& step, bool telling) {
  if (!timeline_) {
    timeline_.emplace(story.run.world().start, width_);
    for (const auto& [name, key] : story.cast.keys) {
      timeline_->name(story.cast.device_id(name), name);
    }
    for (const auto& [name, gateway] : story.cast.gateways) {
      if (!gateway.token.empty()) timeline_->name(gateway.token, "shared token of " + name);
    }
  }
  for (const Event& event : step.events) {
    if (const auto* answer = std::get_if<CommandAnswered>(&event.what)) {
      if (!answer->answer.token.empty()) {
        timeline_->name(answer->answer.token, answer->answer.label);
      }
    }
  }
  timeline_->add(step.events, telling ? trace::Detail::full : trace::Detail::brief);
}

std::string StoryTimeline::text() const { return timeline_ ? timeline_->text() : std::string(); }

std::string StoryTimeline::text_since_last() {
  if (!timeline_) return {};
  std::string text = timeline_->text(shown_);
  shown_ = timeline_->lines().size();
  return text;
}

}  // namespace sim::cli
