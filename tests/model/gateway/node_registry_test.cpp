// Presence, node registry and the end of sessions: gateway.md G-52, G-54, G-55.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/gateway/session.hpp"
#include "tests/model/gateway/lab.hpp"

namespace {

using namespace model;
using namespace model::gateway;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using tests::json;
using tests::Lab;

TEST(PresenceOfASession, IsKeyedByDeviceThenInstanceThenConnection) {  // G-52
  struct Row {
    bool device, instance, cli;
    const char* key;
  };
  constexpr Row kRows[] = {{true, true, false, "Box"},
                           {false, true, false, "inst"},
                           {false, false, false, "id of Box"},
                           {true, true, true, ""}};
  for (const Row& row : kRows) {
    Lab lab;
    Session& session = lab.join("Box", "operator", {"operator.read"});
    if (!row.device) session.device_id.reset();
    if (row.instance) session.connect.client.instance_id = "inst";
    if (row.cli) session.connect.client.mode = "cli";
    lab.turn([&](Turn& turn) { register_presence(turn, "Box", session); });
    EXPECT_EQ(session.presence_key, row.key);
    EXPECT_EQ(lab.gateway.memory->presence_version, row.cli ? 0 : 1);
    EXPECT_THAT(lab.lines, IsEmpty());  // W-57: not broadcast
  }
}

TEST(EndOfASession, BroadcastsPresenceIfTheSessionHadAKey) {  // G-52, W-57
  Lab lab;
  lab.operator_joins("ann", {});
  Session phone = lab.join("phone", "operator", {});
  lab.turn([&](Turn& turn) { register_presence(turn, "phone", phone); });
  lab.gateway.connections.erase("phone");
  lab.turn([&](Turn& turn) { unregister_session(turn, "phone", phone); });
  EXPECT_THAT(
      lab.frames("ann"),
      ElementsAre(R"({"type":"event","event":"presence","payload":{"presence":[{)"
                  R"("host":"gateway-client","version":"1.0","platform":"linux","mode":"ui",)"
                  R"("deviceId":"phone","roles":["operator"],"instanceId":"phone",)"
                  R"("reason":"disconnect","ts":1000000,)"
                  R"("text":"Node: gateway-client · mode ui"}]},)"
                  R"("seq":1,"stateVersion":{"presence":2,"health":0}})"));
  Session silent = lab.join("cli", "operator", {});
  lab.clear();
  lab.turn([&](Turn& turn) { unregister_session(turn, "cli", silent); });
  EXPECT_THAT(lab.lines, IsEmpty());
}

TEST(NodeRegistry, ForgetsANodeWhicheverOfItsConnectionsCloses) {  // G-54
  for (const char* first_to_close : {"old", "new"}) {
    Lab lab;
    lab.operator_joins("ann", {"read"});
    for (const char* conn : {"old", "new"}) {
      lab.join(conn, "node", {}).node_id = "phone";
      lab.turn([&](Turn& turn) { register_node(turn, conn, lab.session(conn), "touch"); });
    }
    EXPECT_THAT(lab.call("ann", "node.list"), HasSubstr(R"("connected":true)"));
    EXPECT_EQ(lab.gateway.memory->node_sessions.at("phone"), "new");
    lab.turn(
        [&](Turn& turn) { unregister_session(turn, first_to_close, lab.session(first_to_close)); });
    EXPECT_THAT(lab.call("ann", "node.list"), HasSubstr(R"("nodes":[])")) << first_to_close;
    const char* other = first_to_close == std::string_view("old") ? "new" : "old";
    EXPECT_THAT(lab.gateway.memory->node_of, ElementsAre(testing::Key(other)));
  }
}

TEST(NodeRegistry, KnowsNothingOfOperators) {  // G-54
  Lab lab;
  lab.operator_joins("ann", {"read"});
  lab.turn([&](Turn& turn) { register_node(turn, "ann", lab.session("ann"), "touch"); });
  EXPECT_THAT(lab.gateway.memory->node_of, IsEmpty());
  EXPECT_THAT(lab.gateway.handlers, IsEmpty());
}

TEST(NodeTouch, DatesTheRecordsOfNodeAndInstance) {  // G-55
  struct Row {
    const char *instance, *phone, *other;
  };
  constexpr Row kRows[] = {
      {" other ", "1000000", "1000000"}, {" phone ", "1000000", ""}, {"  ", "1000000", ""}};
  for (const Row& row : kRows) {
    Lab lab;
    lab.files[store::Group::nodes].second =
        json("{'phone':{'nodeId':'phone'},'other':{'nodeId':'other'}}");
    lab.join("phone", "node", {}).connect.client.instance_id = row.instance;
    lab.turn(
        [&](Turn& turn) { register_node(turn, "phone", lab.session("phone"), "phone touch"); });
    const auto date = [&](const char* node) {
      const js::Value* record = js::member(lab.files.at(store::Group::nodes).second, node);
      const js::Value* at = js::member(*record, "lastConnectedAtMs");
      return at == nullptr ? std::string() : js::dump(*at);
    };
    EXPECT_EQ(date("phone"), row.phone);
    EXPECT_EQ(date("other"), row.other);
    EXPECT_THAT(lab.gateway.handlers, IsEmpty());
  }
}

TEST(NodeTouch, GoesOnToTheSecondRecordWhenTheFirstFails) {  // G-55
  Lab lab;
  lab.join("phone", "node", {}).connect.client.instance_id = "other";
  lab.store_fails = true;
  lab.turn([&](Turn& turn) { register_node(turn, "phone", lab.session("phone"), "phone touch"); });
  EXPECT_THAT(lab.facts_of(FactKind::store_failed), testing::SizeIs(2));
  EXPECT_THAT(lab.gateway.handlers, IsEmpty());
}

TEST(Snapshot, ShowsTheProcessMemberByMember) {  // wire.md section 9
  Lab lab;
  Config config;
  config.config_path = "/c";
  config.state_dir = "/s";
  config.auth.password = "p";
  lab.gateway.config = config;
  Turn turn(lab.gateway, lab.now, lab.names);
  EXPECT_EQ(js::dump(snapshot(turn)),
            R"({"presence":[],"health":{},"stateVersion":{"presence":0,"health":0},)"
            R"("uptimeMs":5000,"configPath":"/c","stateDir":"/s","sessionDefaults":{)"
            R"("defaultAgentId":"main","mainKey":"main","mainSessionKey":"agent:main:main",)"
            R"("scope":"per-sender"},"authMode":"password"})");
}

}  // namespace
