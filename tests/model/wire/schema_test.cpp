// Order and texts of violations: docs/protocol/wire.md section 6.
#include "model/wire/schema.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <set>

#include "model/wire/connect_params.hpp"
#include "tests/support/arbitrary_json.hpp"

namespace model::wire {
namespace {

using js::parse;

/// The violations of the connect schema by a text, "" if there are none.
std::string of_connect(const std::string& json) {
  return violations(connect_schema(), *parse(json)).value_or("");
}

/// A valid parameter object with one member set to `json`; "/" steps into members.
std::string with(const std::string& path, const std::string& json) {
  js::Value root = *parse(
      R"({"minProtocol":3,"maxProtocol":3,"client":{"id":"cli","version":"1","platform":"linux","mode":"cli"},
          "device":{"id":"a","publicKey":"b","signature":"c","signedAt":0,"nonce":"d"},"auth":{}})");
  js::Object* at = &root.edit_object();
  std::string name = path;
  for (std::size_t slash; (slash = name.find('/')) != std::string::npos;) {
    at = &at->edit(name.substr(0, slash))->edit_object();
    name.erase(0, slash + 1);
  }
  if (json.empty()) {
    at->erase(name);
  } else {
    at->set(name, *parse(json));
  }
  return js::dump(root);
}

TEST(Schema, GivesTheTextsOfTheExamples) {  // W-26 to W-31, the table of section 6
  const std::string three =
      "must have required property 'minProtocol'; must have required property 'maxProtocol'; must "
      "have required property 'client'";
  for (const char* no_object : {"null", "\"x\"", "[]", "5", "true"}) {
    EXPECT_EQ(of_connect(no_object), "must be object") << no_object;
  }
  EXPECT_EQ(of_connect("{}"), three);
  EXPECT_EQ(of_connect(R"({"foo":1})"), three + "; at root: unexpected property 'foo'");
  EXPECT_EQ(
      of_connect(with("client/id", "\"nope\"")),
      "at /client/id: must be equal to constant; at /client/id: must match a schema in anyOf");
  EXPECT_EQ(
      of_connect(with("client/id", "5")),
      "at /client/id: must be string; at /client/id: must be equal to constant; at /client/id: "
      "must match a schema in anyOf");
  EXPECT_EQ(of_connect(with("minProtocol", "0.5")),
            "at /minProtocol: must be integer; at /minProtocol: must be >= 1");
  EXPECT_EQ(of_connect(with("scopes", R"([1,"",null])")),
            "at /scopes/0: must be string; at /scopes/1: must NOT have fewer than 1 characters; at "
            "/scopes/2: must be string");
  EXPECT_EQ(
      of_connect(with("device", R"({"id":"x"})")),
      "at /device: must have required property 'publicKey'; at /device: must have required "
      "property 'signature'; at /device: must have required property 'signedAt'; at /device: must "
      "have required property 'nonce'");
  EXPECT_EQ(of_connect(with("permissions", R"({"x/y~z":1})")),
            "at /permissions/x~1y~0z: must be boolean");
  EXPECT_EQ(
      of_connect(with("client", R"({"zz":1,"id":"cli"})")),
      "at /client: must have required property 'version'; at /client: must have required property "
      "'platform'; at /client: must have required property 'mode'; at /client: unexpected property "
      "'zz'");
}

TEST(Schema, ReportsMissingThenUnknownThenInner) {  // W-26
  EXPECT_EQ(of_connect(R"({"zz":1,"client":7,"5":1,"2":1,"minProtocol":"3","role":""})"),
            "must have required property 'maxProtocol'; at root: unexpected property '2'; at root: "
            "unexpected property '5'; at root: unexpected property 'zz'; at /minProtocol: must be "
            "integer; at /client: must be object; at /role: must NOT have fewer than 1 characters");
}

TEST(Schema, LooksAtTheMinimumOfEveryFiniteNumber) {  // W-27
  const std::pair<const char*, const char*> rows[] = {
      {"0", "at /minProtocol: must be >= 1"},
      {"1", ""},
      {"3.0", ""},
      {"1e30", ""},
      {"1.5", "at /minProtocol: must be integer"},
      {"-0.5", "at /minProtocol: must be integer; at /minProtocol: must be >= 1"},
      {"1e400", "at /minProtocol: must be integer"},
      {"-1e400", "at /minProtocol: must be integer"},
      {"\"3\"", "at /minProtocol: must be integer"},
      {"null", "at /minProtocol: must be integer"},
  };
  for (const auto& [json, text] : rows)
    EXPECT_EQ(of_connect(with("minProtocol", json)), text) << json;
  EXPECT_EQ(of_connect(with("device/signedAt", "-1")), "at /device/signedAt: must be >= 0");
  EXPECT_EQ(of_connect(with("device/signedAt", "-0")), "");
}

TEST(Schema, TellsBlankUnknownNamesInGeneralWordsOnce) {  // W-29, W-31
  EXPECT_EQ(of_connect(with("", "1")), "must NOT have additional properties");
  js::Value value = *parse(with("", "1"));
  value.edit_object().set(" \u00a0", 1);
  value.edit_object().set("x", 1);
  value.edit_object().set("\t", 1);
  EXPECT_EQ(violations(connect_schema(), value),
            "must NOT have additional properties; at root: unexpected property 'x'");
  EXPECT_EQ(of_connect(with("auth/ ", "1")), "at /auth: must NOT have additional properties");
}

TEST(Schema, TreatsProtoAsAnOrdinaryName) {  // W-25
  EXPECT_EQ(of_connect(with("__proto__", "1")), "at root: unexpected property '__proto__'");
  EXPECT_EQ(of_connect(with("constructor", "1")), "at root: unexpected property 'constructor'");
}

TEST(Schema, LeavesPermissionsBehindALineEndUnchecked) {  // section 5, permissions
  EXPECT_EQ(of_connect(with("permissions", R"({"":true,"a":false})")), "");
  EXPECT_EQ(of_connect(with("permissions", R"({"":1})")), "at /permissions/: must be boolean");
  for (const char* end : {"\\n", "\\r", "\\u2028", "\\u2029"}) {
    EXPECT_EQ(of_connect(with("permissions", std::string(R"({"a)") + end + R"(b":1})")), "") << end;
  }
  EXPECT_EQ(of_connect(with("permissions", R"({"a\u0085":1})")),
            "at /permissions/a\u0085: must be boolean");
  EXPECT_EQ(of_connect(with("permissions", "[]")), "at /permissions: must be object");
}

TEST(Schema, AcceptsEmptyTextWhereTheTableSaysSo) {  // section 5
  for (const char* may : {"pathEnv", "locale", "userAgent", "auth/token", "auth/bootstrapToken",
                          "auth/deviceToken", "auth/password"}) {
    EXPECT_EQ(of_connect(with(may, "\"\"")), "") << may;
  }
  for (const char* may_not :
       {"role", "client/displayName", "client/version", "client/platform", "client/deviceFamily",
        "client/modelIdentifier", "client/instanceId", "device/id", "device/publicKey",
        "device/signature", "device/nonce"}) {
    EXPECT_EQ(of_connect(with(may_not, "\"\"")),
              std::string("at /") + may_not + ": must NOT have fewer than 1 characters");
    EXPECT_EQ(of_connect(with(may_not, "\" \"")), "") << may_not;
  }
}

TEST(Schema, NeverAcceptsNullForAnOptionalMember) {
  for (const char* member : {"caps", "commands", "scopes"}) {
    EXPECT_EQ(of_connect(with(member, "null")), std::string("at /") + member + ": must be array");
    EXPECT_EQ(of_connect(with(member, "[]")), "");
  }
  for (const char* member : {"permissions", "device", "auth", "client"}) {
    EXPECT_EQ(of_connect(with(member, "null")), std::string("at /") + member + ": must be object");
  }
  for (const char* member : {"pathEnv", "role", "locale", "userAgent"}) {
    EXPECT_EQ(of_connect(with(member, "null")), std::string("at /") + member + ": must be string");
  }
}

TEST(Schema, CountsCharactersAsCodePoints) {
  static constexpr Schema kTwo{.shape = Shape::string, .length_min = 2};
  EXPECT_FALSE(violations(kTwo, "\U0001f600\U0001f600"));
  EXPECT_EQ(violations(kTwo, "\U0001f600"), "must NOT have fewer than 2 characters");
}

TEST(Schema, WalksDeepAndWideInputWithoutCost) {
  std::string deep(30'000, '[');
  deep.append(30'000, ']');
  EXPECT_EQ(of_connect(with("client", deep)), "at /client: must be object");

  std::string wide = "{";
  for (int i = 0; i < 50'000; ++i) wide += "\"m" + std::to_string(i) + "\":1,";
  wide.back() = '}';
  const auto text = violations(kNoMembers, *parse(wide));
  ASSERT_TRUE(text);
  EXPECT_TRUE(text->ends_with("; at root: unexpected property 'm49999'"));
}

/// Parts of a text; names of the generator hold no "; ".
std::vector<std::string> parts(const std::string& text) {
  std::vector<std::string> all;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find("; ", at), text.size());
    all.push_back(text.substr(at, end - at));
    at = end + 2;
  }
  return all;
}

RC_GTEST_PROP(Schema, SaysEachPartOnce, ()) {  // W-31
  js::Value value = *parse(with("auth/token", "\"x\""));
  for (int i = 0; i < 3; ++i) {
    value.edit_object().set(*rc::gen::element<std::string>("client", "scopes", "device", "auth",
                                                           "role", "", " ", "z", "0"),
                            *tests::json_value(2));
  }
  const auto text = violations(connect_schema(), value);
  RC_ASSERT(conforms(connect_schema(), value) == !text.has_value());
  if (!text) return;
  const auto all = parts(*text);
  RC_ASSERT(std::set<std::string>(all.begin(), all.end()).size() == all.size());
}

}  // namespace
}  // namespace model::wire
