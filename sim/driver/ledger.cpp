#include "sim/driver/ledger.hpp"

#include <algorithm>

namespace sim {
namespace {

namespace js = model::js;

std::string text_member(const js::Value* object, std::string_view name) {
  const std::string* text = object == nullptr ? nullptr : js::string_member(*object, name);
  return text == nullptr ? std::string() : *text;
}

std::string id_of(const js::Value& frame) {
  const js::Value* id = js::member(frame, "id");
  return id == nullptr ? std::string() : js::dump(*id);
}

}  // namespace

std::string peer_of(std::string_view conn) { return std::string(conn.substr(0, conn.rfind('/'))); }

std::string Ledger::role_of(const std::string& conn) const {
  const auto found = role_of_.find(conn);
  return found == role_of_.end() ? std::string() : found->second;
}

void Ledger::update(const World& world, const Step& step) {
  ++actions_;
  for (const Event& event : step.events) {
    if (const auto* sent = std::get_if<Sent>(&event.what)) {
      if (sent->up && sent->message.kind == Message::Kind::text) {
        sent_up(world, sent->conn, *sent->message.bytes);
      }
    } else if (const auto* delivered = std::get_if<Delivered>(&event.what)) {
      if (!delivered->up) received(world, delivered->conn, delivered->message);
    } else if (const auto* written = std::get_if<FileWritten>(&event.what)) {
      writes.push_back({actions_, written->disk, written->path});
    } else if (const auto* fact = std::get_if<GatewayFact>(&event.what)) {
      using model::gateway::FactKind;
      const auto kind = fact->fact.kind;
      if (kind == FactKind::token_issued || kind == FactKind::token_rotated ||
          kind == FactKind::hello_sent || kind == FactKind::device_token_verified) {
        if (!fact->fact.token.empty()) device_tokens_.insert(fact->fact.token);
      }
      facts.push_back({actions_, fact->process, fact->fact});
    } else if (const auto* note = std::get_if<ClientNote>(&event.what)) {
      using model::client::NoteKind;
      if (note->note.kind == NoteKind::status) status[note->device] = note->note.detail;
      if (note->note.kind == NoteKind::trust_asked) trust_asked.push_back(note->device);
    } else if (const auto* answer = std::get_if<CommandAnswered>(&event.what)) {
      const auto process = world.processes.find(answer->process);
      // A tool's process may be gone with its command.
      std::string disk =
          process == world.processes.end() ? disk_of_tool_[answer->process] : process->second->disk;
      told.push_back({actions_, answer->process, std::move(disk), answer->answer});
    }
  }
  for (const auto& [name, process] : world.processes) {
    if (process->tool) disk_of_tool_[name] = process->disk;
  }
}

void Ledger::sent_up(const World&, const std::string& conn, const std::string& text) {
  const auto frame = js::parse(text);
  if (!frame || text_member(&*frame, "type") != "req") return;
  const std::string method = text_member(&*frame, "method");
  method_of_[{conn, id_of(*frame)}] = method;
  if (method != "connect") return;
  const js::Value* params = js::member(*frame, "params");
  const js::Value* auth = params == nullptr ? nullptr : js::member(*params, "auth");
  std::string role = text_member(params, "role");
  if (role.empty()) role = "operator";  // the gateway's default
  std::string sent = "nothing";
  const std::string token = text_member(auth, "token");
  if (!token.empty()) {
    sent = device_tokens_.contains(token) ? "device_token" : "shared_token";
  } else if (!text_member(auth, "deviceToken").empty()) {
    sent = "device_token";
  } else if (!text_member(auth, "bootstrapToken").empty()) {
    sent = "bootstrap";
  } else if (!text_member(auth, "password").empty()) {
    sent = "password";
  }
  role_of_[conn] = role;
  attempts.push_back({actions_, conn, peer_of(conn), role, sent});
}

void Ledger::received(const World&, const std::string& conn, const Message& message) {
  const std::string who = peer_of(conn);
  switch (message.kind) {
    case Message::Kind::close:
      closes.push_back({actions_, conn, who, message.code, *message.bytes});
      return;
    case Message::Kind::cut:
      closes.push_back({actions_, conn, who, 1006, {}});
      return;
    case Message::Kind::refused:
      closes.push_back({actions_, conn, who, message.code, *message.bytes});
      return;
    case Message::Kind::text:
      break;
    default:
      return;
  }
  const auto frame = js::parse(*message.bytes);
  if (!frame) return;
  const std::string type = text_member(&*frame, "type");
  const js::Value* payload = js::member(*frame, "payload");
  if (type == "event") {
    events.push_back({actions_, who, text_member(&*frame, "event"),
                      payload == nullptr ? js::Value() : *payload});
    return;
  }
  if (type != "res") return;
  const js::Value* ok = js::member(*frame, "ok");
  const bool accepted = ok != nullptr && ok->is_bool() && ok->boolean();
  const js::Value* error = js::member(*frame, "error");
  const auto method = method_of_.find({conn, id_of(*frame)});
  const std::string name = method == method_of_.end() ? std::string() : method->second;
  if (method != method_of_.end()) method_of_.erase(method);
  const bool hello = text_member(payload, "type") == "hello-ok";
  if (accepted && hello) {
    const js::Value* auth = js::member(*payload, "auth");
    const std::string token = text_member(auth, "deviceToken");
    if (!token.empty()) device_tokens_.insert(token);
    hellos.push_back({actions_, conn, who, role_of(conn), auth == nullptr ? js::Value() : *auth});
    return;
  }
  if (!accepted && (name == "connect" || name.empty())) {
    const js::Value* details = error == nullptr ? nullptr : js::member(*error, "details");
    std::string code = text_member(details, "code");
    if (code.empty()) code = text_member(error, "code");
    refusals.push_back({actions_, conn, who, role_of(conn), std::move(code),
                        text_member(error, "message"), text_member(details, "requestId")});
    return;
  }
  const js::Value* result = accepted ? payload : error;
  answers.push_back({actions_, who, name, accepted, result == nullptr ? js::Value() : *result});
}

}  // namespace sim
