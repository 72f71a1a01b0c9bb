// Handlers beside one another and beyond their socket: wire.md W-42, gateway.md section 11.

#include "tests/support/lab.hpp"

namespace {

using tests::Asking;
using tests::Lab;

const Asking kOperator{.token = "shared-secret-token"};
const Asking kStranger{.token = "wrong"};

std::string health(const char* id) {
  return model::wire::write(model::wire::RequestFrame{id, "health", std::nullopt});
}

/// W-42, row 1, first case: the session exists when the second frame is looked at.
TEST(TwoFramesAtOnce, TheSecondConnectIsAnOrdinaryRequestOnceTheSessionExists) {
  Lab lab;
  lab.open("c");
  lab.connect("c", kOperator);
  lab.rest();
  lab.connect("c", kOperator);
  lab.rest();
  const auto answers = lab.responses("c");
  ASSERT_EQ(answers.size(), 2u);
  EXPECT_TRUE(Lab::ok(answers[0]));
  EXPECT_EQ(Lab::message_of(answers[1]), "missing scope: operator.admin");
  EXPECT_EQ(lab.closed("c"), "");
}

/// W-42, row 1, second case: both are in flight together, and both run the handshake.
TEST(TwoFramesAtOnce, BothRunTheHandshakeWhenBothAreInFlight) {
  Lab lab;
  lab.open("c");
  lab.send("c", lab.connect_frame("c", kOperator, "one"));
  lab.send("c", lab.connect_frame("c", kOperator, "two"));
  lab.choose("net: c up");
  lab.choose("net: c up");
  lab.rest();
  const auto answers = lab.responses("c");
  ASSERT_EQ(answers.size(), 2u);
  EXPECT_TRUE(Lab::ok(answers[0]));
  EXPECT_TRUE(Lab::ok(answers[1]));
}

/// W-42, row 2: the refusal of the second overtakes the first.
TEST(TwoFramesAtOnce, ARefusalCanOvertakeAndEndTheConnection) {
  Lab lab;
  lab.open("c");
  lab.send("c", lab.connect_frame("c", kOperator, "good"));
  lab.send("c", lab.connect_frame("c", kStranger, "bad"));
  lab.choose("net: c up");
  lab.choose("net: c up");
  lab.choose("gw: continue c#2");
  lab.rest();
  const auto answers = lab.responses("c");
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(*model::js::string_member(answers[0], "id"), "bad");
  EXPECT_TRUE(lab.closed("c").starts_with("1008 unauthorized: gateway token mismatch"));
}

/// W-42, row 3.
TEST(TwoFramesAtOnce, TextThatIsNotJsonEndsTheConnectionWithoutAnAnswer) {
  Lab lab;
  lab.open("c");
  lab.connect("c", kOperator);
  lab.send("c", "not json");
  lab.choose("net: c up");
  lab.choose("net: c up");
  lab.rest();
  EXPECT_TRUE(lab.responses("c").empty());
  EXPECT_EQ(lab.closed("c"), "1000 ");
}

/// W-42, row 4.
TEST(TwoFramesAtOnce, ARequestBehindTheConnectIsAnsweredInOrder) {
  Lab lab;
  lab.open("c");
  lab.connect("c", kOperator);
  lab.send("c", health("h"));
  lab.choose("net: c up");
  lab.choose("gw: continue c#1");
  lab.rest();
  const auto answers = lab.responses("c");
  ASSERT_EQ(answers.size(), 2u);
  EXPECT_EQ(*model::js::string_member(answers[0], "id"), "connect");
  EXPECT_EQ(*model::js::string_member(answers[1], "id"), "h");
  EXPECT_TRUE(Lab::ok(answers[1]));
}

/// W-21, section 11: the time-out does not stop a handler; its store writes happen.
TEST(AHandler, OutlivesTheHandshakeTimeoutAndStillPairsItsDevice) {
  Lab lab;
  const std::string token = lab.issue();
  lab.open("phone");
  lab.connect("phone", {.device = "phone",
                        .role = "node",
                        .bootstrap = token,
                        .client_id = "openclaw-ios",
                        .mode = "node"});
  lab.choose("net: phone up");  // in flight at P1
  lab.must(sim::Advance{model::Millis{10'000}});
  lab.choose("gw: timer handshake phone");
  lab.rest();
  EXPECT_TRUE(lab.responses("phone").empty());
  EXPECT_EQ(lab.closed("phone"), "1000 ");
  EXPECT_EQ(lab.file("devices/paired.json").object().size(), 1u);
  EXPECT_EQ(lab.file("devices/bootstrap.json").object().size(), 0u);
}

/// W-42, last sentence: a session registered on a closed socket stays (P-9 is a known leak).
TEST(AHandler, RegistersItsSessionOnASocketThatIsClosed) {
  Lab lab;
  lab.open("c");
  lab.connect("c", kOperator);
  lab.choose("net: c up");
  lab.must(sim::PeerClose{"c"});
  lab.choose("net: c up");
  lab.rest();
  const auto& connections = lab.run.world().processes.at("gw")->gateway.connections;
  ASSERT_TRUE(connections.contains("c"));
  EXPECT_TRUE(connections.at("c")->closed);
  EXPECT_TRUE(connections.at("c")->session.has_value());
}

/// I-1: two different devices, one bootstrap token, one process.
TEST(TwoDevicesWithOneCode, ExactlyOneVerifies) {
  Lab lab;
  const std::string token = lab.issue();
  lab.open("a");
  lab.open("b");
  const Asking code{
      .role = "node", .bootstrap = token, .client_id = "openclaw-ios", .mode = "node"};
  Asking first = code, second = code;
  first.device = "first";
  second.device = "second";
  lab.connect("a", first);
  lab.connect("b", second);
  lab.choose("net: a up");
  lab.choose("net: b up");
  lab.choose("gw: continue b#1");  // takes lock B
  lab.choose("gw: continue a#1");  // waits for it
  lab.rest();
  EXPECT_TRUE(Lab::ok(lab.responses("b").at(0)));
  EXPECT_EQ(Lab::message_of(lab.responses("a").at(0)),
            "unauthorized: bootstrap token invalid or expired (scan a fresh setup code)");
}

/// T-3, interleaving A: two gateway processes on one state directory both say yes.
TEST(TwoProcessesOnOneDirectory, BothBindTheSameToken) {
  sim::World world = Lab::world_with_gateway("2026.3.31");
  sim::add_gateway(world, "gw2", "home", Lab::config(), tests::release("2026.3.31"), "", "");
  Lab lab(std::move(world));
  const std::string token = lab.issue();
  lab.open("a", Lab::remote(), "gw");
  lab.open("b", Lab::remote(), "gw2");
  lab.connect("a", {.device = "first",
                    .role = "node",
                    .bootstrap = token,
                    .client_id = "openclaw-ios",
                    .mode = "node"});
  lab.connect("b", {.device = "second",
                    .role = "node",
                    .bootstrap = token,
                    .client_id = "openclaw-ios",
                    .mode = "node"});
  for (const char* key :
       {"net: a up", "net: b up", "gw: continue a#1", "gw2: continue b#1",
        "gw: read devices/bootstrap.json for a#1", "gw2: read devices/bootstrap.json for b#1",
        "gw: rename devices/bootstrap.json for a#1",
        "gw2: rename devices/bootstrap.json for b#1"}) {
    lab.choose(key);
  }
  lab.rest();
  EXPECT_TRUE(Lab::ok(lab.responses("a").at(0)));
  EXPECT_TRUE(Lab::ok(lab.responses("b").at(0)));
}

/// S-7: a write error ends the handshake with 1000 and no answer.
TEST(AFullDisk, EndsTheHandshakeWithoutAnAnswer) {
  Lab lab;
  const std::string token = lab.issue();
  lab.open("phone");
  lab.must(sim::SetFull{"home", true});
  lab.connect("phone", {.device = "phone",
                        .role = "node",
                        .bootstrap = token,
                        .client_id = "openclaw-ios",
                        .mode = "node"});
  lab.rest();
  EXPECT_TRUE(lab.responses("phone").empty());
  EXPECT_EQ(lab.closed("phone"), "1000 ");
}

/// Section 11 of wire.md: an orderly stop tells sessions and cuts the others.
TEST(AnOrderlyStop, TellsSessionsAndCutsTheRest) {
  Lab lab;
  lab.open("session");
  lab.connect("session", kOperator);
  lab.open("waiting");
  lab.rest();
  lab.must(sim::StopProcess{"gw"});
  lab.rest();
  EXPECT_EQ(lab.closed("session"), "1012 service restart");
  EXPECT_EQ(lab.closed("waiting"), "1006 ");
}

}  // namespace
