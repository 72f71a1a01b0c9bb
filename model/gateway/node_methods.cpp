// Operator methods on nodes, and what nodes call themselves (docs/protocol/gateway.md section 12.2,
// docs/protocol/wire.md section 8).
#include <algorithm>
#include <array>
#include <utility>

#include "model/base/js_string.hpp"
#include "model/gateway/methods.hpp"
#include "model/gateway/node_invoke.hpp"
#include "model/gateway/node_view.hpp"
#include "model/store/record.hpp"
#include "model/store/views.hpp"
#include "model/wire/events.hpp"

namespace model::gateway {
namespace {

using store::Outcome;

Need look_at_devices(const Call&, const Resume&) { return Look{store::Group::devices}; }
Need look_at_nodes(const Call&, const Resume&) { return Look{store::Group::nodes}; }

/// Tells all who may hear it how a request ended, before the caller is answered.
void tell_resolved(const Call& call, const js::Value& record, wire::Decision decision) {
  call.turn.broadcast(
      wire::event::kNodePairResolved,
      wire::node_pair_resolved_payload(call.text("requestId"), text_in(record, "nodeId"), decision,
                                       call.turn.now));
}

// --- node.pair.* ---------------------------------------------------------------------------------

Need ask_pairing(const Call& call, const Resume&) {
  store::NodeRequest request{.node_id = call.text("nodeId"), .fields = {}};
  for (const std::string_view name :
       {"displayName", "platform", "version", "coreVersion", "uiVersion", "deviceFamily",
        "modelIdentifier", "caps", "commands", "remoteIp", "silent"}) {
    store::copy_member(request.fields, &call.params(), name);
  }
  return Transact{std::move(request)};
}

Need pairing_asked(const Call& call, const Resume& resume) {
  const store::Answer& answer = answer_in(resume);
  if (answer.outcome != Outcome::ok) return call.thrown(answer.reason), Need{};
  if (answer.created) {
    call.turn.fact({.kind = FactKind::node_request_filed,
                    .conn = call.conn,
                    .device_id = text_in(answer.record, "nodeId"),
                    .request_id = answer.id});
    call.turn.broadcast(wire::event::kNodePairRequested, answer.record);
  }
  call.answer(
      js::Object{{"status", "pending"}, {"request", answer.record}, {"created", answer.created}});
  return {};
}

Need show_node_pairing(const Call& call, const Resume& resume) {
  const store::Documents& nodes = documents_in(resume);
  call.answer(js::Object{{"pending", store::list_pending(nodes, call.turn.now)},
                         {"paired", store::list_paired(nodes)}});
  return {};
}

Need ask_approval(const Call& call, const Resume&) {
  return Transact{store::NodeApprove{call.text("requestId"), call.caller_scopes()}};
}

Need approved(const Call& call, const Resume& resume) {
  const store::Answer& answer = answer_in(resume);
  const std::string& request_id = call.text("requestId");
  if (answer.outcome == Outcome::invalid) return call.thrown(answer.reason), Need{};
  if (answer.outcome != Outcome::ok) {
    const std::string why = answer.outcome == Outcome::forbidden
                                ? "missing scope: " + answer.missing_scope
                                : "unknown requestId";
    call.turn.fact({.kind = FactKind::approval_refused,
                    .conn = call.conn,
                    .request_id = request_id,
                    .detail = why});
    call.refuse(why);
    return {};
  }
  call.turn.fact({.kind = FactKind::node_approved,
                  .conn = call.conn,
                  .device_id = text_in(answer.record, "nodeId"),
                  .request_id = request_id});
  tell_resolved(call, answer.record, wire::Decision::approved);
  call.answer(js::Object{{"requestId", request_id}, {"node", answer.record}});
  return {};
}

Need ask_rejection(const Call& call, const Resume&) {
  return Transact{store::NodeReject{call.text("requestId")}};
}

Need rejected(const Call& call, const Resume& resume) {
  const store::Answer& answer = answer_in(resume);
  if (answer.outcome == Outcome::invalid) return call.thrown(answer.reason), Need{};
  if (answer.outcome != Outcome::ok) return call.refuse("unknown requestId"), Need{};
  const js::Value node_id = member_in(answer.record, "nodeId");
  call.turn.fact({.kind = FactKind::rejected,
                  .conn = call.conn,
                  .device_id = text_in(answer.record, "nodeId"),
                  .request_id = call.text("requestId")});
  tell_resolved(call, answer.record, wire::Decision::rejected);
  call.answer(js::Object{{"requestId", call.text("requestId")}, {"nodeId", node_id}});
  return {};
}

Need verify(const Call& call, const Resume& resume) {
  const js::Value* node =
      store::verify_node_token(documents_in(resume), call.text("nodeId"), call.text("token"));
  js::Object payload{{"ok", node != nullptr}};
  if (node != nullptr) payload.set("node", *node);
  call.answer(std::move(payload));
  return {};
}

// --- node.rename ---------------------------------------------------------------------------------

Need ask_rename(const Call& call, const Resume&) {
  const std::string name(js::trim(call.text("displayName")));
  if (name.empty()) return call.refuse("displayName required"), Need{};
  return Transact{store::NodeRename{call.text("nodeId"), name}};
}

Need renamed(const Call& call, const Resume& resume) {
  const store::Answer& answer = answer_in(resume);
  if (answer.outcome == Outcome::invalid) return call.thrown(answer.reason), Need{};
  if (answer.outcome != Outcome::ok) return call.refuse("unknown nodeId"), Need{};
  call.answer(js::Object{{"nodeId", member_in(answer.record, "nodeId")},
                         {"displayName", member_in(answer.record, "displayName")}});
  return {};
}

// --- node.list, node.describe --------------------------------------------------------------------

Need show_nodes(const Call& call, const Resume& resume) {
  call.answer(js::Object{{"ts", call.turn.now.ms},
                         {"nodes", known_nodes(call.turn.gateway, documents_in(resume))}});
  return {};
}

Need look_for_node(const Call& call, const Resume& resume) {
  if (js::blank(call.text("nodeId"))) return call.refuse("nodeId required"), Need{};
  return look_at_devices(call, resume);
}

Need describe_node(const Call& call, const Resume& resume) {
  const js::Value wanted(js::trim(call.text("nodeId")));
  for (const js::Value& node : known_nodes(call.turn.gateway, documents_in(resume))) {
    if (member_in(node, "nodeId") != wanted) continue;
    js::Object payload{{"ts", call.turn.now.ms}};
    for (const js::Member& item : node.object()) payload.set(item.name, item.value);
    call.answer(std::move(payload));
    return {};
  }
  call.refuse("unknown nodeId");
  return {};
}

// --- what nodes call -----------------------------------------------------------------------------

std::string caller_node_id(const Call& call) {
  const Connection* connection = call.turn.open_connection(call.conn);
  return connection == nullptr || !connection->session ? std::string()
                                                       : (*connection->session)->node_id;
}

Need no_actions(const Call& call, const Resume&) {
  call.answer(js::Object{{"nodeId", caller_node_id(call)}, {"actions", js::Array{}}});
  return {};
}

Need no_work(const Call& call, const Resume&) {
  call.answer(js::Object{{"nodeId", caller_node_id(call)},
                         {"revision", 0},
                         {"items", js::Array{}},
                         {"hasMore", false}});
  return {};
}

Need acknowledged(const Call& call, const Resume&) {
  call.answer(js::Object{{"nodeId", caller_node_id(call)},
                         {"ackedIds", member_in(call.params(), "ids")},
                         {"remainingCount", 0}});
  return {};
}

Need event_taken(const Call& call, const Resume&) {
  call.answer(js::Object{{"ok", true}});
  return {};
}

Need no_bins(const Call& call, const Resume&) {
  call.answer(js::Object{{"bins", js::Array{}}});
  return {};
}

Need no_canvas(const Call& call, const Resume&) {
  call.unavailable("canvas host unavailable for this node session");
  return {};
}

// --- the rows ------------------------------------------------------------------------------------

constexpr Step kPairRequest[] = {ask_pairing, pairing_asked};
constexpr Step kPairList[] = {look_at_nodes, show_node_pairing};
constexpr Step kPairApprove[] = {ask_approval, approved};
constexpr Step kPairReject[] = {ask_rejection, rejected};
constexpr Step kPairVerify[] = {look_at_nodes, verify};
constexpr Step kRename[] = {ask_rename, renamed};
constexpr Step kList[] = {look_at_devices, show_nodes};
constexpr Step kDescribe[] = {look_for_node, describe_node};
constexpr Step kInvoke[] = {forward_invoke};
constexpr Step kInvokeResult[] = {take_invoke_result};
constexpr Step kEvent[] = {event_taken};
constexpr Step kPendingPull[] = {no_actions};
constexpr Step kPendingAck[] = {acknowledged};
constexpr Step kPendingDrain[] = {no_work};
constexpr Step kBins[] = {no_bins};
constexpr Step kCanvas[] = {no_canvas};

constexpr auto kMethods = std::to_array<Method>({{"node.pair.request", kPairRequest},
                                                 {"node.pair.list", kPairList},
                                                 {"node.pair.approve", kPairApprove},
                                                 {"node.pair.reject", kPairReject},
                                                 {"node.pair.verify", kPairVerify},
                                                 {"node.rename", kRename},
                                                 {"node.list", kList},
                                                 {"node.describe", kDescribe},
                                                 {"node.invoke", kInvoke},
                                                 {"node.invoke.result", kInvokeResult},
                                                 {"node.event", kEvent},
                                                 {"node.pending.pull", kPendingPull},
                                                 {"node.pending.ack", kPendingAck},
                                                 {"node.pending.drain", kPendingDrain},
                                                 {"skills.bins", kBins},
                                                 {"node.canvas.capability.refresh", kCanvas}});

}  // namespace

std::span<const Method> node_methods() { return kMethods; }

}  // namespace model::gateway
