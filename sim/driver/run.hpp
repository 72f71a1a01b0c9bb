// One run in progress: a world, what has been done to it, and the digest of what that caused.
//
// Script, conformance and replay drivers work through this page; searches have their own loops.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model/base/hash.hpp"
#include "model/base/result.hpp"
#include "sim/world/world.hpp"

namespace sim {

/// One action that was done, with what it caused.
struct Step {
  std::string key;
  std::vector<Event> events;
  Action action;
};

class Run {
 public:
  explicit Run(World world);

  [[nodiscard]] const World& world() const { return world_; }
  /// All steps so far, unless `forget_steps` was called (conformance keeps none).
  [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }
  void forget_steps() { keep_steps_ = false; }
  /// Leaves out the digest, for drivers that compare something else.
  void forget_digest() { keep_digest_ = false; }
  /// Covers every event so far, bytes included; 32 hex characters.
  [[nodiscard]] std::string digest() const;

  /// Called after every action with the step just done; property checks hang here.
  std::function<void(const World&, const Step&)> after_action;
  /// Asked before the default order does an action; true leaves that action (and only it) undone
  /// for now. Named pause points of scenarios hang here.
  std::function<bool(const World&, const Action&)> hold_back;

  /// Does one action. Error: it is not possible.
  model::Result<void> perform(const Action& action);
  /// Does the first enabled action that is not held back; false if there is none.
  bool step_default();
  /// Default order until nothing but time (or what is held back) is enabled. Error: `actions_max`
  /// was passed, which means a loop without time.
  model::Result<void> to_rest(std::size_t actions_max = 100'000);
  /// Moves time forward by `span`, stopping at every timer on the way: timers fire in order of due
  /// time, and the world comes to rest after each, before time goes on.
  model::Result<void> pass(model::Millis span);
  /// The enabled action with this key. Error: lists what is enabled.
  [[nodiscard]] model::Result<Action> find_enabled(std::string_view key) const;

 private:
  World world_;
  std::vector<Step> steps_;
  Workshop workshop_;
  bool keep_steps_ = true;
  bool keep_digest_ = true;
  model::Hash128 digest_{};
};

}  // namespace sim
