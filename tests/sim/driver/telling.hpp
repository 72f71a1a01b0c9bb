// Scenarios told in a test: texts that are read, played and asked.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "sim/driver/script.hpp"

namespace tests {

/// Reads a scenario that must be a good one.
inline sim::Scenario read(const std::string& text) {
  auto scenario = sim::read_scenario(text, "story.yaml");
  if (!scenario) {
    ADD_FAILURE() << scenario.error().front().text();
    return {};
  }
  return std::move(*scenario);
}

/// Plays it; the only cell's result.
inline sim::CellResult play(const std::string& text, const sim::Overrides& overrides = {},
                            const sim::ScriptOptions& options = {}) {
  const sim::Scenario scenario = read(text);
  const auto cells = sim::cells_of(scenario, overrides);
  if (!cells) {
    ADD_FAILURE() << cells.error().front().text();
    return {};
  }
  EXPECT_EQ(cells->size(), 1u);
  return sim::play(scenario, cells->front(), options);
}

/// All failures, one a line, with their places.
inline std::string failures(const sim::CellResult& result) {
  std::string text;
  for (const sim::Failure& failure : result.failures) {
    text += sim::Diagnostic{"story.yaml", failure.at, failure.message}.text() + "\n";
  }
  return text;
}

/// A home gateway with a phone, a second one, and ann.
inline constexpr const char* kWorld =
    "title: a story\n"
    "world: { gateways: [home], devices: [phone, tablet], operators: [ann], attackers: [mallory] "
    "}\n";

/// The same world, the phone onboarded by a code.
inline std::string onboarded(const std::string& rest) {
  return std::string(kWorld) +
         "steps:\n"
         "  - { by: ann, do: show_setup_code, as: code }\n"
         "  - { by: phone, do: scan, what: code, expect: { of: phone, session: open } }\n" +
         rest;
}

}  // namespace tests
