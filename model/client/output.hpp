// What a client does to the outside, and what a timeline or a monitor wants to know of it.
//
// Connections. A channel has at most one connection. `Dial` opens it and retires whatever the
// channel had before: news of a retired connection never reaches the client. After a `Hangup` with
// a real close code the client awaits one `Closed`: with the peer's code and reason if its close
// frame was already under way, else with the echo of the client's own. That difference decides C-15
// and is why the JavaScript client waits for it.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "model/base/json.hpp"
#include "model/client/input.hpp"

namespace model::client {

/// Close code of a `Hangup` that cuts the connection without a close frame: the program ended, or
/// TLS was refused before anything was sent. The peer sees 1006 too.
inline constexpr int kCut = 1006;

/// Opens a connection. `pin`: required certificate fingerprint, or empty; the client itself
/// compares it with what `Opened` shows. On channel "probe" only the certificate is looked at: a
/// `Hangup` follows at once, and nothing is ever sent.
struct Dial {
  Channel channel;
  std::string url;
  std::string pin;
};
struct Send {
  Channel channel;
  std::string text;
};
struct Hangup {
  Channel channel;
  int code = 0;
  std::string reason;
};

enum class NoteKind : std::uint8_t {
  status,              ///< detail: what the screen says
  credential_sent,     ///< detail: which slot; secret; gateway: to whom
  credential_stored,   ///< detail: which slot; secret; gateway: by whom issued
  credential_cleared,  ///< detail: which slot
  session_open,        ///< channel, role in detail
  session_lost,        ///< detail: code and reason
  refused,             ///< detail: message and code; request_id if told
  waiting,             ///< detail: until when or for what
  stopped,             ///< detail: why no further attempt is made
  trust_asked,         ///< detail: fingerprint
  answer,  ///< a CallMethod was answered; detail: method; payload {ok, payload or error}
};

/// Something a timeline or a monitor wants to know. A *slot* is `shared_token`, `password`,
/// `bootstrap_token` or `device_token <role>`. `gateway` is the URL dialled
/// (of a scanned code: the URL in it). Secrets stand in `secret` and nowhere else.
struct Note {
  NoteKind kind{};
  Channel channel;
  std::string detail, secret, gateway, request_id;
  js::Value payload;
};

using Output = std::variant<Dial, Send, Hangup, Note>;
using Outputs = std::vector<Output>;

}  // namespace model::client
