#include "sim/trace/timeline.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/base/js_string.hpp"
#include "model/base/json.hpp"

namespace sim::trace {
namespace {

namespace js = model::js;
using model::client::NoteKind;
using model::gateway::Fact;
using model::gateway::FactKind;

constexpr std::size_t kTimeWidth = 9;
constexpr std::size_t kWhoWidth = 10;

/// What people do, from the key of the action to a sentence.
constexpr auto kDeeds = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"launch", "starts the program"},
    {"scan", "scans a setup code"},
    {"retry", "taps retry"},
    {"trust certificate", "trusts the certificate"},
    {"refuse certificate", "does not trust the certificate"},
    {"reset onboarding", "taps Reset Onboarding"},
    {"enter secret", "types a secret into the settings"},
    {"background", "puts the app into the background"},
    {"foreground", "brings the app back"},
    {"quit", "ends the program"},
});

std::string peer_of(std::string_view conn) { return std::string(conn.substr(0, conn.rfind('/'))); }

std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string list(const std::vector<std::string>& words, std::string_view none) {
  return words.empty() ? std::string(none) : fmt::format("{}", fmt::join(words, ", "));
}

/// Control characters would spoil a terminal.
std::string printable(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      result += '?';
    else
      result += c;
  }
  return result;
}

}  // namespace

std::string clock_text(model::Millis span) {
  const std::int64_t ms = span.count % 1000;
  const std::int64_t s = span.count / 1000;
  if (s < 60) return fmt::format("{}.{:03}", s, ms);
  if (s < 3600) return fmt::format("{}:{:02}.{:03}", s / 60, s % 60, ms);
  return fmt::format("{}:{:02}:{:02}.{:03}", s / 3600, s / 60 % 60, s % 60, ms);
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  width = std::max<std::size_t>(width, 8);
  while (columns(text) > width) {
    // The longest beginning that fits, then back to its last blank.
    std::size_t end = 0;
    for (std::size_t used = 0; end < text.size(); ++end) {
      const bool starts = (static_cast<unsigned char>(text[end]) & 0xC0) != 0x80;
      if (starts && used++ == width) break;
    }
    const std::size_t blank = text.rfind(' ', end);
    const bool at_blank = blank != std::string_view::npos && blank > 0;
    const std::size_t cut = at_blank ? blank : end;
    lines.emplace_back(text.substr(0, cut));
    text.remove_prefix(at_blank ? cut + 1 : cut);
  }
  lines.emplace_back(text);
  return lines;
}

/// Finds the words for one event.
struct Timeline::Teller {
  Timeline& timeline;
  model::Instant at;
  Detail detail;

  void say(std::string who, std::string what) const {
    timeline.put(at, std::move(who), std::move(what));
  }
  [[nodiscard]] bool full() const { return detail == Detail::full; }

  [[nodiscard]] std::string name(const std::string& id) const {
    const auto known = timeline.names_.find(id);
    if (known != timeline.names_.end()) return known->second;
    return id.empty() ? std::string("somebody") : secret(id);
  }
  [[nodiscard]] static std::string secret(const std::string& text) {
    return text.empty() ? std::string("(none)") : model::js::cut_utf8(text, 4) + "…";
  }
  /// "token qK3f… (code)"
  [[nodiscard]] std::string token(const std::string& text) const {
    const auto known = timeline.names_.find(text);
    return known == timeline.names_.end() ? secret(text)
                                          : fmt::format("{} ({})", secret(text), known->second);
  }
  [[nodiscard]] std::string about(const Fact& fact) const {
    return fact.device_id.empty() ? peer_of(fact.conn) : name(fact.device_id);
  }

  void operator()(const Sent& e) const {
    if (!full()) return;
    if (e.up) {
      if (e.message.kind == Message::Kind::text) sent_up(e.conn, *e.message.bytes);
      return;
    }
    if (e.message.kind == Message::Kind::text) sent_down(e.conn, *e.message.bytes);
    if (e.message.kind == Message::Kind::close) {
      const auto process = timeline.process_of_.find(e.conn);
      say(process == timeline.process_of_.end() ? std::string() : process->second,
          fmt::format("closes {}: {}{}{}", e.conn, e.message.code,
                      e.message.bytes->empty() ? "" : " ", printable(*e.message.bytes)));
    }
  }

