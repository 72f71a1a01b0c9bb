// Events: their names, who may hear which, and their payloads (docs/protocol/wire.md section 10).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/json.hpp"
#include "model/base/time.hpp"
#include "model/wire/frame.hpp"

namespace model::wire {

/// Names of the events that this project sends.
namespace event {
inline constexpr std::string_view kConnectChallenge = "connect.challenge";
inline constexpr std::string_view kPresence = "presence";
inline constexpr std::string_view kTick = "tick";
inline constexpr std::string_view kShutdown = "shutdown";
inline constexpr std::string_view kHealth = "health";
inline constexpr std::string_view kVoicewakeChanged = "voicewake.changed";
inline constexpr std::string_view kNodeInvokeRequest = "node.invoke.request";
inline constexpr std::string_view kDevicePairRequested = "device.pair.requested";
inline constexpr std::string_view kDevicePairResolved = "device.pair.resolved";
inline constexpr std::string_view kNodePairRequested = "node.pair.requested";
inline constexpr std::string_view kNodePairResolved = "node.pair.resolved";
}  // namespace event

/// All names, as `features.events` lists them.
[[nodiscard]] std::span<const std::string_view> event_names();

/// Scopes of which one is needed to hear an event; empty if the event is unguarded (W-52).
/// `operator.admin`, which opens every guard, is not listed.
[[nodiscard]] std::span<const std::string_view> guard_of(std::string_view event);

/// W-52: does a broadcast of `event` go to a session of this role with these scopes?
[[nodiscard]] bool may_receive(std::string_view event, std::string_view role,
                               const std::vector<std::string>& scopes);

/// W-53: is the event skipped for a slow receiver, rather than the receiver closed?
[[nodiscard]] bool droppable(std::string_view event);

// --- payloads, members in the order sent
// -----------------------------------------------------------

/// W-12, as a frame: it is never broadcast and so never numbered.
[[nodiscard]] EventFrame connect_challenge(std::string_view nonce, Instant now);

[[nodiscard]] js::Value tick_payload(Instant now);            ///< W-54
[[nodiscard]] js::Value presence_payload(js::Value entries);  ///< W-57
[[nodiscard]] js::Value shutdown_payload();                   ///< section 11, 1012
[[nodiscard]] js::Value voicewake_payload(const std::vector<std::string>& triggers);  ///< W-58

enum class Decision : std::uint8_t { approved, rejected };
[[nodiscard]] std::string_view name_of(Decision decision);

/// W-55. The `.requested` events carry the request as stored and need no builder.
[[nodiscard]] js::Value device_pair_resolved_payload(std::string_view request_id,
                                                     std::string_view device_id, Decision decision,
                                                     Instant now);
[[nodiscard]] js::Value node_pair_resolved_payload(std::string_view request_id,
                                                   std::string_view node_id, Decision decision,
                                                   Instant now);

}  // namespace model::wire
