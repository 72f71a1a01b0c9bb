#include "sim/driver/scenario.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/sim/driver/telling.hpp"
#include "tests/support/source_dir.hpp"

namespace sim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Scenario, HasADefaultForEverythingUnsaid) {
  const Scenario scenario = tests::read("title: x\nworld: { gateways: [home] }\n");
  EXPECT_EQ(scenario.revision, "2026.3.31");
  EXPECT_EQ(scenario.seed, 1u);
  EXPECT_FALSE(scenario.strict);
  EXPECT_TRUE(scenario.steps.empty());
}

TEST(Scenario, PartsAreAListOfNamesOrAMapping) {
  const Scenario list = tests::read("title: x\nworld: { gateways: [home, away] }\n");
  EXPECT_EQ(list.gateways.size(), 2u);
  const Scenario mapping =
      tests::read("title: x\nworld:\n  gateways: { home: , away: { skew: -2s, disk_of: home } }\n");
  ASSERT_EQ(mapping.gateways.size(), 2u);
  EXPECT_EQ(mapping.part("away")->span("skew", {}), model::Millis{-2'000});
  EXPECT_EQ(mapping.part("away")->text("disk_of"), "home");
}

TEST(Scenario, AHoldMayNameTheProcessOfALaterCommand) {
  const Scenario scenario = tests::read(
      "title: x\nworld: { gateways: [home] }\nsteps:\n"
      "  - { hold: rename devices/bootstrap.json, in: second_qr }\n"
      "  - { do: openclaw_qr, as: second }\n");
  EXPECT_EQ(scenario.steps.size(), 2u);
}

TEST(Cells, AMatrixVariesItsFirstDimensionSlowest) {
  const Scenario scenario = tests::read(
      "title: x\nworld: { gateways: [home] }\n"
      "for: { revision: [2026.3.28, 2026.3.31], bootstrap.binding: [none, raw_key] }\n");
  const auto cells = cells_of(scenario, {});
  ASSERT_TRUE(cells);
  std::vector<std::string> labels;
  for (const Cell& cell : *cells) labels.push_back(cell.label);
  EXPECT_THAT(labels, ElementsAre("revision 2026.3.28, bootstrap.binding none",
                                  "revision 2026.3.28, bootstrap.binding raw_key",
                                  "revision 2026.3.31, bootstrap.binding none",
                                  "revision 2026.3.31, bootstrap.binding raw_key"));
}

TEST(Cells, TheCommandLineBeatsTheFile) {
  const Scenario scenario = tests::read(
      "title: x\nworld: { gateways: [home] }\nseed: 7\n"
      "for: { revision: [2026.3.28, 2026.3.31], bootstrap.binding: [none, raw_key] }\n");
  const auto cells = cells_of(
      scenario, {.revision = "2026.3.28", .set = {"bootstrap.binding=normalised_key"}, .seed = 9});
  ASSERT_TRUE(cells);
  ASSERT_EQ(cells->size(), 1u);
  EXPECT_EQ(cells->front().preset.name, "2026.3.28");
  EXPECT_EQ(cells->front().policy.binding, model::policy::Binding::normalised_key);
  EXPECT_EQ(cells->front().seed, 9u);
}

TEST(Cells, AWrongWordOnTheCommandLineIsNamed) {
  const Scenario scenario = tests::read("title: x\nworld: { gateways: [home] }\n");
  const auto revision = cells_of(scenario, {.revision = "2026.3.32", .set = {}, .seed = {}});
  ASSERT_FALSE(revision);
  EXPECT_THAT(revision.error().front().text(), HasSubstr("--revision: "));
  const auto field =
      cells_of(scenario, {.revision = {}, .set = {"bootstrap.bind=none"}, .seed = {}});
  ASSERT_FALSE(field);
  EXPECT_THAT(field.error().front().text(), HasSubstr("--set: unknown policy field"));
}

TEST(When, PicksCellsByRevisionAndByPolicyField) {
  const Scenario scenario = tests::read(
      "title: x\nworld: { gateways: [home] }\nfor: { revision: [2026.3.28, 2026.3.31] }\n");
  const auto cells = cells_of(scenario, {});
  ASSERT_TRUE(cells);
  const Cell& before = cells->front();
  const Cell& after = cells->back();
  const When revision{{{"revision", {"2026.3.31"}}}};
  const When binding{{{"bootstrap.binding", {"none", "normalised_key"}}}};
  EXPECT_FALSE(before.matches(revision));
  EXPECT_TRUE(after.matches(revision));
  EXPECT_TRUE(before.matches(binding));
  EXPECT_FALSE(after.matches(binding));
  EXPECT_TRUE(after.matches({}));
}

RC_GTEST_PROP(Scenario, IsReadOrRefusedWhateverIsChangedInIt, ()) {
  static const std::string text = tests::read_source("scenarios/qr_onboarding.yaml");
  std::string changed = text;
  const int edits = *rc::gen::inRange(1, 6);
  for (int i = 0; i < edits; ++i) {
    const auto at = *rc::gen::inRange<std::size_t>(0, changed.size());
    switch (*rc::gen::inRange(0, 3)) {
      case 0:
        changed.erase(at, *rc::gen::inRange<std::size_t>(1, 20));
        break;
      case 1:
        changed.insert(at, *rc::gen::element<std::string>("{", "}", "[", ":", "\n", "- ", "'", "$",
                                                          "&a ", "  "));
        break;
      default:
        changed[at] = *rc::gen::arbitrary<char>();
        break;
    }
  }
  const auto scenario = read_scenario(changed, "x.yaml");
  if (!scenario) RC_ASSERT(!scenario.error().empty());
}

}  // namespace
}  // namespace sim
