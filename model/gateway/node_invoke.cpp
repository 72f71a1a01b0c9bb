#include "model/gateway/node_invoke.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "model/base/js_string.hpp"
#include "model/gateway/node_commands.hpp"
#include "model/gateway/node_view.hpp"
#include "model/gateway/session.hpp"
#include "model/store/record.hpp"
#include "model/wire/events.hpp"

namespace model::gateway {
namespace {

constexpr std::int64_t kPatienceMs = 30'000;         ///< without `timeoutMs`
constexpr std::int64_t kTimerMsMax = 2'147'483'647;  ///< a timer beyond it fires at once

/// `timeoutMs` as a timer takes it: below 1 and beyond the largest it is 1.
Millis patience(const js::Value& params) {
  const js::Value* asked = js::member(params, "timeoutMs");
  const std::int64_t ms = asked == nullptr ? kPatienceMs : asked->integer();
  return {ms < 1 || ms > kTimerMsMax ? 1 : ms};
}

bool has(const std::vector<std::string>& list, std::string_view item) {
  return std::ranges::find(list, item) != list.end();
}

void refuse_command(const Call& call, std::string_view reason, const std::string& hint,
                    const std::string& command) {
  call.refuse("node command not allowed: " + hint,
              js::Object{{"reason", reason}, {"command", command}});
}

/// Answers a request whose call is over but for the node's answer.
void answer_invoke(Turn& turn, const PendingInvoke& invoke, js::Value payload) {
  answer_request(turn, invoke.from, js::Value(invoke.request_id), "node.invoke",
                 std::move(payload));
}

void refuse_invoke(Turn& turn, const PendingInvoke& invoke, std::string_view message,
                   const std::optional<js::Value>& details = {}) {
  refuse_request(turn, invoke.from, js::Value(invoke.request_id), "node.invoke",
                 wire::error_object(wire::ErrorCode::unavailable, message, details));
}

/// What a node that could not do it says: "<code>: <message>", whatever of it there is.
void refuse_with_node_error(Turn& turn, const PendingInvoke& invoke, const js::Value& error) {
  const std::string* code_text = js::string_member(error, "code");
  const std::string* message_text = js::string_member(error, "message");
  const std::string code(js::trim(code_text == nullptr ? "" : *code_text));
  std::string message(js::trim(message_text == nullptr ? "" : *message_text));
  if (message.empty()) message = "node invoke failed";
  refuse_invoke(turn, invoke, code.empty() ? message : code + ": " + message,
                js::Object{{"nodeError", error}});
}

/// `payloadJSON` as a node may send it, parsed; a text that is not JSON is handed on as it is.
js::Value parsed_payload(const std::string& text) {
  const Result<js::Value> value = js::parse(js::trim(text));
  return value ? *value : js::Value(js::Object{{"payloadJSON", text}});
}

js::Value success(const PendingInvoke& invoke, const js::Value& result) {
  js::Object payload{{"ok", true}, {"nodeId", invoke.node_id}, {"command", invoke.command}};
  const std::string* text = js::string_member(result, "payloadJSON");
  if (text != nullptr && !text->empty()) {
    if (!js::blank(*text)) payload.set("payload", parsed_payload(*text));
  } else {
    store::copy_member(payload, &result, "payload");
  }
  payload.set("payloadJSON", text == nullptr ? js::Value() : js::Value(*text));
  return payload;
}

}  // namespace

Need forward_invoke(const Call& call, const Resume&) {
  Turn& turn = call.turn;
  const std::string node_id(js::trim(call.text("nodeId")));
  const std::string command(js::trim(call.text("command")));
  if (node_id.empty() || command.empty()) return call.refuse("nodeId and command required"), Need{};
  if (command == "system.execApprovals.get" || command == "system.execApprovals.set") {
    call.refuse("node.invoke does not allow system.execApprovals.*; use exec.approvals.node.*",
                js::Object{{"command", command}});
    return {};
  }
  const Session* node = live_node(turn.gateway, node_id);
  if (node == nullptr) {
    call.unavailable("node not connected", js::Object{{"code", "NOT_CONNECTED"}});
    return {};
  }
  const auto allowed =
      allow_list(platform_id(node->platform, node->device_family), turn.config(), turn.policy());
  if (!has(allowed, command)) {
    refuse_command(
        call, "command not allowlisted",
        '"' + command + "\" is not in the allowlist for platform \"" + node->platform + '"',
        command);
    return {};
  }
  if (node->commands.empty()) {
    refuse_command(call, "node did not declare commands",
                   "the node did not declare any supported commands", command);
    return {};
  }
  if (!has(node->commands, command)) {
    refuse_command(
        call, "command not declared by node",
        "the node (platform: " + node->platform + ") does not support \"" + command + '"', command);
    return {};
  }

  const std::string invoke_id = turn.names.mint(NameKind::request, node_id);
  const js::Value* params = js::member(call.params(), "params");
  js::Object request{{"id", invoke_id},
                     {"nodeId", node_id},
                     {"command", command},
                     {"paramsJSON", params == nullptr ? js::Value() : js::dump(*params)}};
  store::copy_member(request, &call.params(), "timeoutMs");
  request.set("idempotencyKey", call.text("idempotencyKey"));
  turn.send(
      turn.gateway.memory->node_sessions.at(node_id),
      wire::EventFrame{.event = std::string(wire::event::kNodeInvokeRequest), .payload = request});
  turn.gateway.memory.edit().invokes.emplace(
      invoke_id, PendingInvoke{.from = call.conn,
                               .request_id = call.method.id.string(),
                               .node_id = node_id,
                               .command = command,
                               .deadline = turn.now + patience(call.params())});
  return {};
}

js::Value normalised_result(js::Value params) {
  if (!params.is_object()) return params;
  js::Object& result = params.edit_object();
  if (const js::Value* text = result.find("payloadJSON"); text != nullptr && !text->is_string()) {
    if (!text->is_null() && !result.contains("payload")) result.set("payload", *text);
    result.erase("payloadJSON");
  }
  if (const js::Value* error = result.find("error"); error != nullptr && error->is_null()) {
    result.erase("error");
  }
  return params;
}

Need take_invoke_result(const Call& call, const Resume&) {
  Turn& turn = call.turn;
  const Connection* connection = turn.open_connection(call.conn);
  const std::string& node_id = call.text("nodeId");
  if (connection != nullptr && connection->session && (*connection->session)->node_id != node_id) {
    return call.refuse("nodeId mismatch"), Need{};
  }
  const auto& invokes = turn.gateway.memory->invokes;
  const auto found = invokes.find(call.text("id"));
  if (found == invokes.end() || found->second.node_id != node_id) {
    call.answer(js::Object{{"ok", true}, {"ignored", true}});
    return {};
  }
  const PendingInvoke invoke = found->second;
  turn.gateway.memory.edit().invokes.erase(call.text("id"));
  call.answer(js::Object{{"ok", true}});  // before the operator, whose answer is a microtask away
  const js::Value* ok = js::member(call.params(), "ok");
  if (ok != nullptr && ok->is_bool() && ok->boolean()) {
    answer_invoke(turn, invoke, success(invoke, call.params()));
  } else {
    const js::Value* error = js::member(call.params(), "error");
    refuse_with_node_error(turn, invoke, error == nullptr ? js::Value() : *error);
  }
  return {};
}

void fail_invokes(Turn& turn, std::string_view node_id) {
  std::vector<PendingInvoke> failed;
  for (const auto& [id, invoke] : turn.gateway.memory->invokes) {
    if (invoke.node_id == node_id) failed.push_back(invoke);
  }
  if (failed.empty()) return;
  std::erase_if(turn.gateway.memory.edit().invokes,
                [&](const auto& item) { return item.second.node_id == node_id; });
  for (const PendingInvoke& invoke : failed) {
    refuse_invoke(turn, invoke, format_thrown("node disconnected (" + invoke.command + ")"));
  }
}

void expire_invokes(Turn& turn) {
  std::vector<PendingInvoke> late;
  for (const auto& [id, invoke] : turn.gateway.memory->invokes) {
    if (invoke.deadline <= turn.now) late.push_back(invoke);
  }
  if (late.empty()) return;
  std::erase_if(turn.gateway.memory.edit().invokes,
                [&](const auto& item) { return item.second.deadline <= turn.now; });
  std::ranges::stable_sort(late, {}, &PendingInvoke::deadline);
  const js::Value error = js::Object{{"code", "TIMEOUT"}, {"message", "node invoke timed out"}};
  for (const PendingInvoke& invoke : late) refuse_with_node_error(turn, invoke, error);
}

}  // namespace model::gateway
