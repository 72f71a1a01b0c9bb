// Methods on nodes: gateway.md section 12.2.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/model/gateway/lab.hpp"

namespace {

using namespace model;
using namespace model::gateway;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using tests::json;
using tests::Lab;

constexpr std::string_view kPhone = R"({'phone':{'deviceId':'phone','displayName':'Old name',
  'platform':'ios','clientId':'openclaw-ios','clientMode':'node','role':'node','roles':['node'],
  'scopes':[],'approvedScopes':[],'remoteIp':'198.51.100.7','tokens':{'node':{'token':'t',
  'role':'node','scopes':[],'createdAtMs':1}},'approvedAtMs':40}})";

Lab lab_with(std::string_view paired, std::string_view revision = "2026.3.31") {
  Lab lab(revision);
  lab.files[store::Group::devices].second = json(paired);
  lab.operator_joins("all", {"pairing", "read", "write"});
  return lab;
}

TEST(NodePairRequest, IsStoredInFileOrderAndAnnouncedOnce) {  // 12.2, S-30, W-55
  Lab lab = lab_with("{}");
  const std::string request =
      R"({"requestId":"request-1","nodeId":"n","displayName":"N","platform":"ios","caps":["c"],)"
      R"("commands":[],"silent":true,"isRepair":false,"ts":1000000})";
  EXPECT_EQ(
      lab.call("all", "node.pair.request",
               "{'silent':true,'commands':[],'caps':['c'],'platform':'ios','nodeId':' n ',"
               "'displayName':'N'}"),
      R"({"ok":true,"payload":{"status":"pending","request":)" + request + R"(,"created":true}})");
  ASSERT_THAT(lab.lines, SizeIs(2));
  EXPECT_EQ(lab.lines[0], R"(all < {"type":"event","event":"node.pair.requested","payload":)" +
                              request + R"(,"seq":1})");
  lab.clear();
  lab.now = lab.now + Millis{10};
  EXPECT_EQ(
      lab.call("all", "node.pair.request", "{'nodeId':'n'}"),
      R"({"ok":true,"payload":{"status":"pending","request":)" + request + R"(,"created":false}})");
  EXPECT_THAT(lab.lines, SizeIs(1));
}

TEST(NodePairRequest, WithABlankNodeIdIsTheStoresException) {  // S-30, W-48
  Lab lab = lab_with("{}");
  EXPECT_EQ(lab.call("all", "node.pair.request", "{'nodeId':' '}"),
            R"({"ok":false,"error":{"code":"UNAVAILABLE","message":"Error: nodeId required"}})");
}

TEST(NodePairApprove, NeedsWriteOrAdminByWhatTheNodeOffers) {  // 12.2, S-31
  Lab lab = lab_with("{}");
  lab.operator_joins("admin", {"admin"});
  lab.operator_joins("pairer", {"pairing"});
  lab.files[store::Group::nodes].first = json(R"({
    'a':{'requestId':'a','nodeId':'n','commands':['canvas.present'],'ts':999000},
    'b':{'requestId':'b','nodeId':'m','commands':['system.run'],'ts':999000}})");
  EXPECT_EQ(lab.refusal("pairer", "node.pair.approve", "{'requestId':'a'}"),
            "missing scope: operator.write");
  EXPECT_EQ(lab.refusal("all", "node.pair.approve", "{'requestId':'b'}"),
            "missing scope: operator.admin");
  EXPECT_EQ(lab.refusal("all", "node.pair.approve", "{'requestId':'zz'}"), "unknown requestId");
  lab.clear();
  EXPECT_EQ(lab.call("all", "node.pair.approve", "{'requestId':'a'}"),
            R"({"ok":true,"payload":{"requestId":"a","node":{"nodeId":"n","token":"token-1",)"
            R"("commands":["canvas.present"],"createdAtMs":1000000,"approvedAtMs":1000000}}})");
  EXPECT_EQ(
      lab.frames("pairer").at(0),
      R"({"type":"event","event":"node.pair.resolved","payload":{"requestId":"a","nodeId":"n",)"
      R"("decision":"approved","ts":1000000},"seq":1})");
  EXPECT_EQ(lab.refusal("admin", "node.pair.approve", "{'requestId':'b'}"), "ok");
  EXPECT_THAT(lab.facts_of(FactKind::node_approved), SizeIs(2));
}

