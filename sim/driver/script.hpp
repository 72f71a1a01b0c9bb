// Plays a scenario: its steps, pauses and expectations, with every property checked on the way.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/driver/run.hpp"
#include "sim/driver/scenario.hpp"
#include "sim/driver/story.hpp"
#include "sim/property/checker.hpp"

namespace sim {

/// An expectation, step or property that did not come out as told.
struct Failure {
  Mark at;  ///< line 0: of the story as a whole
  std::string message;
};

/// A finding about the release that the story shows, and nobody minds.
struct Known {
  std::string property, sentence;
};

/// How one cell of a scenario ended.
struct CellResult {
  std::string label;  ///< of the cell; empty without a matrix
  std::string revision;
  std::vector<std::string> differences;  ///< from the revision, "FIELD=VALUE"
  std::uint64_t seed = 1;
  std::vector<Failure> failures;
  std::vector<Known> known;
  std::vector<property::Broken> broken;  ///< everything that broke, expected or not
  std::string digest;
  std::size_t actions = 0;
  model::Millis virtual_time;
  [[nodiscard]] bool passed() const { return failures.empty(); }
};

struct ScriptResult {
  std::string file, title;
  std::vector<CellResult> cells;
  [[nodiscard]] bool passed() const;
  /// Of the only cell, or over the digests of all cells.
  [[nodiscard]] std::string digest() const;
};

struct ScriptOptions {
  bool strict = false;  ///< known findings fail too
  /// Called with every action just done; `telling` is false before the story itself begins.
  std::function<void(const Story&, const Step&, bool telling)> on_action;
  /// Called when a cell has been played, with the story as it ended.
  std::function<void(const Story&, const CellResult&)> on_end;
};

/// Plays one cell.
[[nodiscard]] CellResult play(const Scenario& scenario, const Cell& cell,
                              const ScriptOptions& options = {});

/// Plays all cells.
[[nodiscard]] std::expected<ScriptResult, Diagnostics> play(const Scenario& scenario,
                                                            const Overrides& overrides = {},
                                                            const ScriptOptions& options = {});

/// The command that shows a cell again.
[[nodiscard]] std::string repeat_command(const std::string& file, const CellResult& cell);

/// One story being played step by step; `play` uses it, and so do interactive runs.
class Player {
 public:
  Player(const Scenario& scenario, const Cell& cell, const ScriptOptions& options);
  Player(const Player&) = delete;
  Player& operator=(const Player&) = delete;

  /// Programs that run from the beginning, and operators who have a session.
  void begin();
  /// One step with its pauses and expectations. False: the story cannot go on.
  bool step(const Item& step);
  bool scheduled(const Scheduled& entry);
  /// One action by its key, as schedules hold it ("time: +850 ms" too).
  model::Result<void> by_key(const std::string& key);
  /// A step could not be done, so what was expected at the end means nothing.
  void stop() { stopped_ = true; }
  /// Expectations at the end, holds, properties.
  [[nodiscard]] CellResult end();

  [[nodiscard]] const std::vector<Failure>& failures() const { return result_.failures; }
  [[nodiscard]] const std::vector<property::Broken>& broken() const { return checker_.broken(); }

  Story story;

 private:
  void fail(Mark at, std::string message);
  bool go_on(const Item& step, std::size_t since);
  void check(const std::vector<Item>& expectations, std::size_t since);
  void judge_properties();

  const ScriptOptions& options_;
  property::Checker checker_;
  CellResult result_;
  std::size_t story_began_ = 0;
  bool telling_ = false;
  bool stopped_ = false;
};

}  // namespace sim
