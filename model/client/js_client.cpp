#include "model/client/js_client.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "model/base/js_string.hpp"
#include "model/client/advance.hpp"
#include "model/client/connect_request.hpp"
#include "model/client/inbound.hpp"
#include "model/client/notes.hpp"
#include "model/client/retry.hpp"
#include "model/client/tick_watch.hpp"
#include "model/client/trust.hpp"
#include "model/crypto/setup_code.hpp"
#include "model/wire/frame.hpp"

namespace model::client {
namespace {

constexpr int kPolicyViolation = 1008;
constexpr int kTickTimeout = 4000;
/// How long the socket library waits for the answer to a close frame before it drops the socket.
constexpr Millis kCloseTimeout{30'000};

std::optional<std::string> trimmed(const std::string& secret) {
  const std::string_view text = js::trim(secret);
  return text.empty() ? std::nullopt : std::optional<std::string>(text);
}

Millis clamped(Millis value, Millis low, Millis high) { return std::clamp(value, low, high); }

/// The timer of the stage, by name; empty if the stage waits for nothing.
std::string_view deadline_name(JsStage stage) {
  switch (stage) {
    case JsStage::awaiting_challenge:
      return "main.challenge";
    case JsStage::awaiting_hello:
      return "main.connect";
    case JsStage::closing:
      return "main.closing";
    case JsStage::backing_off:
      return "main.reconnect";
    default:
      return {};
  }
}

Instant silence_due(const JsClient& client) {
  const JsMemory& memory = client.memory;
  const Millis least = clamped(client.options.tick_watch_interval_min, {1}, {30'000});
  return silence_noticed_at(memory.watch_since, std::max(memory.tick_interval, least),
                            memory.last_heard, 2 * memory.tick_interval);
}

/// One step of one client. Handlers look at the stage to see whether the input still concerns them:
/// news that came too late is dropped, as the original's callbacks do.
class Run {
 public:
  Run(JsClient& client, const crypto::KeyPair& key, Instant now, NameSource& names)
      : client_(client), memory_(client.memory), key_(key), now_(now), names_(names) {}

  Outputs take_outputs() { return std::move(out_); }

  void operator()(const Launch&) { start_from_rest(); }
  void operator()(const TapRetry&) { start_from_rest(); }

  void operator()(const Scan& scan) {
    const auto code = crypto::read_setup_code(scan.setup_code);
    if (!code) {
      say(NoteKind::status,
          "setup code not usable: " + std::string(crypto::describe(code.error())));
      return;
    }
    restart();
    client_.options.url = url_of({.tls = code->tls, .host = code->host, .port = code->port});
    client_.options.bootstrap_token = code->bootstrap_token.value_or("");
    if (code->token) client_.options.token = *code->token;
    if (code->password) client_.options.password = *code->password;
    start_from_rest();
  }

  void operator()(const SwitchGateway& other) {
    restart();
    client_.options.url = other.url;
    start_from_rest();
  }

  void operator()(const EnterSecret& entered) {
    if (!entered.token.empty()) client_.options.token = entered.token;
    if (!entered.password.empty()) client_.options.password = entered.password;
  }

  void operator()(const Quit&) { restart(); }

  void operator()(const CallMethod& call) {
    if (memory_.stage != JsStage::open) {
      answer(call.method, failure("gateway not connected"));
      return;
    }
    const std::string id = names_.mint(NameKind::request, kMainChannel);
    memory_.calls[id] = {call.method, now_ + client_.options.request_timeout};
    std::optional<js::Value> params;
    if (!call.params.is_null()) params = call.params;
    send(wire::write(wire::RequestFrame{id, call.method, std::move(params)}));
  }

  void operator()(const Opened& opened) {
    if (memory_.stage != JsStage::dialling) return;
    if (!client_.options.tls_fingerprint.empty()) {
      const auto fault = fingerprint_fault(client_.options.tls_fingerprint, opened.certificate);
      if (!fault.empty()) {
        hang_up(JsCue::certificate_refused, kPolicyViolation, std::string(fault));
        return;
      }
    }
    move(JsCue::opened);
    memory_.deadline = now_ + clamped(client_.options.challenge_timeout, {250}, {10'000});
  }

  void operator()(const DialFailed& failed) {
    if (memory_.stage == JsStage::dialling) closed(kCut, failed.why);
  }

  void operator()(const Received& received) {
    const bool listening = memory_.stage == JsStage::awaiting_challenge ||
                           memory_.stage == JsStage::awaiting_hello ||
                           memory_.stage == JsStage::open;
    if (!listening) return;
    const auto frame = wire::read_gateway_frame(received.text);
    if (!frame) return;
    memory_.last_heard = now_;
    if (const auto* event = std::get_if<wire::EventFrame>(&*frame)) {
      on_event(*event);
    } else {
      on_response(std::get<wire::ResponseFrame>(*frame));
    }
  }

  void operator()(const Closed& news) {
    const bool connected = memory_.stage != JsStage::idle &&
                           memory_.stage != JsStage::backing_off &&
                           memory_.stage != JsStage::stopped;
    if (connected) closed(news.code, news.reason);
  }

  void operator()(const TimerDue& due) {
    constexpr std::string_view kCall = "main.call ";
    if (due.timer.starts_with(kCall)) {
      expire_call(due.timer.substr(kCall.size()));
    } else if (due.timer == "main.tick_watch") {
      if (memory_.stage == JsStage::open && now_ >= silence_due(client_)) {
        hang_up(JsCue::tick_timeout, kTickTimeout, "tick timeout");
      }
    } else if (due.timer == deadline_name(memory_.stage) && memory_.deadline) {
      if (now_ >= *memory_.deadline) on_deadline();
    }
  }

  // What has no meaning for this program: there is no camera roll, no certificate prompt, no
  // discovery, and it runs in no background.
  void operator()(const TapConnect&) {}
  void operator()(const TapTrust&) {}
  void operator()(const TapReset&) {}
  void operator()(const Background&) {}
  void operator()(const Foreground&) {}
  void operator()(const Discovered&) {}

 private:
  // --- the way up
  // ----------------------------------------------------------------------------------

  void start_from_rest() {
    if (memory_.stage != JsStage::idle && memory_.stage != JsStage::stopped) return;
    memory_.back_off = kJavaScriptBackOff.first;
    memory_.budget_used = false;  // C-18
    memory_.retry_pending = false;
    dial();
  }

  void dial() {
    const JsOptions& options = client_.options;
    memory_.refusal_code.clear();
    memory_.connect_id.clear();
    memory_.deadline.reset();
    if (auto why = refuse_endpoint(options.url, options.tls_fingerprint, options.plaintext)) {
      move(JsCue::endpoint_refused);
      stopped(std::move(*why));
      return;
    }
    move(JsCue::start);
    out_.emplace_back(Dial{channel(), options.url, normalise_fingerprint(options.tls_fingerprint)});
  }

  void on_event(const wire::EventFrame& event) {
    if (event.event == "connect.challenge") {
      const std::string* nonce =
          event.payload ? js::string_member(*event.payload, "nonce") : nullptr;
      if (nonce == nullptr || js::blank(*nonce)) {
        hang_up(JsCue::challenge_unusable, kPolicyViolation, "connect challenge missing nonce");
      } else if (memory_.stage == JsStage::awaiting_challenge) {
        send_connect(std::string(js::trim(*nonce)));
      }
    } else if (event.event == "node.invoke.request" && memory_.stage == JsStage::open) {
      const auto reply = invoke_result(event.payload, names_.mint(NameKind::request, kMainChannel));
      if (reply) send(wire::write(*reply));
    }
  }

  void send_connect(std::string nonce) {
    const JsOptions& options = client_.options;
    Credentials held{.token = trimmed(options.token),
                     .bootstrap_token = trimmed(options.bootstrap_token),
                     .explicit_device_token = trimmed(options.device_token),
                     .password = trimmed(options.password),
                     .stored_device_token = {}};
    if (const auto stored = load()) held.stored_device_token = stored->token;
    memory_.stored_token_held = held.stored_device_token.has_value();
    memory_.sent = choose_javascript(
        held, memory_.retry_pending ? Attempt::retry_with_stored_token : Attempt::ordinary,
        trust());
    if (memory_.sent.retry_mode) memory_.retry_pending = false;
    memory_.connect_id = names_.mint(NameKind::request, kMainChannel);
    move(JsCue::challenge);
    memory_.deadline = now_ + options.request_timeout;
    send(connect_frame({.id = memory_.connect_id,
                        .params = connect_params(options),
                        .choice = memory_.sent,
                        .signed_at = now_,
                        .nonce = std::move(nonce)},
                       options.device_identity ? &key_ : nullptr));
    for (Output& told : tell_credentials(memory_.sent, channel(), options.role, options.url)) {
      out_.push_back(std::move(told));
    }
  }

  void on_response(const wire::ResponseFrame& response) {
    if (memory_.stage == JsStage::awaiting_hello && response.id == memory_.connect_id) {
      if (response.ok) {
        on_hello(response.payload.value_or(js::Value{}));
      } else {
        on_refusal(read_refusal(response.error.value_or(js::Value{})));
      }
      return;
    }
    const auto call = memory_.calls.find(response.id);
    if (call == memory_.calls.end()) return;
    const std::string method = call->second.method;
    memory_.calls.erase(call);
    answer(method, outcome(response));
  }

  void on_hello(const js::Value& hello) {
    move(JsCue::hello);
    memory_.deadline.reset();
    memory_.retry_pending = false;
    memory_.budget_used = false;  // C-18
    if (const auto issued = issued_token(hello); issued && client_.options.device_identity) {
      const std::string role = issued->role.value_or(client_.options.role);
      client_.durable.tokens.store(policy::TokenScope::global, ScopeForm::scopeset, device_id(), {},
                                   {issued->token, role, issued->scopes, now_});
      say(NoteKind::credential_stored, "device_token " + role, issued->token, client_.options.url);
    }
    memory_.back_off = kJavaScriptBackOff.first;
    memory_.tick_interval = tick_interval(hello);
    memory_.watch_since = memory_.last_heard = now_;
    say(NoteKind::session_open, client_.options.role);
  }

  void on_refusal(const Refusal& refusal) {
    memory_.refusal_code = refusal.code;
    const bool earned =
        earns_retry({.offer = refusal.offer(),
                     .budget_used = memory_.budget_used,
                     .device_token_sent = memory_.sent.resolved_device_token.has_value(),
                     .token_held = trimmed(client_.options.token).has_value(),
                     .stored_token_held = memory_.stored_token_held,
                     .trust = trust()});
    if (earned) {
      memory_.retry_pending = memory_.budget_used = true;
      memory_.back_off = std::min(memory_.back_off, kRetryDelayMax);
    }
    Note note = make_note(NoteKind::refused, channel(), refusal.words());
    note.request_id = refusal.request_id;
    out_.emplace_back(std::move(note));
    hang_up(JsCue::refusal, kPolicyViolation, "connect failed");  // C-14
  }

  void on_deadline() {
    switch (memory_.stage) {
      case JsStage::awaiting_challenge:
        hang_up(JsCue::challenge_timeout, kPolicyViolation, "connect challenge timeout");
        break;
      case JsStage::awaiting_hello:
        hang_up(JsCue::request_timeout, kPolicyViolation, "connect failed");
        break;
      case JsStage::closing:
        out_.emplace_back(Hangup{channel(), kCut, {}});
        closed(kCut, {});
        break;
      case JsStage::backing_off:
        dial();
        break;
      default:
        break;
    }
  }

  // --- the way down
  // --------------------------------------------------------------------------------

  void hang_up(JsCue cue, int code, std::string reason) {
    if (memory_.stage == JsStage::open) lost(code, reason);
    move(cue);
    memory_.deadline = now_ + kCloseTimeout;
    out_.emplace_back(Hangup{channel(), code, std::move(reason)});
  }

  void closed(int code, const std::string& reason) {
    if (memory_.stage == JsStage::open) lost(code, reason);
    const JsOptions& options = client_.options;
    const bool token_was_stale =
        code == kPolicyViolation &&
        js::lower_ascii(reason).find("device token mismatch") != std::string::npos;
    if (token_was_stale && !trimmed(options.token) && !trimmed(options.password) &&
        options.device_identity) {  // C-15
      if (client_.durable.tokens.clear(policy::TokenScope::global, device_id(), options.role, {})) {
        say(NoteKind::credential_cleared, "device_token " + options.role);
      }
    }
    fail_calls(fmt::format("gateway closed ({}): {}", code, reason));  // C-19
    const bool for_good = pauses_javascript({.code = memory_.refusal_code,
                                             .retry_pending = memory_.retry_pending,
                                             .budget_used = memory_.budget_used,
                                             .trust = trust()});
    if (for_good) {
      move(JsCue::closed_for_good);
      memory_.deadline.reset();
      stopped("refused with " + memory_.refusal_code);
      return;
    }
    move(JsCue::closed);
    memory_.deadline = now_ + memory_.back_off;
    say(NoteKind::waiting, fmt::format("tries again in {} ms", memory_.back_off.count));
    memory_.back_off = next_delay(kJavaScriptBackOff, memory_.back_off);
  }

  /// The program ends: the socket goes without a close frame and the memory with it.
  void restart() {
    const bool connected = memory_.stage != JsStage::idle &&
                           memory_.stage != JsStage::backing_off &&
                           memory_.stage != JsStage::stopped;
    if (memory_.stage == JsStage::open) lost(kCut, "program ended");
    if (connected) out_.emplace_back(Hangup{channel(), kCut, {}});
    memory_ = {};
  }

  void lost(int code, const std::string& reason) {
    say(NoteKind::session_lost, fmt::format("{} {}", code, reason));
  }

  void stopped(std::string why) {
    say(NoteKind::stopped, why);
    memory_.stopped_why = std::move(why);
  }

  void fail_calls(const std::string& why) {
    for (const auto& [id, call] : memory_.calls) answer(call.method, failure(why));
    memory_.calls.clear();
  }

  void expire_call(const std::string& id) {
    const auto call = memory_.calls.find(id);
    if (call == memory_.calls.end() || now_ < call->second.due) return;
    const std::string method = call->second.method;
    memory_.calls.erase(call);
    answer(method, failure("gateway request timeout for " + method));
  }

  // --- small words
  // ---------------------------------------------------------------------------------

  void move(JsCue cue) { advance(kJsSession, memory_.stage, cue); }
  void send(std::string text) { out_.emplace_back(Send{channel(), std::move(text)}); }
  void say(NoteKind kind, std::string detail, std::string secret = {}, std::string gateway = {}) {
    out_.emplace_back(
        make_note(kind, channel(), std::move(detail), std::move(secret), std::move(gateway)));
  }
  void answer(const std::string& method, js::Value payload) {
    Note note = make_note(NoteKind::answer, channel(), method);
    note.payload = std::move(payload);
    out_.emplace_back(std::move(note));
  }
  [[nodiscard]] Channel channel() const { return Channel(kMainChannel); }
  [[nodiscard]] std::string device_id() const { return crypto::device_id(key_.public_key); }
  [[nodiscard]] EndpointTrust trust() const {
    return trusted_for_retry(client_.options.url, client_.options.tls_fingerprint)
               ? EndpointTrust::trusted
               : EndpointTrust::untrusted;
  }
  [[nodiscard]] std::optional<StoredToken> load() const {
    if (!client_.options.device_identity) return std::nullopt;
    return client_.durable.tokens.load(policy::TokenScope::global, device_id(),
                                       client_.options.role, {});
  }

  JsClient& client_;
  JsMemory& memory_;
  const crypto::KeyPair& key_;
  Instant now_;
  NameSource& names_;
  Outputs out_;
};

}  // namespace

Outputs step(JsClient& client, const Input& input, const crypto::KeyPair& key, Instant now,
             NameSource& names) {
  Run run(client, key, now, names);
  std::visit(run, input);
  return run.take_outputs();
}

std::map<std::string, Instant> timers(const JsClient& client) {
  std::map<std::string, Instant> running;
  const JsMemory& memory = client.memory;
  const std::string_view name = deadline_name(memory.stage);
  if (!name.empty() && memory.deadline) running.emplace(name, *memory.deadline);
  if (memory.stage == JsStage::open) running.emplace("main.tick_watch", silence_due(client));
  for (const auto& [id, call] : memory.calls) running.emplace("main.call " + id, call.due);
  return running;
}

std::string session_state(const JsClient& client) {
  switch (client.memory.stage) {
    case JsStage::idle:
      return "idle";
    case JsStage::open:
      return "open";
    case JsStage::stopped:
      return "stopped";
    case JsStage::closing:
    case JsStage::backing_off:
      return client.memory.refusal_code.empty() ? "waiting" : "refused";
    default:
      return "connecting";
  }
}

}  // namespace model::client
