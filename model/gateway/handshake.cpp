#include "model/gateway/handshake.hpp"

#include "model/base/check.hpp"
#include "model/crypto/identity.hpp"
#include "model/gateway/device_proof.hpp"
#include "model/gateway/handshake_steps.hpp"
#include "model/gateway/missing_device.hpp"
#include "model/gateway/origin.hpp"
#include "model/gateway/pairing_gate.hpp"
#include "model/wire/auth_refusal.hpp"
#include "model/wire/frame.hpp"

namespace model::gateway {

using Cue = HandshakeCue;
using Stage = HandshakeStage;

namespace {

/// The limiter of G-4 in the gateway's memory, for writing; null if there is none.
Limiter* limiter_of(Turn& turn, const RequestContext& context) {
  Memory& memory = turn.gateway.memory.edit();
  if (has_origin(context)) return &memory.browser_limiter;
  return memory.limiter ? &*memory.limiter : nullptr;
}

const wire::ConnectAuth& auth_of(const wire::ConnectParams& params) {
  static const wire::ConnectAuth none;
  return params.auth ? *params.auth : none;
}

wire::Refusal unauthorised(const Handshake& handshake, const Turn& turn) {
  return wire::auth_refusal(wire::auth_refusal_input(
      handshake.auth.reason.empty() ? std::nullopt : std::optional(handshake.auth.reason),
      turn.gateway.memory->auth.mode, *handshake.params, handshake.has_device));
}

DeviceProofInput proof_input(const Handshake& handshake, const Turn& turn) {
  return {.params = *handshake.params,
          .scopes = handshake.scopes,
          .nonce = handshake.nonce,
          .now = turn.now,
          .policy = turn.policy(),
          .cache = turn.signatures};
}

/// G-17 to G-19: a client without a device. Says whether it may go on.
bool pass_without_device(Progress& at) {
  Handshake& handshake = at.handshake;
  const MissingDeviceInput input{
      .params = *handshake.params,
      .config = at.turn.config(),
      .mode = at.turn.gateway.memory->auth.mode,
      .auth = handshake.auth,
      .local = is_local(*handshake.context, at.turn.config(), at.turn.policy())};
  const MissingDevice decision = decide_missing_device(input);
  if (clears_scopes(input, at.turn.policy())) handshake.scopes.clear();
  switch (decision) {
    case MissingDevice::go_on:
      return true;
    case MissingDevice::refuse_control_ui:
      refuse(at, Cue::no_identity,
             wire::device_refusal(wire::DeviceRefusal::control_ui_identity_required));
      return false;
    case MissingDevice::refuse_unauthorized:
      refuse(at, Cue::not_authorised, unauthorised(handshake, at.turn));
      return false;
    case MissingDevice::refuse_not_paired:
      refuse(at, Cue::no_identity, wire::device_refusal(wire::DeviceRefusal::identity_required));
      return false;
  }
  return false;
}

/// Section 6 is over: the credential is good, or the connect is refused (G-29). Then the gate.
void authorised_or_refused(Progress& at) {
  Handshake& handshake = at.handshake;
  if (!handshake.auth.ok) {
    refuse(at, Cue::not_authorised, unauthorised(handshake, at.turn));
    return;
  }
  if (handshake.has_device && signature_follows_decision(at.turn.policy())) {
    const auto wrong =
        check_signature_of_method(proof_input(handshake, at.turn), handshake.auth.method);
    if (wrong) {
      refuse(at, Cue::bad_proof, wire::device_refusal(*wrong));
      return;
    }
  }
  if (!handshake.has_device) {
    handshake.move(Cue::nothing_to_pair);
    open_session(at);
  } else if (skips_gate(handshake, at.turn.gateway.memory->auth.mode)) {
    handshake.move(Cue::no_gate);
    at.wait(Transact{token_to_ensure(handshake)});
  } else {
    handshake.move(Cue::at_gate);
    at.wait(Look{store::Group::devices});
  }
}

/// G-28: asks the device store if a device token is to be tried.
void try_device_token(Progress& at) {
  Handshake& handshake = at.handshake;
  const std::string ip = limiter_ip(*handshake.context, at.turn.config());
  const Counting counting{limiter_of(at.turn, *handshake.context), ip, at.turn.now};
  const auto token = device_token_to_verify(handshake.auth, counting);
  if (!token) {
    authorised_or_refused(at);
    return;
  }
  handshake.move(Cue::device_token_shown);
  at.wait(Transact{store::TokenVerify{.device_id = handshake.params->device->id,
                                      .token = *token,
                                      .role = handshake.role,
                                      .scopes = handshake.scopes}});
}

/// After P1: sections 4 to 6 up to the first store.
void authenticated(Progress& at) {
  Handshake& handshake = at.handshake;
  if (!handshake.has_device) {
    if (pass_without_device(at)) authorised_or_refused(at);
    return;
  }
  if (const auto wrong = check_device_proof(proof_input(handshake, at.turn))) {
    refuse(at, Cue::bad_proof, wire::device_refusal(*wrong));
    return;
  }
  handshake.public_key = crypto::normalise_key(handshake.params->device->public_key).value_or("");
  const std::string ip = limiter_ip(*handshake.context, at.turn.config());
  const Counting counting{limiter_of(at.turn, *handshake.context), ip, at.turn.now};
  if (const auto token = bootstrap_to_verify(handshake.auth, at.turn.policy(), counting)) {
    handshake.move(Cue::bootstrap_shown);
    at.wait(Transact{store::BootstrapVerify{.token = *token,
                                            .device_id = handshake.params->device->id,
                                            .public_key = handshake.params->device->public_key,
                                            .role = handshake.role,
                                            .scopes = handshake.scopes}});
    return;
  }
  try_device_token(at);
}

/// P2 is over.
void bootstrap_verified(Progress& at, const store::Answer& answer) {
  Handshake& handshake = at.handshake;
  const wire::DeviceProof& device = *handshake.params->device;
  const bool yes = answer.outcome == store::Outcome::ok;
  handshake.code_confirmed = js::member(answer.record, "confirmedAtMs") != nullptr;
  const std::string ip = limiter_ip(*handshake.context, at.turn.config());
  bootstrap_answered(handshake.auth, yes, at.turn.policy(),
                     {limiter_of(at.turn, *handshake.context), ip, at.turn.now});
  at.turn.fact({.kind = yes ? FactKind::bootstrap_verified : FactKind::bootstrap_refused,
                .conn = at.conn,
                .device_id = device.id,
                .public_key = device.public_key,
                .role = handshake.role,
                .token = handshake.auth.bootstrap_candidate.value_or(""),
                .detail = answer.reason,
                .scopes = handshake.scopes});
  try_device_token(at);
}

/// P3 is over.
void device_token_verified(Progress& at, const store::Answer& answer) {
  Handshake& handshake = at.handshake;
  const bool yes = answer.outcome == store::Outcome::ok;
  const std::string ip = limiter_ip(*handshake.context, at.turn.config());
  device_token_answered(handshake.auth, yes, auth_of(*handshake.params), at.turn.policy(),
                        {limiter_of(at.turn, *handshake.context), ip, at.turn.now});
  at.turn.fact({.kind = yes ? FactKind::device_token_verified : FactKind::device_token_refused,
                .conn = at.conn,
                .device_id = handshake.params->device->id,
                .role = handshake.role,
                .token = handshake.auth.device_token_candidate.value_or(""),
                .detail = answer.reason,
                .scopes = handshake.scopes});
  authorised_or_refused(at);
}

}  // namespace

void Handshake::move(Cue cue) {
  const auto* arrow = find(kHandshake, stage, cue);
  CHECK_THAT(arrow != nullptr, std::string(name_of(stage)) + " on " + std::string(name_of(cue)));
  stage = arrow->to;
}

void start_handshake(Turn& turn, const std::string& conn, const std::string& handler,
                     std::string_view text) {
  const Connection& connection = *turn.gateway.connections.at(conn);
  Handshake handshake;
  handshake.nonce = connection.nonce;
  handshake.connection_id = connection.id;
  handshake.context = connection.context;
  Progress at{turn, conn, handler, handshake, {}};

  const wire::FirstMessage message = wire::read_first_message(text);
  if (const auto* bad = std::get_if<wire::RefusedRequest>(&message)) {
    handshake.request_id = bad->id;
    refuse(at, Cue::malformed, bad->refusal);
    return;
  }
  const auto& request = std::get<wire::ConnectRequest>(message);
  handshake.request_id = request.id;
  handshake.params = request.params;
  const wire::ConnectParams& params = *handshake.params;
  if (const auto refusal = wire::check_protocol(params)) {
    refuse(at, Cue::wrong_protocol, *refusal);
    return;
  }
  if (const auto refusal = wire::check_role(params)) {
    refuse(at, Cue::wrong_role, *refusal);
    return;
  }
  if (checks_origin(*handshake.context, wire::is_browser_operator_ui(params.client),
                    wire::is_webchat(params.client))) {
    const std::string_view reason =
        refusal_reason(check_origin(*handshake.context, turn.config(), turn.policy()));
    if (!reason.empty()) {
      refuse(at, Cue::bad_origin, wire::origin_not_allowed(reason));
      return;
    }
  }
  handshake.role = params.effective_role();
  handshake.scopes = params.effective_scopes();
  handshake.platform = params.client.platform;
  handshake.device_family = params.client.device_family;
  handshake.bypass = bypasses_device(params.client, turn.config());
  handshake.has_device = device_in_use(params, turn.config()) != nullptr;
  handshake.auth = authenticate_shared({.config = turn.config(),
                                        .started = turn.gateway.memory->auth,
                                        .policy = turn.policy(),
                                        .context = *handshake.context,
                                        .presented = auth_of(params),
                                        .has_device = handshake.has_device,
                                        .now = turn.now},
                                       limiter_of(turn, *handshake.context));
  handshake.move(Cue::well_formed);
  at.wait(Pause{});
  keep(at);
}

void resume_handshake(Turn& turn, const std::string& handler, Resume resume) {
  const Shared<Handler> before = turn.gateway.handlers.at(handler);
  turn.gateway.handlers.erase(handler);
  Handshake handshake = std::get<Handshake>(before->machine);
  Progress at{turn, before->conn, handler, handshake, {}};
  if (const auto* failed = std::get_if<StoreFailed>(&resume)) {
    store_failed(at, failed->what);
  } else if (handshake.stage == Stage::authenticating) {
    authenticated(at);
  } else if (handshake.stage == Stage::verifying_bootstrap) {
    bootstrap_verified(at, std::get<store::Answer>(resume));
  } else if (handshake.stage == Stage::verifying_device_token) {
    device_token_verified(at, std::get<store::Answer>(resume));
  } else if (const auto* documents = std::get_if<store::Documents>(&resume)) {
    after_look(at, *documents);
  } else {
    after_transaction(at, std::get<store::Answer>(resume));
  }
  keep(at);
}

}  // namespace model::gateway
