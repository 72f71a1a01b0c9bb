#include "model/base/js_number.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

namespace model::js {
namespace {

TEST(JsNumber, PrintsAsEcmaScript) {
  const std::pair<double, const char*> rows[] = {
      {0.0, "0"},
      {-0.0, "0"},
      {1.0, "1"},
      {-1.5, "-1.5"},
      {100.0, "100"},
      {1795343975840.0, "1795343975840"},
      {9007199254740993.0, "9007199254740992"},
      {1e20, "100000000000000000000"},
      {123456789012345680000.0, "123456789012345680000"},
      {1e21, "1e+21"},
      {1.5e300, "1.5e+300"},
      {1e-6, "0.000001"},
      {1.25e-6, "0.00000125"},
      {1e-7, "1e-7"},
      {5e-324, "5e-324"},
      {1.7976931348623157e308, "1.7976931348623157e+308"},
      {0.1 + 0.2, "0.30000000000000004"},
      {std::numeric_limits<double>::infinity(), "Infinity"},
      {-std::numeric_limits<double>::infinity(), "-Infinity"},
      {std::nan(""), "NaN"},
  };
  for (const auto& [number, text] : rows) EXPECT_EQ(to_string(number), text);
}

TEST(JsNumber, ReadsJsonLiteralsOnly) {
  for (const char* no : {"", "-", "+1", "01", "-01", ".5", "5.", "1.e3", "1e", "1e+", "0x10", " 1",
                         "1 ", "Infinity", "1_000", "--1"}) {
    EXPECT_EQ(parse_number(no), std::nullopt) << no;
  }
  EXPECT_EQ(parse_number("-12.50e+1"), -125.0);
  EXPECT_EQ(parse_number("0.5"), 0.5);
}

TEST(JsNumber, GoesToInfinityAndToZeroBeyondItsRange) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(parse_number("1.7976931348623158e308"), std::numeric_limits<double>::max());
  EXPECT_EQ(parse_number("1.7976931348623159e308"), infinity);
  EXPECT_EQ(parse_number("-1e400"), -infinity);
  EXPECT_EQ(parse_number("1e99999999999999999999"), infinity);
  EXPECT_EQ(parse_number("1e-99999999999999999999"), 0.0);
  EXPECT_EQ(parse_number("0e99999999999999999999"), 0.0);
  EXPECT_EQ(parse_number("0." + std::string(500, '0') + "1e501"), 1.0);
  EXPECT_EQ(parse_number("1" + std::string(500, '0') + "e-500"), 1.0);
  EXPECT_EQ(parse_number("1" + std::string(500, '0') + "e-100"), infinity);
  EXPECT_EQ(parse_number("0." + std::string(500, '0') + "1e100"), 0.0);
  EXPECT_EQ(parse_number("3e-324"), std::numeric_limits<double>::denorm_min());
  EXPECT_EQ(parse_number("2e-324"), 0.0);
  EXPECT_TRUE(std::signbit(*parse_number("-1e-400")));
}

TEST(JsNumber, ConvertsTextAsNumberDoes) {  // W-10, W-20
  const std::pair<const char*, double> rows[] = {
      {"", 0},
      {" \n\u00a0", 0},
      {"12", 12},
      {" 12\t", 12},
      {"-7", -7},
      {"+7", 7},
      {".5", .5},
      {"5.", 5},
      {"1e3", 1000},
      {"007", 7},
      {"0x1F", 31},
      {"0XfF", 255},
      {"0o17", 15},
      {"0b101", 5},
      {"0x20000000000001", 9007199254740992.0},       // tie, to even
      {"0x20000000000003", 9007199254740996.0},       // tie, to even
      {"0x200000000000011", 144115188075855904.0},    // just above a tie
      {"0x8000000000000400", 9223372036854775808.0},  // 64 bits, tie
      {"0x80000000000004000001", 604462909807314661933056.0},
      {"-Infinity", -std::numeric_limits<double>::infinity()},
      {"1e400", std::numeric_limits<double>::infinity()},
  };
  for (const auto& [text, number] : rows) EXPECT_EQ(to_number(text), number) << text;
  for (const char* nan : {"abc", "1 2", "0x", "0xg", "-0x1", "0b2", "0o8", "1e", ".", "e5",
                          "infinity", "1_0", "12px", "NaN"}) {
    EXPECT_EQ(to_number(nan), std::nullopt) << nan;
  }
}

RC_GTEST_PROP(JsNumber, ReadsBackWhatItPrints, (std::uint64_t bits)) {
  double number = 0;
  std::memcpy(&number, &bits, sizeof number);
  RC_PRE(std::isfinite(number));
  RC_ASSERT(to_number(to_string(number)) == number);
}

}  // namespace
}  // namespace model::js
