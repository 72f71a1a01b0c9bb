// Sending, closing and broadcasting: wire.md section 10.
#include "model/gateway/turn.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/wire/limits.hpp"
#include "tests/model/gateway/lab.hpp"

namespace {

using namespace model;
using namespace model::gateway;
using testing::ElementsAre;
using testing::IsEmpty;
using tests::Lab;

TEST(Turn, ClosesAConnectionOnceAndTakesBackWhatItHeld) {  // W-10, W-20, G-57
  Lab lab;
  lab.gateway.memory.edit().preauth = {{"1.2.3.4", 2}};
  Connection connection;
  connection.holds_budget = true;
  connection.budget_key = "1.2.3.4";
  connection.deadline = lab.now + Millis{10'000};
  lab.gateway.connections.emplace("phone", connection);
  lab.turn([](Turn& turn) {
    turn.close("phone", 1008, "invalid role");
    turn.close("phone", 1000, "again");
    turn.send("phone", "{}");
    turn.close("nobody", 1000, "");
  });
  EXPECT_THAT(lab.lines, ElementsAre("phone x 1008 invalid role"));
  const Connection& closed = *lab.gateway.connections.at("phone");
  EXPECT_TRUE(closed.closed);
  EXPECT_EQ(closed.stage, ConnectionStage::failed);
  EXPECT_EQ(closed.deadline, std::nullopt);
  EXPECT_EQ(lab.gateway.memory->preauth.at("1.2.3.4"), 1);
}

TEST(Turn, ForgetsABudgetKeyThatNobodyUses) {  // W-10
  Lab lab;
  lab.gateway.memory.edit().preauth = {{"1.2.3.4", 1}};
  Connection connection;
  connection.holds_budget = true;
  connection.budget_key = "1.2.3.4";
  lab.gateway.connections.emplace("phone", connection);
  lab.turn([](Turn& turn) { turn.close("phone", 1000, ""); });
  EXPECT_THAT(lab.gateway.memory->preauth, IsEmpty());
}

TEST(Broadcast, WithoutAnySessionUsesNoNumber) {  // W-50
  Lab lab;
  lab.gateway.connections.emplace("waiting", Connection{});
  lab.turn([](Turn& turn) { turn.broadcast("tick", js::Object{{"ts", 1}}); });
  EXPECT_THAT(lab.lines, IsEmpty());
  EXPECT_EQ(lab.gateway.memory->seq, 0);
}

TEST(Broadcast, CountsOnceForAllAlsoWhereItIsFilteredOut) {  // W-51, W-52
  Lab lab;
  lab.operator_joins("pairer", {"pairing"});
  lab.operator_joins("reader", {"read"});
  lab.operator_joins("admin", {"admin"});
  lab.join("phone", "node", {"operator.pairing"});  // guarded events never go to nodes
  lab.turn([](Turn& turn) {
    turn.broadcast("device.pair.resolved", js::Object{{"requestId", "r"}});
    turn.broadcast("tick", js::Object{{"ts", 5}});
  });
  EXPECT_THAT(
      lab.lines,
      ElementsAre(
          R"(admin < {"type":"event","event":"device.pair.resolved","payload":{"requestId":"r"},"seq":1})",
          R"(pairer < {"type":"event","event":"device.pair.resolved","payload":{"requestId":"r"},"seq":1})",
          R"(admin < {"type":"event","event":"tick","payload":{"ts":5},"seq":2})",
          R"(pairer < {"type":"event","event":"tick","payload":{"ts":5},"seq":2})",
          R"(phone < {"type":"event","event":"tick","payload":{"ts":5},"seq":2})",
          R"(reader < {"type":"event","event":"tick","payload":{"ts":5},"seq":2})"));
}

TEST(Broadcast, ShowsBothVersionsWhenAsked) {  // W-57
  Lab lab;
  lab.operator_joins("ann", {});
  lab.gateway.memory.edit().presence_version = 3;
  lab.gateway.memory.edit().health_version = 4;
  lab.turn([](Turn& turn) { turn.broadcast_with_versions("health", js::Object{}); });
  EXPECT_THAT(
      lab.frames("ann"),
      ElementsAre(
          R"({"type":"event","event":"health","payload":{},"seq":1,"stateVersion":{"presence":3,"health":4}})"));
}

TEST(Broadcast, SkipsASlowReceiverOrClosesIt) {  // W-18, W-53
  struct Case {
    std::uint64_t buffered;
    const char* event;
    std::string line;
  };
  const Case cases[] = {
      {wire::kSlowConsumerBytes, "health",
       R"(ann < {"type":"event","event":"health","payload":{},"seq":1})"},
      {wire::kSlowConsumerBytes + 1, "health", "ann x 1008 slow consumer"},
      {wire::kSlowConsumerBytes + 1, "tick", ""},
      {wire::kSlowConsumerBytes + 1, "device.pair.requested", ""},
  };
  for (const Case& at : cases) {
    Lab lab;
    lab.operator_joins("ann", {"admin"});
    lab.gateway.connections.at("ann").edit().buffered_bytes = at.buffered;
    lab.turn([&](Turn& turn) { turn.broadcast(at.event, js::Object{}); });
    if (at.line.empty()) {
      EXPECT_THAT(lab.lines, IsEmpty());
    } else {
      EXPECT_THAT(lab.lines, ElementsAre(at.line));
    }
    EXPECT_EQ(lab.gateway.memory->seq, 1);
  }
}

}  // namespace
