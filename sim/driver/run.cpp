#include "sim/driver/run.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/world/event.hpp"

namespace sim {

namespace {

/// Where a script's default order stops believing that a run without time will ever end.
std::string endless(const World& world, std::size_t actions) {
  const auto next = enabled(world);
  return fmt::format("{} actions without rest; next would be '{}'", actions,
                     next.empty() ? "nothing" : key(next.front()));
}

}  // namespace

Run::Run(World world) : world_(std::move(world)) {}

std::string Run::digest() const { return digest_.hex(); }

model::Result<void> Run::perform(const Action& action) {
  auto events = apply(world_, action, &workshop_);
  if (!events) return std::unexpected(events.error());
  Step step{key(action), std::move(*events), action};
  if (keep_digest_) {
    model::Hasher hasher;
    hasher.add(digest_).add(step.key);
    for (const Event& event : step.events) {
      hasher.add(model::js::hash(to_json(event, world_.start)));
    }
    digest_ = hasher.finish();
  }
  if (after_action) after_action(world_, step);
  if (keep_steps_) steps_.push_back(std::move(step));
  return {};
}

bool Run::step_default() {
  for (const Action& action : enabled(world_)) {
    if (hold_back && hold_back(world_, action)) continue;
    // What is enabled is possible: apply refuses only what drivers bring from outside.
    return perform(action).has_value();
  }
  return false;
}

model::Result<void> Run::to_rest(std::size_t actions_max) {
  for (std::size_t done = 0; step_default(); ++done) {
    if (done >= actions_max) return model::fail(endless(world_, done));
  }
  return {};
}

model::Result<void> Run::pass(model::Millis span) {
  const model::Instant until = world_.now + span;
  if (auto rest = to_rest(); !rest) return rest;
  while (world_.now < until) {
    const auto due = next_due(world_);
    const model::Instant next = due && *due < until ? std::max(*due, world_.now) : until;
    if (next > world_.now) {
      if (auto moved = perform(Advance{next - world_.now}); !moved) return moved;
    }
    const model::Instant before = world_.now;
    if (auto rest = to_rest(); !rest) return rest;
    if (due && *due <= before && next_due(world_) == due && hold_back) {
      return model::fail("a timer that is due is held back, so time cannot pass");
    }
  }
  return {};
}

model::Result<Action> Run::find_enabled(std::string_view wanted) const {
  const auto actions = enabled(world_);
  std::string list;
  for (const Action& action : actions) {
    const std::string name = key(action);
    if (name == wanted) return action;
    list += (list.empty() ? "" : "; ") + name;
  }
  return model::fail(fmt::format("'{}' is not enabled; enabled: {}", wanted,
                                 list.empty() ? "nothing but time" : list));
}

}  // namespace sim
