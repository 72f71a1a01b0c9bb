// A story's timeline: the general one, told with the names that the story uses.
#pragma once

#include <string>

#include "sim/driver/story.hpp"
#include "sim/trace/timeline.hpp"

namespace sim::cli {

class StoryTimeline {
 public:
  explicit StoryTimeline(std::size_t width) : width_(width) {}

  void on_action(const Story& story, const Step& step, bool telling);
  /// What was added since the last call with `forget`, laid out.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::string text_since_last();

 private:
  std::size_t width_;
  std::optional<trace::Timeline> timeline_;
  std::size_t shown_ = 0;
};

}  // namespace sim::cli
