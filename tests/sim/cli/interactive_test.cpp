#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/cli/running.hpp"

namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kStory =
    "title: x\nworld: { gateways: [home], devices: [phone] }\n"
    "steps:\n  - { do: show_setup_code, as: code }\n  - { by: phone, do: scan, what: code }\n"
    "expect:\n  - { of: phone, session: open }\n";

tests::Ran play(const std::string& commands) {
  return tests::sim({"run", tests::temporary("story.yaml", kStory), "--interactive"}, commands);
}

TEST(Interactive, TakesAnActionByNumberOrKeyAndShowsWhatIsEnabledNext) {
  const tests::Ran ran = play(
      "{ do: show_setup_code, as: other }\n1\nhome: rename devices/bootstrap.json for "
      "host/1\nquit\n");
  EXPECT_THAT(ran.out, HasSubstr("   1  home: read devices/bootstrap.json for host/1\n"));
  EXPECT_THAT(ran.out, HasSubstr("issues bootstrap token"));
}

TEST(Interactive, PlaysTheStepsOfTheScenarioOneByOne) {
  const tests::Ran ran = play("next\nnext\nquit\n");
  EXPECT_EQ(ran.code, 0) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("node session open"));
  EXPECT_THAT(play("next\nnext\nnext\nquit\n").out, HasSubstr("the scenario has no further step"));
}

TEST(Interactive, AnExpectationThatIsNotMetAtTheEndIsAFailure) {
  const tests::Ran ran = play("next\nquit\n");
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.out, HasSubstr("expected session open of phone"));
}

TEST(Interactive, BackUndoesTheLastMove) {
  const tests::Ran ran = play("next\nnext\nback\nquit\n");
  EXPECT_EQ(ran.code, 1) << "the scan was undone\n" << ran.out;
  EXPECT_THAT(play("back\nquit\n").out, HasSubstr("there is nothing to undo"));
}

TEST(Interactive, WhatCannotBeDoneChangesNothing) {
  const tests::Ran ran = play(
      "77\nhome: dance\n{ by: nobody, do: retry }\n{ by: phone, do: scann }\nnext\nnext\nquit\n");
  EXPECT_EQ(ran.code, 0) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("there is no action 77"));
  EXPECT_THAT(ran.out, HasSubstr("'home: dance' is not enabled"));
  EXPECT_THAT(ran.out, HasSubstr("did you mean 'scan'?"));
}

TEST(Interactive, SaveWritesAScenarioThatDoesItAgain) {
  const std::string path = tests::temporary("saved.yaml");
  const tests::Ran ran = play("next\nnext\nsave " + path + "\nquit\n");
  EXPECT_THAT(ran.out, HasSubstr("wrote " + path));
  const tests::Ran again = tests::sim({"run", path});
  EXPECT_EQ(again.code, 0) << again.out << again.err;
  EXPECT_THAT(again.out, HasSubstr("node session open"));
}

TEST(Interactive, TheEndOfTheInputIsTheEnd) { EXPECT_EQ(play("next\nnext\n").code, 0); }

}  // namespace
