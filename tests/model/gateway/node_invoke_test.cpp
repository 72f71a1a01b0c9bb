// Forwarding to nodes: gateway.md section 12.2, `node.invoke`.
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
using testing::SizeIs;
using tests::Lab;

Lab lab_with_phone() {
  Lab lab;
  lab.operator_joins("ann", {"write"});
  lab.node_joins("phone", "iOS 18.4.0", {"camera.list", "location.get"});
  lab.clear();
  return lab;
}

std::string invoke(Lab& lab, std::string_view node, std::string_view command,
                   std::string_view more = "") {
  return lab.call("ann", "node.invoke",
                  "{'nodeId':'" + std::string(node) + "','command':'" + std::string(command) +
                      "','idempotencyKey':'k'" + std::string(more) + "}");
}

std::string error(std::string_view code, std::string_view message, std::string_view details = "") {
  std::string out = R"({"ok":false,"error":{"code":")" + std::string(code) + R"(","message":")" +
                    std::string(message) + "\"";
  if (!details.empty()) out += R"(,"details":)" + std::string(details);
  return out + "}}";
}

TEST(NodeInvoke, ChecksIdsThenReservedThenConnectionThenAllowListThenDeclarations) {  // (a)...(f)
  Lab lab = lab_with_phone();
  lab.node_joins("mute", "plan9", {});
  const std::string blank = error("INVALID_REQUEST", "nodeId and command required");
  const auto reserved = [](std::string_view command) {
    return error("INVALID_REQUEST",
                 "node.invoke does not allow system.execApprovals.*; use exec.approvals.node.*",
                 R"({"command":")" + std::string(command) + R"("})");
  };
  const std::string gone =
      error("UNAVAILABLE", "node not connected", R"({"code":"NOT_CONNECTED"})");
  struct Row {
    const char *node, *command;
    std::string answer;
  };
  const Row rows[] = {
      {" ", "system.execApprovals.get", blank},
      {"phone", " ", blank},
      {"nobody", "system.execApprovals.get", reserved("system.execApprovals.get")},
      {"phone", " system.execApprovals.set ", reserved("system.execApprovals.set")},
      {"nobody", "system.execApprovals.other", gone},
      {"nobody", "camera.list", gone},
      {"phone", "camera.snap",
       error(
           "INVALID_REQUEST",
           R"(node command not allowed: \"camera.snap\" is not in the allowlist for platform \"iOS 18.4.0\")",
           R"({"reason":"command not allowlisted","command":"camera.snap"})")},
      {"mute", "system.run",
       error(
           "INVALID_REQUEST",
           R"(node command not allowed: \"system.run\" is not in the allowlist for platform \"plan9\")",
           R"({"reason":"command not allowlisted","command":"system.run"})")},
      {"mute", "camera.list",
       error("INVALID_REQUEST",
             "node command not allowed: the node did not declare any supported commands",
             R"({"reason":"node did not declare commands","command":"camera.list"})")},
      {"phone", "canvas.present",
       error(
           "INVALID_REQUEST",
           R"(node command not allowed: the node (platform: iOS 18.4.0) does not support \"canvas.present\")",
           R"({"reason":"command not declared by node","command":"canvas.present"})")},
      {"phone", "camera.list", "no answer"},  // forwarded
  };
  for (const Row& row : rows) {
    EXPECT_EQ(invoke(lab, row.node, row.command), row.answer) << row.node << " " << row.command;
  }
  EXPECT_THAT(lab.gateway.memory->invokes, SizeIs(1));
}

TEST(NodeInvoke, IsForwardedWithoutASequenceNumberAndAnsweredByTheNode) {  // 12.2, W-51
  Lab lab = lab_with_phone();
  invoke(lab, " phone ", " camera.list ", ",'params':{'a':1},'timeoutMs':50");
  EXPECT_THAT(
      lab.lines,
      ElementsAre(
          R"(phone < {"type":"event","event":"node.invoke.request","payload":{"id":"request-1",)"
          R"("nodeId":"phone","command":"camera.list","paramsJSON":"{\"a\":1}","timeoutMs":50,)"
          R"("idempotencyKey":"k"}})"));
  lab.clear();
  lab.call("phone", "node.invoke.result",
           "{'id':'request-1','nodeId':'phone','ok':true,'payload':{'handled':'camera.list'}}");
  EXPECT_THAT(
      lab.lines,
      ElementsAre(R"(phone < {"type":"res","id":"1","ok":true,"payload":{"ok":true}})",
                  R"(ann < {"type":"res","id":"1","ok":true,"payload":{"ok":true,)"
                  R"("nodeId":"phone","command":"camera.list","payload":{"handled":"camera.list"},)"
                  R"("payloadJSON":null}})"));
  EXPECT_THAT(lab.gateway.memory->invokes, IsEmpty());
}

TEST(NodeInvoke, TellsAbsentParametersFromNull) {  // 12.2
  Lab lab = lab_with_phone();
  invoke(lab, "phone", "camera.list");
  EXPECT_THAT(lab.lines.back(), HasSubstr(R"("paramsJSON":null)"));
  invoke(lab, "phone", "camera.list", ",'params':null");
  EXPECT_THAT(lab.lines.back(), HasSubstr(R"("paramsJSON":"null")"));
}

