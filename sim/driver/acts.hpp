// What steps do, and the steps that do it: both directions between scenarios and actions.
#pragma once

#include "model/base/result.hpp"
#include "sim/driver/scenario.hpp"
#include "sim/driver/story.hpp"

namespace sim {

/// Carries out the action of a step (not its pauses and expectations). Error: it cannot be done as
/// the story stands, as a sentence.
[[nodiscard]] model::Result<void> do_step(Story& story, const Item& step);

/// An action from outside as the step that does it and nothing else, in YAML's flow form; empty for
/// actions that the world enables by itself. Recordings print as such steps (print_step.cpp).
[[nodiscard]] std::string print_step(const Story& story, const Action& action);

}  // namespace sim