  void sent_up(const std::string& conn, const std::string& text) const {
    const auto frame = js::parse(text);
    const std::string* method = frame ? js::string_member(*frame, "method") : nullptr;
    if (method == nullptr) {
      say(peer_of(conn), fmt::format("sends {} bytes on {}", text.size(), conn));
      return;
    }
    if (*method != "connect") {
      say(peer_of(conn), fmt::format("calls {}", printable(*method)));
      return;
    }
    const js::Value* params = js::member(*frame, "params");
    const std::string* role = params == nullptr ? nullptr : js::string_member(*params, "role");
    const js::Value* scopes = params == nullptr ? nullptr : js::member(*params, "scopes");
    std::vector<std::string> shown;
    if (const js::Value* auth = params == nullptr ? nullptr : js::member(*params, "auth")) {
      for (const auto& [key, word] : {std::pair{"token", "token"},
                                      {"bootstrapToken", "bootstrap token"},
                                      {"deviceToken", "device token"},
                                      {"password", "password"}}) {
        if (const std::string* value = js::string_member(*auth, key)) {
          shown.push_back(fmt::format("{} {}", word, token(*value)));
        }
      }
    }
    std::vector<std::string> asked;
    if (scopes != nullptr && scopes->is_array()) {
      for (const js::Value& scope : scopes->array()) {
        if (scope.is_string()) asked.push_back(printable(scope.string()));
      }
    }
    say(peer_of(conn), fmt::format("connects on {} as {}{}, shows {}", conn,
                                   role == nullptr ? "operator (not said)" : printable(*role),
                                   asked.empty() ? " without scopes"
                                                 : fmt::format(" with {}", fmt::join(asked, ", ")),
                                   list(shown, "no credential")));
  }

  void sent_down(const std::string& conn, const std::string& text) const {
    if (text.find(".pair.") == std::string::npos) return;
    const auto frame = js::parse(text);
    const std::string* event = frame ? js::string_member(*frame, "event") : nullptr;
    if (event == nullptr || event->find(".pair.") == std::string::npos) return;
    const js::Value* payload = js::member(*frame, "payload");
    const std::string* device =
        payload == nullptr ? nullptr : js::string_member(*payload, "deviceId");
    const std::string* decision =
        payload == nullptr ? nullptr : js::string_member(*payload, "decision");
    say(peer_of(conn),
        fmt::format("is told {}{}{}", *event, device == nullptr ? "" : " of " + name(*device),
                    decision == nullptr ? "" : ": " + *decision));
  }

  void operator()(const Delivered& e) const {
    if (!full() || e.up) return;
    if (e.message.kind == Message::Kind::cut) {
      say(peer_of(e.conn), fmt::format("loses {} without a close frame", e.conn));
    }
    if (e.message.kind == Message::Kind::refused) {
      say(peer_of(e.conn), fmt::format("cannot open {}", e.conn));
    }
  }

  void operator()(const FileWritten& e) const {
    if (!full()) return;
    // The files of one transaction are told in one line.
    if (timeline.last_was_write_ && !timeline.lines_.empty() &&
        timeline.lines_.back().who == e.disk && timeline.lines_.back().at == at - timeline.start_) {
      timeline.lines_.back().what += ", " + e.path;
      return;
    }
    say(e.disk, "writes " + e.path);
    timeline.last_was_write_ = true;
  }

