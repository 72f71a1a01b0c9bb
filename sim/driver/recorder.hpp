// Writes down what a story does, as a recording or as a scenario that does it again.
#pragma once

#include <string>
#include <vector>

#include "sim/driver/script.hpp"
#include "sim/driver/story.hpp"
#include "sim/trace/recording.hpp"

namespace sim {

class Recorder {
 public:
  /// To be called with every action just done.
  void on_action(const Story& story, const Step& step);

  /// The whole file in the format of sim/trace/recording.hpp.
  [[nodiscard]] std::string recording(const Story& story, const CellResult& result) const;
  /// A scenario that does the same actions strictly in the same order: same digest. Properties that
  /// the run broke stand in `breaks:`.
  [[nodiscard]] std::string scenario(const Story& story,
                                     const std::vector<property::Broken>& broken) const;

  [[nodiscard]] const std::vector<trace::RecordedAction>& actions() const { return actions_; }

 private:
  std::vector<trace::RecordedAction> actions_;
};

}  // namespace sim
