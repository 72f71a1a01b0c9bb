#include "sim/cli/interactive.hpp"

#include <charconv>
#include <fstream>
#include <istream>
#include <memory>
#include <ostream>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "sim/cli/story_timeline.hpp"
#include "sim/cli/terminal.hpp"
#include "sim/driver/recorder.hpp"

namespace sim::cli {
namespace {

constexpr std::string_view kHelp =
    "  NUMBER or KEY  do that action          next         play the next step of the scenario\n"
    "  { by: ... }    do a step of your own   rest         go on in default order to rest\n"
    "  back           undo the last move      save FILE    write all of this as a scenario\n"
    "  list           show what is enabled    quit         check the expectations and end\n";

/// Something the person did, kept so that `back` can play all others again.
struct Move {
  enum class Kind : std::uint8_t { key, step, next, rest };
  Kind kind;
  std::string key;
  std::shared_ptr<const Item> step;
};

class Session {
 public:
  Session(const Scenario& scenario, const Cell& cell, const ScriptOptions& options, Streams streams)
      : scenario_(scenario), cell_(cell), streams_(streams), options_(options) {
    options_.on_action = [this](const Story& story, const Step& step, bool telling) {
      recorder_.on_action(story, step);
      timeline_->on_action(story, step, telling);
    };
    replay();
  }

  int run() {
    streams_.out << fmt::format("{}: {}\n{}", scenario_.file, scenario_.title, kHelp);
    show();
    std::string line;
    while (prompt(line)) {
      if (line == "quit") break;
      handle(line);
    }
    const CellResult result = player_->end();
    for (const Failure& failure : result.failures) {
      streams_.out << Diagnostic{scenario_.file, failure.at, failure.message}.text() << '\n';
    }
    return result.passed() ? kPassed : kFailed;
  }

 private:
  bool prompt(std::string& line) {
    streams_.out << "> " << std::flush;
    if (!std::getline(streams_.in, line)) return false;
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.pop_back();
    return true;
  }

  void handle(const std::string& line) {
    if (line.empty() || line == "list") return show();
    if (line == "help") {
      streams_.out << kHelp;
      return;
    }
    if (line == "back") return back();
    if (line == "save" || line.starts_with("save "))
      return save(line.substr(std::min<std::size_t>(5, line.size())));
    if (line == "rest") return take({Move::Kind::rest, {}, {}});
    if (line == "next") return take({Move::Kind::next, {}, {}});
    if (line.starts_with('{')) {
      auto step = read_step(line, scenario_);
      if (!step) {
        for (const Diagnostic& diagnostic : step.error()) {
          streams_.out << diagnostic.text() << '\n';
        }
        return;
      }
      return take({Move::Kind::step, {}, std::make_shared<const Item>(std::move(*step))});
    }
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), number);
    if (error == std::errc() && end == line.data() + line.size()) {
      if (number == 0 || number > keys_.size()) {
        streams_.out << fmt::format("there is no action {}, expected 1 to {}\n", number,
                                    keys_.size());
        return;
      }
      return take({Move::Kind::key, keys_[number - 1], {}});
    }
    take({Move::Kind::key, line, {}});
  }

  /// Does a move; what cannot be done leaves everything as it was.
  void take(Move move) {
    moves_.push_back(std::move(move));
    const auto done = perform(moves_.back());
    if (!done) {
      streams_.out << done.error().message << '\n';
      moves_.pop_back();
      replay();
      return;
    }
    show();
  }

  model::Result<void> perform(const Move& move) {
    player_->story.pace = Pace::strict;
    switch (move.kind) {
      case Move::Kind::key:
        return player_->by_key(move.key);
      case Move::Kind::rest:
        player_->story.pace = Pace::to_rest;
        return player_->story.settle();
      case Move::Kind::step:
        return step(*move.step);
      case Move::Kind::next: {
        if (next_ >= scenario_.steps.size()) return model::fail("the scenario has no further step");
        player_->story.pace = Pace::to_rest;
        return step(scenario_.steps[next_++]);
      }
    }
    return {};
  }

  model::Result<void> step(const Item& item) {
    const std::size_t before = player_->failures().size();
    player_->step(item);
    if (player_->failures().size() == before) return {};
    return model::fail(
        Diagnostic{scenario_.file, item.at, player_->failures().back().message}.text());
  }

  void back() {
    if (moves_.empty()) {
      streams_.out << "there is nothing to undo\n";
      return;
    }
    moves_.pop_back();
    replay();
    show();
  }

  /// Plays everything from the beginning: a world is a value, but what surrounds it here is not.
  void replay() {
    recorder_ = Recorder();
    timeline_ = std::make_unique<StoryTimeline>(terminal_width());
    next_ = 0;
    player_ = std::make_unique<Player>(scenario_, cell_, options_);
    player_->begin();
    for (const Move& move : moves_) (void)perform(move);
    if (!moves_.empty()) (void)timeline_->text_since_last();  // all but the last were shown before
  }

  void show() {
    streams_.out << timeline_->text_since_last();
    keys_.clear();
    for (const Action& action : enabled(player_->story.run.world())) keys_.push_back(key(action));
    if (keys_.empty()) {
      if (const auto due = next_due(player_->story.run.world())) {
        const model::Millis wait = *due - player_->story.run.world().now;
        keys_.push_back(key(Action(Advance{wait})));
      }
    }
    if (keys_.empty()) streams_.out << "nothing is enabled; say a step, or next\n";
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      streams_.out << fmt::format("{:>4}  {}\n", i + 1, keys_[i]);
    }
  }

  void save(const std::string& path) {
    if (path.empty()) {
      streams_.out << "expected: save FILE\n";
      return;
    }
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << recorder_.scenario(player_->story, player_->broken());
    file.close();
    streams_.out << (file ? fmt::format("wrote {}\n", path)
                          : fmt::format("{}: cannot be written\n", path));
  }

  const Scenario& scenario_;
  const Cell& cell_;
  Streams streams_;
  ScriptOptions options_;
  Recorder recorder_;
  std::unique_ptr<StoryTimeline> timeline_;
  std::unique_ptr<Player> player_;
  std::vector<Move> moves_;
  std::vector<std::string> keys_;
  std::size_t next_ = 0;
};

}  // namespace

int play_interactively(const Scenario& scenario, const Cell& cell, const ScriptOptions& options,
                       Streams streams) {
  return Session(scenario, cell, options, streams).run();
}

}  // namespace sim::cli
