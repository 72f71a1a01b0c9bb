// Events as JSON: what digests cover and what recordings hold.
#include <string_view>

#include <fmt/format.h>

#include "model/base/js_string.hpp"
#include "sim/world/event.hpp"

namespace sim {
namespace {

namespace js = model::js;

std::string_view name_of(Message::Kind kind) {
  switch (kind) {
    case Message::Kind::upgrade:
      return "upgrade";
    case Message::Kind::accepted:
      return "accepted";
    case Message::Kind::refused:
      return "refused";
    case Message::Kind::text:
      return "text";
    case Message::Kind::binary:
      return "binary";
    case Message::Kind::close:
      return "close";
    case Message::Kind::cut:
      return "cut";
  }
  return "unknown";
}

std::string_view name_of(model::client::NoteKind kind) {
  using enum model::client::NoteKind;
  switch (kind) {
    case status:
      return "status";
    case credential_sent:
      return "credential_sent";
    case credential_stored:
      return "credential_stored";
    case credential_cleared:
      return "credential_cleared";
    case session_open:
      return "session_open";
    case session_lost:
      return "session_lost";
    case refused:
      return "refused";
    case waiting:
      return "waiting";
    case stopped:
      return "stopped";
    case trust_asked:
      return "trust_asked";
    case answer:
      return "answer";
  }
  return "unknown";
}

std::string_view name_of(model::gateway::HostCommandKind kind) {
  using enum model::gateway::HostCommandKind;
  switch (kind) {
    case issue_code:
      return "issue_code";
    case revoke_code:
      return "revoke_code";
    case cleanup_codes:
      return "cleanup_codes";
    case approve_direct:
      return "approve_direct";
    case approve_chat:
      return "approve_chat";
  }
  return "unknown";
}

/// Bytes as a text where they are one, else as hex under another name: JSON holds texts only.
void add_bytes(js::Object& object, std::string_view name, const std::string& bytes) {
  if (model::js::valid_utf8(bytes)) {
    object.set(name, bytes);
    return;
  }
  std::string hex;
  for (const char byte : bytes) hex += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  object.set(fmt::format("{}Hex", name), hex);
}

void add_text(js::Object& object, std::string_view name, const std::string& text) {
  if (!text.empty()) add_bytes(object, name, text);
}

void add_message(js::Object& object, const std::string& conn, bool up, const Message& message) {
  object.set("conn", conn);
  object.set("way", up ? "up" : "down");
  object.set("message", name_of(message.kind));
  if (message.code != 0) object.set("code", message.code);
  add_text(object, "bytes", *message.bytes);
}

struct Describe {
  js::Object& object;

  void operator()(const Sent& e) const {
    object.set("kind", "sent");
    add_message(object, e.conn, e.up, e.message);
  }
  void operator()(const Delivered& e) const {
    object.set("kind", "delivered");
    add_message(object, e.conn, e.up, e.message);
  }
  void operator()(const FileWritten& e) const {
    object.set("kind", "file_written");
    object.set("disk", e.disk);
    object.set("path", e.path);
    add_bytes(object, "content", *e.content);
  }
  void operator()(const GatewayFact& e) const {
    const model::gateway::Fact& fact = e.fact;
    object.set("kind", "fact");
    object.set("process", e.process);
    object.set("fact", model::gateway::name_of(fact.kind));
    add_text(object, "conn", fact.conn);
    add_text(object, "deviceId", fact.device_id);
    add_text(object, "publicKey", fact.public_key);
    add_text(object, "role", fact.role);
    add_text(object, "token", fact.token);
    add_text(object, "requestId", fact.request_id);
    add_text(object, "detail", fact.detail);
    js::Array scopes;
    for (const std::string& scope : fact.scopes) scopes.emplace_back(scope);
    if (!scopes.empty()) object.set("scopes", std::move(scopes));
  }
  void operator()(const ClientNote& e) const {
    const model::client::Note& note = e.note;
    object.set("kind", "note");
    object.set("device", e.device);
    object.set("note", name_of(note.kind));
    add_text(object, "channel", note.channel);
    add_text(object, "detail", note.detail);
    add_text(object, "secret", note.secret);
    add_text(object, "gateway", note.gateway);
    add_text(object, "requestId", note.request_id);
    if (!note.payload.is_null()) object.set("payload", note.payload);
  }
  void operator()(const CommandAnswered& e) const {
    const model::gateway::HostAnswer& answer = e.answer;
    object.set("kind", "command");
    object.set("process", e.process);
    object.set("command", name_of(answer.kind));
    add_text(object, "label", answer.label);
    object.set("ok", answer.ok);
    add_text(object, "token", answer.token);
    if (answer.expires_at_ms != 0) object.set("expiresAtMs", answer.expires_at_ms);
    if (answer.count != 0) object.set("count", answer.count);
    add_text(object, "text", answer.text);
  }
  void operator()(const ProcessChanged& e) const {
    object.set("kind", "process");
    object.set("process", e.process);
    object.set("what", e.what);
  }
  void operator()(const TimeMoved& e) const {
    object.set("kind", "time");
    object.set("by", e.by.count);
  }
  void operator()(const FaultHappened& e) const {
    object.set("kind", "fault");
    object.set("what", e.what);
  }
  void operator()(const Did& e) const {
    object.set("kind", "did");
    object.set("who", e.who);
    object.set("what", e.what);
  }
};

}  // namespace

js::Value to_json(const Event& event, model::Instant start) {
  js::Object object;
  object.set("at", (event.at - start).count);
  std::visit(Describe{object}, event.what);
  return object;
}

}  // namespace sim
