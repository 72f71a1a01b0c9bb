#include "model/wire/events.hpp"

#include <algorithm>
#include <array>

namespace model::wire {

namespace {

constexpr auto kNames = std::to_array<std::string_view>({
    "connect.challenge",
    "agent",
    "chat",
    "session.message",
    "session.tool",
    "sessions.changed",
    "presence",
    "tick",
    "talk.mode",
    "shutdown",
    "health",
    "heartbeat",
    "cron",
    "node.pair.requested",
    "node.pair.resolved",
    "node.invoke.request",
    "device.pair.requested",
    "device.pair.resolved",
    "voicewake.changed",
    "exec.approval.requested",
    "exec.approval.resolved",
    "plugin.approval.requested",
    "plugin.approval.resolved",
    "update.available",
});

constexpr auto kPairing = std::to_array<std::string_view>({"operator.pairing"});
constexpr auto kApprovals = std::to_array<std::string_view>({"operator.approvals"});
constexpr auto kReading = std::to_array<std::string_view>({"operator.read", "operator.write"});

struct Guard {
  std::string_view event;
  std::span<const std::string_view> scopes;
};

constexpr auto kGuards = std::to_array<Guard>({
    {"device.pair.requested", kPairing},
    {"device.pair.resolved", kPairing},
    {"node.pair.requested", kPairing},
    {"node.pair.resolved", kPairing},
    {"exec.approval.requested", kApprovals},
    {"exec.approval.resolved", kApprovals},
    {"plugin.approval.requested", kApprovals},
    {"plugin.approval.resolved", kApprovals},
    {"sessions.changed", kReading},
    {"session.message", kReading},
    {"session.tool", kReading},
});

constexpr auto kDroppable = std::to_array<std::string_view>({
    event::kDevicePairRequested,
    event::kDevicePairResolved,
    event::kNodePairRequested,
    event::kNodePairResolved,
    event::kTick,
    event::kPresence,
});

js::Value resolved(std::string_view request_id, std::string_view whose, std::string_view id,
                   Decision decision, Instant now) {
  return js::Object{
      {"requestId", request_id}, {whose, id}, {"decision", name_of(decision)}, {"ts", now.ms}};
}

}  // namespace

std::span<const std::string_view> event_names() { return kNames; }

std::span<const std::string_view> guard_of(std::string_view event) {
  for (const Guard& guard : kGuards) {
    if (guard.event == event) return guard.scopes;
  }
  return {};
}

bool may_receive(std::string_view event, std::string_view role,
                 const std::vector<std::string>& scopes) {
  const auto guard = guard_of(event);
  if (guard.empty()) return true;
  if (role != "operator") return false;
  return std::any_of(scopes.begin(), scopes.end(), [&](const std::string& scope) {
    return scope == "operator.admin" || std::find(guard.begin(), guard.end(), scope) != guard.end();
  });
}

bool droppable(std::string_view event) {
  return std::find(kDroppable.begin(), kDroppable.end(), event) != kDroppable.end();
}

EventFrame connect_challenge(std::string_view nonce, Instant now) {
  return {.event = std::string(event::kConnectChallenge),
          .payload = js::Object{{"nonce", nonce}, {"ts", now.ms}}};
}

js::Value tick_payload(Instant now) { return js::Object{{"ts", now.ms}}; }

js::Value presence_payload(js::Value entries) {
  return js::Object{{"presence", std::move(entries)}};
}

js::Value shutdown_payload() {
  return js::Object{{"reason", "gateway stopping"}, {"restartExpectedMs", nullptr}};
}

js::Value voicewake_payload(const std::vector<std::string>& triggers) {
  return js::Object{{"triggers", js::Array(triggers.begin(), triggers.end())}};
}

std::string_view name_of(Decision decision) {
  return decision == Decision::approved ? "approved" : "rejected";
}

js::Value device_pair_resolved_payload(std::string_view request_id, std::string_view device_id,
                                       Decision decision, Instant now) {
  return resolved(request_id, "deviceId", device_id, decision, now);
}

js::Value node_pair_resolved_payload(std::string_view request_id, std::string_view node_id,
                                     Decision decision, Instant now) {
  return resolved(request_id, "nodeId", node_id, decision, now);
}

}  // namespace model::wire