TEST(NodePairReject, TellsEverybodyAndThenTheCaller) {  // 12.2, S-32
  Lab lab = lab_with("{}");
  lab.files[store::Group::nodes].first = json("{'a':{'requestId':'a','nodeId':'n','ts':999000}}");
  EXPECT_EQ(lab.call("all", "node.pair.reject", "{'requestId':'a'}"),
            R"({"ok":true,"payload":{"requestId":"a","nodeId":"n"}})");
  EXPECT_THAT(lab.lines, ElementsAre(HasSubstr(R"("decision":"rejected")"), HasSubstr("\"res\"")));
  EXPECT_EQ(lab.refusal("all", "node.pair.reject", "{'requestId':'a'}"), "unknown requestId");
}

TEST(NodePairList, ShowsRequestsAndNodesWithTheirTokens) {  // 12.2
  Lab lab = lab_with("{}");
  lab.files[store::Group::nodes] = {
      .first = json("{'a':{'requestId':'a','nodeId':'n','ts':700000},"
                    "'b':{'requestId':'b','nodeId':'m','ts':699999}}"),
      .second = json("{'n':{'nodeId':'n','token':'t','approvedAtMs':1},"
                     "'m':{'nodeId':'m','token':'u','approvedAtMs':2}}")};
  EXPECT_EQ(lab.call("all", "node.pair.list"),  // 'b' has expired (S-5)
            R"({"ok":true,"payload":{"pending":[{"requestId":"a","nodeId":"n","ts":700000}],)"
            R"("paired":[{"nodeId":"m","token":"u","approvedAtMs":2},)"
            R"({"nodeId":"n","token":"t","approvedAtMs":1}]}})");
}

TEST(NodePairVerify, ShowsTheNodeToWhoKnowsItsToken) {  // 12.2, S-33
  Lab lab = lab_with("{}");
  lab.files[store::Group::nodes].second = json("{'n':{'nodeId':'n','token':'t'}}");
  EXPECT_EQ(lab.call("all", "node.pair.verify", "{'nodeId':' n','token':'t'}"),
            R"({"ok":true,"payload":{"ok":true,"node":{"nodeId":"n","token":"t"}}})");
  EXPECT_EQ(lab.call("all", "node.pair.verify", "{'nodeId':'n','token':'T'}"),
            R"({"ok":true,"payload":{"ok":false}})");
  EXPECT_EQ(lab.call("all", "node.pair.verify", "{'nodeId':'m','token':'t'}"),
            R"({"ok":true,"payload":{"ok":false}})");
}

TEST(NodeRename, TrimsTheNameAndKnowsItsNodes) {  // 12.2, S-35
  Lab lab = lab_with("{}");
  lab.files[store::Group::nodes].second = json("{'n':{'nodeId':'n'}}");
  EXPECT_EQ(lab.call("all", "node.rename", "{'nodeId':'n','displayName':' New '}"),
            R"({"ok":true,"payload":{"nodeId":"n","displayName":"New"}})");
  EXPECT_EQ(lab.refusal("all", "node.rename", "{'nodeId':'n','displayName':' '}"),
            "displayName required");
  EXPECT_EQ(lab.refusal("all", "node.rename", "{'nodeId':'m','displayName':'x'}"),
            "unknown nodeId");
}

Session& phone_joins(Lab& lab) {
  Session& phone = lab.node_joins("phone", "ios", {"b", " a ", "b"});
  phone.connect.client.display_name = "  New name ";
  phone.connect.client.model_identifier = "iPhone17,1";
  phone.device_family = "iPhone";
  phone.reported_ip = "198.51.100.8";
  phone.connect.caps = {{" zeta ", "alpha", "Beta", "alpha", " alpha", "  ", "beta", "a2", "a10"}};
  phone.connect.path_env = "";
  phone.connect.permissions = {{{"camera", true}, {"mic", false}}};
  return phone;
}

TEST(NodeEntry, TakesTheLiveSessionBeforeTheRecord) {  // 12.2 [31]
  Lab lab = lab_with(kPhone);
  phone_joins(lab);
  EXPECT_EQ(
      lab.call("all", "node.describe", "{'nodeId':' phone '}"),
      R"({"ok":true,"payload":{"ts":1000000,"nodeId":"phone","displayName":"  New name ",)"
      R"("platform":"ios","version":"1.0","clientId":"openclaw-ios","clientMode":"node",)"
      R"("deviceFamily":"iPhone","modelIdentifier":"iPhone17,1","remoteIp":"198.51.100.8",)"
      R"("caps":["a10","a2","alpha","beta","Beta","zeta"],"commands":["a","b"],"pathEnv":"",)"
      R"("permissions":{"camera":true,"mic":false},"connectedAtMs":1000000,"approvedAtMs":40,)"
      R"("paired":true,"connected":true}})");
}

