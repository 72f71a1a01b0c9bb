#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "model/base/json.hpp"
#include "tests/sim/cli/running.hpp"
#include "tests/support/source_dir.hpp"

namespace {

namespace js = model::js;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using tests::Ran;

/// Tests run in the root of the repository.
constexpr const char* kGood = "scenarios/qr_onboarding.yaml";

TEST(SimRun, TellsAStoryThatPasses) {
  const Ran ran = tests::sim({"run", kGood});
  EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("approves phone silently as node"));
  EXPECT_THAT(ran.out, HasSubstr("passed: "));
  EXPECT_THAT(ran.err, IsEmpty());
}

TEST(SimRun, SaysWhichExpectationFailedWhereAndHowToRepeatIt) {
  const Ran ran = tests::sim({"run", kGood, "--revision", "2026.3.28"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.out, HasSubstr("scenarios/qr_onboarding.yaml:"));
  EXPECT_THAT(ran.out, HasSubstr(": expected session open of phone, but"));
  EXPECT_THAT(
      ran.out,
      EndsWith("  repeat: sim run scenarios/qr_onboarding.yaml --revision 2026.3.28 --seed 1\n"));
}

/// The failing run that the first page shows is what the program prints.
TEST(Readme, ShowsAFailingRunAsItIs) {
  const std::string readme = tests::read_source("README.md");
  const std::size_t start = readme.find("    $ sim run ");
  ASSERT_NE(start, std::string::npos);
  std::istringstream block(readme.substr(start, readme.find("\n\n", start) - start));
  std::string line;
  std::getline(block, line);
  ASSERT_EQ(line, "    $ sim run scenarios/qr_onboarding.yaml --revision 2026.3.28");
  const Ran ran = tests::sim({"run", kGood, "--revision", "2026.3.28"});
  int shown = 0;
  while (std::getline(block, line)) {
    EXPECT_THAT(ran.out, HasSubstr("\n" + line.substr(4) + "\n"));
    ++shown;
  }
  EXPECT_EQ(shown, 3);
}

TEST(SimRun, TheRepeatCommandRepeats) {
  const Ran first = tests::sim({"run", kGood, "--quiet", "--set", "bootstrap.silent_pairing=never",
                                "--set", "app.clear_bootstrap=never", "--seed", "4"});
  ASSERT_EQ(first.code, 1);
  const std::string repeat = "  repeat: sim ";
  const auto at = first.out.find(repeat);
  ASSERT_NE(at, std::string::npos);
  std::istringstream words(first.out.substr(at + repeat.size()));
  std::vector<std::string> arguments;
  for (std::string word; words >> word;) arguments.push_back(word);
  arguments.emplace_back("--quiet");
  const Ran second = tests::sim(arguments);
  EXPECT_EQ(second.code, 1);
  EXPECT_EQ(second.out, first.out);
}

TEST(SimRun, QuietSaysNothingOfWhatPassed) {
  const Ran ran = tests::sim({"run", kGood, "--quiet"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(ran.out, IsEmpty());
}

TEST(SimRun, JsonIsOneObjectAFile) {
  const Ran ran = tests::sim({"run", kGood, "scenarios/bootstrap_replay.yaml", "--json"});
  EXPECT_EQ(ran.code, 0);
  std::istringstream lines(ran.out);
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    const auto object = js::parse(line);
    ASSERT_TRUE(object) << line;
    for (const char* name :
         {"file", "title", "passed", "digest", "failures", "known", "actions", "virtual_ms"}) {
      EXPECT_NE(js::member(*object, name), nullptr) << name;
    }
    EXPECT_EQ(js::string_member(*object, "digest")->size(), 32u);
  }
  EXPECT_EQ(count, 2u);
}

TEST(SimRun, JsonNamesFailuresWithTheirPlace) {
  const Ran ran = tests::sim({"run", kGood, "--json", "--revision", "2026.3.28"});
  EXPECT_EQ(ran.code, 1);
  const auto object = js::parse(ran.out.substr(0, ran.out.find('\n')));
  ASSERT_TRUE(object);
  const js::Value& first = js::array_member(*object, "failures")->front();
  EXPECT_TRUE(js::number_member(first, "line").has_value());
  EXPECT_NE(js::string_member(first, "message"), nullptr);
  EXPECT_NE(js::string_member(first, "repeat"), nullptr);
}

TEST(SimRun, ABrokenScenarioIsBadInput) {
  const Ran ran = tests::sim({"run", "tests/sim/driver/bad_scenarios/unknown_action.yaml"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err,
              HasSubstr("unknown_action.yaml:5:22: unknown action 'scann', did you mean 'scan'?"));
  EXPECT_THAT(ran.out, IsEmpty());
}

TEST(SimRun, WrongWordsOnTheCommandLineAreBadInput) {
  const Ran revision = tests::sim({"run", kGood, "--revision", "2026.3.13"});
  EXPECT_EQ(revision.code, 2);
  EXPECT_THAT(revision.err, HasSubstr("--revision: "));
  const Ran set = tests::sim({"run", kGood, "--set", "bootstrap.bindin=none"});
  EXPECT_EQ(set.code, 2);
  EXPECT_THAT(set.err, HasSubstr("did you mean 'bootstrap.binding'?"));
  const Ran file = tests::sim({"run", "scenarios/qr_onbording.yaml"});
  EXPECT_EQ(file.code, 2);
  EXPECT_THAT(file.err, HasSubstr("no such scenario, did you mean 'qr_onboarding.yaml'?"));
  EXPECT_EQ(tests::sim({"run"}).code, 2);
  EXPECT_EQ(tests::sim({"run", kGood, "--nonsense"}).code, 2);
  EXPECT_EQ(tests::sim({"run", kGood, "--seed", "many"}).code, 2);
  EXPECT_EQ(tests::sim({"fly"}).code, 2);
  EXPECT_EQ(tests::sim({}).code, 2);
}

TEST(SimRun, AFolderIsAllItsScenarios) {
  const Ran ran = tests::sim({"run", "scenarios"});
  EXPECT_EQ(ran.code, 0) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr(" scenarios passed\n"));
}

TEST(SimRun, TheWorstOfSeveralFilesDecides) {
  const Ran ran =
      tests::sim({"run", "--quiet", kGood, "tests/sim/driver/bad_scenarios/unknown_action.yaml"});
  EXPECT_EQ(ran.code, 2);
}

TEST(SimRun, ATraceIsARecordingOrAScenarioThatReplays) {
  const std::string lines = tests::temporary("out.jsonl");
  ASSERT_EQ(tests::sim({"run", kGood, "--quiet", "--trace", lines}).code, 0);
  std::ifstream file(lines);
  std::string first;
  std::getline(file, first);
  EXPECT_THAT(first, HasSubstr("\"pairlab\":\"recording\""));

  const std::string again = tests::temporary("out.yaml");
  const Ran original = tests::sim({"run", kGood, "--json", "--trace", again});
  const Ran replayed = tests::sim({"run", again, "--json"});
  EXPECT_EQ(replayed.code, 0) << replayed.out << replayed.err;
  const auto digest = [](const Ran& ran) {
    return *js::string_member(*js::parse(ran.out), "digest");
  };
  EXPECT_EQ(digest(replayed), digest(original));
}

TEST(SimRun, ATraceThatCannotBeWrittenIsToldAtOnce) {
  const Ran ran = tests::sim({"run", kGood, "--quiet", "--trace", "/nowhere/at/all.jsonl"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err, HasSubstr("cannot be written"));
}

TEST(SimRun, KnownFindingsAreToldAndFailWhenStrict) {
  const std::string story = tests::temporary(
      "stall.yaml",
      "title: x\nrevision: 2026.3.28\nworld: { gateways: [home], devices: [phone] }\n"
      "steps:\n  - { do: show_setup_code, as: code }\n  - { by: phone, do: scan, what: code }\n");
  const Ran told = tests::sim({"run", story});
  EXPECT_EQ(told.code, 0);
  EXPECT_THAT(told.out, HasSubstr("known: P5.delivered_or_restored on 2026.3.28: "));
  const Ran strict = tests::sim({"run", story, "--strict", "--quiet"});
  EXPECT_EQ(strict.code, 1);
  EXPECT_THAT(strict.out, HasSubstr("property P5.delivered_or_restored broken at action"));
}

TEST(Sim, HelpHasAnExampleEverywhere) {
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"--help"}, {"run", "--help"}, {"list", "--help"}}) {
    const Ran ran = tests::sim(arguments);
    EXPECT_EQ(ran.code, 0);
    EXPECT_THAT(ran.out, HasSubstr("examples:\n"));
  }
  EXPECT_THAT(tests::sim({"--version"}).out, HasSubstr("sim "));
}

TEST(SimRun, NeverShowsASecretInFull) {
  const Ran ran = tests::sim({"run", kGood});
  // 43 characters of base64url in a row would be a token.
  std::size_t run = 0;
  for (const char c : ran.out) {
    const bool token = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
    run = token ? run + 1 : 0;
    ASSERT_LT(run, 43u);
  }
}

}  // namespace
