#include "model/wire/hello.hpp"

#include <array>
#include <utility>

#include "model/wire/events.hpp"
#include "model/wire/limits.hpp"

namespace model::wire {

namespace {

// clang-format off
constexpr auto kMethodNames = std::to_array<std::string_view>({
    "health", "doctor.memory.status", "logs.tail", "channels.status", "channels.logout", "status",
    "usage.status", "usage.cost", "tts.status", "tts.providers", "tts.enable", "tts.disable",
    "tts.convert", "tts.setProvider", "config.get", "config.set", "config.apply", "config.patch",
    "config.schema", "config.schema.lookup", "exec.approvals.get", "exec.approvals.set",
    "exec.approvals.node.get", "exec.approvals.node.set", "exec.approval.request",
    "exec.approval.waitDecision", "exec.approval.resolve", "plugin.approval.request",
    "plugin.approval.waitDecision", "plugin.approval.resolve", "wizard.start", "wizard.next",
    "wizard.cancel", "wizard.status", "talk.config", "talk.speak", "talk.mode", "models.list",
    "tools.catalog", "tools.effective", "agents.list", "agents.create", "agents.update",
    "agents.delete", "agents.files.list", "agents.files.get", "agents.files.set", "skills.status",
    "skills.bins", "skills.install", "skills.update", "update.run", "voicewake.get",
    "voicewake.set", "secrets.reload", "secrets.resolve", "sessions.list", "sessions.subscribe",
    "sessions.unsubscribe", "sessions.messages.subscribe", "sessions.messages.unsubscribe",
    "sessions.preview", "sessions.create", "sessions.send", "sessions.abort", "sessions.patch",
    "sessions.reset", "sessions.delete", "sessions.compact", "last-heartbeat", "set-heartbeats",
    "wake", "node.pair.request", "node.pair.list", "node.pair.approve", "node.pair.reject",
    "node.pair.verify", "device.pair.list", "device.pair.approve", "device.pair.reject",
    "device.pair.remove", "device.token.rotate", "device.token.revoke", "node.rename",
    "node.list", "node.describe", "node.pending.drain", "node.pending.enqueue", "node.invoke",
    "node.pending.pull", "node.pending.ack", "node.invoke.result", "node.event",
    "node.canvas.capability.refresh", "cron.list", "cron.status", "cron.add", "cron.update",
    "cron.remove", "cron.run", "cron.runs", "gateway.identity.get", "system-presence",
    "system-event", "send", "agent", "agent.identity.get", "agent.wait", "chat.history",
    "chat.abort", "chat.send",
});
// clang-format on
static_assert(kMethodNames.size() == 111);  // section 13

template <class Texts>
js::Value list_json(const Texts& texts) {
  js::Array elements;
  elements.reserve(texts.size());
  for (const auto& text : texts) elements.emplace_back(text);
  return elements;
}

/// The same for every connection, so it is made once and shared.
const js::Value& features() {
  static const js::Value kFeatures =
      js::Object{{"methods", list_json(kMethodNames)}, {"events", list_json(event_names())}};
  return kFeatures;
}

}  // namespace

std::span<const std::string_view> method_names() { return kMethodNames; }

js::Value to_json(const Snapshot& snapshot) {
  const SessionDefaults& defaults = snapshot.session_defaults;
  js::Object json{
      {"presence", snapshot.presence},
      {"health", snapshot.health},
      {"stateVersion", js::Object{{"presence", snapshot.state_version.presence},
                                  {"health", snapshot.state_version.health}}},
      {"uptimeMs", snapshot.uptime_ms},
      {"configPath", snapshot.config_path},
      {"stateDir", snapshot.state_dir},
      {"sessionDefaults", js::Object{{"defaultAgentId", defaults.default_agent_id},
                                     {"mainKey", defaults.main_key},
                                     {"mainSessionKey", defaults.main_session_key},
                                     {"scope", defaults.scope}}},
      {"authMode", name_of(snapshot.auth_mode)},
  };
  if (const auto& update = snapshot.update_available) {
    json.set("updateAvailable", js::Object{{"currentVersion", update->current_version},
                                           {"latestVersion", update->latest_version},
                                           {"channel", update->channel}});
  }
  return json;
}

js::Value to_json(const Hello& hello) {
  js::Object json{
      {"type", "hello-ok"},
      {"protocol", kProtocolVersion},
      {"server", js::Object{{"version", hello.server_version}, {"connId", hello.connection_id}}},
      {"features", features()},
      {"snapshot", hello.snapshot},
  };
  json.set_if("canvasHostUrl", hello.canvas_host_url);
  if (const auto& token = hello.auth) {
    json.set("auth", js::Object{{"deviceToken", token->device_token},
                                {"role", token->role},
                                {"scopes", list_json(token->scopes)},
                                {"issuedAtMs", token->issued_at_ms}});
  }
  json.set("policy", js::Object{{"maxPayload", std::int64_t{kMessageBytesMax}},
                                {"maxBufferedBytes", std::int64_t{kSlowConsumerBytes}},
                                {"tickIntervalMs", kTickInterval.count}});
  return json;
}

}  // namespace model::wire