TEST(NodeInvoke, FailsAsTheNodeSays) {  // 12.2
  struct Row {
    const char *result, *answer;
  };
  constexpr Row kRows[] = {
      {"'ok':false,'error':{'code':'BUSY','message':'later'}",
       R"({"type":"res","id":"1","ok":false,"error":{"code":"UNAVAILABLE","message":"BUSY: later","details":{"nodeError":{"code":"BUSY","message":"later"}}}})"},
      {"'ok':false,'error':null",
       R"({"type":"res","id":"1","ok":false,"error":{"code":"UNAVAILABLE","message":"node invoke failed","details":{"nodeError":null}}})"},
      {"'ok':true,'payloadJSON':'[1]'",
       R"({"type":"res","id":"1","ok":true,"payload":{"ok":true,"nodeId":"phone","command":"camera.list","payload":[1],"payloadJSON":"[1]"}})"},
      {"'ok':true,'payloadJSON':'nope'",
       R"({"type":"res","id":"1","ok":true,"payload":{"ok":true,"nodeId":"phone","command":"camera.list","payload":{"payloadJSON":"nope"},"payloadJSON":"nope"}})"},
      {"'ok':true,'payloadJSON':null",
       R"({"type":"res","id":"1","ok":true,"payload":{"ok":true,"nodeId":"phone","command":"camera.list","payloadJSON":null}})"},
      {"'ok':true,'payloadJSON':{'b':2}",
       R"({"type":"res","id":"1","ok":true,"payload":{"ok":true,"nodeId":"phone","command":"camera.list","payload":{"b":2},"payloadJSON":null}})"},
  };
  for (const Row& row : kRows) {
    Lab lab = lab_with_phone();
    invoke(lab, "phone", "camera.list");
    lab.call("phone", "node.invoke.result",
             "{'id':'request-1','nodeId':'phone'," + std::string(row.result) + "}");
    EXPECT_THAT(lab.frames("ann"), ElementsAre(row.answer)) << row.result;
  }
}

TEST(NodeInvokeResult, ThatNobodyWaitsForIsIgnored) {
  Lab lab = lab_with_phone();
  EXPECT_EQ(lab.call("phone", "node.invoke.result", "{'id':'x','nodeId':'phone','ok':true}"),
            R"({"ok":true,"payload":{"ok":true,"ignored":true}})");
}

TEST(NodeInvokeResult, OfAnotherNodeIsRefused) {
  Lab lab = lab_with_phone();
  lab.node_joins("thief", "ios", {});
  invoke(lab, "phone", "camera.list");
  EXPECT_EQ(
      lab.refusal("thief", "node.invoke.result", "{'id':'request-1','nodeId':'phone','ok':true}"),
      "nodeId mismatch");
  EXPECT_EQ(
      lab.call("thief", "node.invoke.result", "{'id':'request-1','nodeId':'thief','ok':true}"),
      R"({"ok":true,"payload":{"ok":true,"ignored":true}})");
  EXPECT_THAT(lab.gateway.memory->invokes, SizeIs(1));
}

TEST(PendingInvoke, EndsWhenItsTimeIsOver) {
  struct Row {
    const char* more;
    std::int64_t patience;
  };
  constexpr Row kRows[] = {{"", 30'000},
                           {",'timeoutMs':50", 50},
                           {",'timeoutMs':0", 1},
                           {",'timeoutMs':2147483647", 2'147'483'647},
                           {",'timeoutMs':2147483648", 1}};
  for (const Row& row : kRows) {
    Lab lab = lab_with_phone();
    const Instant start = lab.now;
    invoke(lab, "phone", "camera.list", row.more);
    lab.now = start + Millis{row.patience - 1};
    lab.turn([](Turn& turn) { expire_invokes(turn); });
    EXPECT_THAT(lab.frames("ann"), IsEmpty()) << row.more;
    lab.now = start + Millis{row.patience};
    lab.turn([](Turn& turn) { expire_invokes(turn); });
    EXPECT_THAT(
        lab.frames("ann"),
        ElementsAre(
            R"({"type":"res","id":"1","ok":false,"error":{"code":"UNAVAILABLE","message":"TIMEOUT: node invoke timed out","details":{"nodeError":{"code":"TIMEOUT","message":"node invoke timed out"}}}})"))
        << row.more;
  }
}

TEST(PendingInvoke, FailsWhenAnyConnectionOfItsNodeCloses) {  // G-54
  Lab lab = lab_with_phone();
  invoke(lab, "phone", "camera.list");
  lab.turn([&](Turn& turn) { unregister_session(turn, "phone", lab.session("phone")); });
  EXPECT_THAT(
      lab.frames("ann"),
      ElementsAre(
          R"x({"type":"res","id":"1","ok":false,"error":{"code":"UNAVAILABLE","message":"Error: node disconnected (camera.list)"}})x"));
  EXPECT_THAT(lab.gateway.memory->invokes, IsEmpty());
}

}  // namespace
