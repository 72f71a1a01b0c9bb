#include "sim/driver/words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fmt/format.h>

namespace sim {
namespace {

using testing::ElementsAre;

TEST(Span, IsANumberWithAUnitOrSeveralOrMilliseconds) {
  EXPECT_EQ(read_span("5s"), model::Millis{5'000});
  EXPECT_EQ(read_span("300ms"), model::Millis{300});
  EXPECT_EQ(read_span("9m59s999ms"), model::Millis{599'999});
  EXPECT_EQ(read_span("2h"), model::Millis{7'200'000});
  EXPECT_EQ(read_span("1d"), model::Millis{86'400'000});
  EXPECT_EQ(read_span("850"), model::Millis{850});
  EXPECT_EQ(read_span("-1ms"), model::Millis{-1});
  EXPECT_EQ(read_span("0s"), model::Millis{0});
}

TEST(Span, IsRefusedWhereItMeansNothing) {
  for (const char* text : {"", "s", "5", "-", "5 s", "5x", "1.5s", "5s5", "5s-1ms", "ms5", "٥s",
                           "9999999999999s", "401d"}) {
    if (std::string_view(text) == "5") continue;  // bare milliseconds
    EXPECT_FALSE(read_span(text).has_value()) << text;
  }
  EXPECT_TRUE(read_span("400d").has_value());
  EXPECT_FALSE(read_span("400d1ms").has_value());
}

TEST(RangeText, HasFourForms) {
  EXPECT_EQ(read_range("3"), (Range{3, 3}));
  EXPECT_EQ(read_range(">= 2"), (Range{2, INT64_MAX}));
  EXPECT_EQ(read_range("<=5"), (Range{0, 5}));
  EXPECT_EQ(read_range("1..3"), (Range{1, 3}));
  for (const char* text : {"", "few", ">=", "3..1", "1..", "> 2", "1...3", "3 4"}) {
    EXPECT_FALSE(read_range(text).has_value()) << text;
  }
}

TEST(RangeText, ContainsBothEndsAndNothingBeyond) {
  const Range range{1, 3};
  EXPECT_FALSE(range.contains(0));
  EXPECT_TRUE(range.contains(1));
  EXPECT_TRUE(range.contains(3));
  EXPECT_FALSE(range.contains(4));
}

RC_GTEST_PROP(RangeText, ReadsBackWhatWasWritten, (std::uint16_t a, std::uint16_t more)) {
  const std::int64_t b = std::int64_t{a} + more;
  RC_ASSERT(read_range(fmt::format("{}..{}", a, b)) == (Range{a, b}));
}

RC_GTEST_PROP(Span, NeverCrashesOnAnyText, (const std::string& text)) {
  (void)read_span(text);
  (void)read_range(text);
  (void)names_in(text);
  (void)is_name(text);
}

TEST(Name, IsLowerCaseWithALetterFirst) {
  for (const char* good : {"a", "phone", "gw2", "home_qr"}) EXPECT_TRUE(is_name(good)) << good;
  for (const char* bad : {"", "Phone", "2gw", "_a", "a-b", "a.b", "ä", "a b"}) {
    EXPECT_FALSE(is_name(bad)) << bad;
  }
  EXPECT_TRUE(is_name(std::string(40, 'a')));
  EXPECT_FALSE(is_name(std::string(41, 'a')));
}

TEST(Filling, NamesStandBehindADollarSignAndTwoAreOne) {
  EXPECT_THAT(names_in("$phone.key and $code"), ElementsAre("phone", "code"));
  EXPECT_THAT(names_in("5 $$ and no $$name"), ElementsAre());
  EXPECT_THAT(names_in("$"), ElementsAre(""));
}

}  // namespace
}  // namespace sim
