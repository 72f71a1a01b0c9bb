// Comparison up to a one-to-one renaming of symbols: what it forgives, and what it does not
// (tests/vectors/README.md section 8).
#include "sim/driver/vector_compare.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sim {
namespace {

namespace js = model::js;

js::Value json(const std::string& text) {
  auto value = js::parse(text);
  EXPECT_TRUE(value) << text;
  return value ? *value : js::Value();
}

std::vector<Difference> differences(const std::string& expected, const std::string& got,
                                    const std::string& expected_stores = "{}",
                                    const std::string& got_stores = "{}") {
  Vector vector;
  vector.observed = json(expected);
  vector.stores = json(expected_stores);
  return compare(vector, {.observed = json(got), .stores = json(got_stores), .digest = {}});
}

std::string first_path(const std::string& expected, const std::string& got) {
  const auto found = differences(expected, got);
  return found.empty() ? "same" : found.front().path;
}

TEST(Comparison, ForgivesTheOrderOfMembersOnly) {
  EXPECT_EQ(first_path(R"([{"a":1,"b":2}])", R"([{"b":2,"a":1}])"), "same");
  EXPECT_EQ(first_path(R"([{"a":[1,2]}])", R"([{"a":[2,1]}])"), "a[0]");
}

TEST(Comparison, ForgivesAConsistentRenamingOfSymbols) {
  EXPECT_EQ(
      first_path(R"([{"t":"$T1","u":"$T2","r":"$R1"}])", R"([{"t":"$T9","u":"$T1","r":"$R5"}])"),
      "same");
}

TEST(Comparison, FailsWhenOneSymbolStandsForTwo) {
  EXPECT_EQ(first_path(R"([{"t":"$T1"},{"t":"$T1"}])", R"([{"t":"$T1"},{"t":"$T2"}])"), "t");
}

TEST(Comparison, FailsWhenTwoSymbolsStandForOne) {
  EXPECT_EQ(first_path(R"([{"t":"$T1"},{"t":"$T2"}])", R"([{"t":"$T1"},{"t":"$T1"}])"), "t");
}

TEST(Comparison, KeepsTheRenamingFromTheStepsToTheStores) {
  const auto found =
      differences(R"([{"t":"$T1"}])", R"([{"t":"$T2"}])", R"({"x":"$T2"})", R"({"x":"$T2"})");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].step, std::nullopt);
  EXPECT_EQ(found[0].path, "x");
}

TEST(Comparison, RenamesOnlyWithinAKindOfSymbol) {
  EXPECT_EQ(first_path(R"([{"t":"$T1"}])", R"([{"t":"$R1"}])"), "t");
  EXPECT_EQ(first_path(R"([{"t":"$T1"}])", R"([{"t":"a-token"}])"), "t");
  EXPECT_EQ(first_path(R"([{"t":"a-token"}])", R"([{"t":"$T1"}])"), "t");
  EXPECT_EQ(first_path(R"([{"t":"$D0"}])", R"([{"t":"$D1"}])"), "t");
  EXPECT_EQ(first_path(R"([{"t":"$B0"}])", R"([{"t":"$B1"}])"), "t");
}

TEST(Comparison, FindsMissingAndUnexpectedMembers) {
  const auto found = differences(R"([{"a":1,"close":null}])", R"([{"a":1,"extra":null}])");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].path, "close");
  EXPECT_TRUE(found[0].expected && !found[0].got);
  EXPECT_EQ(found[1].path, "extra");
  EXPECT_TRUE(!found[1].expected && found[1].got);
}

TEST(Comparison, TellsValuesOfDifferentKindsApart) {
  EXPECT_EQ(first_path(R"([{"a":null}])", R"([{"a":false}])"), "a");
  EXPECT_EQ(first_path(R"([{"a":1}])", R"([{"a":"1"}])"), "a");
  EXPECT_EQ(first_path(R"([{"a":{}}])", R"([{"a":[]}])"), "a");
  EXPECT_EQ(first_path(R"([{"a":1}])", R"([{"a":2}])"), "a");
}

TEST(Comparison, ShowsAYesBesideANoAsAWhole) {
  const auto found = differences(R"([{"response":{"ok":true,"payload":{}}}])",
                                 R"([{"response":{"ok":false,"error":{"code":"X"}}}])");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].path, "response");
  EXPECT_EQ(js::dump(*found[0].got), R"({"ok":false,"error":{"code":"X"}})");
}

TEST(Comparison, NamesStepPathAndShape) {
  const auto found = differences(R"([{},{"response":{"$D0":[{"x":1}]}}])",
                                 R"([{},{"response":{"$D0":[{"x":2}]}}])");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].step, 1u);
  EXPECT_EQ(found[0].path, "response.$D0[0].x");
  EXPECT_EQ(found[0].shape, "response.*[].x");
}

TEST(Comparison, StopsAtTheDifferencesAskedFor) {
  Vector vector;
  vector.observed = json(R"([{"a":1,"b":1,"c":1}])");
  const Replay replay{.observed = json(R"([{"a":2,"b":2,"c":2}])"), .stores = {}, .digest = {}};
  EXPECT_EQ(compare(vector, replay, 2).size(), 2u);
}

TEST(Comparison, CostsNoStackWhateverTheDepth) {
  js::Value deep = 1, other = 2;
  for (int i = 0; i < 100'000; ++i) {
    deep = js::Array{deep};
    other = js::Array{other};
  }
  Vector vector;
  vector.observed = js::Array{deep};
  EXPECT_TRUE(compare(vector, {.observed = js::Array{deep}, .stores = {}, .digest = {}}).empty());
  EXPECT_EQ(compare(vector, {.observed = js::Array{other}, .stores = {}, .digest = {}}).size(), 1u);
}

TEST(Comparison, LooksAtNothingInAStoryThatNobodyRecorded) {
  EXPECT_TRUE(
      compare(Vector{}, {.observed = json("[{}]"), .stores = json("{}"), .digest = {}}).empty());
}

TEST(SymbolNumbers, AreLeftOutOfCauses) {
  EXPECT_EQ(without_symbol_numbers(R"({"a":"$T12","b":"$R3","c":"$D0"})"),
            R"({"a":"$T","b":"$R","c":"$D0"})");
}

}  // namespace
}  // namespace sim
