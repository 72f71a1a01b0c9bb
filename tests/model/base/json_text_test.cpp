// Reading and writing JSON texts.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "model/base/json.hpp"
#include "tests/support/arbitrary_json.hpp"

namespace model::js {
namespace {

struct Row {
  const char* text;
  const char* written;
};

TEST(JsonText, WritesAsJavaScriptWouldWriteWhatItRead) {
  const Row rows[] = {
      {" [ 1 , 2 ] ", "[1,2]"},
      {"\t\r\n{}\n", "{}"},
      {"-0", "0"},
      {"1e400", "null"},
      {"-1e400", "null"},
      {"1e-400", "0"},
      {"9007199254740993", "9007199254740992"},
      {"1E21", "1e+21"},
      {"123456789012345680000", "123456789012345680000"},
      {"0.0000001", "1e-7"},
      {"0.000001", "0.000001"},
      {R"("\u0041\/\b\f\n\r\t\"\\")", R"("A/\b\f\n\r\t\"\\")"},
      {R"("\u0000\u001F\u007f")", "\"\\u0000\\u001f\x7f\""},
      {R"("\uD83D\uDE00")", "\"\U0001f600\""},
      {R"("\uD83D")", R"("\ud83d")"},
      {R"("\uDE00\uD83D")", R"("\ude00\ud83d")"},
      {R"("\uD83D\uD83D\uDE00")", "\"\\ud83d\U0001f600\""},
      {R"("\uD83Dx\uDE00")", R"("\ud83dx\ude00")"},
      {"\"\u2028\ufeff\"", "\"\u2028\ufeff\""},
      {R"({"\uD83D":1})", R"({"\ud83d":1})"},
      {R"({"__proto__":1,"constructor":2})", R"({"__proto__":1,"constructor":2})"},
  };
  for (const Row& row : rows) {
    const auto value = parse(row.text);
    ASSERT_TRUE(value) << row.text << ": " << value.error().message;
    EXPECT_EQ(dump(*value), row.written) << row.text;
  }
}

TEST(JsonText, SaysWhereAndWhatIsWrong) {
  const Row rows[] = {
      {"", "1:1: unexpected end of input"},
      {" ", "1:2: unexpected end of input"},
      {"{", "1:2: unexpected end of input"},
      {"[1", "1:3: unexpected end of input"},
      {"\"abc", "1:5: unexpected end of input in a string"},
      {"\"abc\\", "1:6: unexpected end of input in a string"},
      {"hello", "1:1: expected a value"},
      {"nul", "1:1: expected a value"},
      {"[1,]", "1:4: expected a value"},
      {"[,1]", "1:2: expected a value"},
      {"[1 2]", "1:4: expected ',' or ']'"},
      {"[1}", "1:3: expected ',' or ']'"},
      {"{\"a\":1]", "1:7: expected ',' or '}'"},
      {"{\"a\":1,}", "1:8: expected a member name in double quotes"},
      {"{'a':1}", "1:2: expected a member name in double quotes"},
      {"{\"a\" 1}", "1:6: expected ':'"},
      {"1 2", "1:3: unexpected text after the value"},
      {"01", "1:2: unexpected text after the value"},
      {"+1", "1:1: expected a value"},
      {".5", "1:1: expected a value"},
      {"-", "1:2: expected a digit"},
      {"1.", "1:3: expected a digit"},
      {"1e", "1:3: expected a digit"},
      {"NaN", "1:1: expected a value"},
      {"\"\\x\"", "1:2: unknown escape in a string"},
      {"\"\\u12g4\"", "1:2: expected four hex digits after \\u"},
      {"\"\\uD83D\\u12\"", "1:8: expected four hex digits after \\u"},
      {"\"a\nb\"", "1:3: control character in a string"},
      {"{\n  \"\u00e9\": x\n}", "2:8: expected a value"},
      {"\ufeff1", "1:1: expected a value"},
      {"/* hi */1", "1:1: expected a value"},
      {"\"\xff\"", "1:1: not UTF-8"},
      {"\"\xed\xa0\xbd\"", "1:1: not UTF-8"},
  };
  for (const Row& row : rows) {
    const auto value = parse(row.text);
    ASSERT_FALSE(value) << row.text;
    EXPECT_EQ(value.error().message, row.written) << row.text;
  }
}

TEST(JsonText, RefusesInputBeyondItsBound) {
  EXPECT_TRUE(parse("[1,2]", {.bytes_max = 5}));
  EXPECT_EQ(parse("[1,2]", {.bytes_max = 4}).error().message, "1:1: 5 bytes, more than 4");
}

TEST(JsonText, IsPrettyAsInStoreFiles) {
  EXPECT_EQ(
      dump_pretty(*parse(R"({"a":[],"b":{},"c":[1,{"d":null}]})")),
      "{\n  \"a\": [],\n  \"b\": {},\n  \"c\": [\n    1,\n    {\n      \"d\": null\n    }\n  ]\n}");
  EXPECT_EQ(dump_pretty(Value(true)), "true");
}

TEST(JsonText, NestsAMillionDeepWithoutCostingStack) {
  const std::size_t depth = 1'000'000;
  std::string text(depth, '[');
  EXPECT_FALSE(parse(text));
  text.append(depth, ']');
  const auto value = parse(text);
  ASSERT_TRUE(value);
  EXPECT_EQ(dump(*value), text);
  const auto twin = parse(text);
  EXPECT_TRUE(*twin == *value);
  EXPECT_TRUE(same_json(*twin, *value));
  EXPECT_EQ(hash(*twin), hash(*value));
}

TEST(JsonText, ReadsAHundredThousandMembersQuickly) {
  // Descending integer-like names and shared prefixes are the worst orders for a naive object.
  const std::size_t count = 100'000;
  std::string text = "{";
  for (std::size_t i = count; i > 0; --i) {
    text +=
        "\"" + std::to_string(i) + "\":1,\"a prefix that all share " + std::to_string(i) + "\":2,";
  }
  text.back() = '}';
  const auto value = parse(text);
  ASSERT_TRUE(value);
  ASSERT_EQ(value->object().size(), 2 * count);
  EXPECT_EQ(value->object().begin()->name, "1");
  for (std::size_t i = 1; i <= count; ++i) {
    ASSERT_TRUE(value->object().contains(std::to_string(i)));
  }
}

RC_GTEST_PROP(JsonText, ReadsBackWhatItWrites, ()) {
  const Value value = *tests::json_value();
  const auto compact = parse(dump(value));
  const auto pretty = parse(dump_pretty(value));
  RC_ASSERT(compact.has_value());
  RC_ASSERT(pretty.has_value());
  RC_ASSERT(*compact == value);
  RC_ASSERT(*pretty == value);
}

RC_GTEST_PROP(JsonText, AnswersAnyBytes, (const std::string& bytes)) {
  const auto value = parse(bytes);
  if (value) RC_ASSERT(parse(dump(*value)).has_value());
}

RC_GTEST_PROP(JsonText, AnswersAnyDamageToATextItWrote, ()) {
  std::string text = dump(*tests::json_value());
  const auto at = *rc::gen::inRange<std::size_t>(0, text.size() + 1);
  const auto insert = *rc::gen::elementOf(std::string("\"\\{}[],:0.eE-tnu\x01 "));
  text.insert(at, 1, insert);
  const auto value = parse(text);
  if (value) RC_ASSERT(parse(dump(*value)).has_value());
}

}  // namespace
}  // namespace model::js