  void operator()(const GatewayFact& e) const {
    const Fact& fact = e.fact;
    const std::string who = about(fact);
    if (!fact.conn.empty()) timeline.process_of_[fact.conn] = e.process;
    if (!full() && fact.kind != FactKind::hello_sent && fact.kind != FactKind::refused) return;
    const std::string scopes = list(fact.scopes, "no scopes");
    switch (fact.kind) {
      case FactKind::upgrade_refused:
        return say(e.process, fmt::format("refuses to open {}: {}", fact.conn, fact.detail));
      case FactKind::challenged:
        return;
      case FactKind::bootstrap_issued:
        return say(e.process, fmt::format("issues bootstrap token {} for {} with {}",
                                          token(fact.token), fact.detail, scopes));
      case FactKind::bootstrap_verified:
        return say(e.process, fmt::format("bootstrap token {} says yes to {} as {} with {}",
                                          token(fact.token), who, fact.role, scopes));
      case FactKind::bootstrap_refused:
        return say(e.process,
                   fmt::format("bootstrap token {} says no to {}", token(fact.token), who));
      case FactKind::bootstrap_revoked:
        return say(e.process, fmt::format("bootstrap token {} is dropped{}{}", token(fact.token),
                                          fact.detail.empty() ? "" : ": ", fact.detail));
      case FactKind::bootstrap_cleared:
        return say(e.process, fmt::format("drops all bootstrap tokens ({})", fact.detail));
      case FactKind::device_token_verified:
        return say(e.process, fmt::format("device token {} of {} as {} is good", token(fact.token),
                                          who, fact.role));
      case FactKind::device_token_refused:
        return say(e.process, fmt::format("device token {} of {} as {} is refused: {}",
                                          token(fact.token), who, fact.role, fact.detail));
      case FactKind::request_filed:
        timeline.names_.try_emplace(fact.request_id, "request of " + who);
        return say(e.process,
                   fmt::format("pairing request {} of {} as {} with {} ({})",
                               secret(fact.request_id), who, fact.role, scopes, fact.detail));
      case FactKind::silently_approved:
        return say(e.process,
                   fmt::format("approves {} silently as {} with {}: {}", who, fact.role, scopes,
                               fact.token.empty() ? "a local client"
                                                  : "a fresh node with a bootstrap token"));
      case FactKind::approved:
        return say(e.process, fmt::format("{} is approved as {} with {} ({})", who, fact.role,
                                          scopes, fact.detail));
      case FactKind::approval_refused:
        return say(e.process, fmt::format("approval of {} is refused: {}", secret(fact.request_id),
                                          fact.detail));
      case FactKind::rejected:
        return say(e.process, fmt::format("{} is rejected", who));
      case FactKind::device_removed:
        return say(e.process, fmt::format("{} is removed", who));
      case FactKind::token_issued:
        return say(e.process, fmt::format("makes device token {} for {} as {} with {}",
                                          token(fact.token), who, fact.role, scopes));
      case FactKind::token_rotated:
        return say(e.process, fmt::format("replaces the device token of {} as {} by {} with {}",
                                          who, fact.role, token(fact.token), scopes));
      case FactKind::token_revoked:
        return say(e.process, fmt::format("revokes the device token of {} as {}", who, fact.role));
      case FactKind::hello_sent:
        return say(
            e.process,
            fmt::format("hello-ok to {} as {} with {}, by {}{}", who, fact.role, scopes,
                        fact.detail.empty() ? "nothing" : fact.detail,
                        fact.token.empty() ? "" : ", delivers device token " + token(fact.token)));
      case FactKind::refused:
        return say(e.process,
                   fmt::format("refuses {}: {}{}", who, fact.detail,
                               fact.request_id.empty() ||
                                       fact.detail.find(fact.request_id) != std::string::npos
                                   ? ""
                                   : " (request " + secret(fact.request_id) + ")"));
      case FactKind::ignored:
        return say(e.process, fmt::format("ignores a message on {}: {}", fact.conn, fact.detail));
      case FactKind::session_closed:
        return say(e.process,
                   fmt::format("the session of {} as {} ends: {}", who, fact.role, fact.detail));
      case FactKind::node_request_filed:
        return say(e.process, fmt::format("node request {} of {}", secret(fact.request_id), who));
      case FactKind::node_approved:
        return say(e.process, fmt::format("{} is approved as a node with commands", who));
      case FactKind::store_failed:
        return say(e.process, fmt::format("store failed: {}", fact.detail));
      case FactKind::method_answered:
        return say(e.process, fmt::format("answers {}: {}", peer_of(fact.conn), fact.detail));
    }
  }

