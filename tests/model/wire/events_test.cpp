// docs/protocol/wire.md section 10.
#include "model/wire/events.hpp"

#include <gtest/gtest.h>

namespace model::wire {
namespace {

TEST(Events, AreHeardByWhoMayHearThem) {  // W-52
  struct Row {
    const char *event, *role;
    std::vector<std::string> scopes;
    bool heard;
  };
  const Row rows[] = {
      {"device.pair.requested", "operator", {"operator.pairing"}, true},
      {"device.pair.requested", "operator", {"operator.admin"}, true},
      {"device.pair.requested", "operator", {"operator.write", "operator.read"}, false},
      {"device.pair.resolved", "node", {"operator.pairing", "operator.admin"}, false},
      {"node.pair.requested", "operator", {}, false},
      {"node.pair.resolved", "operator", {"operator.pairing"}, true},
      {"exec.approval.requested", "operator", {"operator.approvals"}, true},
      {"plugin.approval.resolved", "operator", {"operator.pairing"}, false},
      {"sessions.changed", "operator", {"operator.write"}, true},
      {"session.tool", "operator", {"operator.read"}, true},
      {"session.message", "operator", {"operator.approvals"}, false},
      {"tick", "node", {}, true},
      {"health", "operator", {}, true},
      {"presence", "node", {}, true},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(may_receive(row.event, row.role, row.scopes), row.heard)
        << row.event << " " << row.role;
  }
}

TEST(Events, EveryGuardGuardsAnEventThatExists) {
  int guarded = 0;
  for (const auto name : event_names()) guarded += guard_of(name).empty() ? 0 : 1;
  EXPECT_EQ(guarded, 11);
  EXPECT_EQ(event_names().size(), 24u);
}

TEST(Events, AreDroppedForSlowReceiversWhereMarked) {  // W-53
  for (const char* yes : {"tick", "presence", "device.pair.requested", "device.pair.resolved",
                          "node.pair.requested", "node.pair.resolved"}) {
    EXPECT_TRUE(droppable(yes)) << yes;
  }
  EXPECT_FALSE(droppable("shutdown"));
  EXPECT_FALSE(droppable("chat"));
}

TEST(Events, HaveTheirPayloads) {
  EXPECT_EQ(
      write(connect_challenge("n", Instant{1795343975840})),  // W-12
      R"({"type":"event","event":"connect.challenge","payload":{"nonce":"n","ts":1795343975840}})");
  EXPECT_EQ(js::dump(tick_payload(Instant{5})), R"({"ts":5})");  // W-54
  EXPECT_EQ(js::dump(presence_payload(js::Array())), R"({"presence":[]})");
  EXPECT_EQ(js::dump(shutdown_payload()),
            R"({"reason":"gateway stopping","restartExpectedMs":null})");
  EXPECT_EQ(js::dump(voicewake_payload({"openclaw", "hey"})), R"({"triggers":["openclaw","hey"]})");
  EXPECT_EQ(
      js::dump(device_pair_resolved_payload("r", "d", Decision::approved, Instant{7})),  // W-55
      R"({"requestId":"r","deviceId":"d","decision":"approved","ts":7})");
  EXPECT_EQ(js::dump(node_pair_resolved_payload("r", "n", Decision::rejected, Instant{7})),
            R"({"requestId":"r","nodeId":"n","decision":"rejected","ts":7})");
}

}  // namespace
}  // namespace model::wire
