// What must hold: sentences with names, each one small pure function.
//
// To add a property: state it in properties.cpp (id, sentence, source and the test that breaks it),
// keep what it must remember in a small monitor of its own, and let the checker do the rest.
// Weakening a sentence to let a release pass is never right: what a shipped release truly breaks is
// a *finding*, which is data (findings.cpp).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/property/monitors.hpp"
#include "sim/world/world.hpp"

namespace sim::property {

/// How a property is judged (docs: design, "Four kinds of property").
enum class Kind : std::uint8_t {
  state,    ///< a function of the world
  monitor,  ///< a function of a small value that events update
  fork,     ///< two variants of one action on copies of a world, outcomes compared
  reach,    ///< from every reachable world a good world stays reachable
};

[[nodiscard]] std::string_view name_of(Kind kind);

/// Broken with a reason that a person would point at, or not.
struct Verdict {
  std::optional<std::string> broken;
};
[[nodiscard]] inline Verdict holds() { return {}; }
[[nodiscard]] inline Verdict broken(std::string why) { return {std::move(why)}; }

/// One sentence. `check` is null for kinds that a single run cannot judge.
struct Property {
  std::string_view id;  ///< "P5.one_device"
  Kind kind;
  std::string_view sentence;   ///< what holds
  std::string_view source;     ///< where it is stated
  std::string_view broken_by;  ///< the test that shows that it can fail
  Verdict (*check)(const Monitors& monitors, const World& world);
};

/// All properties, by family.
[[nodiscard]] std::span<const Property> properties();
[[nodiscard]] const Property* find(std::string_view id);

/// Something that a release truly breaks, with a story that shows it.
struct Finding {
  std::string_view revision;
  std::string_view property;
  std::string_view sentence;  ///< what happens
  std::string_view witness;   ///< scenario, path from the root
};

[[nodiscard]] std::span<const Finding> findings();
/// The finding of this revision about this property, or null.
[[nodiscard]] const Finding* find_finding(std::string_view revision, std::string_view property);

}  // namespace sim::property