  void operator()(const ClientNote& e) const {
    const model::client::Note& note = e.note;
    if (!full() && note.kind != NoteKind::stopped) return;
    const std::string where =
        note.channel.empty() || note.channel == "main" ? "" : note.channel + " ";
    switch (note.kind) {
      case NoteKind::status:
        return say(e.device, fmt::format("screen: {}", printable(note.detail)));
      case NoteKind::credential_sent:
        return;  // told with the connect frame
      case NoteKind::credential_stored:
        return say(e.device, fmt::format("keeps {} {}", note.detail, token(note.secret)));
      case NoteKind::credential_cleared:
        return say(e.device, fmt::format("forgets {}", note.detail));
      case NoteKind::session_open:
        return say(e.device, fmt::format("{}session open", where));
      case NoteKind::session_lost:
        return say(e.device, fmt::format("{}session lost: {}", where, printable(note.detail)));
      case NoteKind::refused:
        return;  // told by the gateway
      case NoteKind::waiting:
        return say(e.device, fmt::format("{}waits: {}", where, printable(note.detail)));
      case NoteKind::stopped:
        return say(e.device, fmt::format("{}stops trying: {}", where, printable(note.detail)));
      case NoteKind::trust_asked:
        return say(e.device,
                   fmt::format("asks whether to trust certificate {}", secret(note.detail)));
      case NoteKind::answer:
        return;  // told by the gateway
    }
  }

  void operator()(const CommandAnswered& e) const {
    if (e.answer.text.empty()) return;
    std::string text = printable(e.answer.text);
    if (!e.answer.token.empty()) {
      for (std::size_t at_token = text.find(e.answer.token); at_token != std::string::npos;
           at_token = text.find(e.answer.token)) {
        text.replace(at_token, e.answer.token.size(), secret(e.answer.token));
      }
    }
    say(e.process, fmt::format("answers: {}", text));
  }
  void operator()(const ProcessChanged& e) const { say(e.process, e.what); }
  void operator()(const TimeMoved&) const {}
  void operator()(const FaultHappened& e) const { say("", e.what); }
  void operator()(const Did& e) const {
    if (!full()) return;
    std::string what = e.what;
    if (what.starts_with(e.who + ": ")) what = what.substr(e.who.size() + 2);
    for (const std::string_view told_elsewhere : {"call ", "issue code ", "cleanup codes"}) {
      if (what.starts_with(told_elsewhere)) return;
    }
    for (const auto& [key, words] : kDeeds) {
      if (what == key) what = words;
    }
    say(e.who, printable(what));
  }
};

void Timeline::add(const std::vector<Event>& events, Detail detail) {
  for (const Event& event : events) tell(event, detail);
}

void Timeline::tell(const Event& event, Detail detail) {
  std::visit(Teller{*this, event.at, detail}, event.what);
}

void Timeline::put(model::Instant at, std::string who, std::string what) {
  last_was_write_ = false;
  lines_.push_back({at - start_, std::move(who), std::move(what)});
}

void Timeline::add_note(model::Instant at, std::string who, std::string what) {
  put(at, std::move(who), std::move(what));
}

std::string Timeline::text(std::size_t first) const {
  std::string text;
  const std::size_t indent = kTimeWidth + 2 + kWhoWidth + 2;
  const std::size_t room = width_ > indent + 20 ? width_ - indent : 20;
  for (std::size_t i = first; i < lines_.size(); ++i) {
    const Line& line = lines_[i];
    std::string who = line.who;
    while (columns(who) < kWhoWidth) who += ' ';
    std::string head = fmt::format("{:>{}}  {}  ", clock_text(line.at), kTimeWidth, who);
    // A long name pushes its own line's text, and no other's.
    const std::size_t head_width = columns(head);
    const std::size_t own_room =
        width_ > head_width + 20 ? width_ - head_width : std::min(room, std::size_t{20});
    bool first_part = true;
    for (const std::string& part : wrap(line.what, std::min(room, own_room))) {
      text += first_part ? head : std::string(indent, ' ');
      text += part;
      text += '\n';
      first_part = false;
    }
  }
  return text;
}

}  // namespace sim::trace
