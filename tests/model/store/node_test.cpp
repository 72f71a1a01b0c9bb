// The node pairing store: S-30 to S-35 of docs/protocol/gateway.md.
#include <gtest/gtest.h>

#include "tests/model/store/store_words.hpp"

namespace model::store {
namespace {

NodeRequest node_asks(std::string node, std::string_view fields) {
  return {.node_id = std::move(node), .fields = json(std::string(fields)).object()};
}

TEST(NodeRequest, BeginsToWait) {  // S-30
  Store store;
  const Answer answer = store.run(node_asks(" n ", "{'displayName': 'N', 'commands': []}"));
  EXPECT_TRUE(answer.created);
  EXPECT_EQ(answer.id, "node-request:n#1");
  EXPECT_EQ(text_at(store.files.first, {"node-request:n#1"}),
            R"({"requestId":"node-request:n#1","nodeId":"n","displayName":"N","commands":[],)"
            R"("isRepair":false,"ts":1000000})");
}

TEST(NodeRequest, LeavesAWaitingOneUntouched) {  // S-30: no write, no refresh
  Store store;
  (void)store.run(node_asks("n", "{'commands': []}"));
  const Answer again = store.run_at(1'300'000, node_asks("n", "{'commands': ['a']}"));
  EXPECT_EQ(again.outcome, Outcome::ok);
  EXPECT_FALSE(again.created);
  EXPECT_FALSE(store.wrote);
  EXPECT_EQ(again.id, "node-request:n#1");
  EXPECT_EQ(text_at(again.record, {"ts"}), "1000000");
  EXPECT_TRUE(store.run_at(1'300'001, node_asks("n", "{}")).created) << "expired since creation";
}

TEST(NodeRequest, NeedsANodeId) {
  Store store;
  EXPECT_EQ(store.run(node_asks(" ", "{}")).outcome, Outcome::invalid);
  EXPECT_EQ(store.run(node_asks(" ", "{}")).reason, "nodeId required");
}

struct ApproveRow {
  std::string_view commands;
  Strings caller;
  std::string missing;
};

TEST(NodeApproval, NeedsScopesForWhatTheNodeOffers) {  // S-31
  const ApproveRow rows[] = {
      {"[]", {}, ""},
      {"null", {}, ""},
      {"['canvas.present']", {"operator.pairing"}, "operator.write"},
      {"['canvas.present']", {"operator.write"}, ""},
      {"['canvas.present']", {"operator.admin"}, ""},
      {"['a', 'system.run']", {"operator.write"}, "operator.admin"},
      {"['system.run.prepare']", {"operator.write"}, "operator.admin"},
      {"['system.which']", {"operator.write"}, "operator.admin"},
      {"['system.which']", {"operator.admin"}, ""},
      {"['system.runs']", {"operator.write"}, ""},
  };
  for (const ApproveRow& row : rows) {
    Store store;
    const Answer request =
        store.run(node_asks("n", "{'commands': " + std::string(row.commands) + "}"));
    const Answer answer = store.run(NodeApprove{request.id, row.caller});
    EXPECT_EQ(answer.missing_scope, row.missing) << row.commands;
    EXPECT_EQ(store.wrote, row.missing.empty()) << row.commands;
  }
}

TEST(NodeApproval, KeepsNothingOfAnOldRecordButItsAge) {  // S-31
  Store store;
  store.files.second = json(
      "{'n': {'nodeId': 'n', 'token': 'T', 'bins': ['git'], 'permissions': {'camera': true},"
      " 'caps': ['x'], 'displayName': 'Old', 'createdAtMs': 5, 'lastConnectedAtMs': 7}}");
  const Answer request = store.run(node_asks("n", "{'platform': 'ios', 'commands': []}"));
  EXPECT_EQ(text_at(request.record, {"isRepair"}), "true");
  const Answer answer = store.run(NodeApprove{request.id, {}});
  EXPECT_EQ(js::dump(answer.record),
            R"({"nodeId":"n","token":"node-token:n#1","platform":"ios","commands":[],)"
            R"("createdAtMs":5,"approvedAtMs":1000000})");
  EXPECT_EQ(store.first(), "{}");
  EXPECT_EQ(store.run(NodeApprove{request.id, {}}).outcome, Outcome::unknown);
}

TEST(NodeRejection, TakesTheRequestAway) {  // S-32
  Store store;
  const Answer request = store.run(node_asks("n", "{}"));
  EXPECT_EQ(text_at(store.run(NodeReject{request.id}).record, {"nodeId"}), R"("n")");
  EXPECT_EQ(store.first(), "{}");
  EXPECT_EQ(store.run(NodeReject{request.id}).outcome, Outcome::unknown);
}

TEST(NodeUpdate, ReplacesWhatIsPresent) {  // S-34
  Store store;
  EXPECT_EQ(store.run(NodeUpdate{"n", {}}).outcome, Outcome::unknown);
  EXPECT_FALSE(store.wrote);
  store.files.second = json("{'n': {'nodeId': 'n', 'displayName': 'N'}}");
  const NodeUpdate patch = {" n ", json("{'lastConnectedAtMs': 9, 'displayName': null}").object()};
  EXPECT_EQ(js::dump(store.run(patch).record),
            R"({"nodeId":"n","displayName":"N","lastConnectedAtMs":9})");
  EXPECT_TRUE(store.wrote);
}

TEST(NodeRename, WantsANameForAKnownNode) {  // S-35
  Store store;
  store.files.second = json("{'n': {'nodeId': 'n'}}");
  EXPECT_EQ(store.run(NodeRename{"n", " "}).reason, "displayName required");
  EXPECT_EQ(store.run(NodeRename{"m", "M"}).outcome, Outcome::unknown);
  EXPECT_FALSE(store.wrote);
  EXPECT_EQ(js::dump(store.run(NodeRename{"n", " New "}).record),
            R"({"nodeId":"n","displayName":"New"})");
}

}  // namespace
}  // namespace model::store
