// docs/protocol/gateway.md sections 12.1 and 12.2.
#include "model/wire/method_params.hpp"

#include <gtest/gtest.h>

namespace model::wire {
namespace {

std::string of(const char* method, const char* params) {
  return method_violations(method, *js::parse(params)).value_or("");
}

TEST(MethodParams, TakeAbsentAndNullAsEmpty) {  // W-47a
  EXPECT_EQ(method_violations("node.list", std::nullopt), std::nullopt);
  EXPECT_EQ(method_violations("node.list", js::Value()), std::nullopt);
  EXPECT_EQ(method_violations("device.pair.approve", std::nullopt),
            "must have required property 'requestId'");
  for (const char* other : {"[]", "\"\"", "5", "false"}) {
    EXPECT_EQ(of("node.list", other), "must be object") << other;
  }
  EXPECT_EQ(js::dump(method_params(std::nullopt)), "{}");
  EXPECT_EQ(js::dump(method_params(js::Value(js::Array()))), "[]");
}

TEST(MethodParams, AreCheckedByTheirSchemas) {
  struct Row {
    const char *method, *params, *text;
  };
  const Row rows[] = {
      {"device.pair.list", R"({"x":1})", "at root: unexpected property 'x'"},
      {"device.pair.approve", R"({"requestId":""})",
       "at /requestId: must NOT have fewer than 1 characters"},
      {"device.pair.reject", R"({"requestId":"x"})", ""},
      {"device.pair.remove", R"({"deviceId":null})", "at /deviceId: must be string"},
      {"device.token.rotate", "{}",
       "must have required property 'deviceId'; must have required property 'role'"},
      {"device.token.rotate", R"({"deviceId":"d","role":"r","scopes":[""]})",
       "at /scopes/0: must NOT have fewer than 1 characters"},
      {"device.token.rotate", R"({"deviceId":"d","role":"r","scopes":[]})", ""},
      {"device.token.revoke", R"({"deviceId":"d","role":"r","scopes":[]})",
       "at root: unexpected property 'scopes'"},
      {"node.pair.request",
       R"({"nodeId":"n","displayName":"d","platform":"p","version":"v","coreVersion":"c","uiVersion":"u","deviceFamily":"f","modelIdentifier":"m","caps":["c"],"commands":[],"remoteIp":"i","silent":false})",
       ""},
      {"node.pair.request", R"({"silent":1,"caps":"x"})",
       "must have required property 'nodeId'; at /caps: must be array; at /silent: must be "
       "boolean"},
      {"node.pair.verify", R"({"nodeId":"n"})", "must have required property 'token'"},
      {"node.rename", R"({"nodeId":"n","displayName":" "})", ""},
      {"node.describe", "{}", "must have required property 'nodeId'"},
      {"node.invoke", R"({"params":null,"timeoutMs":-1})",
       "must have required property 'nodeId'; must have required property 'command'; must have "
       "required "
       "property 'idempotencyKey'; at /timeoutMs: must be >= 0"},
      {"node.invoke",
       R"({"nodeId":"n","command":"c","idempotencyKey":"k","params":[1],"timeoutMs":0})", ""},
  };
  for (const Row& row : rows)
    EXPECT_EQ(of(row.method, row.params), row.text) << row.method << row.params;
}

TEST(MethodParams, OfOtherMethodsAreNotOurs) {
  EXPECT_EQ(method_schema("health"), nullptr);
  EXPECT_EQ(of("health", "[1]"), "");
}

TEST(MethodParams, AreRefusedByName) {
  EXPECT_EQ(js::dump(invalid_params_error("node.list", "must be object")),
            R"({"code":"INVALID_REQUEST","message":"invalid node.list params: must be object"})");
}

}  // namespace
}  // namespace model::wire
