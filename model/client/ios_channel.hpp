// One channel of the iOS app: a connection to one gateway under one set of credentials, with a
// reconnect and a watchdog of its own (docs/protocol/client.md section 5.6).
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/base/machine.hpp"
#include "model/base/time.hpp"
#include "model/client/credential_choice.hpp"
#include "model/client/inbound.hpp"
#include "model/client/output.hpp"
#include "model/client/pending_call.hpp"

namespace model::client {

enum class ChannelStage : std::uint8_t { idle, dialling, awaiting_challenge, awaiting_hello, open };

enum class ChannelCue : std::uint8_t {
  connect,  ///< asked by a loop, the own reconnect or the watchdog
  opened,
  certificate_refused,  ///< C-35
  challenge,
  challenge_timeout,  ///< C-50: 6 s after dialling
  connect_timeout,    ///< C-50: 12 s after dialling
  hello,
  refusal,
  lost,  ///< no connection, or no longer
  tick_missed,
  shut_down,  ///< by the app: another configuration, a pairing pause, a reset
};

// clang-format off
/// Node session and operator session alike.
inline constexpr auto kIosChannel = std::to_array<Arrow<ChannelStage, ChannelCue>>({
    {ChannelStage::idle,               ChannelCue::connect,             ChannelStage::dialling,           "credentials chosen, clock read"},
    {ChannelStage::idle,               ChannelCue::shut_down,           ChannelStage::idle,               "shut down"},
    {ChannelStage::dialling,           ChannelCue::opened,              ChannelStage::awaiting_challenge, "the socket is up"},
    {ChannelStage::dialling,           ChannelCue::certificate_refused, ChannelStage::idle,               "another certificate than the pinned one"},
    {ChannelStage::dialling,           ChannelCue::challenge_timeout,   ChannelStage::idle,               "no challenge in time"},
    {ChannelStage::dialling,           ChannelCue::lost,                ChannelStage::idle,               "no connection"},
    {ChannelStage::dialling,           ChannelCue::shut_down,           ChannelStage::idle,               "shut down"},
    {ChannelStage::awaiting_challenge, ChannelCue::challenge,           ChannelStage::awaiting_hello,     "connect sent"},
    {ChannelStage::awaiting_challenge, ChannelCue::challenge_timeout,   ChannelStage::idle,               "no challenge in time"},
    {ChannelStage::awaiting_challenge, ChannelCue::lost,                ChannelStage::idle,               "connection lost"},
    {ChannelStage::awaiting_challenge, ChannelCue::shut_down,           ChannelStage::idle,               "shut down"},
    {ChannelStage::awaiting_hello,     ChannelCue::hello,               ChannelStage::open,               "hello-ok"},
    {ChannelStage::awaiting_hello,     ChannelCue::refusal,             ChannelStage::idle,               "connect refused"},
    {ChannelStage::awaiting_hello,     ChannelCue::connect_timeout,     ChannelStage::idle,               "no answer in time"},
    {ChannelStage::awaiting_hello,     ChannelCue::lost,                ChannelStage::idle,               "closed without an answer"},
    {ChannelStage::awaiting_hello,     ChannelCue::shut_down,           ChannelStage::idle,               "shut down"},
    {ChannelStage::open,               ChannelCue::lost,                ChannelStage::idle,               "session lost"},
    {ChannelStage::open,               ChannelCue::tick_missed,         ChannelStage::idle,               "no tick for two intervals"},
    {ChannelStage::open,               ChannelCue::shut_down,           ChannelStage::idle,               "shut down"},
});
// clang-format on
static_assert(deterministic(kIosChannel), "two arrows leave one stage on one cue");
static_assert(ends_only_in(kIosChannel, {}), "a stage that nobody can leave");

[[nodiscard]] std::string_view name_of(ChannelStage stage);
[[nodiscard]] std::string_view name_of(ChannelCue cue);

/// What a session says of itself.
struct SessionOptions {
  std::string role;
  std::vector<std::string> scopes, caps, commands;
  std::vector<std::pair<std::string, bool>> permissions;
  std::string client_id;
  std::string client_mode;
  std::string display_name;
  bool operator==(const SessionOptions&) const = default;
};

/// What a channel connects with. C-58: the channel is rebuilt when this differs from the last call.
struct ChannelConfig {
  std::string url;
  std::string pin;        ///< required certificate, empty without TLS
  std::string stable_id;  ///< of the gateway: the key of scoped tokens (C-74)
  std::string token, bootstrap_token, password;
  SessionOptions options;
  bool operator==(const ChannelConfig&) const = default;
};

struct IosChannel {
  ChannelConfig config;
  ChannelStage stage = ChannelStage::idle;
  Instant created_at;                               ///< where the watchdog's grid begins
  Instant idle_since;                               ///< when it last fell back to `idle`
  Instant dialled_at;                               ///< C-83: also the time stamp that gets signed
  bool paused = false;                              ///< C-53
  bool retry_pending = false, budget_used = false;  ///< C-54
  bool reconnecting = false;  ///< the own reconnect waits for the attempt under way
  Millis back_off{500};
  std::optional<Instant> reconnect_due;
  Choice sent;
  bool stored_token_held = false;
  std::string connect_id;
  Instant watch_since, last_tick;
  Millis tick_interval{30'000};
  std::map<std::string, PendingCall> calls;  ///< by request id
  bool operator==(const IosChannel&) const = default;
};

/// What happened to a channel that its session has to know.
struct ChannelNews {
  enum class Kind : std::uint8_t { connected, failed, lost } kind{};
  std::string text;  ///< of a failure, as the loop classifies it (5.3)
  Refusal refusal;   ///< of a refused connect; else empty
};
using News = std::optional<ChannelNews>;

/// Timers of a channel, by full id: "node.challenge", "node.reconnect", ...
[[nodiscard]] std::map<std::string, Instant> timers(const IosChannel& channel, const Channel& name);

}  // namespace model::client
