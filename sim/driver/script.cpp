#include "sim/driver/script.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sim/driver/acts.hpp"
#include "sim/driver/expectation.hpp"

namespace sim {
namespace {

constexpr model::Millis kUntilMax{60'000};  ///< of `until` without `within`

std::string told(model::Millis span) {
  if (span.count % 1000 == 0) return fmt::format("{} s", span.count / 1000);
  return fmt::format("{} ms", span.count);
}

}  // namespace

bool ScriptResult::passed() const { return std::ranges::all_of(cells, &CellResult::passed); }

std::string ScriptResult::digest() const {
  if (cells.size() == 1) return cells.front().digest;
  model::Hasher hasher;
  for (const CellResult& cell : cells) hasher.add(cell.digest);
  return hasher.finish().hex();
}

std::string repeat_command(const std::string& file, const CellResult& cell) {
  std::string command = fmt::format("sim run {} --revision {}", file, cell.revision);
  for (const std::string& difference : cell.differences) command += " --set " + difference;
  return fmt::format("{} --seed {}", command, cell.seed);
}

Player::Player(const Scenario& scenario, const Cell& cell, const ScriptOptions& options)
    : story(scenario, cell), options_(options) {
  result_.label = cell.label;
  result_.revision = cell.preset.name;
  result_.differences = cell.differences;
  result_.seed = cell.seed;
  story.run.after_action = [this](const World& world, const Step& step) {
    story.ledger.update(world, step);
    checker_.after_action(world, step.key, step.events);
    if (options_.on_action) options_.on_action(story, step, telling_);
  };
}

void Player::fail(Mark at, std::string message) {
  result_.failures.push_back({at, std::move(message)});
}

void Player::begin() {
  const Scenario& scenario = story.scenario;
  // A recording says everything itself, the beginning too.
  const bool recorded = scenario.steps.empty() && !scenario.schedule.empty();
  const auto launch = [&](const Item& part) {
    const auto done = story.act(DeviceInput{part.name, model::client::Launch{}});
    if (!done) fail(part.at, done.error().message);
  };
  if (!recorded) {
    for (const Item& part : scenario.operators) {
      if (part.flag("connected", true)) launch(part);
    }
    for (const Item& part : scenario.devices) {
      if (part.flag("starts", part.text("app", "ios") == "ios")) launch(part);
    }
  }
  story_began_ = story.ledger.actions();
  telling_ = true;
}

bool Player::step(const Item& step) {
  if (!story.cell.matches(step.when)) return true;
  if (step.after) {
    if (const auto passed = story.pass(*step.after); !passed) {
      fail(step.at, passed.error().message);
      return false;
    }
  }
  if (!step.before.empty()) story.holds.push_back({step.at, step.before, {}, {}});
  const std::size_t since = story.ledger.actions();
  const std::string_view form = step.form->name;
  model::Result<void> done;
  if (form == "hold") {
    story.holds.push_back({step.at, step.text("hold"), step.text("in"), step.text("of"),
                           step.flag("optional", false)});
    return true;
  }
  if (form == "release") {
    const std::string pattern = step.text("release");
    const std::size_t before = story.holds.size();
    for (const Hold& hold : story.holds) {
      if (hold.held == 0 && !hold.optional && (pattern == "all" || hold.pattern == pattern)) {
        fail(hold.at, fmt::format("nothing was held at '{}'", hold.pattern));
      }
    }
    std::erase_if(story.holds, [&](const Hold& hold) {
      return (pattern == "all" || hold.pattern == pattern) &&
             (!step.has("in") || hold.process == step.text("in"));
    });
    if (story.holds.size() == before) {
      fail(step.at, fmt::format("nothing is held at '{}'", pattern));
    }
    done = story.settle();
  } else if (form == "wait") {
    done = story.pass(step.span("wait", {}));
  } else if (form != "expect") {
    done = do_step(story, step);
  }
  if (!done) {
    fail(step.at, fmt::format("'{}' cannot be done: {}", form, done.error().message));
    return false;
  }
  if (!go_on(step, since)) return false;
  check(step.expect, form == "expect" ? story_began_ : since);
  return true;
}

bool Player::go_on(const Item& step, std::size_t since) {
  if (step.until.empty()) {
    if (!step.within) return true;
    const auto passed = story.pass(*step.within);
    if (!passed) fail(step.at, passed.error().message);
    return passed.has_value();
  }
  const model::Millis span = step.within.value_or(kUntilMax);
  const model::Instant limit = story.run.world().now + span;
  while (true) {
    const bool reached = std::ranges::none_of(step.until, [&](const Item& expectation) {
      return story.cell.matches(expectation.when) && unmet(story, expectation, since).has_value();
    });
    if (reached) return true;
    auto more = story.step_default();
    if (more && !*more) more = story.step_time(limit);
    if (!more) {
      fail(step.at, more.error().message);
      return false;
    }
    if (*more) continue;
    for (const Item& expectation : step.until) {
      if (!story.cell.matches(expectation.when)) continue;
      if (auto what = unmet(story, expectation, since)) {
        fail(expectation.at, fmt::format("within {} {}", told(span), *what));
      }
    }
    return true;
  }
}

void Player::check(const std::vector<Item>& expectations, std::size_t since) {
  for (const Item& expectation : expectations) {
    if (!story.cell.matches(expectation.when)) continue;
    if (auto what = unmet(story, expectation, since)) fail(expectation.at, std::move(*what));
  }
}

model::Result<void> Player::by_key(const std::string& key) {
  constexpr std::string_view kTime = "time: +";
  if (key.starts_with(kTime)) {
    const std::string_view rest = std::string_view(key).substr(kTime.size());
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), count);
    if (error != std::errc() || std::string_view(end, rest.data() + rest.size()) != " ms") {
      return model::fail(fmt::format("'{}' is no time action, expected 'time: +850 ms'", key));
    }
    return story.run.perform(Advance{{count}});
  }
  const auto action = story.run.find_enabled(key);
  if (!action) return std::unexpected(action.error());
  return story.run.perform(*action);
}

