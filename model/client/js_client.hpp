// The JavaScript client: command line, node host, backend (docs/protocol/client.md section 2).
#pragma once

#include <map>
#include <optional>
#include <string>

#include "model/base/names.hpp"
#include "model/base/time.hpp"
#include "model/client/credential_choice.hpp"
#include "model/client/device_auth_store.hpp"
#include "model/client/js_options.hpp"
#include "model/client/js_session.hpp"
#include "model/client/output.hpp"
#include "model/client/pending_call.hpp"
#include "model/crypto/identity.hpp"

namespace model::client {

/// The one channel of a JavaScript client.
inline constexpr std::string_view kMainChannel = "main";

struct JsDurable {
  DeviceAuthStore tokens;  ///< not scoped by gateway (C-23)
  bool operator==(const JsDurable&) const = default;
};

/// Gone when the program ends.
struct JsMemory {
  JsStage stage = JsStage::idle;
  Millis back_off{1'000};
  bool retry_pending = false;      ///< C-13
  bool budget_used = false;        ///< C-18
  std::string connect_id;          ///< of the connect request under way
  Choice sent;                     ///< what it carries
  bool stored_token_held = false;  ///< R was there when it was sent
  std::string refusal_code;        ///< of its answer (C-16), empty if there was none
  std::string stopped_why;
  std::optional<Instant> deadline;  ///< of the stage: challenge, answer, close or back-off
  Instant watch_since;              ///< when the tick watch began
  Millis tick_interval{30'000};
  Instant last_heard;
  std::map<std::string, PendingCall> calls;  ///< by request id
  bool operator==(const JsMemory&) const = default;
};

struct JsClient {
  JsOptions options;
  JsDurable durable;
  JsMemory memory;
  bool operator==(const JsClient&) const = default;
};

[[nodiscard]] Outputs step(JsClient& client, const Input& input, const crypto::KeyPair& key,
                           Instant now, NameSource& names);
[[nodiscard]] std::map<std::string, Instant> timers(const JsClient& client);
[[nodiscard]] std::string session_state(const JsClient& client);

}  // namespace model::client
