// The order of things: pauses, holds, time, failures with their places, properties and findings.
#include "sim/driver/script.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/driver/telling.hpp"

namespace sim {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

TEST(Script, AStoryWithoutFailuresPasses) {
  const CellResult result = tests::play(tests::onboarded(""));
  EXPECT_TRUE(result.passed()) << tests::failures(result);
  EXPECT_EQ(result.digest.size(), 32u);
  EXPECT_GT(result.actions, 20u);
}

TEST(Script, AFailedExpectationNamesItsLineAndWhatIsSoInstead) {
  const CellResult result =
      tests::play(tests::onboarded("expect:\n  - { of: phone, session: stopped }\n"));
  EXPECT_EQ(tests::failures(result),
            "story.yaml:7:5: expected session stopped of phone, but its session is open\n");
  EXPECT_EQ(repeat_command("story.yaml", result),
            "sim run story.yaml --revision 2026.3.31 --seed 1");
}

TEST(Script, TheCommandThatRepeatsNamesWhatDiffersFromTheRelease) {
  const CellResult result = tests::play(
      tests::onboarded(""), {.revision = {}, .set = {"bootstrap.silent_pairing=never"}, .seed = 5});
  EXPECT_EQ(repeat_command("x.yaml", result),
            "sim run x.yaml --revision 2026.3.31 --set bootstrap.silent_pairing=never --seed 5");
  EXPECT_FALSE(result.passed());
}

TEST(Script, AStepThatCannotBeDoneEndsTheStoryThere) {
  const CellResult result = tests::play(tests::onboarded(
      "  - { by: ann, do: approve, of: tablet }\n"
      "  - { by: tablet, do: scan, what: code, expect: { of: tablet, session: open } }\n"
      "expect:\n  - { of: tablet, session: open }\n"));
  EXPECT_EQ(tests::failures(result),
            "story.yaml:6:5: 'approve' cannot be done: no request of tablet is pending\n");
}

TEST(Script, TimeStandsStillBetweenStepsUnlessTheySayOtherwise) {
  const CellResult still = tests::play(tests::onboarded(""));
  EXPECT_EQ(still.virtual_time, model::Millis{0});
  const CellResult moving = tests::play(
      tests::onboarded("  - { by: phone, do: background, after: 2s, within: 3s }\n  - wait: 1s\n"));
  EXPECT_TRUE(moving.passed()) << tests::failures(moving);
  EXPECT_EQ(moving.virtual_time, model::Millis{6'000});
}

// S-5: a bootstrap token of exactly 600,000 ms is alive, one millisecond later it is not.
TEST(Script, ACodeIsGoodAtItsLastMillisecondAndNotAtTheNext) {
  const auto story = [](const char* wait) {
    return std::string(tests::kWorld) +
           "steps:\n  - { do: show_setup_code, as: code }\n  - wait: " + wait +
           "\n  - { by: phone, do: scan, what: code }\nexpect:\n  - { of: phone, session: open }\n";
  };
  EXPECT_TRUE(tests::play(story("9m59s999ms")).passed());
  EXPECT_TRUE(tests::play(story("600s")).passed());
  const CellResult late = tests::play(story("600001ms"));
  EXPECT_THAT(tests::failures(late), HasSubstr("expected session open of phone"));
}

TEST(Script, UntilStopsTheClockAsSoonAsItIsTrue) {
  const CellResult result = tests::play(tests::onboarded(
      "  - { do: stop, on: home }\n"
      "  - { do: start, on: home, until: { of: phone, session: open }, within: 1m }\n"));
  EXPECT_TRUE(result.passed()) << tests::failures(result);
  EXPECT_GT(result.virtual_time.count, 0);
  EXPECT_LT(result.virtual_time.count, 60'000);
}

TEST(Script, UntilFailsWhenItsTimeIsOver) {
  const CellResult result = tests::play(tests::onboarded(
      "  - { do: stop, on: home, until: { of: phone, session: open }, within: 5s }\n"));
  EXPECT_THAT(tests::failures(result),
              HasSubstr("story.yaml:6:34: within 5 s expected session open of phone"));
  EXPECT_EQ(result.virtual_time, model::Millis{5'000});
}

TEST(Script, AHoldKeepsAnActionWaitingUntilItsRelease) {
  const CellResult result =
      tests::play(std::string(tests::kWorld) +
                  "steps:\n"
                  "  - { do: show_setup_code, as: code }\n"
                  "  - { hold: rename devices/paired.json, in: home, of: phone }\n"
                  "  - { by: phone, do: scan, what: code, expect: [{ of: phone, session: "
                  "connecting }, { paired: ann }] }\n"
                  "  - { release: rename devices/paired.json, expect: [{ of: phone, session: open "
                  "}, { paired: [ann, phone] }] }\n");
  EXPECT_TRUE(result.passed()) << tests::failures(result);
}

TEST(Script, BeforeIsAHoldFromThatStepOn) {
  const CellResult result =
      tests::play(std::string(tests::kWorld) +
                  "steps:\n"
                  "  - { do: show_setup_code, as: code }\n"
                  "  - { by: phone, do: scan, what: code, before: rename devices/bootstrap.json, "
                  "expect: { code: unbound, what: code } }\n"
                  "  - { release: all, expect: { of: phone, session: open } }\n");
  EXPECT_TRUE(result.passed()) << tests::failures(result);
}

TEST(Script, AHoldThatHoldsNothingFailsUnlessItMay) {
  const CellResult result =
      tests::play(tests::onboarded("  - { hold: rename nodes/paired.json }\n"));
  EXPECT_EQ(tests::failures(result),
            "story.yaml:6:5: nothing was held at 'rename nodes/paired.json'\n");
  EXPECT_TRUE(
      tests::play(tests::onboarded("  - { hold: rename nodes/paired.json, optional: yes }\n"))
          .passed());
  EXPECT_THAT(
      tests::failures(tests::play(tests::onboarded("  - release: rename nodes/paired.json\n"))),
      HasSubstr("nothing is held at"));
}

TEST(Script, AMatrixRunsEachCellWithWhatAppliesThere) {
  const Scenario scenario = tests::read(
      "title: x\nworld: { gateways: [home], devices: [phone], operators: [ann] }\n"
      "for: { revision: [2026.3.28, 2026.3.31] }\n"
      "steps:\n"
      "  - { do: show_setup_code, as: code }\n"
      "  - { by: phone, do: scan, what: code }\n"
      "  - { by: ann, do: approve, of: phone, when: { revision: 2026.3.28 } }\n"
      "expect:\n"
      "  - { of: phone, session: open, when: { revision: 2026.3.31 } }\n"
      "  - { of: phone, session: stopped, when: { revision: 2026.3.28 } }\n");
  const auto result = play(scenario);
  ASSERT_TRUE(result);
  ASSERT_THAT(result->cells, SizeIs(2));
  EXPECT_TRUE(result->cells[0].passed()) << tests::failures(result->cells[0]);
  EXPECT_TRUE(result->cells[1].passed()) << tests::failures(result->cells[1]);
  EXPECT_NE(result->cells[0].digest, result->cells[1].digest);
}

TEST(Script, AKnownFindingIsToldAndFailsOnlyWhereItIsForbidden) {
  const std::string stall = std::string(tests::kWorld) +
                            "revision: 2026.3.28\n"
                            "steps:\n"
                            "  - { do: show_setup_code, as: code }\n"
                            "  - { by: phone, do: scan, what: code }\n";
  const CellResult told = tests::play(stall);
  EXPECT_TRUE(told.passed()) << tests::failures(told);
  ASSERT_THAT(told.known, SizeIs(1));
  EXPECT_EQ(told.known[0].property, "P5.delivered_or_restored");

  EXPECT_THAT(tests::failures(tests::play(stall + "holds: [P5.delivered_or_restored]\n")),
              HasSubstr("story.yaml:7:9: property P5.delivered_or_restored broken at action"));
  EXPECT_THAT(tests::failures(tests::play(stall + "strict: yes\n")),
              HasSubstr("property P5.delivered_or_restored broken"));
  EXPECT_FALSE(tests::play(stall, {}, {.strict = true, .on_action = {}, .on_end = {}}).passed());
  const CellResult expected = tests::play(stall + "breaks: [P5.delivered_or_restored]\n");
  EXPECT_TRUE(expected.passed()) << tests::failures(expected);
  EXPECT_THAT(expected.known, IsEmpty());
}

TEST(Script, APropertyThatShouldBreakAndHoldsIsAFailure) {
  const CellResult result = tests::play(tests::onboarded("breaks: [P5.one_device]\n"));
  EXPECT_EQ(tests::failures(result),
            "story.yaml:6:10: expected property P5.one_device to be broken, but it holds\n");
}

TEST(Script, TheSameStoryHasTheSameDigestAndAnotherSeedAnother) {
  const std::string story = tests::onboarded("  - wait: 5s\n");
  const std::string first = tests::play(story).digest;
  EXPECT_EQ(tests::play(story).digest, first);
  EXPECT_NE(tests::play(story, {.revision = {}, .set = {}, .seed = 2}).digest, first);
}

TEST(Schedule, IsFollowedStrictlyAndSaysWhatWasEnabledInstead) {
  const std::string begin =
      "title: x\nworld: { gateways: [home], devices: [phone] }\nschedule:\n"
      "  - { do: show_setup_code, as: code, on: home }\n";
  const CellResult good = tests::play(begin +
                                      "  - 'home: read devices/bootstrap.json for host/1'\n"
                                      "expect:\n  - { writes: 0 }\n");
  EXPECT_TRUE(good.passed()) << tests::failures(good);
  const CellResult bad =
      tests::play(begin + "  - 'home: rename devices/bootstrap.json for host/1'\n");
  EXPECT_THAT(tests::failures(bad),
              HasSubstr("story.yaml:5:5: 'home: rename devices/bootstrap.json for host/1' is not "
                        "enabled; enabled: home: read devices/bootstrap.json for host/1"));
}

TEST(Schedule, TimeIsAKeyToo) {
  const std::string begin = "title: x\nworld: { gateways: [home] }\nschedule:\n";
  EXPECT_EQ(tests::play(begin + "  - 'time: +850 ms'\n").virtual_time, model::Millis{850});
  EXPECT_THAT(tests::failures(tests::play(begin + "  - 'time: +soon ms'\n")),
              HasSubstr("is no time action"));
  EXPECT_FALSE(tests::play(begin + "  - 'time: +-5 ms'\n").passed());
}

}  // namespace
}  // namespace sim
