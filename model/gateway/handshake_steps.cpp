#include "model/gateway/handshake_steps.hpp"

#include "model/base/check.hpp"
#include "model/gateway/node_commands.hpp"
#include "model/gateway/pairing_gate.hpp"
#include "model/store/views.hpp"
#include "model/wire/events.hpp"

namespace model::gateway {

using Cue = HandshakeCue;
using Stage = HandshakeStage;

namespace {

const wire::DeviceProof& device_of(const Handshake& handshake) { return *handshake.params->device; }

std::string text_member(const js::Value& record, std::string_view name) {
  const std::string* text = js::string_member(record, name);
  return text == nullptr ? std::string() : *text;
}

js::Value resolved_payload(const Progress& at, const std::string& request_id) {
  return wire::device_pair_resolved_payload(request_id, device_of(at.handshake).id,
                                            wire::Decision::approved, at.turn.now);
}

// --- the gate ------------------------------------------------------------------------------------

/// P4 is over: rows 1 to 6 of G-31.
void at_gate(Progress& at, const store::Documents& devices) {
  Handshake& handshake = at.handshake;
  const js::Value* record = store::find_paired(devices, device_of(handshake).id);
  if (auto reason = pairing_reason(handshake, record, at.turn.policy())) {
    handshake.gate.reason = std::move(*reason);
    decide_silence(handshake, record, at.turn);
    handshake.move(Cue::needs_pairing);
    at.wait(Transact{device_request(handshake, at.turn)});
    return;
  }
  // Row 3: from here on the session goes by the pinned spelling.
  if (const std::string* pin = js::string_member(*record, "platform"); pin && !pin->empty()) {
    handshake.platform = *pin;
  }
  if (const std::string* pin = js::string_member(*record, "deviceFamily"); pin && !pin->empty()) {
    handshake.device_family = *pin;
  }
  handshake.move(Cue::covered);
  at.wait(Transact{device_update(handshake, at.turn)});
}

/// P5 is over: what the store returned decides, not what was asked (G-32 c, f).
void requested(Progress& at, const store::Answer& answer) {
  Handshake& handshake = at.handshake;
  handshake.gate.request = answer.record;
  const js::Value* silent = js::member(answer.record, "silent");
  const bool silently = silent != nullptr && silent->is_bool() && silent->boolean();
  at.turn.fact({.kind = FactKind::request_filed,
                .conn = at.conn,
                .device_id = device_of(handshake).id,
                .public_key = handshake.public_key,
                .role = handshake.role,
                .request_id = text_member(answer.record, "requestId"),
                .detail = std::string(answer.created ? "created" : "refreshed") +
                          (silently ? ", silent" : ""),
                .scopes = handshake.scopes});
  if (silently) {
    handshake.move(Cue::silent);
    at.wait(Transact{store::DeviceApprove{.request_id = text_member(answer.record, "requestId"),
                                          .caller_scopes = handshake.scopes}});
    return;
  }
  if (answer.created) at.turn.broadcast(wire::event::kDevicePairRequested, answer.record);
  handshake.move(Cue::not_silent);
  at.wait(Look{store::Group::devices});
}

/// P6 is over (G-32 d, e).
void approved_or_not(Progress& at, const store::Answer& answer) {
  Handshake& handshake = at.handshake;
  PairingGate& gate = handshake.gate;
  if (answer.outcome != store::Outcome::ok) {
    at.turn.fact({.kind = FactKind::approval_refused,
                  .conn = at.conn,
                  .request_id = text_member(gate.request, "requestId"),
                  .detail = answer.missing_scope});
    handshake.move(Cue::not_approved);
    at.wait(Look{store::Group::devices});
    return;
  }
  gate.approved = true;
  const bool by_code = gate.bootstrap_silent;
  at.turn.fact({.kind = FactKind::silently_approved,
                .conn = at.conn,
                .device_id = device_of(handshake).id,
                .public_key = handshake.public_key,
                .role = text_member(answer.record, "role"),
                .token = by_code ? handshake.auth.bootstrap_candidate.value_or("") : "",
                .request_id = text_member(gate.request, "requestId"),
                .detail = by_code ? "bootstrap" : "local",
                .scopes = store::baseline(answer.record).value_or(store::Strings{})});
  const bool revoke = by_code && handshake.auth.bootstrap_candidate &&
                      at.turn.policy().consume == policy::Consume::on_silent_approval;
  if (revoke) {
    handshake.move(Cue::approved_by_code);
    at.wait(Transact{store::BootstrapRevoke{*handshake.auth.bootstrap_candidate}});
    return;
  }
  at.turn.broadcast(wire::event::kDevicePairResolved,
                    resolved_payload(at, text_member(gate.request, "requestId")));
  handshake.move(Cue::approved);
  at.wait(Look{store::Group::devices});
}

/// P7 is over; a token that was already gone is only logged.
void bootstrap_spent(Progress& at, const store::Answer& answer) {
  Handshake& handshake = at.handshake;
  if (answer.outcome == store::Outcome::ok) {
    at.turn.fact({.kind = FactKind::bootstrap_revoked,
                  .conn = at.conn,
                  .device_id = device_of(handshake).id,
                  .token = *handshake.auth.bootstrap_candidate,
                  .detail = "spent by a silent approval"});
  }
  at.turn.broadcast(wire::event::kDevicePairResolved,
                    resolved_payload(at, text_member(handshake.gate.request, "requestId")));
  handshake.move(Cue::done);
  at.wait(Look{store::Group::devices});
}

/// P8 is over (G-32 e).
void reread_pairing(Progress& at, const store::Documents& devices) {
  Handshake& handshake = at.handshake;
  PairingGate& gate = handshake.gate;
  gate.resolved_concurrently = resolved_concurrently(
      handshake, store::find_paired(devices, device_of(handshake).id), at.turn.policy());
  if (!gate.resolved_concurrently) {
    const std::string id = text_member(gate.request, "requestId");
    for (const js::Value& request : store::list_pending(devices, at.turn.now)) {
      if (text_member(request, "requestId") == id) {
        at.turn.broadcast(wire::event::kDevicePairRequested, gate.request);
      }
    }
  }
  handshake.move(Cue::done);
  at.wait(Look{store::Group::devices});
}

/// P9 is over (G-32 g, h).
void live_request_read(Progress& at, const store::Documents& devices) {
  Handshake& handshake = at.handshake;
  const PairingGate& gate = handshake.gate;
  if (gate.approved || gate.resolved_concurrently) {
    handshake.move(Cue::goes_on);
    at.wait(Transact{token_to_ensure(handshake)});
    return;
  }
  refuse(at, Cue::stays_out,
         wire::pairing_required(live_request_id(handshake, devices, at.turn.now), gate.reason));
}

// --- after the gate ------------------------------------------------------------------------------

/// Is a bootstrap token due to be consumed once the session is open (policy M-2a, M-6)?
bool consumes_at_hello(const Progress& at) {
  const policy::Consume consume = at.turn.policy().consume;
  return at.handshake.auth.method == "bootstrap-token" && at.handshake.auth.bootstrap_candidate &&
         (consume == policy::Consume::on_hello || consume == policy::Consume::on_approval);
}

/// The last await is over: the session opens, on `otherwise` unless a code is to be consumed.
void arrive(Progress& at, Cue otherwise) {
  if (!consumes_at_hello(at)) {
    at.handshake.move(otherwise);
    open_session(at);
    return;
  }
  at.handshake.move(Cue::code_to_consume);
  open_session(at);
  at.wait(Transact{store::BootstrapRevoke{*at.handshake.auth.bootstrap_candidate}});
}

/// P11 is over (G-50).
void token_ensured(Progress& at, const store::Answer& answer) {
  Handshake& handshake = at.handshake;
  if (answer.outcome == store::Outcome::ok) {
    handshake.token = answer.record;
    if (answer.created) {
      at.turn.fact({.kind = FactKind::token_issued,
                    .conn = at.conn,
                    .device_id = device_of(handshake).id,
                    .role = handshake.role,
                    .token = text_member(answer.record, "token"),
                    .scopes = handshake.scopes});
    }
  }
  if (handshake.role != "node") {
    arrive(at, Cue::is_operator);
    return;
  }
  const std::string platform = platform_id(handshake.platform, handshake.device_family);
  handshake.commands = declared_commands(handshake.params->commands,
                                         allow_list(platform, at.turn.config(), at.turn.policy()));
  handshake.move(Cue::is_node);
  at.wait(Look{store::Group::nodes});
}

/// P12: the node-pairing record, if there is one (section 9).
void nodes_read(Progress& at, const store::Documents& nodes) {
  Handshake& handshake = at.handshake;
  const std::string& node_id = device_of(handshake).id;
  const js::Value* record = js::member(nodes.second, node_id);
  const bool required =
      at.turn.policy().node_commands == policy::NodeCommands::paired_record_required;
  if (record == nullptr && required && handshake.stage == Stage::reading_nodes) {
    handshake.move(Cue::unknown_node);
    at.wait(Transact{store::NodeRequest{node_id, node_request_fields(at.turn, handshake)}});
    return;
  }
  handshake.commands = effective_commands(handshake.commands, record, at.turn.policy());
  arrive(at, handshake.stage == Stage::reading_nodes ? Cue::known_node : Cue::done);
}

/// P12: node pairing is requested [31].
void node_requested(Progress& at, const store::Answer& answer) {
  if (answer.created) {
    at.turn.fact({.kind = FactKind::node_request_filed,
                  .conn = at.conn,
                  .device_id = device_of(at.handshake).id,
                  .request_id = text_member(answer.record, "requestId")});
    at.turn.broadcast(wire::event::kNodePairRequested, answer.record);
  }
  at.handshake.move(Cue::done);
  at.wait(Look{store::Group::nodes});
}

}  // namespace

void refuse(Progress& at, HandshakeCue cue, const wire::Refusal& refusal) {
  Handshake& handshake = at.handshake;
  handshake.move(cue);
  if (const auto found = at.turn.gateway.connections.find(at.conn);
      found != at.turn.gateway.connections.end()) {
    Connection& connection = found->second.edit();
    connection.move(ConnectionCue::refused);
    if (connection.cause.empty()) connection.cause = std::string(log_cause(cue));
  }
  const js::Value* details = refusal.error ? js::member(*refusal.error, "details") : nullptr;
  at.turn.fact({.kind = FactKind::refused,
                .conn = at.conn,
                .device_id = handshake.has_device ? device_of(handshake).id : "",
                .role = handshake.role,
                .request_id = details == nullptr ? "" : text_member(*details, "requestId"),
                .detail = refusal.message()});
  if (refusal.error) at.turn.respond_error(at.conn, handshake.request_id, *refusal.error);
  at.turn.close(at.conn, refusal.close.code, refusal.close.reason);
}

void store_failed(Progress& at, const std::string& what) {
  at.turn.fact({.kind = FactKind::store_failed, .conn = at.conn, .detail = what});
  const bool open = at.handshake.stage == Stage::consuming_bootstrap;
  at.handshake.move(Cue::store_failed);
  if (open) return;
  const wire::CloseFrame close = wire::internal_error_close();
  at.turn.close(at.conn, close.code, close.reason);
}

void after_look(Progress& at, const store::Documents& documents) {
  switch (at.handshake.stage) {
    case Stage::reading_pairing:
      return at_gate(at, documents);
    case Stage::rereading_pairing:
      return reread_pairing(at, documents);
    case Stage::reading_live_request:
      return live_request_read(at, documents);
    case Stage::reading_nodes:
    case Stage::rereading_nodes:
      return nodes_read(at, documents);
    default:
      CHECK_THAT(false, "no read is awaited at " + std::string(name_of(at.handshake.stage)));
  }
}

void after_transaction(Progress& at, const store::Answer& answer) {
  switch (at.handshake.stage) {
    case Stage::requesting_pairing:
      return requested(at, answer);
    case Stage::approving_silently:
      return approved_or_not(at, answer);
    case Stage::spending_bootstrap:
      return bootstrap_spent(at, answer);
    case Stage::updating_metadata:
      at.handshake.move(Cue::done);
      return at.wait(Transact{token_to_ensure(at.handshake)});
    case Stage::ensuring_token:
      return token_ensured(at, answer);
    case Stage::requesting_node:
      return node_requested(at, answer);
    case Stage::consuming_bootstrap:
      return at.handshake.move(Cue::done);
    default:
      CHECK_THAT(false, "no transaction is awaited at " + std::string(name_of(at.handshake.stage)));
  }
}

store::TokenEnsure token_to_ensure(const Handshake& handshake) {
  return {.device_id = handshake.params->device->id,
          .role = handshake.role,
          .scopes = handshake.scopes};
}

void keep(Progress& at) {
  if (std::holds_alternative<std::monostate>(at.need)) return;
  at.turn.gateway.handlers.insert_or_assign(
      at.handler, Handler{at.conn, std::move(at.need), std::move(at.handshake)});
}

}  // namespace model::gateway
