// The later stages of a handshake, from the pairing gate to hello-ok, and how any stage ends one.
// Used by handshake.cpp only; a page of its own because it is a second half to read.
#pragma once

#include <string>
#include <string_view>

#include "model/gateway/handshake.hpp"
#include "model/gateway/turn.hpp"

namespace model::gateway {

/// A handshake in the middle of a turn.
struct Progress {
  Turn& turn;
  std::string conn;
  std::string handler;
  Handshake& handshake;
  Need need;  ///< what it waits for at the end of the turn; none: it has ended

  void wait(Need for_what) { need = std::move(for_what); }
};

/// Ends the handshake with a refusal: error response if there is one, then the close.
void refuse(Progress& at, HandshakeCue cue, const wire::Refusal& refusal);

/// Ends it because a store threw (S-7): logged, close 1000, no response.
void store_failed(Progress& at, const std::string& what);

/// P4, P8, P9, P12: an unlocked read is back.
void after_look(Progress& at, const store::Documents& documents);

/// P5, P6, P7, P10, P11, P12: a transaction is done.
void after_transaction(Progress& at, const store::Answer& answer);

/// G-50: what P11 asks of the device store.
[[nodiscard]] store::TokenEnsure token_to_ensure(const Handshake& handshake);

/// G-52, G-53: the session exists from here on; hello-ok is sent.
void open_session(Progress& at);

/// S-30: what a connect puts into a request for node pairing.
[[nodiscard]] js::Object node_request_fields(const Turn& turn, const Handshake& handshake);

/// G-57: the cause that is logged for a refusal.
[[nodiscard]] std::string_view log_cause(HandshakeCue cue);

/// Puts the handshake back under its key if it waits for something.
void keep(Progress& at);

}  // namespace model::gateway
