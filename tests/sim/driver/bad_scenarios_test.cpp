// A library of broken scenarios. The first line of each says what a person must be told.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "sim/driver/scenario.hpp"
#include "tests/support/source_dir.hpp"

namespace {

namespace fs = std::filesystem;
constexpr const char* kFolder = "tests/sim/driver/bad_scenarios";

std::vector<fs::path> files() {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(tests::source_dir() / kFolder)) {
    paths.push_back(fs::path(kFolder) / entry.path().filename());
  }
  std::ranges::sort(paths);
  return paths;
}

class BadScenario : public testing::TestWithParam<fs::path> {};

TEST_P(BadScenario, IsToldWhereAndWhatAndTheNearestName) {
  const std::string text = tests::read_source(GetParam());
  const std::string first = text.substr(0, text.find('\n'));
  const std::string prefix = "# expect: ";
  ASSERT_TRUE(first.starts_with(prefix)) << first;
  const std::string wanted = "x.yaml:" + first.substr(prefix.size());

  sim::Diagnostics diagnostics;
  const auto scenario = sim::read_scenario(text, "x.yaml");
  if (!scenario) {
    diagnostics = scenario.error();
  } else if (const auto cells = sim::cells_of(*scenario, {}); !cells) {
    diagnostics = cells.error();
  }
  std::string all;
  for (const sim::Diagnostic& diagnostic : diagnostics) all += diagnostic.text() + "\n";
  EXPECT_TRUE(std::ranges::any_of(
      diagnostics,
      [&](const sim::Diagnostic& diagnostic) { return diagnostic.text().starts_with(wanted); }))
      << "wanted: " << wanted << "\ngot:\n"
      << all;
}

INSTANTIATE_TEST_SUITE_P(Library, BadScenario, testing::ValuesIn(files()),
                         [](const auto& info) { return info.param.stem().string(); });

TEST(BadScenarios, AreAtLeastThirty) { EXPECT_GE(files().size(), 30u); }

TEST(BadScenarios, AllMistakesOfOneFileAreToldInItsOrder) {
  const auto scenario = sim::read_scenario(
      "title: x\n"
      "revison: 2026.3.31\n"
      "world: { gateways: [home], devices: [phone] }\n"
      "steps:\n"
      "  - { by: phone, do: scann }\n"
      "  - { by: fone, do: retry }\n",
      "x.yaml");
  ASSERT_FALSE(scenario);
  ASSERT_EQ(scenario.error().size(), 3u);
  EXPECT_EQ(scenario.error()[0].at.line, 2);
  EXPECT_EQ(scenario.error()[1].at.line, 5);
  EXPECT_EQ(scenario.error()[2].at.line, 6);
}

}  // namespace