TEST(NodeEntry, IsShorterAndSortedDifferentlyInTheEarlierRevision) {  // 12.2 [28]
  Lab lab = lab_with(kPhone, "2026.3.28");
  phone_joins(lab);
  EXPECT_EQ(lab.call("all", "node.describe", "{'nodeId':'phone'}"),
            R"({"ok":true,"payload":{"ts":1000000,"nodeId":"phone","displayName":"  New name ",)"
            R"("platform":"ios","version":"1.0","deviceFamily":"iPhone",)"
            R"("modelIdentifier":"iPhone17,1","remoteIp":"198.51.100.8",)"
            R"("caps":["Beta","a10","a2","alpha","alpha","beta","zeta"],"commands":["a","b"],)"
            R"("pathEnv":"","permissions":{"camera":true,"mic":false},"connectedAtMs":1000000,)"
            R"("paired":true,"connected":true}})");
}

TEST(NodeEntry, OfANodeThatIsNotConnectedComesFromItsRecordAlone) {  // 12.2
  Lab lab = lab_with(kPhone);
  EXPECT_EQ(lab.call("all", "node.list"),
            R"({"ok":true,"payload":{"ts":1000000,"nodes":[{"nodeId":"phone",)"
            R"("displayName":"Old name","platform":"ios","clientId":"openclaw-ios",)"
            R"("clientMode":"node","remoteIp":"198.51.100.7","caps":[],"commands":[],)"
            R"("approvedAtMs":40,"paired":true,"connected":false}]}})");
  Lab before = lab_with(kPhone, "2026.3.28");
  EXPECT_EQ(before.call("all", "node.list"),
            R"({"ok":true,"payload":{"ts":1000000,"nodes":[{"nodeId":"phone",)"
            R"("displayName":"Old name","platform":"ios","remoteIp":"198.51.100.7","caps":[],)"
            R"("commands":[],"paired":true,"connected":false}]}})");
}

std::vector<std::string> listed(Lab& lab) {
  std::vector<std::string> ids;
  const js::Value payload = lab.payload("all", "node.list");
  for (const js::Value& node : *js::array_member(payload, "nodes")) {
    ids.push_back(*js::string_member(node, "nodeId"));
  }
  return ids;
}

TEST(NodeList, PutsConnectedNodesFirstThenNamesThenIds) {  // 12.2
  const auto record = [](std::string_view id, std::string_view name) {
    return "'" + std::string(id) + "':{'deviceId':'" + std::string(id) + "'" +
           (name.empty() ? "" : ",'displayName':'" + std::string(name) + "'") +
           ",'role':'node','roles':['node'],'tokens':{'node':{'role':'node'}}}";
  };
  Lab lab = lab_with("{" + record("d", "beta") + "," + record("c", "Alpha") + "," +
                     record("aB", "alpha") + "," + record("ab", "ALPHA") + "," +
                     record("albert", "") + "}");
  lab.node_joins("z1", "ios", {}).connect.client.display_name = "zeta";
  lab.node_joins("z0", "ios", {}).connect.client.display_name = "Zeta";
  EXPECT_THAT(listed(lab), ElementsAre("z0", "z1", "albert", "ab", "aB", "c", "d"));
}

TEST(NodeList, KnowsNodesByTheRolesThatAreEffective) {  // 12.2, section 0 effective_roles
  constexpr std::string_view kRevoked = R"({'d':{'deviceId':'d','role':'node','roles':['node'],
    'tokens':{'node':{'role':'node','revokedAtMs':5}}}})";
  Lab after = lab_with(kRevoked);
  EXPECT_THAT(listed(after), IsEmpty());
  Lab before = lab_with(kRevoked, "2026.3.28");
  EXPECT_THAT(listed(before), ElementsAre("d"));
}

TEST(NodeDescribe, WantsAnIdThatIsKnown) {  // 12.2
  Lab lab = lab_with(kPhone);
  EXPECT_EQ(lab.refusal("all", "node.describe", "{'nodeId':' '}"), "nodeId required");
  EXPECT_EQ(lab.refusal("all", "node.describe", "{'nodeId':'nobody'}"), "unknown nodeId");
}

TEST(NodesOwnMethods, AreAnsweredWithNothingToDo) {  // wire.md section 8
  Lab lab;
  lab.node_joins("phone", "ios", {});
  EXPECT_EQ(lab.call("phone", "node.pending.pull"),
            R"({"ok":true,"payload":{"nodeId":"phone","actions":[]}})");
  EXPECT_EQ(lab.refusal("phone", "node.event", "{'event':'voice.transcript'}"), "ok");
  EXPECT_EQ(lab.refusal("phone", "skills.bins"), "ok");
}

}  // namespace
