#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <thread>

#include "model/base/check.hpp"
#include "model/base/json.hpp"
#include "tests/support/arbitrary_json.hpp"

namespace model::js {
namespace {

std::vector<std::string> names(const Object& object) {
  std::vector<std::string> all;
  for (const Member& member : object) all.push_back(member.name);
  return all;
}

TEST(JsonValue, CopiesShareAndEditingOneLeavesTheOtherAlone) {
  const Value original = Object{{"list", Array{1, 2}}};
  Value copy = original;
  copy.edit_object().edit("list")->edit_array().push_back(3);

  EXPECT_EQ(dump(original), R"({"list":[1,2]})");
  EXPECT_EQ(dump(copy), R"({"list":[1,2,3]})");
}

TEST(JsonValue, AMovedFromValueIsNull) {
  Value from = "text";
  const Value to = std::move(from);
  EXPECT_TRUE(from.is_null());  // NOLINT(bugprone-use-after-move): this is the promise
  EXPECT_EQ(to.string(), "text");
}

TEST(JsonValue, AssigningAPartOfItselfKeepsThePart) {
  Value value = Array{Value("inner")};
  value = value.array().front();
  EXPECT_EQ(dump(value), R"("inner")");
}

TEST(JsonValue, AskingForTheWrongKindIsOurBug) {
  EXPECT_THROW((void)Value(1).string(), Broken);
  EXPECT_THROW((void)Value("1").number(), Broken);
  EXPECT_THROW((void)Value().object(), Broken);
}

TEST(JsonValue, KnowsIntegersAsTheSchemaMeansThem) {  // wire.md section 5
  for (const char* yes : {"0", "-0", "3.0", "1e30", "-7", "9007199254740993"}) {
    EXPECT_TRUE(parse(yes)->is_integer()) << yes;
  }
  for (const char* no : {"0.5", "1e-1", "1e400", "\"3\"", "null", "true"}) {
    EXPECT_FALSE(parse(no)->is_integer()) << no;
  }
}

TEST(JsonValue, ConvertsToInt64BySaturating) {
  EXPECT_EQ(parse("1e400")->integer(), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(parse("-1e400")->integer(), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(parse("9223372036854775807")->integer(), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(parse("-9223372036854775808")->integer(), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(parse("-2.9")->integer(), -2);
  EXPECT_EQ(Value(std::nan("")).integer(), 0);
}

TEST(JsonValue, BelowComparesNumbersOnly) {
  EXPECT_TRUE(Value(0.5).is_below(1));
  EXPECT_FALSE(Value(1).is_below(1));
  EXPECT_FALSE(Value("0").is_below(1));
  EXPECT_FALSE(Value(std::nan("")).is_below(1));
}

TEST(JsonValue, EqualityMindsOrderAndSameJsonDoesNot) {
  const Value ab = *parse(R"({"a":1,"b":[{"c":2,"d":3}]})");
  const Value ba = *parse(R"({"b":[{"d":3,"c":2}],"a":1})");
  EXPECT_FALSE(ab == ba);
  EXPECT_TRUE(same_json(ab, ba));
  EXPECT_FALSE(same_json(ab, *parse(R"({"a":1,"b":[{"c":2,"d":4}]})")));
  EXPECT_FALSE(same_json(*parse("[1,2]"), *parse("[2,1]")));
  EXPECT_FALSE(same_json(*parse(R"({"a":1})"), *parse(R"({"b":1})")));
  EXPECT_TRUE(Value(0.0) == Value(-0.0));
}

TEST(JsonValue, HashesStructureAndNotOnlyText) {
  const char* const different[] = {
      "[]",        "{}",           "null",        "false",         "0",
      "\"\"",      "[[]]",         "[[],[]]",     "[[[]]]",        R"(["a","b"])",
      R"(["ab"])", R"({"a":"b"})", R"({"a":{}})", R"([{"a":{}}])", "1",
      "\"1\"",     "true"};
  for (const char* a : different) {
    for (const char* b : different) {
      EXPECT_EQ(hash(*parse(a)) == hash(*parse(b)), a == b) << a << " and " << b;
    }
  }
}

TEST(JsonValue, HashIsTheSameNumberOnEveryBuild) {  // a new number here is a new meaning
  EXPECT_EQ(hash(*parse(R"({"a":[1,true,null,"x"]})")).hex(), "3a0491d47787d69ce899ec5712332bca");
}

TEST(JsonObject, PutsIntegerLikeNamesFirstAscending) {
  const Value value = *parse(
      R"({"b":1,"10":2,"2":3,"a":4,"01":5,"4294967294":6,"4294967295":7,"-1":8,"0":9,"1.0":10})");
  EXPECT_EQ(names(value.object()), (std::vector<std::string>{"0", "2", "10", "4294967294", "b", "a",
                                                             "01", "4294967295", "-1", "1.0"}));
}

TEST(JsonObject, LastDuplicateWinsAtTheFirstPlace) {  // W-24
  EXPECT_EQ(dump(*parse(R"({"a":1,"b":2,"a":3})")), R"({"a":3,"b":2})");
}

TEST(JsonObject, SetsFindsAndErases) {
  Object object{{"a", 1}, {"b", 2}};
  object.set("a", 3);
  object.set_if("c", std::optional<std::string>());
  object.set_if("d", std::optional<std::string>("x"));
  object.set_if("e", std::optional<Value>(Value()));
  EXPECT_EQ(dump(object), R"({"a":3,"b":2,"d":"x","e":null})");
  EXPECT_TRUE(object.erase("b"));
  EXPECT_FALSE(object.erase("b"));
  EXPECT_EQ(object.find("b"), nullptr);
  EXPECT_EQ(object.size(), 3u);
}

TEST(JsonObject, ManyMembersAtOnceAreAsOneAfterTheOther) {
  rc::check("from_members == set, set, set", [] {
    const auto pairs = *rc::gen::container<std::vector<std::pair<std::string, int>>>(rc::gen::pair(
        rc::gen::oneOf(
            tests::member_name(),
            rc::gen::map(rc::gen::inRange(0, 40), [](int at) { return std::to_string(at); })),
        rc::gen::inRange(0, 100)));
    std::vector<Member> members;
    Object one_by_one;
    for (const auto& [name, number] : pairs) {
      members.push_back({name, number});
      one_by_one.set(name, number);
    }
    const Object at_once = Object::from_members(std::move(members));
    RC_ASSERT(Value(at_once) == Value(one_by_one));
    for (const auto& [name, number] : pairs) {
      RC_ASSERT(at_once.find(name) != nullptr);
      RC_ASSERT(*at_once.find(name) == *one_by_one.find(name));
    }
    RC_ASSERT(at_once.find("not there") == nullptr);
    Object fewer = at_once;
    for (const auto& [name, number] : pairs) {
      fewer.erase(name);
      RC_ASSERT(!fewer.contains(name));
    }
    RC_ASSERT(fewer.empty());
  });
}

TEST(JsonObject, LooksInsideWithoutComplaining) {
  const Value value = *parse(R"({"s":"x","n":5,"l":[1]})");
  EXPECT_EQ(*string_member(value, "s"), "x");
  EXPECT_EQ(string_member(value, "n"), nullptr);
  EXPECT_EQ(array_member(value, "l")->size(), 1u);
  EXPECT_EQ(array_member(value, "s"), nullptr);
  EXPECT_EQ(number_member(value, "n"), 5.0);
  EXPECT_EQ(number_member(value, "s"), std::nullopt);
  EXPECT_EQ(member(Value("no object"), "s"), nullptr);
}

TEST(JsonValue, SharesAcrossThreads) {
  const Value shared = *parse(R"({"list":[1,2,3],"text":"x"})");
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([&shared] {
      for (int round = 0; round < 10'000; ++round) {
        Value own = shared;
        own.edit_object().set("round", round);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(dump(shared), R"({"list":[1,2,3],"text":"x"})");
}

RC_GTEST_PROP(JsonValue, EqualValuesHashAlike, ()) {
  const Value a = *tests::json_value();
  const Value b = *tests::json_value();
  RC_ASSERT(a == a);
  RC_ASSERT((a == b) == (hash(a) == hash(b)));
  if (a == b) RC_ASSERT(same_json(a, b));
}

}  // namespace
}  // namespace model::js
