// What a session's messages meet before a method sees them: wire.md section 8.
#include "model/gateway/session.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/gateway/methods.hpp"
#include "tests/model/gateway/lab.hpp"

namespace {

using namespace model::gateway;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using tests::Lab;

TEST(SessionMessage, ThatIsNotJsonIsIgnored) {  // W-43
  Lab lab;
  lab.operator_joins("ann", {"read"});
  for (const char* text : {"hello", "", "{", "\xEF\xBB\xBF{}"}) lab.says("ann", text);
  EXPECT_THAT(lab.lines, IsEmpty());
  EXPECT_THAT(lab.facts_of(FactKind::ignored), SizeIs(4));
}

TEST(SessionMessage, ThatIsNoRequestFrameIsAnsweredWithWhateverIdItHas) {  // W-44
  struct Case {
    const char *text, *answer;
  };
  constexpr Case kCases[] = {
      {R"({"type":"req","id":"a"})",
       R"({"type":"res","id":"a","ok":false,"error":{"code":"INVALID_REQUEST","message":"invalid request frame: must have required property 'method'"}})"},
      {R"({"type":"req","id":7,"method":"health"})",
       R"({"type":"res","id":7,"ok":false,"error":{"code":"INVALID_REQUEST","message":"invalid request frame: at /id: must be string"}})"},
      {R"({"type":"req","id":null,"method":"health"})",
       R"({"type":"res","id":"invalid","ok":false,"error":{"code":"INVALID_REQUEST","message":"invalid request frame: at /id: must be string"}})"},
      {R"([1])",
       R"({"type":"res","id":"invalid","ok":false,"error":{"code":"INVALID_REQUEST","message":"invalid request frame: must be object"}})"},
  };
  Lab lab;
  lab.operator_joins("ann", {"read"});
  for (const Case& at : kCases) {
    lab.clear();
    lab.says("ann", at.text);
    EXPECT_THAT(lab.frames("ann"), ElementsAre(at.answer));
  }
}

TEST(SessionMessage, OnAClosedConnectionChangesNothing) {  // W-32
  Lab lab;
  lab.operator_joins("ann", {"admin"});
  lab.turn([](Turn& turn) { turn.close("ann", 1008, "x"); });
  lab.clear();
  lab.says("ann", R"({"type":"req","id":"1","method":"health"})");
  EXPECT_THAT(lab.lines, IsEmpty());
}

TEST(SessionCall, IsRefusedByRoleThenByScopeThenAsUnknown) {  // W-45, W-46, W-47
  Lab lab;
  lab.operator_joins("nobody", {});
  lab.operator_joins("reader", {"read"});
  lab.operator_joins("writer", {"write"});
  lab.operator_joins("pairer", {"pairing"});
  lab.operator_joins("admin", {"admin"});
  lab.node_joins("phone", "ios", {});
  struct Case {
    const char *who, *method, *outcome;
  };
  constexpr Case kCases[] = {
      {"nobody", "health", "ok"},
      {"phone", "health", "ok"},
      {"phone", "node.list", "unauthorized role: node"},
      {"phone", "connect", "unauthorized role: node"},
      {"phone", "no.such.method", "unauthorized role: node"},
      {"phone", "node.pending.pull", "ok"},
      {"admin", "node.pending.pull", "unauthorized role: operator"},
      {"reader", "node.event", "unauthorized role: operator"},
      {"reader", "skills.bins", "unauthorized role: operator"},
      {"nobody", "node.list", "missing scope: operator.read"},
      {"reader", "node.list", "ok"},
      {"writer", "node.list", "ok"},  // write reads
      {"pairer", "node.list", "missing scope: operator.read"},
      {"reader", "node.pair.list", "missing scope: operator.pairing"},
      {"writer", "node.pair.list", "missing scope: operator.pairing"},
      {"pairer", "node.pair.list", "ok"},
      {"pairer", "node.pair.approve",
       "missing scope: operator.write"},  // not of the pairing family
      {"reader", "node.invoke", "missing scope: operator.write"},
      {"reader", "chat.abort", "missing scope: operator.write"},
      {"reader", "exec.approval.resolve", "missing scope: operator.approvals"},
      {"reader", "cron.add", "missing scope: operator.admin"},
      {"reader", "config.get", "ok"},
      {"reader", "config.set", "missing scope: operator.admin"},
      {"writer", "wizard.start", "missing scope: operator.admin"},
      {"writer", "update.run", "missing scope: operator.admin"},
      {"reader", "connect", "missing scope: operator.admin"},
      {"reader", "no.such.method", "missing scope: operator.admin"},
      {"admin", "connect", "connect is only valid as the first request"},
      {"admin", "no.such.method", "unknown method: no.such.method"},
      {"admin", "device.pair.list", "ok"},
      {"admin", "status", "ok"},
      {"admin", "cron.add", "ok"},
  };
  for (const Case& at : kCases) {
    EXPECT_EQ(lab.refusal(at.who, at.method), at.outcome) << at.who << " calls " << at.method;
  }
}

TEST(SessionCall, TreatsAbsentAndNullParamsAsAnEmptyObject) {  // W-47a
  Lab lab;
  lab.operator_joins("ann", {"read"});
  EXPECT_EQ(lab.refusal("ann", "node.list", "null"), "ok");
  lab.clear();
  lab.says("ann", R"({"type":"req","id":"1","method":"node.list"})");
  EXPECT_THAT(
      lab.frames("ann"),
      ElementsAre(R"({"type":"res","id":"1","ok":true,"payload":{"ts":1000000,"nodes":[]}})"));
  for (const char* params : {"[]", "'x'", "5", "true"}) {
    EXPECT_EQ(lab.refusal("ann", "node.list", params), "invalid node.list params: must be object");
  }
  EXPECT_EQ(lab.refusal("ann", "node.list", "{'zz':1}"),
            "invalid node.list params: at root: unexpected property 'zz'");
}

TEST(SessionCall, ThatCannotReachItsStoreIsAnsweredUnavailable) {  // W-48
  Lab lab;
  lab.operator_joins("ann", {"pairing"});
  lab.store_fails = true;
  EXPECT_EQ(
      lab.call("ann", "device.pair.approve", "{'requestId':'r'}"),
      R"({"ok":false,"error":{"code":"UNAVAILABLE","message":"Error: ENOSPC: no space left on device"}})");
  EXPECT_THAT(lab.gateway.handlers, IsEmpty());
  EXPECT_THAT(lab.facts_of(FactKind::store_failed), SizeIs(1));
}

TEST(SessionCall, LeavesAHandlerThatSaysWhatItWaitsFor) {
  Lab lab;
  lab.operator_joins("ann", {"pairing"});
  model::gateway::Turn turn(lab.gateway, lab.now, lab.names);
  receive_session_message(turn, "ann", "ann#1",
                          R"({"type":"req","id":"7","method":"device.pair.list"})");
  ASSERT_TRUE(lab.gateway.handlers.contains("ann#1"));
  const Handler& handler = *lab.gateway.handlers.at("ann#1");
  EXPECT_EQ(handler.need, Need(Look{model::store::Group::devices}));
  EXPECT_THAT(turn.effects, IsEmpty());

  resume_method_call(turn, "ann#1", lab.files.at(model::store::Group::devices));
  EXPECT_THAT(lab.gateway.handlers, IsEmpty());
}

TEST(SessionCall, IsCarriedOutEvenIfItsCallerHasGone) {  // section 11
  Lab lab;
  lab.operator_joins("ann", {"pairing"});
  lab.operator_joins("bob", {"pairing"});
  lab.files[model::store::Group::devices].second = tests::json("{'tablet':{'deviceId':'tablet'}}");
  model::gateway::Turn turn(lab.gateway, lab.now, lab.names);
  receive_session_message(
      turn, "ann", "ann#1",
      R"({"type":"req","id":"7","method":"device.pair.remove","params":{"deviceId":"tablet"}})");
  lab.gateway.connections.erase("ann");
  lab.drain();
  EXPECT_EQ(model::js::dump(lab.files.at(model::store::Group::devices).second), "{}");
  EXPECT_THAT(lab.frames("ann"), IsEmpty());
}

TEST(FloodGuard, ClosesWithTheEleventhRefusedRoleInARow) {  // W-49
  Lab lab;
  lab.node_joins("phone", "ios", {});
  lab.clear();
  for (int i = 0; i < 10; ++i) lab.call("phone", "node.list");
  EXPECT_THAT(lab.lines, SizeIs(10));
  EXPECT_NE(lab.gateway.connections.at("phone")->closed, true);
  lab.call("phone", "node.list");
  ASSERT_THAT(lab.lines, SizeIs(12));  // the answer first, then the close
  EXPECT_THAT(lab.lines[10], testing::HasSubstr("unauthorized role: node"));
  EXPECT_EQ(lab.lines[11], "phone x 1008 repeated unauthorized calls");
  EXPECT_EQ(lab.gateway.connections.at("phone")->cause, "repeated-unauthorized-requests");
}

TEST(FloodGuard, IsSetBackByAnyOtherAnswer) {  // W-49
  Lab lab;
  lab.node_joins("phone", "ios", {});
  for (int i = 0; i < 10; ++i) lab.call("phone", "node.list");
  lab.call("phone", "health");
  for (int i = 0; i < 10; ++i) lab.call("phone", "node.list");
  EXPECT_FALSE(lab.gateway.connections.at("phone")->closed);
  lab.call("phone", "node.list");
  EXPECT_TRUE(lab.gateway.connections.at("phone")->closed);
}

TEST(FloodGuard, LooksAwayFromMessagesThatAreNoCall) {  // W-44, W-49
  Lab lab;
  lab.node_joins("phone", "ios", {});
  for (int i = 0; i < 10; ++i) lab.call("phone", "node.list");
  lab.says("phone", "{}");
  lab.says("phone", "not json");
  lab.call("phone", "node.list");
  EXPECT_TRUE(lab.gateway.connections.at("phone")->closed);
}

TEST(FloodGuard, DoesNotCountMissingScopes) {  // W-49
  Lab lab;
  lab.operator_joins("ann", {});
  for (int i = 0; i < 30; ++i) lab.call("ann", "node.list");
  EXPECT_FALSE(lab.gateway.connections.at("ann")->closed);
}

TEST(ThrownText, IsCutAtTwoHundredAndFortyUnits) {  // W-48
  EXPECT_EQ(format_thrown(std::string(233, 'a')), "Error: " + std::string(233, 'a'));
  EXPECT_EQ(format_thrown(std::string(234, 'a')), "Error: " + std::string(233, 'a') + "...");
}

}  // namespace
