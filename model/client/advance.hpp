// Moving along a machine table, and nowhere else.
#pragma once

#include <array>
#include <cstddef>
#include <string>

#include "model/base/check.hpp"
#include "model/base/machine.hpp"

namespace model::client {

/// Takes the arrow that leaves `at` on `cue`. That there is one is the author's promise: an
/// undeclared move is our bug. Needs `name_of` for both enums.
template <class Stage, class Cue, std::size_t N>
void advance(const std::array<Arrow<Stage, Cue>, N>& table, Stage& at, Cue cue) {
  const auto* arrow = find(table, at, cue);
  CHECK_THAT(arrow != nullptr,
             "no arrow leaves " + std::string(name_of(at)) + " on " + std::string(name_of(cue)));
  at = arrow->to;
}

}  // namespace model::client
