// The connect procedure as an explicit machine (docs/protocol/gateway.md sections 3 to 8).
//
// Each message that arrives before a session exists starts one. It advances stage by stage; where
// the original awaits, it says what it needs and is resumed with the answer (section 11, P1 to
// P12). It keeps no hold on its connection: what it needs of it, it has copied when it began.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/json.hpp"
#include "model/base/machine.hpp"
#include "model/base/shared.hpp"
#include "model/gateway/credentials.hpp"
#include "model/gateway/need.hpp"
#include "model/gateway/request_context.hpp"
#include "model/wire/connect_params.hpp"
#include "model/wire/errors.hpp"

namespace model::gateway {

class Turn;

enum class HandshakeStage : std::uint8_t {
  arrived,                 ///< bytes, nothing looked at yet
  authenticating,          ///< P1: shared authentication takes a few microtask turns
  verifying_bootstrap,     ///< P2
  verifying_device_token,  ///< P3
  reading_pairing,         ///< P4
  requesting_pairing,      ///< P5
  approving_silently,      ///< P6
  spending_bootstrap,      ///< P7
  rereading_pairing,       ///< P8
  reading_live_request,    ///< P9
  updating_metadata,       ///< P10
  ensuring_token,          ///< P11
  reading_nodes,           ///< P12, first read
  requesting_node,         ///< P12, request under lock N
  rereading_nodes,         ///< P12, second read
  consuming_bootstrap,     ///< after hello-ok, policy bootstrap.consume = on_hello or on_approval
  opened,                  ///< hello-ok is sent
  refused,                 ///< an error and a close are sent
  broken,                  ///< a store threw (S-7)
};

enum class HandshakeCue : std::uint8_t {
  malformed,       ///< W-34 to W-37
  wrong_protocol,  ///< W-38
  wrong_role,      ///< W-39
  bad_origin,      ///< W-40
  well_formed,
  no_identity,         ///< G-18 rows 4, 7
  bad_proof,           ///< G-21 to G-26
  not_authorised,      ///< G-20, G-29
  bootstrap_shown,     ///< G-27
  device_token_shown,  ///< G-28
  no_gate,             ///< G-30, with a device
  nothing_to_pair,     ///< no device in use
  at_gate,             ///< G-31
  covered,             ///< G-31 row 6
  needs_pairing,       ///< G-31 rows 1, 2, 4, 5
  silent,              ///< G-32 c
  not_silent,          ///< G-32 f
  approved,            ///< G-32 d
  approved_by_code,    ///< G-32 d, a bootstrap token is to be revoked
  not_approved,        ///< G-32 e
  done,                ///< the await is over
  goes_on,             ///< G-32 h
  stays_out,           ///< G-32 h
  is_node,             ///< G-51
  is_operator,
  known_node,       ///< section 9: a record exists, or none is needed
  unknown_node,     ///< section 9 [31]
  code_to_consume,  ///< policy variants M-2a, M-6
  store_failed,     ///< S-7
};

[[nodiscard]] std::string_view name_of(HandshakeStage stage);
[[nodiscard]] std::string_view name_of(HandshakeCue cue);

// clang-format off
/// The whole handshake. Handshake::move takes arrows from here and from nowhere else.
inline constexpr auto kHandshake = std::to_array<Arrow<HandshakeStage, HandshakeCue>>({
    {HandshakeStage::arrived,                HandshakeCue::malformed,          HandshakeStage::refused,                "not a well-formed connect request (W-34 to W-37)"},
    {HandshakeStage::arrived,                HandshakeCue::wrong_protocol,     HandshakeStage::refused,                "protocol 3 is not offered (W-38)"},
    {HandshakeStage::arrived,                HandshakeCue::wrong_role,         HandshakeStage::refused,                "neither operator nor node (W-39)"},
    {HandshakeStage::arrived,                HandshakeCue::bad_origin,         HandshakeStage::refused,                "origin not allowed (G-11)"},
    {HandshakeStage::arrived,                HandshakeCue::well_formed,        HandshakeStage::authenticating,         "a well-formed connect request"},
    {HandshakeStage::authenticating,         HandshakeCue::no_identity,        HandshakeStage::refused,                "a device identity is required (G-18)"},
    {HandshakeStage::authenticating,         HandshakeCue::bad_proof,          HandshakeStage::refused,                "the device proof fails (G-21 to G-26)"},
    {HandshakeStage::authenticating,         HandshakeCue::not_authorised,     HandshakeStage::refused,                "no credential is good (G-20, G-29)"},
    {HandshakeStage::authenticating,         HandshakeCue::bootstrap_shown,    HandshakeStage::verifying_bootstrap,    "a bootstrap token is shown (G-27)"},
    {HandshakeStage::authenticating,         HandshakeCue::device_token_shown, HandshakeStage::verifying_device_token, "a device token is shown (G-28)"},
    {HandshakeStage::authenticating,         HandshakeCue::at_gate,            HandshakeStage::reading_pairing,        "the shared secret is good"},
    {HandshakeStage::authenticating,         HandshakeCue::no_gate,            HandshakeStage::ensuring_token,         "the gate is skipped (G-30)"},
    {HandshakeStage::authenticating,         HandshakeCue::nothing_to_pair,    HandshakeStage::opened,                 "an operator without a device"},
    {HandshakeStage::verifying_bootstrap,    HandshakeCue::at_gate,            HandshakeStage::reading_pairing,        "the bootstrap token is good"},
    {HandshakeStage::verifying_bootstrap,    HandshakeCue::no_gate,            HandshakeStage::ensuring_token,         "the gate is skipped (G-30)"},
    {HandshakeStage::verifying_bootstrap,    HandshakeCue::bad_proof,          HandshakeStage::refused,                "another credential was signed (T-2 by_method)"},
    {HandshakeStage::verifying_bootstrap,    HandshakeCue::device_token_shown, HandshakeStage::verifying_device_token, "a device token is shown as well (G-29b)"},
    {HandshakeStage::verifying_bootstrap,    HandshakeCue::not_authorised,     HandshakeStage::refused,                "the bootstrap token is not good"},
    {HandshakeStage::verifying_bootstrap,    HandshakeCue::store_failed,       HandshakeStage::broken,                 "the store fails (S-7)"},
    {HandshakeStage::verifying_device_token, HandshakeCue::at_gate,            HandshakeStage::reading_pairing,        "the device token is good"},
    {HandshakeStage::verifying_device_token, HandshakeCue::no_gate,            HandshakeStage::ensuring_token,         "the gate is skipped (G-30)"},
    {HandshakeStage::verifying_device_token, HandshakeCue::bad_proof,          HandshakeStage::refused,                "another credential was signed (T-2 by_method)"},
    {HandshakeStage::verifying_device_token, HandshakeCue::not_authorised,     HandshakeStage::refused,                "the device token is not good"},
    {HandshakeStage::verifying_device_token, HandshakeCue::store_failed,       HandshakeStage::broken,                 "the store fails (S-7)"},
    {HandshakeStage::reading_pairing,        HandshakeCue::covered,            HandshakeStage::updating_metadata,      "paired for this role and these scopes"},
    {HandshakeStage::reading_pairing,        HandshakeCue::needs_pairing,      HandshakeStage::requesting_pairing,     "not paired, or more is asked (G-31)"},
    {HandshakeStage::reading_pairing,        HandshakeCue::store_failed,       HandshakeStage::broken,                 "the store fails (S-7)"},
    {HandshakeStage::requesting_pairing,     HandshakeCue::silent,             HandshakeStage::approving_silently,     "the request is silent (G-32 c)"},
    {HandshakeStage::requesting_pairing,     HandshakeCue::not_silent,         HandshakeStage::reading_live_request,   "somebody must approve (G-32 f)"},
    {HandshakeStage::requesting_pairing,     HandshakeCue::store_failed,       HandshakeStage::broken,                 "the store fails (S-7)"},
    {HandshakeStage::approving_silently,     HandshakeCue::approved,           HandshakeStage::reading_live_request,   "approved"},
    {HandshakeStage::approving_silently,     HandshakeCue::approved_by_code,   HandshakeStage::spending_bootstrap,     "approved by a bootstrap token"},
    {HandshakeStage::approving_silently,     HandshakeCue::not_approved,       HandshakeStage::rereading_pairing,      "the request is gone, or scopes are missing"},
    {HandshakeStage::approving_silently,     HandshakeCue::store_failed,       HandshakeStage::broken,                 "the store fails (S-7)"},
    {HandshakeStage::spending_bootstrap,     HandshakeCue::done,               HandshakeStage::reading_live_request,   "the token is revoked, or was gone"},
    {HandshakeStage::spending_bootstrap,     HandshakeCue::store_failed,       HandshakeStage::broken,                 "the store fails (S-7)"},
    {HandshakeStage::rereading_pairing,      HandshakeCue::done,               HandshakeStage::reading_live_request,   "resolved concurrently, or not (G-32 e)"},
    {HandshakeStage::rereading_pairing,      HandshakeCue::store_failed,       HandshakeStage::broken,                 "the store fails (S-7)"},
    {HandshakeStage::reading_live_request,   HandshakeCue::goes_on,            HandshakeStage::ensuring_token,         "approved or resolved concurrently (G-32 h)"},
    {HandshakeStage::reading_live_request,   HandshakeCue::stays_out,          HandshakeStage::refused,                "pairing required (G-32 h)"},
    {HandshakeStage::reading_live_request,   HandshakeCue::store_failed,       HandshakeStage::broken,                 "the store fails (S-7)"},
    {HandshakeStage::updating_metadata,      HandshakeCue::done,               HandshakeStage::ensuring_token,         "name, client and scopes are written"},
    {HandshakeStage::updating_metadata,      HandshakeCue::store_failed,       HandshakeStage::broken,                 "the store fails (S-7)"},
    {HandshakeStage::ensuring_token,         HandshakeCue::is_node,            HandshakeStage::reading_nodes,          "role node (G-51)"},
    {HandshakeStage::ensuring_token,         HandshakeCue::is_operator,        HandshakeStage::opened,                 "role operator"},
    {HandshakeStage::ensuring_token,         HandshakeCue::code_to_consume,    HandshakeStage::consuming_bootstrap,    "role operator, and the code is consumed now (M-2a, M-6)"},
    {HandshakeStage::ensuring_token,         HandshakeCue::store_failed,       HandshakeStage::broken,                 "the store fails (S-7)"},
    {HandshakeStage::reading_nodes,          HandshakeCue::known_node,         HandshakeStage::opened,                 "a node record exists, or none is needed"},
    {HandshakeStage::reading_nodes,          HandshakeCue::code_to_consume,    HandshakeStage::consuming_bootstrap,    "known, and the code is consumed now (M-2a, M-6)"},
    {HandshakeStage::reading_nodes,          HandshakeCue::unknown_node,       HandshakeStage::requesting_node,        "no node record: request node pairing"},
    {HandshakeStage::reading_nodes,          HandshakeCue::store_failed,       HandshakeStage::broken,                 "the store fails (S-7)"},
    {HandshakeStage::requesting_node,        HandshakeCue::done,               HandshakeStage::rereading_nodes,        "requested"},
    {HandshakeStage::requesting_node,        HandshakeCue::store_failed,       HandshakeStage::broken,                 "the store fails (S-7)"},
    {HandshakeStage::rereading_nodes,        HandshakeCue::done,               HandshakeStage::opened,                 "commands are known"},
    {HandshakeStage::rereading_nodes,        HandshakeCue::code_to_consume,    HandshakeStage::consuming_bootstrap,    "commands are known, and the code is consumed now (M-2a, M-6)"},
    {HandshakeStage::rereading_nodes,        HandshakeCue::store_failed,       HandshakeStage::broken,                 "the store fails (S-7)"},
    {HandshakeStage::consuming_bootstrap,    HandshakeCue::done,               HandshakeStage::opened,                 "the code is consumed"},
    {HandshakeStage::consuming_bootstrap,    HandshakeCue::store_failed,       HandshakeStage::opened,                 "the code stays; the session is open all the same"},
});
// clang-format on
static_assert(deterministic(kHandshake), "two arrows leave one stage on one cue");
static_assert(ends_only_in(kHandshake, {HandshakeStage::opened, HandshakeStage::refused,
                                        HandshakeStage::broken}),
              "a stage that nobody can leave");

/// What the pairing gate asks for and found out so far (G-31, G-32).
struct PairingGate {
  std::string reason;   ///< not-paired, metadata-upgrade, role-upgrade, scope-upgrade
  bool silent = false;  ///< G-33, as decided in step a
  bool bootstrap_silent = false;
  js::Value request;                   ///< the request as the store returned it
  bool approved = false;               ///< step c succeeded
  bool resolved_concurrently = false;  ///< step e
  bool operator==(const PairingGate&) const = default;
};

/// One handshake in progress.
struct Handshake {
  HandshakeStage stage = HandshakeStage::arrived;
  std::string request_id;            ///< of the connect frame
  std::string nonce, connection_id;  ///< of the connection's challenge and hello-ok
  Shared<RequestContext> context;
  Shared<wire::ConnectParams> params;
  std::string role;                 ///< effective (W-39)
  std::vector<std::string> scopes;  ///< raw (G-7), cleared by G-19
  bool has_device = false;          ///< a device identity is in use (G-12)
  bool bypass = false;              ///< G-12
  AuthState auth;                   ///< G-13, G-27, G-28
  bool code_confirmed = false;      ///< an operator confirmed the bootstrap token (T-1, M-3)
  std::string public_key;           ///< normalised (K-9)
  PairingGate gate;
  std::string platform;  ///< of the session: pinned spelling (G-31 row 3), else as sent
  std::optional<std::string> device_family;
  js::Value token;                    ///< the device token entry that hello-ok shows, or null
  std::vector<std::string> commands;  ///< declared, then effective (section 9)
  bool operator==(const Handshake&) const = default;

  /// Takes the arrow for `cue`; an arrow that is not in the table is our bug (CHECK).
  void move(HandshakeCue cue);
};

/// A message before the session exists, already checked for size and UTF-8: runs to its first
/// await. Leaves a handler under `handler` unless it ended at once.
void start_handshake(Turn& turn, const std::string& conn, const std::string& handler,
                     std::string_view text);

/// Resumes a handshake with what it waited for.
void resume_handshake(Turn& turn, const std::string& handler, Resume resume);

}  // namespace model::gateway
