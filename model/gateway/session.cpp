// Dispatch of a session's requests (docs/protocol/wire.md section 8) and of what they wait for.
#include "model/gateway/session.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "model/base/check.hpp"
#include "model/gateway/method_scopes.hpp"
#include "model/gateway/methods.hpp"
#include "model/gateway/node_invoke.hpp"
#include "model/wire/errors.hpp"
#include "model/wire/frame.hpp"
#include "model/wire/method_params.hpp"

namespace model::gateway {
namespace {

const Method* find_method(std::string_view name) {
  for (const auto rows : {device_methods(), node_methods()}) {
    const auto found = std::ranges::find(rows, name, &Method::name);
    if (found != rows.end()) return &*found;
  }
  return nullptr;
}

/// Runs the step that the call has come to; keeps the handler while there is something to wait for.
void run_step(Turn& turn, const HandlerKey& key, Handler handler, const Resume& resume) {
  MethodCall& method = std::get<MethodCall>(handler.machine);
  const Method* row = find_method(method.method);
  CHECK(row != nullptr);
  CHECK(method.step < row->steps.size());
  handler.need = row->steps[method.step]({turn, handler.conn, method}, resume);
  ++method.step;
  if (std::holds_alternative<std::monostate>(handler.need)) {
    turn.gateway.handlers.erase(key);
  } else {
    turn.gateway.handlers.insert_or_assign(key, Shared<Handler>(std::move(handler)));
  }
}

/// Methods that need nothing of the lab: what they would do is outside of it, so that they are
/// authorised and then answered with nothing.
js::Value plain_answer(const Turn& turn, std::string_view method) {
  if (method == "health") return js::Object{{"ok", true}, {"ts", turn.now.ms}};
  if (method == "system-presence") return list(turn.gateway.memory->presence, turn.now);
  return js::Object{};
}

void dispatch(Turn& turn, const ConnectionKey& conn, const HandlerKey& key, const Session& session,
              const wire::RequestFrame& request) {
  const js::Value id(request.id);
  const auto refuse = [&](const std::string& message) {
    refuse_request(turn, conn, id, request.method,
                   wire::error_object(wire::ErrorCode::invalid_request, message));
  };
  if (const auto refusal = authorise(request.method, session.role, session.scopes)) {
    return refuse(*refusal);
  }
  if (!is_known_method(request.method)) return refuse("unknown method: " + request.method);
  if (request.method == "connect") return refuse("connect is only valid as the first request");

  js::Value params = wire::method_params(request.params);
  if (request.method == "node.invoke.result") params = normalised_result(std::move(params));
  if (const auto text = wire::method_violations(request.method, params)) {
    return refuse_request(turn, conn, id, request.method,
                          wire::invalid_params_error(request.method, *text));
  }
  if (find_method(request.method) == nullptr) {
    return answer_request(turn, conn, id, request.method, plain_answer(turn, request.method));
  }
  MethodCall call{.id = id, .method = request.method, .params = std::move(params)};
  call.scratch = js::Object{{"scopes", text_list(session.scopes)}};
  run_step(turn, key, Handler{.conn = conn, .need = {}, .machine = std::move(call)}, Continue{});
}

}  // namespace

void receive_session_message(Turn& turn, const ConnectionKey& conn, const HandlerKey& handler,
                             std::string_view bytes) {
  const Connection* connection = turn.open_connection(conn);
  if (connection == nullptr || !connection->session) return;
  const wire::ReadRequest read = wire::read_request(bytes);
  if (const auto* unparsable = std::get_if<wire::Unparsable>(&read)) {  // W-43
    turn.fact({.kind = FactKind::ignored, .conn = conn, .detail = "not JSON: " + unparsable->why});
    return;
  }
  if (const auto* bad = std::get_if<wire::BadRequestFrame>(&read)) {
    // W-44. No call was made: the flood guard neither counts nor forgets.
    turn.respond_error(conn, bad->id, wire::bad_request_error(*bad));
    turn.fact({.kind = FactKind::method_answered,
               .conn = conn,
               .detail = "invalid request frame: " + bad->text});
    return;
  }
  const Shared<Session> session = *connection->session;  // dispatch may change the connection
  dispatch(turn, conn, handler, *session, std::get<wire::RequestFrame>(read));
}

void resume_method_call(Turn& turn, const HandlerKey& handler, Resume resume) {
  const auto found = turn.gateway.handlers.find(handler);
  CHECK(found != turn.gateway.handlers.end());
  Handler waiting = *found->second;
  if (const auto* failed = std::get_if<StoreFailed>(&resume)) {
    MethodCall& method = std::get<MethodCall>(waiting.machine);
    turn.fact({.kind = FactKind::store_failed,
               .conn = waiting.conn,
               .detail = method.method + ": " + failed->what});
    Call{turn, waiting.conn, method}.thrown(failed->what);
    turn.gateway.handlers.erase(handler);
    return;
  }
  run_step(turn, handler, std::move(waiting), resume);
}

}  // namespace model::gateway
