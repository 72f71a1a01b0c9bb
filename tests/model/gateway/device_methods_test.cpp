// Methods on devices and their tokens: gateway.md sections 12.1 and 13.7.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/gateway/device_view.hpp"
#include "model/gateway/session.hpp"
#include "tests/model/gateway/lab.hpp"

namespace {

using namespace model;
using namespace model::gateway;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using tests::json;
using tests::Lab;

constexpr std::string_view kPending = R"({'r1':{'requestId':'r1','deviceId':'phone','publicKey':'k',
  'role':'node','roles':['node'],'scopes':[],'silent':false,'isRepair':false,'ts':999000},
  'r2':{'requestId':'r2','deviceId':'tablet','publicKey':'t','role':'operator','roles':['operator'],
  'scopes':['operator.admin'],'silent':false,'isRepair':false,'ts':999500}})";

/// The device of section 13.6 after its last row: an operator without scopes, once also a node.
constexpr std::string_view kPaired = R"({'box':{'deviceId':'box','publicKey':'k','role':'operator',
  'roles':['operator','node'],'scopes':[],'approvedScopes':[],'tokens':{'operator':{'token':'old',
  'role':'operator','scopes':[],'createdAtMs':5}},'createdAtMs':5,'approvedAtMs':6}})";

Lab lab_with(std::string_view pending, std::string_view paired,
             std::string_view revision = "2026.3.31") {
  Lab lab(revision);
  lab.files[store::Group::devices] = {.first = json(pending), .second = json(paired)};
  lab.operator_joins("admin", {"admin"});
  lab.operator_joins("pairer", {"pairing"});
  return lab;
}

TEST(DevicePairList, ShowsRequestsAsStoredAndDevicesWithoutSecrets) {  // 12.1, S-19
  Lab lab = lab_with(kPending, kPaired);
  EXPECT_EQ(
      lab.call("pairer", "device.pair.list"),
      R"({"ok":true,"payload":{"pending":[{"requestId":"r2","deviceId":"tablet","publicKey":"t",)"
      R"("role":"operator","roles":["operator"],"scopes":["operator.admin"],"silent":false,)"
      R"("isRepair":false,"ts":999500},{"requestId":"r1","deviceId":"phone","publicKey":"k",)"
      R"("role":"node","roles":["node"],"scopes":[],"silent":false,"isRepair":false,"ts":999000}],)"
      R"("paired":[{"deviceId":"box","publicKey":"k","role":"operator","roles":["operator","node"],)"
      R"("scopes":[],"createdAtMs":5,"approvedAtMs":6,)"
      R"("tokens":[{"role":"operator","scopes":[],"createdAtMs":5}]}]}})");
}

TEST(RedactedDevice, SummarisesTokensByRoleAndHasNoneWhereThereAreNone) {  // 12.1
  const js::Value device = json(R"({'deviceId':'d','tokens':{
    'operator':{'token':'x','role':'operator','scopes':['a'],'createdAtMs':1,'rotatedAtMs':2,
                'revokedAtMs':3,'lastUsedAtMs':4},
    'Node':{'token':'y','role':'Node','scopes':[],'createdAtMs':1},
    'node':{'token':'z','role':'node','scopes':[],'createdAtMs':1}},
    'approvedScopes':['a'],'approvedAtMs':9})");
  EXPECT_EQ(
      js::dump(redacted(device)),
      R"({"deviceId":"d","approvedAtMs":9,"tokens":[)"
      R"({"role":"node","scopes":[],"createdAtMs":1},{"role":"Node","scopes":[],"createdAtMs":1},)"
      R"({"role":"operator","scopes":["a"],"createdAtMs":1,"rotatedAtMs":2,"revokedAtMs":3,"lastUsedAtMs":4}]})");
  EXPECT_EQ(js::dump(redacted(json("{'deviceId':'d','tokens':{}}"))), R"({"deviceId":"d"})");
  EXPECT_EQ(js::dump(redacted(json("{'deviceId':'d'}"))), R"({"deviceId":"d"})");
}

TEST(DevicePairApprove, TellsEverybodyAndThenTheCaller) {  // 12.1, W-55, S-16
  Lab lab = lab_with(kPending, "{}");
  EXPECT_EQ(
      lab.call("pairer", "device.pair.approve", "{'requestId':'r1'}"),
      R"({"ok":true,"payload":{"requestId":"r1","device":{"deviceId":"phone","publicKey":"k",)"
      R"("role":"node","roles":["node"],"scopes":[],"createdAtMs":1000000,)"
      R"("approvedAtMs":1000000,"tokens":[{"role":"node","scopes":[],"createdAtMs":1000000}]}}})");
  const std::string event =
      R"({"type":"event","event":"device.pair.resolved","payload":{"requestId":"r1",)"
      R"("deviceId":"phone","decision":"approved","ts":1000000},"seq":1})";
  ASSERT_THAT(lab.lines, SizeIs(3));
  EXPECT_EQ(lab.lines[0], "admin < " + event);
  EXPECT_EQ(lab.lines[1], "pairer < " + event);

  const auto approved = lab.facts_of(FactKind::approved);
  ASSERT_THAT(approved, SizeIs(1));
  EXPECT_EQ(approved[0].device_id, "phone");
  EXPECT_EQ(approved[0].detail, "device.pair.approve");
  const auto issued = lab.facts_of(FactKind::token_issued);
  ASSERT_THAT(issued, SizeIs(1));
  EXPECT_EQ(issued[0].token, "token-1");
}

