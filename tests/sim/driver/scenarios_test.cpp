// The library in scenarios/: every story passes, and every finding has a witness that shows it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "sim/driver/script.hpp"
#include "tests/sim/driver/telling.hpp"
#include "tests/support/source_dir.hpp"

namespace {

namespace fs = std::filesystem;

std::vector<std::string> files() {
  std::vector<std::string> paths;
  for (const auto& entry : fs::directory_iterator(tests::source_dir() / "scenarios")) {
    if (entry.path().extension() == ".yaml") {
      paths.push_back("scenarios/" + entry.path().filename().string());
    }
  }
  std::ranges::sort(paths);
  return paths;
}

sim::Scenario load(const std::string& file) {
  auto scenario = sim::read_scenario(tests::read_source(file), file);
  if (!scenario) {
    ADD_FAILURE() << scenario.error().front().text();
    return {};
  }
  return std::move(*scenario);
}

class ScenarioLibrary : public testing::TestWithParam<std::string> {};

TEST_P(ScenarioLibrary, PassesAndSaysWhatItProves) {
  const sim::Scenario scenario = load(GetParam());
  EXPECT_FALSE(scenario.title.empty());
  EXPECT_FALSE(scenario.source.empty());
  EXPECT_LE(scenario.title.size(), 120u) << "a title is one line";
  const auto result = sim::play(scenario);
  ASSERT_TRUE(result) << result.error().front().text();
  for (const sim::CellResult& cell : result->cells) {
    EXPECT_TRUE(cell.passed()) << cell.label << "\n" << tests::failures(cell);
  }
}

INSTANTIATE_TEST_SUITE_P(All, ScenarioLibrary, testing::ValuesIn(files()),
                         [](const auto& info) { return fs::path(info.param).stem().string(); });

class Findings : public testing::TestWithParam<std::size_t> {};

TEST_P(Findings, AreShownByTheirWitness) {
  const sim::property::Finding& finding = sim::property::findings()[GetParam()];
  ASSERT_NE(sim::property::find(finding.property), nullptr) << finding.property;
  const auto result = sim::play(load(std::string(finding.witness)),
                                {.revision = std::string(finding.revision), .set = {}, .seed = {}});
  ASSERT_TRUE(result);
  const bool shown = std::ranges::any_of(result->cells, [&](const sim::CellResult& cell) {
    return std::ranges::any_of(cell.broken, [&](const sim::property::Broken& broken) {
      return broken.property->id == finding.property;
    });
  });
  EXPECT_TRUE(shown) << finding.witness << " no longer breaks " << finding.property << " on "
                     << finding.revision;
}

INSTANTIATE_TEST_SUITE_P(All, Findings,
                         testing::Range<std::size_t>(0, sim::property::findings().size()));

TEST(Onboarding, BeforeTheFixFailsTheStoryAndSaysWhere) {
  const auto result = sim::play(load("scenarios/qr_onboarding.yaml"),
                                {.revision = "2026.3.28", .set = {}, .seed = {}});
  ASSERT_TRUE(result);
  EXPECT_FALSE(result->passed());
  EXPECT_THAT(tests::failures(result->cells.front()),
              testing::HasSubstr("expected session open of phone"));
}

}  // namespace
