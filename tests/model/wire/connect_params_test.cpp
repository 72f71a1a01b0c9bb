#include "model/wire/connect_params.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/arbitrary_json.hpp"

namespace model::wire {
namespace {

constexpr const char* kFull =
    R"({"minProtocol":1,"maxProtocol":9,"client":{"id":"openclaw-ios","displayName":"Phone","version":"1",)"
    R"("platform":"iOS","deviceFamily":"iPhone","modelIdentifier":"iPhone17,1","mode":"node","instanceId":"i"},)"
    R"("caps":["canvas"],"commands":[],"permissions":{"camera":true,"mic":false},"pathEnv":"",)"
    R"("auth":{"token":"","bootstrapToken":"b","deviceToken":"d","password":"p"},"role":"node","scopes":[" "],)"
    R"("device":{"id":"x","publicKey":"k","signature":"s","signedAt":1795343975850,"nonce":"n"},)"
    R"("locale":"de","userAgent":"u"})";

TEST(ConnectParams, KeepEveryMember) {
  const auto params = read_connect_params(*js::parse(kFull));
  ASSERT_TRUE(params) << params.error().message;
  EXPECT_EQ(params->client.device_family, "iPhone");
  EXPECT_EQ(params->device->signed_at, 1795343975850);
  EXPECT_EQ(params->auth->token, "") << "present and empty";
  EXPECT_EQ(params->scopes, std::vector<std::string>{" "});
  EXPECT_EQ(js::dump(to_json(*params)), kFull);
}

TEST(ConnectParams, KeepAbsentMembersAbsent) {
  const char* const least =
      R"({"minProtocol":3,"maxProtocol":3,"client":{"id":"cli","version":"1","platform":"p","mode":"cli"}})";
  const auto params = read_connect_params(*js::parse(least));
  ASSERT_TRUE(params);
  EXPECT_FALSE(params->caps || params->scopes || params->role || params->auth || params->device);
  EXPECT_EQ(params->effective_role(), "operator");
  EXPECT_TRUE(params->effective_scopes().empty());
  EXPECT_EQ(js::dump(to_json(*params)), least);
}

TEST(ConnectParams, AreRefusedWithTheWholeText) {  // W-37
  EXPECT_EQ(read_connect_params(std::nullopt).error().message, "must be object");
  EXPECT_EQ(read_connect_params(js::Value()).error().message, "must be object");
}

TEST(ConnectParams, TakeIntegersOfAnySpelling) {
  js::Value value = *js::parse(kFull);
  value.edit_object().set("maxProtocol", *js::parse("1e30"));
  value.edit_object().set("minProtocol", *js::parse("3.0"));
  const auto params = read_connect_params(value);
  ASSERT_TRUE(params);
  EXPECT_EQ(params->min_protocol, 3);
  EXPECT_EQ(params->max_protocol, std::numeric_limits<std::int64_t>::max());
}

TEST(ConnectParams, KnowKindsOfClients) {  // section 5, derived kinds
  struct Row {
    const char *id, *mode;
    bool control_ui, browser, webchat, cli;
  };
  const Row rows[] = {
      {"openclaw-control-ui", "ui", true, true, false, false},
      {"openclaw-tui", "ui", true, false, false, false},
      {"openclaw-tui", "cli", true, false, false, true},
      {"webchat-ui", "ui", false, false, true, false},
      {"webchat", "ui", false, false, false, false},
      {"gateway-client", "webchat", false, false, true, false},
      {"cli", "cli", false, false, false, true},
      {"cli", "ui", false, false, false, false},
  };
  for (const Row& row : rows) {
    const ClientInfo client{.id = row.id, .mode = row.mode};
    EXPECT_EQ(is_control_ui(client), row.control_ui) << row.id << row.mode;
    EXPECT_EQ(is_browser_operator_ui(client), row.browser) << row.id << row.mode;
    EXPECT_EQ(is_webchat(client), row.webchat) << row.id << row.mode;
    EXPECT_EQ(is_cli(client), row.cli) << row.id << row.mode;
  }
}

TEST(ConnectParams, AcceptEveryClientIdAndModeAndNoOther) {
  EXPECT_EQ(client_ids().size(), 13u);
  EXPECT_EQ(client_modes().size(), 7u);
  const auto accepted = [](const char* member, std::string_view name) {
    js::Value value = *js::parse(kFull);
    value.edit_object().edit("client")->edit_object().set(member, name);
    return read_connect_params(value).has_value();
  };
  for (const auto id : client_ids()) EXPECT_TRUE(accepted("id", id)) << id;
  for (const auto mode : client_modes()) EXPECT_TRUE(accepted("mode", mode)) << mode;
  for (const char* no : {"CLI", "cli ", "", "ios-node", "operator"}) {
    EXPECT_FALSE(accepted("id", no)) << no;
    EXPECT_FALSE(accepted("mode", no)) << no;
  }
}

RC_GTEST_PROP(ConnectParams, ReadBackWhatTheyWrite, ()) {
  const auto text = rc::gen::map(tests::wtf8_text(), [](std::string at) { return "x" + at; });
  const auto list = rc::gen::scale(0.1, rc::gen::container<std::vector<std::string>>(text));
  const auto maybe = [](const auto& gen) {
    return *rc::gen::inRange(0, 2) ? std::optional(*gen) : std::nullopt;
  };
  ConnectParams params;
  params.min_protocol = *rc::gen::inRange(1, 10);
  params.client = {.id = "cli",
                   .display_name = maybe(text),
                   .version = *text,
                   .platform = *text,
                   .device_family = maybe(text),
                   .model_identifier = maybe(text),
                   .mode = "ui",
                   .instance_id = maybe(text)};
  params.caps = maybe(list);
  params.commands = maybe(list);
  params.scopes = maybe(list);
  params.role = maybe(text);
  params.path_env = maybe(tests::wtf8_text());
  params.locale = maybe(tests::wtf8_text());
  if (*rc::gen::inRange(0, 2)) {
    params.auth = ConnectAuth{maybe(tests::wtf8_text()), maybe(tests::wtf8_text()),
                              maybe(tests::wtf8_text()), maybe(tests::wtf8_text())};
  }
  if (*rc::gen::inRange(0, 2)) {
    params.device =
        DeviceProof{*text, *text, *text, *rc::gen::inRange<std::int64_t>(0, 1LL << 52), *text};
  }
  const auto read = read_connect_params(*js::parse(js::dump(to_json(params))));
  RC_ASSERT(read.has_value());
  RC_ASSERT(*read == params);
}

}  // namespace
}  // namespace model::wire
