// The model agrees with the recorded gateways, and would be told if it did not. Every rule that the
// tags of the vectors cite is tested here.
#include "sim/driver/conformance.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "sim/driver/vector_rename.hpp"
#include "tests/support/source_dir.hpp"

namespace sim {
namespace {

namespace js = model::js;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

ConformReport run(const std::string& lines, const ConformanceOptions& options = {}) {
  std::istringstream input(lines);
  ConformReport report;
  const auto done = conform(input, "made.jsonl", options, report);
  EXPECT_TRUE(done) << done.error().message;
  return report;
}

ConformReport run_file(const std::string& revision, const ConformanceOptions& options = {}) {
  std::ifstream input(tests::source_dir() / "tests/vectors" / (revision + ".jsonl"),
                      std::ios::binary);
  EXPECT_TRUE(input) << revision;
  ConformReport report;
  const auto done = conform(input, revision, options, report);
  EXPECT_TRUE(done) << done.error().message;
  return report;
}

/// The line of one vector.
std::string line_of(const std::string& revision, const std::string& id) {
  std::istringstream lines(tests::read_source("tests/vectors/" + revision + ".jsonl"));
  for (std::string line; std::getline(lines, line);) {
    if (line.find("\"id\":\"" + id + "\"") != std::string::npos) return line;
  }
  ADD_FAILURE() << "no vector " << id;
  return {};
}

/// The line with one text replaced, which must occur.
std::string with(std::string line, const std::string& old, const std::string& fresh) {
  const std::size_t at = line.find(old);
  EXPECT_NE(at, std::string::npos) << old;
  return at == std::string::npos ? line : line.replace(at, old.size(), fresh);
}

class Recorded : public testing::TestWithParam<const char*> {};

TEST_P(Recorded, GatewayAndModelAgreeOnEveryVector) {
  const ConformReport report = run_file(GetParam());
  EXPECT_EQ(report.all.vectors, 987u);
  EXPECT_THAT(report.bad_lines, IsEmpty());
  EXPECT_EQ(report.all.matched, report.all.vectors) << describe(report, 1);
}

TEST_P(Recorded, GatewayAndModelAgreeUnderOtherNames) {
  const ConformReport report = run_file(GetParam(), {.rename = 20'260'331});
  EXPECT_EQ(report.all.vectors, 987u);
  EXPECT_EQ(report.all.matched, report.all.vectors) << describe(report, 1);
}

INSTANTIATE_TEST_SUITE_P(EachRelease, Recorded, testing::Values("2026.3.28", "2026.3.31"),
                         [](const auto& info) {
                           std::string name = info.param;
                           std::replace(name.begin(), name.end(), '.', '_');
                           return name;
                         });

TEST(Conformance, FailsWhenTheOtherReleaseAnswers) {
  // D-1: what the one release approves silently waits for an operator in the other.
  const std::string line = with(line_of("2026.3.31", "bootstrap/fresh-ios"),
                                R"("revision":"2026.3.31")", R"("revision":"2026.3.28")");
  const ConformReport report = run(line);
  ASSERT_EQ(report.failing.size(), 1u);
  EXPECT_EQ(report.failing[0].differences[0].step, 1u);
  EXPECT_THAT(report.failing[0].differences[0].path, HasSubstr("response"));
}

TEST(Conformance, FailsWhenOnePolicyFieldIsFlipped) {
  const std::string line = line_of("2026.3.31", "bootstrap/fresh-ios");
  EXPECT_EQ(run(line).all.matched, 1u);
  EXPECT_EQ(run(line, {.policy = {"bootstrap.silent_pairing=never"}}).all.matched, 0u);
}

TEST(Conformance, SeesEveryKindOfPlantedMistake) {
  const std::string line = line_of("2026.3.31", "bootstrap/fresh-ios");
  for (const auto& [old, fresh] : {
           std::pair{R"("expiresAtMs":600010)", R"("expiresAtMs":600011)"},
           std::pair{R"("at":20)", R"("at":21)"},
           std::pair{R"("deviceToken":"$T1","role")", R"("deviceToken":"$T2","role")"},
           std::pair{R"("close":null)", R"("close":{"code":1000,"reason":""})"},
           std::pair{R"("sent":{"deviceToken":"$T1"})", R"("sent":{"deviceToken":null})"},
           std::pair{R"("authMode":"token")", R"("authMode":"none")"},
           std::pair{R"("isRepair":false)", R"("isRepair":true)"},
           std::pair{R"("devices.bootstrap":{})", R"("devices.bootstrap":{"$B0":{}})"},
       }) {
    EXPECT_EQ(run(with(line, old, fresh)).all.matched, 0u) << fresh;
  }
}

TEST(Conformance, LooksAtNoObservationWhileItPlays) {
  const std::string line = line_of("2026.3.31", "bootstrap/fresh-ios");
  js::Value story = *js::parse(line);
  story.edit_object().erase("observed");
  story.edit_object().erase("stores");
  std::ostringstream recorded;
  EXPECT_EQ(run(js::dump(story), {.record = &recorded}).all.matched, 1u);
  EXPECT_TRUE(js::same_json(*js::parse(recorded.str().substr(0, recorded.str().size() - 1)),
                            *js::parse(line)));
}

TEST(Conformance, RecordsWhatItMatches) {
  const std::string line = line_of("2026.3.28", "node-gating/paired-node-ios");
  std::ostringstream recorded;
  EXPECT_EQ(run(line, {.record = &recorded}).all.matched, 1u);
  EXPECT_EQ(run(recorded.str()).all.matched, 1u);
}

TEST(Conformance, NamesBadLinesAndGoesOn) {
  const std::string good = line_of("2026.3.31", "bootstrap/fresh-ios");
  const ConformReport report =
      run("hello\n" + good + "\n" + with(good, R"("do":"advance")", R"("do":"advnce")") + "\n" +
          with(good, R"("revision":"2026.3.31")", R"("revision":"2026.3.30")") + "\n" + good);
  EXPECT_EQ(report.all.matched, 2u);
  ASSERT_EQ(report.bad_lines.size(), 3u);
  EXPECT_THAT(report.bad_lines[0], testing::StartsWith("made.jsonl:1: not JSON: 1:1"));
  EXPECT_EQ(report.bad_lines[1],
            "made.jsonl:3: step 3 (advnce): unknown step 'advnce', did you mean 'advance'?");
  EXPECT_THAT(report.bad_lines[2], HasSubstr("made.jsonl:4: "));
  EXPECT_THAT(report.bad_lines[2], HasSubstr("2026.3.30"));
}

TEST(Conformance, RefusesAnUnknownPolicyField) {
  std::istringstream input("");
  ConformReport report;
  EXPECT_FALSE(conform(input, "x", {.policy = {"bootstrap.bindng=none"}}, report));
}

TEST(Conformance, GivesTheSameReportWithMoreThreads) {
  std::string lines;
  for (const char* id : {"bootstrap/fresh-ios", "bootstrap/fresh-mac", "token/remove-node"}) {
    lines += line_of("2026.3.31", id) + "\n";
  }
  const ConformanceOptions wrong{.policy = {"bootstrap.silent_pairing=never"}};
  ConformanceOptions side_by_side = wrong;
  side_by_side.jobs = 4;
  EXPECT_EQ(describe(run(lines, wrong), 9), describe(run(lines, side_by_side), 9));
}

TEST(ConformReport, CountsByTagAndGroupsByCause) {
  std::string lines;
  for (const char* id : {"bootstrap/fresh-ios", "bootstrap/fresh-mac"}) {
    lines += line_of("2026.3.31", id) + "\n";
  }
  const ConformReport report = run(lines, {.policy = {"bootstrap.silent_pairing=never"}});
  EXPECT_EQ(report.by_tag.at("bootstrap").vectors, 2u);
  EXPECT_EQ(report.by_tag.at("bootstrap").matched, 0u);
  const auto grouped = causes(report);
  ASSERT_EQ(grouped.size(), 1u);
  EXPECT_THAT(grouped[0].ids, ElementsAre("bootstrap/fresh-ios", "bootstrap/fresh-mac"));

  const js::Value json = to_json(report);
  EXPECT_EQ(js::member(json, "vectors")->integer(), 2);
  EXPECT_EQ(js::member(json, "matched")->integer(), 0);
  const js::Value& first = js::array_member(json, "mismatches")->front();
  EXPECT_EQ(*js::string_member(first, "id"), "bootstrap/fresh-ios");
  EXPECT_EQ(js::member(first, "step")->integer(), 1);
  EXPECT_TRUE(js::string_member(first, "path"));
  EXPECT_TRUE(js::member(first, "expected") != nullptr || js::member(first, "got") != nullptr);
}

TEST(Renaming, ChangesEveryNameAndKeepsTheVerdict) {
  const std::string line = line_of("2026.3.31", "bootstrap/repair-changed-key");
  const std::string renamed = js::dump(VectorRenamer(7).rename(*js::parse(line)));
  for (const char* name : {"\"D0\"", "$D0", "\"c1\"", "\"B0\"", "old-token-of-the-other-key"}) {
    EXPECT_THAT(line, HasSubstr(name));
    EXPECT_THAT(renamed, testing::Not(HasSubstr(name)));
  }
  EXPECT_EQ(run(line, {.rename = 7}).all.matched, 1u);
  EXPECT_EQ(run(line, {.rename = 8}).all.matched, 1u);
}

TEST(Renaming, LeavesAMistakeAMistake) {
  const std::string line = with(line_of("2026.3.31", "bootstrap/fresh-ios"),
                                R"("deviceToken":"$T1","role")", R"("deviceToken":"$T2","role")");
  EXPECT_EQ(run(line, {.rename = 7}).all.matched, 0u);
}

TEST(Glob, MatchesStarsAndQuestionMarks) {
  EXPECT_TRUE(matches_glob("bootstrap/*", "bootstrap/fresh-ios"));
  EXPECT_TRUE(matches_glob("*fresh*", "bootstrap/fresh-ios"));
  EXPECT_TRUE(matches_glob("random/00?1", "random/0091"));
  EXPECT_TRUE(matches_glob("a", "a"));
  EXPECT_TRUE(matches_glob("*", ""));
  EXPECT_FALSE(matches_glob("bootstrap", "bootstrap/fresh-ios"));
  EXPECT_FALSE(matches_glob("*ios", "bootstrap/fresh-ios2"));
  EXPECT_FALSE(matches_glob("", "a"));
  EXPECT_FALSE(matches_glob("*a*a*a*a*a*a*a*b", std::string(5000, 'a')));
}

}  // namespace
}  // namespace sim
