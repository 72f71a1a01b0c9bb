// A client on a device, as a value: the JavaScript client or the iOS app.
//
// Inputs are what reaches the program (a person's tap, a socket's news, a timer); outputs are what
// it does to the outside (dial, send, hang up). Between two inputs nothing happens. What survives a
// restart of the program stands apart from what does not (docs/protocol/client.md sections 2.7, 3).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/base/names.hpp"
#include "model/base/time.hpp"
#include "model/client/ios_app.hpp"
#include "model/client/js_client.hpp"
#include "model/crypto/signature_cache.hpp"
#include "model/policy/policy.hpp"

namespace model::client {

/// Which of a client's own channels: "main" for the JavaScript client, "node" and "operator" for
/// the app's two sessions.
using Channel = std::string;

// --- what reaches the program --------------------------------------------------------------------

struct Launch {};                               ///< the program starts (again) from what is durable
struct Scan { std::string setup_code; };        ///< a setup code by camera or by hand
struct TapConnect { std::string gateway; };     ///< a discovered gateway's stable id, chosen by hand
struct TapRetry {};                             ///< after a pause
struct TapTrust { bool yes = true; };           ///< the answer to the certificate prompt (C-34)
struct TapReset {};                             ///< Reset Onboarding (section 7)
struct EnterSecret { std::string token, password; };  ///< typed into settings; empty = leave
struct SwitchGateway { std::string url; };      ///< another gateway by address
struct Background {};
struct Foreground {};
struct Quit {};                                 ///< memory is gone; durable state stays
struct CallMethod { std::string method; js::Value params; Channel channel; };  ///< an operator's request on an open session
/// What discovery shows on the network just now.
struct Discovered { std::string stable_id, url, tls_fingerprint; };

struct Opened { Channel channel; std::string certificate; };  ///< the socket is up; the server's fingerprint, empty if plain
struct DialFailed { Channel channel; std::string why; };
struct Received { Channel channel; std::string text; };
struct Closed { Channel channel; int code = 0; std::string reason; };
struct TimerDue { std::string timer; };         ///< one of `timers(client)`, at its time

using Input = std::variant<Launch, Scan, TapConnect, TapRetry, TapTrust, TapReset, EnterSecret,
                           SwitchGateway, Background, Foreground, Quit, CallMethod, Discovered, Opened,
                           DialFailed, Received, Closed, TimerDue>;

// --- what it does --------------------------------------------------------------------------------

struct Dial { Channel channel; std::string url; std::string pin; };  ///< pin: required fingerprint, or empty
struct Send { Channel channel; std::string text; };
struct Hangup { Channel channel; int code = 0; std::string reason; };

enum class NoteKind : std::uint8_t {
  status,             ///< detail: what the screen says
  credential_sent,    ///< detail: which; secret; gateway: to whom
  credential_stored,  ///< detail: which slot; secret; gateway: by whom issued
  credential_cleared, ///< detail: which slot
  session_open,       ///< channel, role in detail
  session_lost,       ///< detail: code and reason
  refused,            ///< detail: message and code; request_id if told
  waiting,            ///< detail: until when or for what
  stopped,            ///< detail: why no further attempt is made
  trust_asked,        ///< detail: fingerprint
  answer,             ///< a CallMethod was answered; detail: method; payload
};

/// Something a timeline or a monitor wants to know.
struct Note {
  NoteKind kind{};
  Channel channel;
  std::string detail, secret, gateway, request_id;
  js::Value payload;
};

using Output = std::variant<Dial, Send, Hangup, Note>;

/// The program and what it keeps.
struct Client {
  std::variant<IosApp, JsClient> program;
  bool operator==(const Client&) const = default;
};

/// One step. `now` is the device's clock. `key` signs, through the driver's memo if there is one.
/// The client's own policy fields: app.*.
[[nodiscard]] std::vector<Output> step(Client& client, const Input& input, const crypto::KeyPair& key,
                                       const policy::Policy& policy, Instant now, NameSource& names,
                                       crypto::SignatureCache* signatures = nullptr);

/// Timers that run, by id, with their due times. The world calls step(TimerDue) when one is due.
[[nodiscard]] std::map<std::string, Instant> timers(const Client& client);

/// What a scenario may expect of a client: "open", "refused", "waiting", "stopped", "idle" ...
[[nodiscard]] std::string session_state(const Client& client, const Channel& channel);

/// Device token kept for a role and gateway ("" = whatever the store's scope yields), if any.
[[nodiscard]] std::optional<std::string> stored_token(const Client& client, const std::string& role,
                                                      const std::string& gateway);

/// Bootstrap token still held in memory or in durable storage.
struct BootstrapHeld {
  std::optional<std::string> memory, durable;
};
[[nodiscard]] BootstrapHeld bootstrap_held(const Client& client);

}  // namespace model::client
