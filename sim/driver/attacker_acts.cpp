// What attackers do: learn secrets, open connections, send frames of their own making.
//
// An attacker uses only what it has learned; it signs with its own key, or with one whose name the
// story gives it, and can neither forge nor guess.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "model/crypto/payload.hpp"
#include "sim/driver/verbs.hpp"

namespace sim {
namespace {

namespace js = model::js;
using model::fail;
using Done = model::Result<void>;

struct ConnectionUse {
  std::string conn;
  bool fresh = false;
};

/// The attacker's open connection under a name, or none.
std::optional<std::string> open_conn(const Story& story, const std::string& who,
                                     const std::string& name) {
  const auto mine = story.peers.find(who);
  if (mine == story.peers.end()) return std::nullopt;
  const auto peer = mine->second.find(name);
  if (peer == mine->second.end()) return std::nullopt;
  const auto link = story.run.world().links.find(peer->second.conn);
  if (link == story.run.world().links.end() || link->second->client == Link::End::closed) {
    return std::nullopt;
  }
  return peer->second.conn;
}

Done open(Story& story, const Item& step) {
  const std::string gateway = story.cast.gateway_of(step, "to");
  const std::string conn = fmt::format("{}/{}", step.by, ++story.dials[step.by]);
  model::gateway::RequestContext context = story.cast.from.at(step.by);
  if (step.has("origin")) context.headers.emplace_back("origin", step.text("origin"));
  if (const js::Value* headers = step.json("headers"); headers != nullptr && headers->is_object()) {
    for (const js::Member& header : headers->object()) {
      if (!header.value.is_string()) return fail("headers are texts");
      std::erase_if(context.headers, [&](const auto& own) { return own.first == header.name; });
      context.headers.emplace_back(header.name, header.value.string());
    }
  }
  story.peers[step.by][step.text("conn", "main")] = {conn};
  return story.act(PeerOpen{conn, gateway, std::move(context)});
}

Done knows(const Story& story, const std::string& who, const std::string& what) {
  const auto known = story.known.find(who);
  if (known != story.known.end() && known->second.contains(what)) return {};
  return fail(fmt::format("{} does not know '{}'; photograph or steal it first", who, what));
}

Done photograph(Story& story, const Item& step) {
  story.known[step.by].insert(step.text("what"));
  return {};
}

Done steal(Story& story, const Item& step) {
  const std::string victim = step.text("of");
  const auto device = story.run.world().devices.find(victim);
  if (device == story.run.world().devices.end()) return fail(fmt::format("no device {}", victim));
  const auto token =
      model::client::stored_token(*device->second->client, step.text("role", "node"), {});
  if (!token) return fail(fmt::format("{} keeps no such token", victim));
  story.secrets[step.text("as")] = *token;
  story.known[step.by].insert(step.text("as"));
  return {};
}

/// The nonce of the challenge that arrived on a connection.
std::optional<std::string> nonce_on(const Story& story, const std::string& conn) {
  const auto link = story.run.world().links.find(conn);
  if (link == story.run.world().links.end()) return std::nullopt;
  for (const Message& message : link->second->inbox) {
    if (message.kind != Message::Kind::text) continue;
    const auto frame = js::parse(*message.bytes);
    const std::string* event = frame ? js::string_member(*frame, "event") : nullptr;
    if (event == nullptr || *event != "connect.challenge") continue;
    const js::Value* payload = js::member(*frame, "payload");
    const std::string* nonce = payload == nullptr ? nullptr : js::string_member(*payload, "nonce");
    if (nonce != nullptr) return *nonce;
  }
  return std::nullopt;
}

/// The credentials of a step, as members of `auth`.
model::Result<js::Object> auth_of(const Story& story, const Item& step) {
  js::Object auth;
  if (step.has("token")) {
    auto token = story.fill(step.text("token"));
    if (!token) return std::unexpected(token.error());
    auth.set("token", *token);
  }
  if (step.has("bootstrap")) {
    const std::string code = step.text("bootstrap");
    if (auto known = knows(story, step.by, code); !known) return std::unexpected(known.error());
    const auto token = story.token_of(code);
    if (!token) return fail(fmt::format("the code '{}' was not shown yet", code));
    auth.set("bootstrapToken", *token);
  }
  if (step.has("device_token")) {
    const std::string secret = step.text("device_token");
    if (auto known = knows(story, step.by, secret); !known) return std::unexpected(known.error());
    auth.set("deviceToken", story.secrets.at(secret));
  }
  if (step.has("password")) auth.set("password", step.text("password"));
  return auth;
}

/// The credential that the signature covers (K-20: the first present one).
std::string signed_credential(const Item& step, const js::Object& auth) {
  const auto get = [&](std::string_view name) {
    const js::Value* value = auth.find(name);
    return value == nullptr ? std::string() : value->string();
  };
  const std::string sign = step.text("sign", "sent");
  if (sign == "token") return get("token");
  if (sign == "device_token") return get("deviceToken");
  if (sign == "bootstrap") return get("bootstrapToken");
  if (sign == "other") return "some-other-token";
  if (sign == "nothing") return {};
  for (const std::string_view name : {"token", "deviceToken", "bootstrapToken"}) {
    if (auth.contains(name)) return get(name);
  }
  return {};
}

Done present(Story& story, const Item& step) {
  const std::string name = step.text("conn", "main");
  if (!open_conn(story, step.by, name)) {
    if (auto opened = open(story, step); !opened) return opened;
  }
  const auto conn = open_conn(story, step.by, name);
  if (!conn) return fail(fmt::format("{} could not open a connection", step.by));
  const auto nonce = nonce_on(story, *conn);
  if (!nonce) return fail(fmt::format("no challenge has arrived on {}", *conn));
  auto auth = auth_of(story, step);
  if (!auth) return std::unexpected(auth.error());

  const std::string role = step.text("role", "node");
  const std::string client = step.text("client", role == "node" ? "openclaw-ios" : "cli");
  const std::string mode = role == "node" ? "node" : "cli";
  const std::string platform = role == "node" ? "ios" : "linux";
  js::Array scopes;
  for (const std::string& scope : step.texts("scopes")) scopes.emplace_back(scope);
  const auto& key = story.cast.keys.at(step.by);
  const model::Instant now = story.run.world().now + story.cast.skew.at(step.by);

  model::crypto::SignedFields fields;
  fields.device_id = story.cast.device_id(step.by);
  fields.client_id = client;
  fields.client_mode = mode;
  fields.role = role;
  fields.scopes = step.texts("scopes");
  fields.signed_at_ms = now.ms;
  fields.token = signed_credential(step, *auth);
  fields.nonce = *nonce;
  fields.platform = platform;
  const auto signer =
      step.has("key_of") ? model::crypto::key_pair_of_device(step.text("key_of")) : key;
  const js::Object device{
      {"id", fields.device_id},
      {"publicKey", model::crypto::spell_base64url(key.public_key)},
      {"signature", model::crypto::sign(signer, model::crypto::payload("v3", fields))},
      {"signedAt", now.ms},
      {"nonce", *nonce}};
  js::Object params{
      {"minProtocol", 3},
      {"maxProtocol", 3},
      {"client",
       js::Object{{"id", client}, {"version", "1.0"}, {"platform", platform}, {"mode", mode}}},
      {"role", role},
      {"scopes", scopes}};
  if (!auth->empty()) params.set("auth", *auth);
  params.set("device", device);
  const js::Object frame{
      {"type", "req"}, {"id", "connect"}, {"method", "connect"}, {"params", params}};
  return story.act(PeerSend{*conn, {Message::Kind::text, 0, js::dump(frame)}});
}

Done send(Story& story, const Item& step) {
  const auto conn = open_conn(story, step.by, step.text("conn", "main"));
  if (!conn) return fail(fmt::format("{} has no open connection", step.by));
  std::string bytes;
  if (const js::Value* frame = step.json("frame")) {
    auto filled = story.fill_json(*frame);
    if (!filled) return std::unexpected(filled.error());
    bytes = js::dump(*filled);
  } else {
    auto filled = story.fill(step.text("text"));
    if (!filled) return std::unexpected(filled.error());
    bytes = std::move(*filled);
  }
  return story.act(PeerSend{*conn, {Message::Kind::text, 0, std::move(bytes)}});
}

Done close(Story& story, const Item& step) {
  const auto conn = open_conn(story, step.by, step.text("conn", "main"));
  if (!conn) return fail(fmt::format("{} has no open connection", step.by));
  return story.act(PeerClose{*conn, 1000, {}});
}

constexpr auto kVerbs = std::to_array<Verb>({
    {"photograph", photograph},
    {"steal", steal},
    {"open", open},
    {"present", present},
    {"send", send},
    {"close", close},
});

}  // namespace

std::span<const Verb> attacker_verbs() { return kVerbs; }

}  // namespace sim
