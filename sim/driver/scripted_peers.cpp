#include "sim/driver/scripted_peers.hpp"

#include <fmt/format.h>

#include <utility>

#include "model/base/check.hpp"
#include "sim/driver/vector_connect.hpp"

namespace sim {

namespace js = model::js;

namespace {

/// Ids of the answers that nodes give by themselves. No recorded frame carries one.
constexpr std::string_view kAnswerId = "\x01node-answer-";

/// Answers to answers would go round for ever if a gateway asked again; no story comes near.
constexpr int kRoundsMax = 1000;

}  // namespace

ScriptedPeers::ScriptedPeers(Run& run, std::string process)
    : run_(run), process_(std::move(process)) {
  run_.after_action = [this](const World&, const Step& step) {
    for (const Event& event : step.events) {
      const auto* delivered = std::get_if<Delivered>(&event.what);
      if (delivered != nullptr && !delivered->up) arrived(delivered->conn, delivered->message);
    }
  };
}

ScriptedPeers::~ScriptedPeers() { run_.after_action = nullptr; }

bool ScriptedPeers::is_open(const std::string& conn) const {
  const auto key = key_of_name_.find(conn);
  return key != key_of_name_.end() && peers_.at(key->second).open;
}

std::string ScriptedPeers::key_of(const std::string& conn) const {
  const auto key = key_of_name_.find(conn);
  return key == key_of_name_.end() ? std::string() : key->second;
}

std::string ScriptedPeers::nonce_of(std::string_view conn) const {
  const auto key = key_of_name_.find(std::string(conn));
  return key == key_of_name_.end() ? std::string() : peers_.at(key->second).nonce;
}

std::optional<int> ScriptedPeers::refused(const std::string& conn) const {
  const auto key = key_of_name_.find(conn);
  if (key == key_of_name_.end() || peers_.at(key->second).refused == 0) return std::nullopt;
  return peers_.at(key->second).refused;
}

model::Result<void> ScriptedPeers::open(const std::string& conn,
                                        model::gateway::RequestContext context) {
  CHECK(!is_open(conn));
  const std::string key = fmt::format("{}/{}", conn, ++opened_[conn]);
  key_of_name_[conn] = key;
  peers_[key] = Peer{.name = conn};
  if (auto done = run_.perform(PeerOpen{key, process_, std::move(context)}); !done) return done;
  return settle();
}

model::Result<void> ScriptedPeers::send(const std::string& conn, Message message) {
  CHECK(is_open(conn));
  if (auto done = run_.perform(PeerSend{key_of(conn), std::move(message)}); !done) return done;
  return settle();
}

model::Result<void> ScriptedPeers::hang_up(const std::string& conn) {
  CHECK(is_open(conn));
  const std::string key = key_of(conn);
  peers_.at(key).open = false;
  if (auto done = run_.perform(PeerClose{.conn = key, .code = 1000}); !done) return done;
  return settle();
}

model::Result<void> ScriptedPeers::settle() {
  for (int round = 0; round < kRoundsMax; ++round) {
    if (auto done = run_.to_rest(); !done) return done;
    if (answers_.empty()) return {};
    for (auto& [key, text] : std::exchange(answers_, {})) {
      if (!peers_.at(key).open) continue;
      const Message answer{.kind = Message::Kind::text, .bytes = std::move(text)};
      if (auto done = run_.perform(PeerSend{key, answer}); !done) return done;
    }
  }
  return model::fail("the gateway asks nodes again and again without time passing");
}

std::vector<Arrival> ScriptedPeers::take() { return std::exchange(arrivals_, {}); }

void ScriptedPeers::arrived(const std::string& key, const Message& message) {
  const auto at = peers_.find(key);
  if (at == peers_.end()) return;
  Peer& peer = at->second;
  const bool was_open = peer.open;
  std::optional<js::Value> frame;
  switch (message.kind) {
    case Message::Kind::upgrade:
      return;
    case Message::Kind::accepted:
      peer.open = true;
      return;
    case Message::Kind::refused:
      peer.refused = message.code;
      return;
    case Message::Kind::close:
    case Message::Kind::cut:
      peer.open = false;
      break;
    case Message::Kind::text:
    case Message::Kind::binary:
      if (auto parsed = js::parse(*message.bytes)) frame = std::move(*parsed);
      break;
  }
  if (!was_open) return;  // this side has hung up
  if (frame && keep_private(key, peer, *frame)) return;
  arrivals_.push_back({peer.name, key, message, std::move(frame)});
}

/// Notes a challenge's nonce; true for what belongs to answering a node command.
bool ScriptedPeers::keep_private(const std::string& key, Peer& peer, const js::Value& frame) {
  if (const std::string* id = js::string_member(frame, "id")) {
    if (id->starts_with(kAnswerId)) return true;
  }
  const std::string* event = js::string_member(frame, "event");
  const js::Value* payload = js::member(frame, "payload");
  if (event == nullptr || payload == nullptr) return false;
  if (*event == "connect.challenge") {
    if (const std::string* nonce = js::string_member(*payload, "nonce")) peer.nonce = *nonce;
    return false;
  }
  if (*event != "node.invoke.request") return false;
  js::Object params;
  for (const std::string_view name : {"id", "nodeId"}) {
    if (const js::Value* value = js::member(*payload, name)) params.set(name, *value);
  }
  params.set("ok", true);
  const js::Value* command = js::member(*payload, "command");
  params.set("payload", js::Object{{"handled", command == nullptr ? js::Value() : *command}});
  answers_.emplace_back(key, request_frame(fmt::format("{}{}", kAnswerId, ++peer.answers),
                                           "node.invoke.result", js::Value(std::move(params))));
  return true;
}

}  // namespace sim
