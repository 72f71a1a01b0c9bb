#include "model/client/ios_channel.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "model/base/address.hpp"
#include "model/client/advance.hpp"
#include "model/client/connect_request.hpp"
#include "model/client/endpoint.hpp"
#include "model/client/ios_step.hpp"
#include "model/client/retry.hpp"
#include "model/client/swift_text.hpp"
#include "model/client/tick_watch.hpp"
#include "model/client/trust.hpp"
#include "model/wire/frame.hpp"

namespace model::client {
namespace {

constexpr Millis kChallengeTimeout{6'000};  // C-50
constexpr Millis kConnectTimeout{12'000};   // C-50
constexpr Millis kWatchdogPeriod{30'000};   // C-52
constexpr Millis kCallTimeout{15'000};
constexpr int kGoingAway = 1001;

std::optional<std::string> trimmed(const std::string& secret) {
  const std::string_view text = swift_trim(secret);
  return text.empty() ? std::nullopt : std::optional<std::string>(text);
}

bool connecting(const IosChannel& channel) {
  return channel.stage != ChannelStage::idle && channel.stage != ChannelStage::open;
}

/// C-54: loopback only.
EndpointTrust trust_of(const IosChannel& channel) {
  const auto endpoint = parse_endpoint(channel.config.url);
  return endpoint && is_loopback_host(endpoint->host) ? EndpointTrust::trusted
                                                      : EndpointTrust::untrusted;
}

Instant silence_due(const IosChannel& channel) {
  const Millis tolerance = 2 * channel.tick_interval;
  return silence_noticed_at(channel.watch_since, tolerance, channel.last_tick, tolerance);
}

Instant watchdog_due(const IosChannel& channel) {
  return next_poll(channel.created_at, kWatchdogPeriod, channel.idle_since);
}

wire::ConnectParams base_params(const IosApp& app, const SessionOptions& options) {
  wire::ConnectParams params;
  params.client = {.id = options.client_id,
                   .display_name = options.display_name,
                   .version = app.device.version,
                   .platform = app.device.platform,
                   .device_family = app.device.device_family,
                   .model_identifier = app.device.model_identifier,
                   .mode = options.client_mode,
                   .instance_id = app.durable.keychain.instance_id};
  params.caps = options.caps;
  if (!options.commands.empty()) params.commands = options.commands;
  if (!options.permissions.empty()) {
    params.permissions.emplace();
    for (const auto& [name, granted] : options.permissions) {
      params.permissions->emplace_back(name, js::Value(granted));
    }
  }
  params.role = options.role;
  params.scopes = options.scopes;
  params.locale = app.device.locale;
  params.user_agent = app.device.operating_system;
  return params;
}

void schedule_reconnect(IosStep& step, IosChannel& channel) {
  if (channel.paused) return;
  channel.reconnect_due = step.now + channel.back_off;
  channel.back_off = next_delay(kChannelBackOff, channel.back_off);
}

void fail_calls(IosStep& step, IosChannel& channel, const Channel& name, const std::string& why) {
  for (const auto& [id, pending] : channel.calls) {
    Note note = make_note(NoteKind::answer, name, pending.method);
    note.payload = failure(why);
    step.out.emplace_back(std::move(note));
  }
  channel.calls.clear();
}

/// Back to idle after an attempt that came to nothing.
ChannelNews fail(IosStep& step, IosChannel& channel, ChannelCue cue, std::string text,
                 Refusal refusal = {}) {
  advance(kIosChannel, channel.stage, cue);
  channel.idle_since = step.now;
  // A refusal pauses the channel's own attempts; whoever asked for this one may ask again (C-53).
  const bool pauses = pauses_swift({.code = refusal.code,
                                    .retry_pending = channel.retry_pending,
                                    .budget_used = channel.budget_used,
                                    .trust = trust_of(channel)});
  if (pauses) {
    channel.paused = true;
    channel.reconnect_due.reset();
  }
  if (std::exchange(channel.reconnecting, false)) schedule_reconnect(step, channel);
  return {ChannelNews::Kind::failed, std::move(text), std::move(refusal)};
}

ChannelNews lose(IosStep& step, IosChannel& channel, const Channel& name, ChannelCue cue,
                 const std::string& why) {
  advance(kIosChannel, channel.stage, cue);
  channel.idle_since = step.now;
  step.tell(NoteKind::session_lost, name, why);
  fail_calls(step, channel, name, why);
  schedule_reconnect(step, channel);
  return {ChannelNews::Kind::lost, why, {}};
}

ChannelNews hear_hello(IosStep& step, IosChannel& channel, const Channel& name,
                       const js::Value& hello) {
  const std::string& role = channel.config.options.role;
  advance(kIosChannel, channel.stage, ChannelCue::hello);
  channel.paused = channel.reconnecting = false;
  channel.retry_pending = channel.budget_used = false;
  channel.reconnect_due.reset();
  channel.back_off = kChannelBackOff.first;
  if (const auto issued = issued_token(hello)) {  // C-51
    const std::string issued_role = issued->role.value_or(role);
    step.durable().tokens.store(step.policy.token_scope, ScopeForm::trimmed, step.device_id(),
                                channel.config.stable_id,
                                {issued->token, issued_role, issued->scopes, step.now});
    step.tell(NoteKind::credential_stored, name, "device_token " + issued_role, issued->token,
              channel.config.url);
  }
  channel.tick_interval = tick_interval(hello);
  channel.watch_since = channel.last_tick = step.now;
  step.tell(NoteKind::session_open, name, role);
  return {ChannelNews::Kind::connected, {}, {}};
}

ChannelNews hear_refusal(IosStep& step, IosChannel& channel, const Channel& name, Refusal refusal) {
  Note note = make_note(NoteKind::refused, name, refusal.words());
  note.request_id = refusal.request_id;
  step.out.emplace_back(std::move(note));
  const std::string& role = channel.config.options.role;
  if (channel.sent.retry_mode && refusal.code == "AUTH_DEVICE_TOKEN_MISMATCH") {  // C-54
    if (step.durable().tokens.clear(step.policy.token_scope, step.device_id(), role,
                                    channel.config.stable_id)) {
      step.tell(NoteKind::credential_cleared, name, "device_token " + role);
    }
  }
  const bool earned = earns_retry({.offer = refusal.offer(),
                                   .budget_used = channel.budget_used,
                                   .device_token_sent = channel.sent.retry_mode,
                                   .token_held = trimmed(channel.config.token).has_value(),
                                   .stored_token_held = channel.stored_token_held,
                                   .trust = trust_of(channel)});
  if (earned) {
    channel.retry_pending = channel.budget_used = true;
    channel.back_off = std::min(channel.back_off, kRetryDelayMax);
  }
  step.out.emplace_back(Hangup{name, kGoingAway, {}});
  std::string text = refusal.message;
  return fail(step, channel, ChannelCue::refusal, std::move(text), std::move(refusal));
}

void send_connect(IosStep& step, IosChannel& channel, const Channel& name, std::string nonce) {
  channel.connect_id = step.names.mint(NameKind::request, name);
  advance(kIosChannel, channel.stage, ChannelCue::challenge);
  step.out.emplace_back(
      Send{name, connect_frame({.id = channel.connect_id,
                                .params = base_params(step.app, channel.config.options),
                                .choice = channel.sent,
                                .signed_at = channel.dialled_at,
                                .nonce = std::move(nonce)},
                               &step.key)});
  const std::string& role = channel.config.options.role;
  for (Output& told : tell_credentials(channel.sent, name, role, channel.config.url)) {
    step.out.push_back(std::move(told));
  }
}

void hear_event(IosStep& step, IosChannel& channel, const Channel& name,
                const wire::EventFrame& event) {
  if (channel.stage == ChannelStage::awaiting_challenge && event.event == "connect.challenge") {
    // A challenge without a nonce is passed over; the next one may have it, or the wait ends.
    const std::string* nonce = event.payload ? js::string_member(*event.payload, "nonce") : nullptr;
    const std::string_view text = nonce != nullptr ? swift_trim(*nonce) : std::string_view{};
    if (!text.empty()) send_connect(step, channel, name, std::string(text));
  } else if (channel.stage == ChannelStage::open && event.event == "tick") {
    channel.last_tick = step.now;
  } else if (channel.stage == ChannelStage::open && event.event == "node.invoke.request") {
    const auto reply = invoke_result(event.payload, step.names.mint(NameKind::request, name));
    if (reply) step.out.emplace_back(Send{name, wire::write(*reply)});
  }
}

}  // namespace

bool connect(IosStep& step, IosChannel& channel, const Channel& name) {
  if (channel.stage == ChannelStage::open) return true;
  if (connecting(channel)) return false;
  // Credentials and time stamp are taken before the challenge is waited for (C-50, C-83).
  advance(kIosChannel, channel.stage, ChannelCue::connect);
  channel.dialled_at = step.now;
  Credentials held{.token = trimmed(channel.config.token),
                   .bootstrap_token = trimmed(channel.config.bootstrap_token),
                   .explicit_device_token = {},
                   .password = trimmed(channel.config.password),
                   .stored_device_token = {}};
  const auto stored =
      step.durable().tokens.load(step.policy.token_scope, step.device_id(),
                                 channel.config.options.role, channel.config.stable_id);
  if (stored) held.stored_device_token = stored->token;
  channel.stored_token_held = stored.has_value();
  channel.sent = choose_swift(
      held, channel.retry_pending ? Attempt::retry_with_stored_token : Attempt::ordinary,
      trust_of(channel));
  if (channel.sent.retry_mode) channel.retry_pending = false;
  step.out.emplace_back(Dial{name, channel.config.url, channel.config.pin});
  return false;
}

News hear_opened(IosStep& step, IosChannel& channel, const Opened& opened) {
  if (channel.stage != ChannelStage::dialling) return std::nullopt;
  const auto endpoint = parse_endpoint(channel.config.url);
  const CertificateCase given{.pin = channel.config.pin, .certificate = opened.certificate};
  if (endpoint && endpoint->tls && decide(given) == CertificateAnswer::refuse) {
    step.out.emplace_back(Hangup{opened.channel, kCut, {}});
    return fail(step, channel, ChannelCue::certificate_refused,
                fmt::format("connect to gateway @ {}: certificate is not the pinned one",
                            channel.config.url));
  }
  advance(kIosChannel, channel.stage, ChannelCue::opened);
  return std::nullopt;
}

News hear_text(IosStep& step, IosChannel& channel, const Received& received) {
  constexpr std::size_t kMessageMax = 16u << 20;  // C-57
  if (channel.stage == ChannelStage::idle || channel.stage == ChannelStage::dialling)
    return std::nullopt;
  if (received.text.size() > kMessageMax) {
    step.out.emplace_back(Hangup{received.channel, 1009, {}});
    return hear_loss(step, channel, received.channel, "message too long");
  }
  const auto frame = wire::read_gateway_frame(received.text);
  if (!frame) return std::nullopt;
  if (const auto* event = std::get_if<wire::EventFrame>(&*frame)) {
    hear_event(step, channel, received.channel, *event);
    return std::nullopt;
  }
  const auto& response = std::get<wire::ResponseFrame>(*frame);
  if (channel.stage == ChannelStage::awaiting_hello && response.id == channel.connect_id) {
    if (response.ok) {
      return hear_hello(step, channel, received.channel, response.payload.value_or(js::Value{}));
    }
    return hear_refusal(step, channel, received.channel,
                        read_refusal(response.error.value_or(js::Value{})));
  }
  const auto pending = channel.calls.find(response.id);
  if (pending == channel.calls.end()) return std::nullopt;
  Note note = make_note(NoteKind::answer, received.channel, pending->second.method);
  note.payload = outcome(response);
  step.out.emplace_back(std::move(note));
  channel.calls.erase(pending);
  return std::nullopt;
}

News hear_loss(IosStep& step, IosChannel& channel, const Channel& name, std::string why) {
  if (channel.stage == ChannelStage::idle) return std::nullopt;
  if (channel.stage == ChannelStage::open) return lose(step, channel, name, ChannelCue::lost, why);
  // The close reason is not in the text: the system reports a socket that is not connected.
  return fail(step, channel, ChannelCue::lost,
              fmt::format("connect to gateway @ {}: socket is not connected", channel.config.url));
}

News hear_timer(IosStep& step, IosChannel& channel, const Channel& name, std::string_view timer) {
  const auto running = timers(channel, name);
  const auto found = running.find(fmt::format("{}.{}", name, timer));
  if (found == running.end() || step.now < found->second) return std::nullopt;
  if (timer == "challenge" || timer == "connect") {
    const bool opened = channel.stage != ChannelStage::dialling;
    step.out.emplace_back(Hangup{name, opened ? kGoingAway : kCut, {}});
    return timer == "challenge"
               ? fail(step, channel, ChannelCue::challenge_timeout, "connect challenge timeout")
               : fail(step, channel, ChannelCue::connect_timeout, "connect timed out");
  }
  if (timer == "tick_watch") {
    step.out.emplace_back(Hangup{name, kGoingAway, {}});
    return lose(step, channel, name, ChannelCue::tick_missed, "tick missed");
  }
  if (timer == "reconnect") {
    channel.reconnect_due.reset();
    if (!channel.paused && channel.stage != ChannelStage::open) {
      channel.reconnecting = true;
      connect(step, channel, name);
    }
  } else if (timer == "watchdog") {
    connect(step, channel, name);
  } else if (timer.starts_with("call ")) {
    const auto pending = channel.calls.find(std::string(timer.substr(5)));
    Note note = make_note(NoteKind::answer, name, pending->second.method);
    note.payload = failure("gateway request timeout for " + pending->second.method);
    step.out.emplace_back(std::move(note));
    channel.calls.erase(pending);
  }
  return std::nullopt;
}

void call(IosStep& step, IosChannel& channel, const CallMethod& call) {
  const std::string id = step.names.mint(NameKind::request, call.channel);
  channel.calls[id] = {call.method, step.now + kCallTimeout};
  std::optional<js::Value> params;
  if (!call.params.is_null()) params = call.params;
  step.out.emplace_back(
      Send{call.channel, wire::write(wire::RequestFrame{id, call.method, std::move(params)})});
}

void shut_down(IosStep& step, IosChannel& channel, const Channel& name) {
  if (channel.stage == ChannelStage::open) {
    step.tell(NoteKind::session_lost, name, "shut down");
    fail_calls(step, channel, name, "gateway session shut down");
  }
  if (channel.stage != ChannelStage::idle) {
    const bool opened = channel.stage != ChannelStage::dialling;
    step.out.emplace_back(Hangup{name, opened ? kGoingAway : kCut, {}});
  }
  advance(kIosChannel, channel.stage, ChannelCue::shut_down);
}

std::map<std::string, Instant> timers(const IosChannel& channel, const Channel& name) {
  std::map<std::string, Instant> running;
  switch (channel.stage) {
    case ChannelStage::idle:
      if (!channel.paused) running.emplace(name + ".watchdog", watchdog_due(channel));
      break;
    case ChannelStage::dialling:
    case ChannelStage::awaiting_challenge:
      running.emplace(name + ".challenge", channel.dialled_at + kChallengeTimeout);
      break;
    case ChannelStage::awaiting_hello:
      running.emplace(name + ".connect", channel.dialled_at + kConnectTimeout);
      break;
    case ChannelStage::open:
      running.emplace(name + ".tick_watch", silence_due(channel));
      break;
  }
  if (channel.reconnect_due) running.emplace(name + ".reconnect", *channel.reconnect_due);
  for (const auto& [id, pending] : channel.calls) {
    running.emplace(fmt::format("{}.call {}", name, id), pending.due);
  }
  return running;
}

std::string_view name_of(ChannelStage stage) {
  constexpr auto kNames = std::to_array<std::string_view>(
      {"idle", "dialling", "awaiting_challenge", "awaiting_hello", "open"});
  return kNames.at(static_cast<std::size_t>(stage));
}

std::string_view name_of(ChannelCue cue) {
  constexpr auto kNames = std::to_array<std::string_view>(
      {"connect", "opened", "certificate_refused", "challenge", "challenge_timeout",
       "connect_timeout", "hello", "refusal", "lost", "tick_missed", "shut_down"});
  return kNames.at(static_cast<std::size_t>(cue));
}

}  // namespace model::client