TEST(DevicePairApprove, NeedsTheScopesThatTheRequestWants) {  // 12.1, S-16 step 3
  Lab lab = lab_with(kPending, "{}");
  EXPECT_EQ(lab.refusal("pairer", "device.pair.approve", "{'requestId':'r2'}"),
            "missing scope: operator.admin");
  EXPECT_EQ(lab.refusal("pairer", "device.pair.approve", "{'requestId':'r9'}"),
            "unknown requestId");
  EXPECT_THAT(lab.facts_of(FactKind::approval_refused), SizeIs(2));
  EXPECT_EQ(lab.refusal("admin", "device.pair.approve", "{'requestId':'r2'}"), "ok");
  EXPECT_EQ(lab.refusal("admin", "device.pair.approve", "{'requestId':'r2'}"), "unknown requestId");
}

TEST(DevicePairReject, TellsEverybodyAndThenTheCaller) {  // 12.1, S-17
  Lab lab = lab_with(kPending, "{}");
  EXPECT_EQ(lab.call("pairer", "device.pair.reject", "{'requestId':'r2'}"),
            R"({"ok":true,"payload":{"requestId":"r2","deviceId":"tablet"}})");
  EXPECT_EQ(lab.frames("admin").at(0),
            R"({"type":"event","event":"device.pair.resolved","payload":{"requestId":"r2",)"
            R"("deviceId":"tablet","decision":"rejected","ts":1000000},"seq":1})");
  EXPECT_THAT(lab.facts_of(FactKind::rejected), SizeIs(1));
  EXPECT_EQ(lab.refusal("pairer", "device.pair.reject", "{'requestId':'r2'}"), "unknown requestId");
}

TEST(DevicePairRemove, ClosesTheDevicesSessionsAfterTheAnswerAndTellsNobody) {  // 12.1, W-56
  Lab lab = lab_with("{}", kPaired);
  lab.operator_joins("box", {"read"});
  EXPECT_EQ(lab.call("pairer", "device.pair.remove", "{'deviceId':' box '}"),
            R"({"ok":true,"payload":{"deviceId":"box"}})");
  ASSERT_THAT(lab.lines, SizeIs(2));
  EXPECT_THAT(lab.lines[0], HasSubstr("pairer < "));
  EXPECT_EQ(lab.lines[1], "box x 4001 device removed");
  EXPECT_EQ(lab.refusal("pairer", "device.pair.remove", "{'deviceId':'box'}"), "unknown deviceId");
}

TEST(DevicePairRemove, OfTheCallersOwnDeviceIsAnsweredFirst) {  // 12.1
  Lab lab = lab_with("{}", "{'pairer':{'deviceId':'pairer'}}");
  lab.call("pairer", "device.pair.remove", "{'deviceId':'pairer'}");
  EXPECT_THAT(lab.lines, ElementsAre(HasSubstr("\"ok\":true"), "pairer x 4001 device removed"));
}

TEST(TokenMethods, OnTheDeviceOfSection13_7) {  // 13.7, S-23, S-24
  Lab lab = lab_with("{}", kPaired);
  struct Row {
    const char *caller, *method, *params, *outcome;
  };
  constexpr Row kRows[] = {
      {"admin", "device.token.rotate", "{'deviceId':'box','role':'operator'}", "ok"},
      {"admin", "device.token.rotate",
       "{'deviceId':'box','role':'operator','scopes':['operator.admin']}",
       "device token rotation denied"},
      {"pairer", "device.token.rotate", "{'deviceId':'box','role':'operator'}", "ok"},
      {"pairer", "device.token.rotate", "{'deviceId':'box','role':'node'}", "ok"},
      {"admin", "device.token.rotate", "{'deviceId':'box','role':'foo'}", "ok"},
      {"admin", "device.token.rotate", "{'deviceId':'who','role':'operator'}",
       "device token rotation denied"},
      {"admin", "device.token.revoke", "{'deviceId':'box','role':'node'}", "ok"},
      {"admin", "device.token.revoke", "{'deviceId':'box','role':'node'}", "ok"},
      {"admin", "device.token.revoke", "{'deviceId':'box','role':'bar'}", "unknown deviceId/role"},
      {"admin", "device.token.revoke", "{'deviceId':'who','role':'node'}", "unknown deviceId/role"},
      {"admin", "device.pair.remove", "{'deviceId':'box'}", "ok"},
      {"admin", "device.pair.remove", "{'deviceId':'box'}", "unknown deviceId"},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(lab.refusal(row.caller, row.method, row.params), row.outcome)
        << row.caller << " " << row.method << " " << row.params;
  }
}