bool Player::scheduled(const Scheduled& entry) {
  story.pace = Pace::strict;
  if (const auto* key = std::get_if<std::string>(&entry.what)) {
    const auto done = by_key(*key);
    if (!done) fail(entry.at, done.error().message);
    return done.has_value();
  }
  return step(std::get<Item>(entry.what));
}

CellResult Player::end() {
  if (!stopped_) check(story.scenario.expect, story_began_);
  for (const Hold& hold : story.holds) {
    if (hold.held == 0 && !hold.optional && !stopped_) {
      fail(hold.at, fmt::format("nothing was held at '{}'", hold.pattern));
    }
  }
  judge_properties();
  result_.digest = story.run.digest();
  result_.actions = story.ledger.actions();
  result_.virtual_time = story.run.world().now - story.run.world().start;
  if (options_.on_end) options_.on_end(story, result_);
  return std::move(result_);
}

void Player::judge_properties() {
  const Scenario& scenario = story.scenario;
  const auto named_in = [&](const std::vector<NamedProperty>& list,
                            std::string_view id) -> const NamedProperty* {
    for (const NamedProperty& each : list) {
      if (each.id == id && story.cell.matches(each.when)) return &each;
    }
    return nullptr;
  };
  result_.broken = checker_.broken();
  for (const property::Broken& broken : result_.broken) {
    const std::string_view id = broken.property->id;
    const std::string what = fmt::format("property {} broken at action {} ({}): {}", id,
                                         broken.action, broken.key, broken.why);
    if (const NamedProperty* held = named_in(scenario.holds, id)) {
      fail(held->at, what);
    } else if (named_in(scenario.breaks, id) != nullptr) {
      continue;
    } else if (const auto* finding = property::find_finding(story.cell.preset.name, id);
               finding != nullptr && !options_.strict && !scenario.strict) {
      result_.known.push_back({std::string(id), std::string(finding->sentence)});
    } else {
      fail({}, what);
    }
  }
  for (const NamedProperty& expected : scenario.breaks) {
    if (!story.cell.matches(expected.when)) continue;
    const bool is_broken = std::ranges::any_of(result_.broken, [&](const property::Broken& each) {
      return each.property->id == expected.id;
    });
    if (!is_broken) {
      fail(expected.at,
           fmt::format("expected property {} to be broken, but it holds", expected.id));
    }
  }
}

CellResult play(const Scenario& scenario, const Cell& cell, const ScriptOptions& options) {
  Player player(scenario, cell, options);
  player.begin();
  bool goes_on = true;
  for (const Item& step : scenario.steps) {
    if (goes_on) goes_on = player.step(step);
  }
  for (const Scheduled& entry : scenario.schedule) {
    if (goes_on) goes_on = player.scheduled(entry);
  }
  if (!goes_on) player.stop();
  return player.end();
}

std::expected<ScriptResult, Diagnostics> play(const Scenario& scenario, const Overrides& overrides,
                                              const ScriptOptions& options) {
  const auto cells = cells_of(scenario, overrides);
  if (!cells) return std::unexpected(cells.error());
  ScriptResult result{scenario.file, scenario.title, {}};
  for (const Cell& cell : *cells) result.cells.push_back(play(scenario, cell, options));
  return result;
}

}  // namespace sim
