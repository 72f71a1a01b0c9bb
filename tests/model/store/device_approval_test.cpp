// Approving a request: S-16 of docs/protocol/gateway.md.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/model/store/store_words.hpp"

namespace model::store {
namespace {

TEST(DeviceApproval, NeedsARequestThatIsAlive) {  // S-16 step 1, S-5
  for (const std::int64_t age : {299'999, 300'000, 300'001}) {
    Store store;
    const Answer request = store.run_at(1'000, asks("phone", "node", {}));
    const Answer answer = store.run_at(1'000 + age, DeviceApprove{request.id, Strings{}});
    EXPECT_EQ(answer.outcome, age <= 300'000 ? Outcome::ok : Outcome::unknown) << age;
  }
  Store store;
  EXPECT_EQ(store.run(DeviceApprove{"none", Strings{}}).outcome, Outcome::unknown);
  EXPECT_FALSE(store.wrote);
}

struct CallerRow {
  std::string_view role;
  Strings scopes;
  std::optional<Strings> caller;
  std::string missing;  ///< empty: approved
};

TEST(DeviceApproval, ChecksOperatorScopesUnderTheRequestsRole) {  // S-16 steps 2 and 3
  const CallerRow rows[] = {
      {"operator", {"operator.read"}, Strings{"operator.admin"}, ""},
      {"operator", {"operator.read"}, Strings{"operator.write"}, ""},
      {"operator", {"operator.write"}, Strings{"operator.read"}, "operator.write"},
      {"operator", {"operator.write"}, Strings{}, "operator.read"},  // sorted: read comes first
      {"node", {"operator.read"}, Strings{"operator.admin"}, "operator.read"},
      {"node", {"operator.read"}, Strings{"operator.read"}, ""},
      {"node", {"operator.write"}, Strings{"operator.write"}, "operator.read"},
      {"node", {"chat"}, Strings{}, ""},  // does not start with operator.
      {"node", {}, Strings{}, ""},
      {"node", {}, std::nullopt, "callerScopes-required"},
      {"operator", {"operator.write", "operator.pairing"}, std::nullopt, "operator.pairing"},
      {"", {"operator.read"}, std::nullopt, ""},  // no role: no check
  };
  for (const CallerRow& row : rows) {
    Store store;
    const Answer request = store.run(asks("phone", std::string(row.role), row.scopes));
    const Answer answer = store.run(DeviceApprove{request.id, row.caller});
    EXPECT_EQ(answer.missing_scope, row.missing) << row.role;
    EXPECT_EQ(answer.outcome, row.missing.empty() ? Outcome::ok : Outcome::forbidden);
    EXPECT_EQ(store.wrote, row.missing.empty());
  }
}

TEST(DeviceApproval, TakesTheFirstRoleOfTheListWhereThereIsNoRole) {  // S-16 step 2
  Store store;
  store.files.first = json(
      "{'r': {'requestId': 'r', 'deviceId': 'phone', 'roles': [' ', 'node'],"
      "       'scopes': ['operator.read'], 'ts': 1000000}}");
  EXPECT_EQ(store.run(DeviceApprove{"r", Strings{"operator.admin"}}).missing_scope,
            "operator.read");  // as node: literal
  const Answer answer = store.run(DeviceApprove{"r", Strings{"operator.read"}});
  EXPECT_EQ(answer.outcome, Outcome::ok);
  EXPECT_EQ(text_at(answer.record, {"role"}), "absent");
  EXPECT_EQ(text_at(answer.record, {"tokens"}), "{}") << "only `role` gets a token (step 5)";
}

TEST(DeviceApproval, OfARequestWithoutRoleMakesARecordWithoutRoles) {
  Store store;
  store.files.first = json(
      "{'r': {'requestId': 'r', 'deviceId': 'phone', 'publicKey': 'k',"
      " 'isRepair': false, 'ts': 1000000}}");
  EXPECT_EQ(store.run(DeviceApprove{"r", std::nullopt}).outcome, Outcome::ok);
  EXPECT_EQ(text_at(store.files.second, {"phone"}),
            R"({"deviceId":"phone","publicKey":"k","tokens":{},"createdAtMs":1000000,)"
            R"("approvedAtMs":1000000})");
}

TEST(DeviceApproval, MergesRolesAndScopesIntoAnOldRecord) {  // S-16 steps 4 to 7
  Store store;
  store.files.second = json(
      "{'phone': {'deviceId': 'phone', 'publicKey': 'old', 'displayName': 'Old', 'role': "
      "'operator',"
      " 'roles': ['operator'], 'scopes': ['x'], 'approvedScopes': ['operator.read'], 'extra': 1,"
      " 'tokens': {'operator': {'token': 't0', 'role': 'operator', 'scopes': ['operator.read'],"
      "   'createdAtMs': 5, 'lastUsedAtMs': 6, 'revokedAtMs': 7}, 'foo': {'token': 'f'}},"
      " 'createdAtMs': 5, 'approvedAtMs': 5}}");
  const Answer request = store.run(asks("phone", "operator", {"operator.pairing"}));
  const Answer answer =
      store.run_at(1'000'007, DeviceApprove{request.id, Strings{"operator.admin"}});
  EXPECT_EQ(answer.outcome, Outcome::ok);
  EXPECT_EQ(answer.id, request.id);
  EXPECT_EQ(store.first(), "{}");
  EXPECT_EQ(js::dump(answer.record),
            R"({"deviceId":"phone","publicKey":"phone-key","role":"operator","roles":["operator"],)"
            R"("scopes":["operator.read","operator.pairing"],)"
            R"("approvedScopes":["operator.read","operator.pairing"],)"
            R"("tokens":{"operator":{"token":"token:phone/operator#1","role":"operator",)"
            R"("scopes":["operator.pairing"],"createdAtMs":5,"rotatedAtMs":1000007,)"
            R"("lastUsedAtMs":6},"foo":{"token":"f"}},"createdAtMs":5,"approvedAtMs":1000007})");
}

TEST(DeviceApproval, WithoutScopesKeepsTheTokensOldScopes) {  // S-16 step 5
  struct Row {
    std::string_view record;
    std::string_view scopes;
  };
  for (const Row& row :
       {Row{"{'approvedScopes': ['a'], 'tokens': {'node': {'scopes': ['b']}}}", R"(["b"])"},
        Row{"{'approvedScopes': ['a'], 'tokens': {'node': {}}}", R"(["a"])"},
        Row{"{'approvedScopes': null, 'scopes': ['c']}", R"(["c"])"}, Row{"{}", "[]"}}) {
    Store store;
    store.files.second = json("{'phone': " + std::string(row.record) + "}");
    const Answer request = store.run(asks("phone", "node", {}));
    const Answer answer = store.run(DeviceApprove{request.id, Strings{}});
    EXPECT_EQ(text_at(answer.record, {"tokens", "node", "scopes"}), row.scopes) << row.record;
  }
}

TEST(DeviceApproval, WithoutAnyScopesLeavesNoBaselineIn28) {  // D-6
  Store store;
  store.policy = revision("2026.3.28");
  const Answer request = store.run(asks("phone", "node", {}));
  (void)store.run(DeviceApprove{request.id, Strings{}});
  EXPECT_EQ(baseline(*find_paired(store.files, "phone")), std::nullopt);
  const std::string token = "token:phone/node#1";
  EXPECT_EQ(store.run(TokenVerify{"phone", token, "node", {}}).reason, "scope-mismatch");
  EXPECT_EQ(store.run(TokenEnsure{"phone", "node", {}}).outcome, Outcome::no);
}

TEST(DeviceApproval, WithoutAnyScopesIsWorthATokenIn31) {  // D-6, P-on4
  Store store;
  const Answer request = store.run(asks("phone", "node", {}));
  (void)store.run(DeviceApprove{request.id, Strings{}});
  const Answer token = store.run(TokenEnsure{"phone", "node", {}});
  EXPECT_EQ(token.id, "token:phone/node#1");
  EXPECT_FALSE(store.wrote);
  EXPECT_EQ(store.run(TokenVerify{"phone", token.id, "node", {}}).outcome, Outcome::ok);
}

TEST(DeviceApproval, ErasesMetadataThatTheRequestLacks) {  // S-16 step 6
  Store store;
  store.files.second = json(
      "{'phone': {'deviceId': 'phone', 'displayName': 'Old',"
      " 'remoteIp': '198.51.100.1', 'platform': 'iOS'}}");
  const Answer request = store.run(asks("phone", "node", {}));
  const Answer answer = store.run(DeviceApprove{request.id, Strings{}});
  EXPECT_EQ(text_at(answer.record, {"displayName"}), "absent");
  EXPECT_EQ(text_at(answer.record, {"remoteIp"}), "absent");
  EXPECT_EQ(text_at(answer.record, {"platform"}), "absent");
}

}  // namespace
}  // namespace model::store
