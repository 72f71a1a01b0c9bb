#include "model/client/ios_loops.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "model/base/js_string.hpp"
#include "model/client/advance.hpp"
#include "model/client/endpoint.hpp"
#include "model/client/ios_step.hpp"
#include "model/client/retry.hpp"
#include "model/client/swift_text.hpp"
#include "model/client/tick_watch.hpp"

namespace model::client {
namespace {

constexpr Millis kLook{1'000};              // 5.2 steps 1, 3 and 5
constexpr Millis kLookInBackground{2'000};  // step 2
constexpr std::string_view kClientId = "openclaw-ios";
constexpr std::string_view kOlderClientId = "moltbot-ios";

bool blank(const std::string& secret) { return swift_trim(secret).empty(); }

void move(Loop& loop, LoopCue cue) { advance(kIosLoop, loop.stage, cue); }

/// 5.2 step 4: whose credentials this turn connects with.
GatewayConfig turn_config(IosStep& step, const Loop& loop) {
  CHECK(loop.captured.has_value());
  const bool reread =
      step.policy.reconnect_credentials == policy::ReconnectCredentials::active_configuration;
  return reread && step.memory().active ? *step.memory().active : *loop.captured;
}

/// C-42 ... C-46: after the first node connect that could have used it, the bootstrap token goes.
void clear_bootstrap_token(IosStep& step, const ChannelConfig& used) {
  using policy::ClearBootstrap;
  const ClearBootstrap rule = step.policy.clear_bootstrap;
  if (rule == ClearBootstrap::never || !blank(used.token) || blank(used.bootstrap_token)) return;
  const Channel node(kNodeChannel);
  auto& active = step.memory().active;
  if (rule != ClearBootstrap::keychain_only && active && !blank(active->node.bootstrap_token)) {
    active = without_bootstrap_token(*active);
    step.tell(NoteKind::credential_cleared, node, "bootstrap_token in memory");
  }
  if (rule != ClearBootstrap::memory_only) {
    Keychain& keychain = step.durable().keychain;
    const auto stored = keychain.secrets.find(keychain.instance_id);
    if (keychain.instance_id.empty() || stored == keychain.secrets.end()) return;
    if (blank(stored->second.bootstrap_token)) return;
    stored->second.bootstrap_token.clear();
    step.tell(NoteKind::credential_cleared, node, "bootstrap_token");
  }
}

void remember_connection(IosStep& step, const GatewayConfig& config) {
  const auto endpoint = parse_endpoint(config.node.url);
  CHECK(endpoint.has_value());
  LastConnection last{.manual = config.manual,
                      .stable_id = config.node.stable_id,
                      .tls = endpoint->tls,
                      .host = {},
                      .port = 0};
  if (config.manual) {
    last.host = endpoint->host;
    last.port = endpoint->port;
  }
  step.durable().keychain.last_connection = std::move(last);
}

/// While a person looks at another gateway's certificate, what the old one does is not onboarding.
bool onboarding_follows_node(const IosMemory& memory) {
  return memory.onboarding == OnboardingStage::connecting ||
         memory.onboarding == OnboardingStage::connected ||
         memory.onboarding == OnboardingStage::needs_credentials;
}

/// The connected callback of the node session.
void node_connected(IosStep& step) {
  IosMemory& memory = step.memory();
  clear_bootstrap_token(step, memory.node.channel->config);
  memory.last_refusal.clear();
  Preferences& preferences = step.durable().preferences;
  preferences.autoconnect = preferences.has_connected_once = preferences.onboarding_complete = true;
  if (memory.active && memory.active->node.stable_id == memory.node.channel->config.stable_id) {
    remember_connection(step, *memory.active);
  }
  if (onboarding_follows_node(memory)) {
    advance(kOnboarding, memory.onboarding, OnboardingCue::node_open);
  }
  step.show("Connected");
}

void connected(IosStep& step, const Channel& name) {
  Loop& loop = step.session(name).loop;
  loop.up = true;
  if (loop.stage == LoopStage::connecting) {
    move(loop, LoopCue::connected);
    loop.attempt = 0;
    loop.since = step.now;
    loop.due.reset();
  }
  if (name == kNodeChannel) node_connected(step);
}

/// One turn of a loop (5.2).
void turn(IosStep& step, const Channel& name) {
  IosSession& session = step.session(name);
  Loop& loop = session.loop;
  loop.since = step.now;
  loop.due.reset();
  if (step.memory().pairing_paused || !step.memory().auto_reconnect) {
    move(loop, LoopCue::finds_paused);
    return;
  }
  if (step.memory().background) {
    move(loop, LoopCue::finds_background);
    return;
  }
  if (loop.up) {
    move(loop, LoopCue::finds_connected);
    return;
  }
  move(loop, LoopCue::finds_disconnected);
  const GatewayConfig config = turn_config(step, loop);
  const ChannelConfig wanted = name == kNodeChannel ? config.node : operator_config(config.node);
  if (!session.channel || session.channel->config != wanted) {  // C-58
    disconnect(step, name);
    session.channel = IosChannel{.config = wanted, .created_at = step.now, .idle_since = step.now};
  }
  if (connect(step, *session.channel, name)) connected(step, name);
}

void begin(IosStep& step, const Channel& name, const GatewayConfig& config) {
  Loop& loop = step.session(name).loop;
  loop = {.captured = config};
  move(loop, LoopCue::start);
  turn(step, name);
}

void back_off(IosStep& step, const Channel& name, const std::string& text) {
  Loop& loop = step.session(name).loop;
  loop.attempt += 1;
  move(loop, LoopCue::failed);
  const Millis sleep = loop_sleep(loop.attempt);
  loop.due = step.now + sleep;
  step.tell(NoteKind::waiting, name, fmt::format("tries again in {} ms", sleep.count));
  if (name == kNodeChannel) step.show("Gateway error: " + text);
}

/// 5.2 step 7. True: another turn began at once.
bool tries_older_client_id(IosStep& step, const std::string& text) {
  const Channel name(kNodeChannel);
  Loop& loop = step.session(name).loop;
  const GatewayConfig config = turn_config(step, loop);
  const bool id_refused = text.find("invalid connect params") != std::string::npos &&
                          text.find("/client/id") != std::string::npos;
  if (!id_refused || loop.client_id_tried || config.node.options.client_id != kClientId)
    return false;
  loop.client_id_tried = true;
  loop.captured->node.options.client_id = kOlderClientId;
  if (auto& active = step.memory().active) active->node.options.client_id = kOlderClientId;
  step.durable().preferences.client_id_override[config.node.stable_id] = kOlderClientId;
  move(loop, LoopCue::client_id_refused);
  turn(step, name);
  return true;
}

void stop_unauthorized(IosStep& step, const std::string& text) {
  const Channel name(kNodeChannel);
  IosMemory& memory = step.memory();
  Loop& loop = memory.node.loop;
  memory.auto_reconnect = false;
  loop.attempt += 1;
  move(loop, LoopCue::unauthorized);
  if (onboarding_follows_node(memory)) {
    advance(kOnboarding, memory.onboarding, OnboardingCue::unauthorized);
  }
  step.show("Gateway error: " + text);
  step.tell(NoteKind::stopped, name, text);
}

void stop_for_pairing(IosStep& step, const std::string& text) {
  const Channel name(kNodeChannel);
  IosMemory& memory = step.memory();
  memory.auto_reconnect = false;
  memory.pairing_paused = true;
  memory.pairing_request_id = request_id_in(text);
  move(memory.node.loop, LoopCue::pairing_required);
  cancel_loop(step, Channel(kOperatorChannel));
  disconnect(step, Channel(kOperatorChannel));
  disconnect(step, name);
  if (onboarding_follows_node(memory)) {
    advance(kOnboarding, memory.onboarding, OnboardingCue::pairing_required);
  }
  const std::string id = memory.pairing_request_id.empty()
                             ? std::string{}
                             : fmt::format(" (requestId: {})", memory.pairing_request_id);
  step.show(fmt::format("Pairing required{}. Approve on gateway and return to OpenClaw.", id));
  step.tell(NoteKind::stopped, name, "pairing required");
}

void failed(IosStep& step, const Channel& name, const ChannelNews& news) {
  if (step.session(name).loop.stage != LoopStage::connecting) return;  // the channel's own attempt
  if (name != kNodeChannel) {
    back_off(step, name, news.text);
    return;
  }
  if (!news.refusal.message.empty()) step.memory().last_refusal = news.refusal.words();
  if (tries_older_client_id(step, news.text)) return;
  switch (classify(news.text)) {
    case FailureClass::unauthorized:
      stop_unauthorized(step, news.text);
      break;
    case FailureClass::pairing_required:
      stop_for_pairing(step, news.text);
      break;
    case FailureClass::retry:
      back_off(step, name, news.text);
      break;
  }
}

void lost(IosStep& step, const Channel& name) {
  IosMemory& memory = step.memory();
  Loop& loop = step.session(name).loop;
  loop.up = false;
  if (loop.stage == LoopStage::connected) loop.due = next_poll(loop.since, kLook, step.now);
  if (name != kNodeChannel) return;
  if (memory.onboarding == OnboardingStage::connected) {
    advance(kOnboarding, memory.onboarding, OnboardingCue::node_lost);
  }
  step.show("Disconnected");
}

}  // namespace

ChannelConfig operator_config(const ChannelConfig& node) {
  ChannelConfig config = node;
  config.options.role = "operator";
  config.options.scopes = {"operator.read", "operator.write", "operator.talk.secrets"};
  config.options.caps.clear();
  config.options.commands.clear();
  config.options.permissions.clear();
  config.options.client_mode = "ui";
  return config;
}

bool operator_loop_starts(policy::OperatorLoop rule, const ChannelConfig& config,
                          bool stored_operator_token) {
  if (rule == policy::OperatorLoop::always) return true;  // C-40
  if (!blank(config.token) || !blank(config.password)) return true;
  return blank(config.bootstrap_token) && stored_operator_token;  // C-41
}

FailureClass classify(std::string_view text) {
  const std::string lower = js::lower_ascii(text);
  const auto contains = [&](std::string_view part) {
    return lower.find(part) != std::string::npos;
  };
  if (contains("unauthorized") || contains("gateway token missing"))
    return FailureClass::unauthorized;
  if (contains("not_paired") || contains("pairing required")) return FailureClass::pairing_required;
  return FailureClass::retry;
}

std::string request_id_in(std::string_view text) {
  constexpr std::string_view kOpening = "(requestId:";
  const std::size_t from = text.find(kOpening);
  if (from == std::string_view::npos) return {};
  text.remove_prefix(from + kOpening.size());
  const std::size_t end = text.find(')');
  return end == std::string_view::npos ? std::string{}
                                       : std::string(swift_trim(text.substr(0, end)));
}

GatewayConfig without_bootstrap_token(GatewayConfig config) {
  if (!blank(config.node.bootstrap_token)) config.node.bootstrap_token.clear();
  return config;
}

void start_loops(IosStep& step, GatewayConfig config) {
  IosMemory& memory = step.memory();
  memory.auto_reconnect = true;
  memory.pairing_paused = false;
  memory.pairing_request_id.clear();
  memory.last_refusal.clear();
  const Channel node(kNodeChannel), op(kOperatorChannel);
  cancel_loop(step, node);
  cancel_loop(step, op);
  memory.active = config;
  const bool stored =
      step.durable()
          .tokens.load(step.policy.token_scope, step.device_id(), "operator", config.node.stable_id)
          .has_value();
  if (operator_loop_starts(step.policy.operator_loop, config.node, stored)) {
    begin(step, op, config);
  } else {
    disconnect(step, op);
  }
  begin(step, node, config);
}

void cancel_loop(IosStep& step, const Channel& name) {
  Loop& loop = step.session(name).loop;
  move(loop, LoopCue::cancel);
  loop.due.reset();
}

void disconnect(IosStep& step, const Channel& name) {
  IosSession& session = step.session(name);
  if (session.channel) shut_down(step, *session.channel, name);
  session.channel.reset();
  session.loop.up = false;
}

void hear_news(IosStep& step, const Channel& name, const ChannelNews& news) {
  switch (news.kind) {
    case ChannelNews::Kind::connected:
      connected(step, name);
      break;
    case ChannelNews::Kind::failed:
      failed(step, name, news);
      break;
    case ChannelNews::Kind::lost:
      lost(step, name);
      break;
  }
}

void hear_loop_timer(IosStep& step, const Channel& name) {
  Loop& loop = step.session(name).loop;
  if (!loop.due || step.now < *loop.due) return;
  move(loop, LoopCue::wake);
  turn(step, name);
}

void hear_foreground(IosStep& step) {
  for (const std::string_view name : {kNodeChannel, kOperatorChannel}) {
    Loop& loop = step.session(Channel(name)).loop;
    if (loop.stage == LoopStage::in_background) {
      loop.due = next_poll(loop.since, kLookInBackground, step.now);
    }
  }
}

std::string_view name_of(LoopStage stage) {
  constexpr auto kNames =
      std::to_array<std::string_view>({"off", "turning", "connecting", "connected", "paused",
                                       "in_background", "backing_off", "ended"});
  return kNames.at(static_cast<std::size_t>(stage));
}

std::string_view name_of(LoopCue cue) {
  constexpr auto kNames = std::to_array<std::string_view>(
      {"start", "finds_paused", "finds_background", "finds_connected", "finds_disconnected",
       "connected", "client_id_refused", "failed", "unauthorized", "pairing_required", "wake",
       "cancel"});
  return kNames.at(static_cast<std::size_t>(cue));
}

}  // namespace model::client
