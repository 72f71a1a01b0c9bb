// The two loops that keep the app's node and operator sessions up
// (docs/protocol/client.md 5.1-5.3).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/base/machine.hpp"
#include "model/base/time.hpp"
#include "model/client/ios_channel.hpp"
#include "model/policy/policy.hpp"

namespace model::client {

/// Where the loop of one session is. The original sleeps one or two seconds and looks again; here a
/// stage that only waits for a change has no timer until the change comes, and then wakes at the
/// instant at which the original's next look would have been.
enum class LoopStage : std::uint8_t {
  off,            ///< not started, or cancelled
  turning,        ///< between two sleeps; never rests here
  connecting,     ///< 5.2 step 5
  connected,      ///< step 3: looks every second
  paused,         ///< step 1: pairing paused or auto-reconnect off
  in_background,  ///< step 2: looks every two seconds
  backing_off,    ///< step 8
  ended,          ///< 5.3: pairing required
};

enum class LoopCue : std::uint8_t {
  start,
  finds_paused,
  finds_background,
  finds_connected,
  finds_disconnected,
  connected,
  client_id_refused,  ///< 5.2 step 7
  failed,
  unauthorized,      ///< 5.3: auto-reconnect off
  pairing_required,  ///< 5.3: the loop ends
  wake,              ///< the sleep is over
  cancel,
};

// clang-format off
inline constexpr auto kIosLoop = std::to_array<Arrow<LoopStage, LoopCue>>({
    {LoopStage::off,           LoopCue::start,              LoopStage::turning,       "started with a configuration"},
    {LoopStage::turning,       LoopCue::finds_paused,       LoopStage::paused,        "pairing paused or auto-reconnect off"},
    {LoopStage::turning,       LoopCue::finds_background,   LoopStage::in_background, "in the background"},
    {LoopStage::turning,       LoopCue::finds_connected,    LoopStage::connected,     "already connected"},
    {LoopStage::turning,       LoopCue::finds_disconnected, LoopStage::connecting,    "connects"},
    {LoopStage::connecting,    LoopCue::connected,          LoopStage::connected,     "hello-ok"},
    {LoopStage::connecting,    LoopCue::client_id_refused,  LoopStage::turning,       "another client id, at once"},
    {LoopStage::connecting,    LoopCue::failed,             LoopStage::backing_off,   "failed"},
    {LoopStage::connecting,    LoopCue::unauthorized,       LoopStage::paused,        "unauthorized: until the user acts"},
    {LoopStage::connecting,    LoopCue::pairing_required,   LoopStage::ended,         "pairing required"},
    {LoopStage::connected,     LoopCue::wake,               LoopStage::turning,       "the session was lost"},
    {LoopStage::in_background, LoopCue::wake,               LoopStage::turning,       "in the foreground again"},
    {LoopStage::backing_off,   LoopCue::wake,               LoopStage::turning,       "the sleep is over"},
    {LoopStage::off,           LoopCue::cancel,             LoopStage::off,           "cancelled"},
    {LoopStage::connecting,    LoopCue::cancel,             LoopStage::off,           "cancelled"},
    {LoopStage::connected,     LoopCue::cancel,             LoopStage::off,           "cancelled"},
    {LoopStage::paused,        LoopCue::cancel,             LoopStage::off,           "cancelled"},
    {LoopStage::in_background, LoopCue::cancel,             LoopStage::off,           "cancelled"},
    {LoopStage::backing_off,   LoopCue::cancel,             LoopStage::off,           "cancelled"},
    {LoopStage::ended,         LoopCue::cancel,             LoopStage::off,           "cancelled"},
});
// clang-format on
static_assert(deterministic(kIosLoop), "two arrows leave one stage on one cue");
static_assert(ends_only_in(kIosLoop, {}), "a stage that nobody can leave");

[[nodiscard]] std::string_view name_of(LoopStage stage);
[[nodiscard]] std::string_view name_of(LoopCue cue);

/// What the app connects with: gateway, credentials and node options (section 4, last paragraph).
struct GatewayConfig {
  ChannelConfig node;  ///< as the node session uses it
  bool manual = true;  ///< entered by hand, rather than discovered
  bool operator==(const GatewayConfig&) const = default;
};

/// The operator session's share of a configuration: same gateway and credentials, role operator.
[[nodiscard]] ChannelConfig operator_config(const ChannelConfig& node);

struct Loop {
  LoopStage stage = LoopStage::off;
  std::optional<GatewayConfig> captured;  ///< the configuration when it started (5.2 step 4)
  int attempt = 0;
  bool up = false;               ///< the app knows its session to be open (step 3)
  bool client_id_tried = false;  ///< step 7 happens once
  Instant since;                 ///< where the grid of its looks begins
  std::optional<Instant> due;
  bool operator==(const Loop&) const = default;
};

/// One session: its loop, and its channel once there was one.
struct IosSession {
  Loop loop;
  std::optional<IosChannel> channel;
  bool operator==(const IosSession&) const = default;

  [[nodiscard]] bool open() const { return channel && channel->stage == ChannelStage::open; }
};

/// Section 5.1: does the operator loop start with this configuration? `stored_operator_token`: one
/// is stored for this device (and this gateway, where tokens are kept by gateway).
[[nodiscard]] bool operator_loop_starts(policy::OperatorLoop rule, const ChannelConfig& config,
                                        bool stored_operator_token);

/// Section 5.3: what a node failure means, by its text.
enum class FailureClass : std::uint8_t { retry, unauthorized, pairing_required };
[[nodiscard]] FailureClass classify(std::string_view text);

/// The id in `(requestId: ...)` of a failure text, empty if there is none.
[[nodiscard]] std::string request_id_in(std::string_view text);

/// C-42, C-44, C-45: the configuration without its bootstrap token; unchanged if it has none.
[[nodiscard]] GatewayConfig without_bootstrap_token(GatewayConfig config);

}  // namespace model::client
