// Spellings of the handshake's stages and cues, as diagrams and messages show them, and the causes
// that a gateway logs (docs/protocol/gateway.md G-57).

#include "model/gateway/handshake.hpp"
#include "model/gateway/handshake_steps.hpp"

namespace model::gateway {

std::string_view name_of(HandshakeStage stage) {
  switch (stage) {
    case HandshakeStage::arrived:
      return "arrived";
    case HandshakeStage::authenticating:
      return "authenticating";
    case HandshakeStage::verifying_bootstrap:
      return "verifying_bootstrap";
    case HandshakeStage::verifying_device_token:
      return "verifying_device_token";
    case HandshakeStage::reading_pairing:
      return "reading_pairing";
    case HandshakeStage::requesting_pairing:
      return "requesting_pairing";
    case HandshakeStage::approving_silently:
      return "approving_silently";
    case HandshakeStage::spending_bootstrap:
      return "spending_bootstrap";
    case HandshakeStage::rereading_pairing:
      return "rereading_pairing";
    case HandshakeStage::reading_live_request:
      return "reading_live_request";
    case HandshakeStage::updating_metadata:
      return "updating_metadata";
    case HandshakeStage::ensuring_token:
      return "ensuring_token";
    case HandshakeStage::reading_nodes:
      return "reading_nodes";
    case HandshakeStage::requesting_node:
      return "requesting_node";
    case HandshakeStage::rereading_nodes:
      return "rereading_nodes";
    case HandshakeStage::consuming_bootstrap:
      return "consuming_bootstrap";
    case HandshakeStage::opened:
      return "opened";
    case HandshakeStage::refused:
      return "refused";
    case HandshakeStage::broken:
      return "broken";
  }
  return "?";
}

std::string_view name_of(HandshakeCue cue) {
  switch (cue) {
    case HandshakeCue::malformed:
      return "malformed";
    case HandshakeCue::wrong_protocol:
      return "wrong_protocol";
    case HandshakeCue::wrong_role:
      return "wrong_role";
    case HandshakeCue::bad_origin:
      return "bad_origin";
    case HandshakeCue::well_formed:
      return "well_formed";
    case HandshakeCue::no_identity:
      return "no_identity";
    case HandshakeCue::bad_proof:
      return "bad_proof";
    case HandshakeCue::not_authorised:
      return "not_authorised";
    case HandshakeCue::bootstrap_shown:
      return "bootstrap_shown";
    case HandshakeCue::device_token_shown:
      return "device_token_shown";
    case HandshakeCue::no_gate:
      return "no_gate";
    case HandshakeCue::nothing_to_pair:
      return "nothing_to_pair";
    case HandshakeCue::at_gate:
      return "at_gate";
    case HandshakeCue::covered:
      return "covered";
    case HandshakeCue::needs_pairing:
      return "needs_pairing";
    case HandshakeCue::silent:
      return "silent";
    case HandshakeCue::not_silent:
      return "not_silent";
    case HandshakeCue::approved:
      return "approved";
    case HandshakeCue::approved_by_code:
      return "approved_by_code";
    case HandshakeCue::not_approved:
      return "not_approved";
    case HandshakeCue::done:
      return "done";
    case HandshakeCue::goes_on:
      return "goes_on";
    case HandshakeCue::stays_out:
      return "stays_out";
    case HandshakeCue::is_node:
      return "is_node";
    case HandshakeCue::is_operator:
      return "is_operator";
    case HandshakeCue::known_node:
      return "known_node";
    case HandshakeCue::unknown_node:
      return "unknown_node";
    case HandshakeCue::code_to_consume:
      return "code_to_consume";
    case HandshakeCue::store_failed:
      return "store_failed";
  }
  return "?";
}

std::string_view log_cause(HandshakeCue cue) {
  switch (cue) {
    case HandshakeCue::malformed:
      return "invalid-handshake";
    case HandshakeCue::wrong_protocol:
      return "protocol-mismatch";
    case HandshakeCue::wrong_role:
      return "invalid-role";
    case HandshakeCue::bad_origin:
      return "origin-mismatch";
    case HandshakeCue::no_identity:
      return "device-required";
    case HandshakeCue::bad_proof:
      return "device-auth-invalid";
    case HandshakeCue::not_authorised:
      return "unauthorized";
    case HandshakeCue::stays_out:
      return "pairing-required";
    default:
      return "";
  }
}

}  // namespace model::gateway
