// Machine tables: the stages of a protocol machine, what moves it, and where it goes.
//
// The code that runs takes its arrows from the table and from nowhere else; diagrams are drawn
// from the same rows, and coverage counts them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

namespace model {

/// One row: at stage `from`, on cue `on`, the machine moves to `to`.
template <class Stage, class Cue>
struct Arrow {
  Stage from;
  Cue on;
  Stage to;
  std::string_view label;  ///< what a reader of the diagram sees
};

/// The arrow that leaves `at` on `cue`, or null: the machine may not move so.
template <class Stage, class Cue, std::size_t N>
constexpr const Arrow<Stage, Cue>* find(const std::array<Arrow<Stage, Cue>, N>& table, Stage at,
                                        Cue cue) {
  for (const auto& arrow : table) {
    if (arrow.from == at && arrow.on == cue) return &arrow;
  }
  return nullptr;
}

/// No two arrows leave one stage on one cue.
template <class Stage, class Cue, std::size_t N>
constexpr bool deterministic(const std::array<Arrow<Stage, Cue>, N>& table) {
  for (std::size_t i = 0; i < N; ++i) {
    for (std::size_t j = i + 1; j < N; ++j) {
      if (table[i].from == table[j].from && table[i].on == table[j].on) return false;
    }
  }
  return true;
}

/// Every stage that an arrow leads to is either left by some arrow or named in `ends`, and no
/// stage in `ends` is left.
template <class Stage, class Cue, std::size_t N>
constexpr bool ends_only_in(const std::array<Arrow<Stage, Cue>, N>& table,
                            std::initializer_list<Stage> ends) {
  const auto is_end = [&](Stage stage) {
    for (const Stage end : ends) {
      if (end == stage) return true;
    }
    return false;
  };
  const auto is_left = [&](Stage stage) {
    for (const auto& arrow : table) {
      if (arrow.from == stage) return true;
    }
    return false;
  };
  for (const auto& arrow : table) {
    if (is_left(arrow.to) == is_end(arrow.to)) return false;
  }
  return true;
}

}  // namespace model