TEST(DeviceTokenRotate, ShowsTheNewTokenWithTheIdAsSent) {  // 12.1
  Lab lab = lab_with("{}", kPaired);
  EXPECT_EQ(lab.call("pairer", "device.token.rotate", "{'deviceId':' box ','role':' node '}"),
            R"({"ok":true,"payload":{"deviceId":" box ","role":"node","token":"token-1",)"
            R"("scopes":[],"rotatedAtMs":1000000}})");
  const auto rotated = lab.facts_of(FactKind::token_rotated);
  ASSERT_THAT(rotated, SizeIs(1));
  EXPECT_EQ(rotated[0].device_id, "box");
  EXPECT_EQ(rotated[0].token, "token-1");
}

TEST(DeviceTokenRotate, HandsOutOnlyWhatTheCallerHolds) {  // 12.1, section 0 missing_scope
  constexpr std::string_view kReader = R"({'d':{'deviceId':'d','roles':['operator'],
    'scopes':['operator.read','operator.write'],'approvedScopes':['operator.read','operator.write'],
    'tokens':{'operator':{'token':'t','role':'operator','scopes':['operator.read'],
    'createdAtMs':1}}}})";
  struct Row {
    std::vector<std::string> caller;
    const char *params, *outcome;
  };
  const Row rows[] = {
      // Without `scopes` those of the role's own token count, not the device's.
      {{"pairing"}, "{'deviceId':'d','role':'operator'}", "device token rotation denied"},
      {{"pairing", "read"}, "{'deviceId':'d','role':'operator'}", "ok"},
      {{"pairing", "write"}, "{'deviceId':'d','role':'operator'}", "ok"},
      {{"admin"}, "{'deviceId':'d','role':'operator'}", "ok"},
      // A role without a token: the device's scopes, and literally.
      {{"admin"}, "{'deviceId':'d','role':'node'}", "device token rotation denied"},
      {{"admin", "read", "write"}, "{'deviceId':'d','role':'node'}", "ok"},
      {{"pairing"}, "{'deviceId':'d','role':'node','scopes':[]}", "ok"},
      {{"pairing"}, "{'deviceId':'d','role':'operator','scopes':[' ']}", "ok"},
      {{"admin"},
       "{'deviceId':'d','role':'operator','scopes':['operator.approvals']}",
       "device token rotation denied"},
      {{"admin"}, "{'deviceId':'d','role':'  '}", "device token rotation denied"},
  };
  for (const Row& row : rows) {
    Lab lab = lab_with("{}", kReader);
    lab.operator_joins("ann", row.caller);
    EXPECT_EQ(lab.refusal("ann", "device.token.rotate", row.params), row.outcome) << row.params;
  }
}

TEST(DeviceTokenRotate, ClosesSessionsOfThatRoleIfTheRevisionDoesSo) {  // 12.1 [31]
  for (const char* revision : {"2026.3.28", "2026.3.31"}) {
    Lab lab = lab_with("{}", kPaired, revision);
    lab.join("node session", "node", {}).connect.device->id = "box";
    lab.join("operator session", "operator", {}).connect.device->id = "box";
    lab.call("pairer", "device.token.rotate", "{'deviceId':'box','role':'operator'}");
    if (std::string_view(revision) == "2026.3.31") {
      ASSERT_THAT(lab.lines, SizeIs(2));
      EXPECT_EQ(lab.lines[1], "operator session x 4001 device removed");
    } else {
      EXPECT_THAT(lab.lines, SizeIs(1));
    }
  }
}

TEST(DeviceTokenRevoke, ClosesSessionsOfThatDeviceAndRoleAlone) {  // 12.1
  Lab lab = lab_with("{}", kPaired, "2026.3.28");
  lab.join("a", "node", {}).connect.device->id = "box";
  lab.join("b", "operator", {}).connect.device->id = "box";
  lab.join("c", "operator", {}).connect.device->id = "other";
  lab.join("d", "operator", {}).connect.device.reset();
  EXPECT_EQ(lab.call("pairer", "device.token.revoke", "{'deviceId':' box','role':'operator '}"),
            R"({"ok":true,"payload":{"deviceId":"box","role":"operator","revokedAtMs":1000000}})");
  ASSERT_THAT(lab.lines, SizeIs(2));
  EXPECT_EQ(lab.lines[1], "b x 4001 device removed");
  lab.now = lab.now + Millis{10};
  EXPECT_THAT(lab.call("pairer", "device.token.revoke", "{'deviceId':'box','role':'operator'}"),
              HasSubstr("1000010"));
}

TEST(DeviceMethods, CheckTheirParameters) {  // section 12
  Lab lab = lab_with("{}", "{}");
  EXPECT_EQ(
      lab.refusal("pairer", "device.pair.approve", "{'requestId':''}"),
      "invalid device.pair.approve params: at /requestId: must NOT have fewer than 1 characters");
  EXPECT_EQ(lab.refusal("pairer", "device.token.rotate", "{'deviceId':'d'}"),
            "invalid device.token.rotate params: must have required property 'role'");
  EXPECT_EQ(lab.refusal("pairer", "device.pair.list", "{'extra':1}"),
            "invalid device.pair.list params: at root: unexpected property 'extra'");
}

}  // namespace
