// Asking for pairing: S-13 of docs/protocol/gateway.md.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/model/store/store_words.hpp"

namespace model::store {
namespace {

TEST(DeviceRequest, BeginsToWaitWithItsOwnRolesAndScopes) {  // S-13 new
  Store store;
  const Answer answer = store.run(asks("phone", " node ", {"b", " a ", "b"}));
  EXPECT_EQ(answer.outcome, Outcome::ok);
  EXPECT_TRUE(answer.created);
  EXPECT_EQ(answer.id, "request:phone#1");
  EXPECT_EQ(text_at(store.files.first, {"request:phone#1"}),
            R"({"requestId":"request:phone#1","deviceId":"phone","publicKey":"phone-key",)"
            R"("role":"node","roles":["node"],"scopes":["b","a"],"silent":false,)"
            R"("isRepair":false,"ts":1000000})");
}

TEST(DeviceRequest, WritesBothFiles) {  // S-4
  Store store;
  store.files = {js::Value(), js::Value()};
  (void)store.run(asks("phone", "node", {}));
  EXPECT_EQ(store.second(), "{}");
}

TEST(DeviceRequest, WithoutScopesHasNoListIn28AndAnEmptyOneIn31) {  // D-5
  Store before;
  before.policy = revision("2026.3.28");
  EXPECT_EQ(text_at(before.run(asks("phone", "node", {})).record, {"scopes"}), "absent");
  Store after;
  EXPECT_EQ(text_at(after.run(asks("phone", "node", {})).record, {"scopes"}), "[]");
}

TEST(DeviceRequest, NeedsADeviceId) {  // S-13: blank is an exception
  Store store;
  const Answer answer = store.run(asks("  ", "node", {}));
  EXPECT_EQ(answer.outcome, Outcome::invalid);
  EXPECT_EQ(answer.reason, "deviceId required");
  EXPECT_FALSE(store.wrote);
}

TEST(DeviceRequest, IsRefreshedByTheSameAgain) {  // S-13 refresh
  Store store;
  DeviceRequest first = asks("phone", "node", {"operator.write"});
  first.display_name = "Phone";
  first.platform = "iOS";
  (void)store.run(first);
  DeviceRequest again = asks("phone", "node ", {"operator.read", "operator.write"});
  again.platform = "iOS 18";
  const Answer answer = store.run_at(1'300'000, again);
  EXPECT_FALSE(answer.created);
  EXPECT_EQ(answer.id, "request:phone#1");
  EXPECT_EQ(text_at(store.files.first, {"request:phone#1"}),
            R"({"requestId":"request:phone#1","deviceId":"phone","publicKey":"phone-key",)"
            R"("displayName":"Phone","platform":"iOS 18","role":"node","roles":["node"],)"
            R"("scopes":["operator.write"],"silent":false,"isRepair":false,"ts":1300000})");
}

TEST(DeviceRequest, KeepsAMemberThatARefreshBringsAtTheEnd) {  // member order of a spread
  Store store;
  (void)store.run(asks("phone", "node", {}));
  DeviceRequest again = asks("phone", "node", {});
  again.remote_ip = "198.51.100.1";
  const std::string text = js::dump(store.run(again).record);
  EXPECT_THAT(text, ::testing::EndsWith(R"("ts":1000000,"remoteIp":"198.51.100.1"})"));
}

TEST(DeviceRequest, LivesFiveMinutesFromItsLastRefresh) {  // S-5
  for (const std::int64_t age : {299'999, 300'000, 300'001}) {
    Store store;
    (void)store.run_at(1'000, asks("phone", "node", {}));
    (void)store.run_at(2'000, asks("phone", "node", {}));
    EXPECT_EQ(store.run_at(2'000 + age, asks("phone", "node", {})).created, age > 300'000) << age;
  }
}

TEST(DeviceRequest, IsReplacedByADifferentOne) {  // S-13 replace
  struct Row {
    std::string_view what;
    DeviceRequest input;
  };
  DeviceRequest other_key = asks("phone", "node", {});
  other_key.public_key = "other";
  DeviceRequest more_roles = asks("phone", "node", {});
  more_roles.roles = {"node", "operator"};
  for (const Row& row : {Row{"key", other_key}, Row{"role", asks("phone", "operator", {})},
                         Row{"scopes", asks("phone", "node", {"x"})}, Row{"roles", more_roles}}) {
    Store store;
    (void)store.run(asks("phone", "node", {}));
    const Answer answer = store.run(row.input);
    EXPECT_TRUE(answer.created) << row.what;
    EXPECT_EQ(answer.id, "request:phone#2") << row.what;
    EXPECT_EQ(store.files.first.object().size(), 1u) << row.what;
  }
}

TEST(DeviceRequest, OfAnotherDeviceIsLeftAlone) {
  Store store;
  (void)store.run(asks("phone", "node", {}));
  (void)store.run(asks("tablet", "node", {"x"}));
  EXPECT_EQ(store.files.first.object().size(), 2u);
}

TEST(DeviceRequest, AccumulatesRolesAndScopesForEver) {  // S-13, T-6
  Store store;
  (void)store.run(asks("phone", "operator", {"operator.write", "operator.read"}));
  (void)store.run(asks("phone", "node", {}));
  EXPECT_EQ(text_at(store.files.first, {"request:phone#2", "roles"}), R"(["operator","node"])");
  EXPECT_EQ(text_at(store.files.first, {"request:phone#2", "scopes"}),
            R"(["operator.write","operator.read"])");
  // The retry has one role, the merged request two: never the same again.
  const Answer retry = store.run(asks("phone", "node", {}));
  EXPECT_TRUE(retry.created);
  EXPECT_EQ(retry.id, "request:phone#3");
}

TEST(DeviceRequest, TakesTheRoleOfTheNewestWhereItHasNone) {  // S-13 replace
  Store store;
  store.files.first = json(
      "{'a': {'requestId': 'a', 'deviceId': 'phone', 'role': 'node', 'ts': 999998},"
      " 'b': {'requestId': 'b', 'deviceId': 'phone', 'role': ' operator ', 'ts': 999999}}");
  DeviceRequest request = asks("phone", "", {});
  request.role.reset();
  const Answer answer = store.run(request);
  EXPECT_EQ(text_at(answer.record, {"role"}), R"("operator")");
  EXPECT_EQ(text_at(answer.record, {"roles"}), R"(["operator","node"])");
}

struct SilentRow {
  std::string_view old;
  bool incoming;
  bool same;
  std::string_view result;
};

TEST(DeviceRequest, IsSilentOnlyIfEveryRequestWas) {  // S-13
  const SilentRow rows[] = {
      {"true", true, true, "true"},    {"true", false, true, "false"},
      {"false", true, true, "false"},  {"true", true, false, "true"},
      {"false", true, false, "false"}, {"true", false, false, "false"},
  };
  for (const SilentRow& row : rows) {
    Store store;
    store.files.first = json(
        "{'old': {'requestId': 'old', 'deviceId': 'phone', 'publicKey': 'phone-key',"
        " 'role': 'node', 'silent': " +
        std::string(row.old) + ", 'ts': 999999}}");
    DeviceRequest request = asks("phone", row.same ? "node" : "operator", {});
    request.silent = row.incoming;
    const Answer answer = store.run(request);
    EXPECT_EQ(answer.created, !row.same);
    EXPECT_EQ(text_at(answer.record, {"silent"}), row.result) << row.old << row.incoming;
  }
}

TEST(DeviceRequest, IsARepairIfTheDeviceHasARecord) {  // S-13
  Store store;
  store.files.second = json("{'phone': {'deviceId': 'phone'}}");
  EXPECT_EQ(text_at(store.run(asks("phone", "node", {})).record, {"isRepair"}), "true");
  store.files.second = json("{}");
  EXPECT_EQ(text_at(store.run(asks("phone", "node", {})).record, {"isRepair"}), "true")
      << "a refresh keeps what it was";
  EXPECT_EQ(text_at(store.run(asks("phone", "node", {"x"})).record, {"isRepair"}), "false")
      << "a replacement looks again";
}

TEST(DeviceRequest, ReplacesSeveralEvenIfOneIsTheSame) {  // S-13: exactly one of mine
  Store store;
  store.files.first = json(
      "{'a': {'requestId': 'a', 'deviceId': 'phone', 'publicKey': 'phone-key', 'role': 'node',"
      "       'ts': 999999, 'displayName': 'Old'},"
      " 'b': {'requestId': 'b', 'deviceId': 'phone', 'publicKey': 'phone-key', 'role': 'node',"
      "       'ts': 999998}}");
  const Answer answer = store.run(asks("phone", "node", {}));
  EXPECT_TRUE(answer.created);
  EXPECT_EQ(store.files.first.object().size(), 1u);
  EXPECT_EQ(text_at(answer.record, {"displayName"}), "absent");
}

TEST(DeviceRequest, ComparesRolesAsSets) {  // S-13; roles of a seeded request
  struct Row {
    std::string_view members;
    bool same;
  };
  for (const Row& row : {Row{"'role': 'node'", true}, Row{"'roles': ['node']", false},
                         Row{"'role': 'node', 'roles': ['node', 'node', ' ']", true},
                         Row{"'role': ' node ', 'roles': ['operator']", false}}) {
    Store store;
    store.files.first = json(
        "{'a': {'requestId': 'a', 'deviceId': 'phone', 'publicKey': 'phone-key', 'ts': 999999,"
        " " +
        std::string(row.members) + "}}");
    EXPECT_EQ(store.run(asks("phone", "node", {})).created, !row.same) << row.members;
  }
}

}  // namespace
}  // namespace model::store
