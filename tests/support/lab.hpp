// A small world for tests: one gateway "gw" on disk "home", scripted peers, and words for what they
// do.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/crypto/identity.hpp"
#include "model/crypto/payload.hpp"
#include "model/wire/connect_params.hpp"
#include "model/wire/frame.hpp"
#include "sim/driver/run.hpp"
#include "sim/world/setup.hpp"
#include "sim/world/world.hpp"

namespace tests {

/// What a peer shows and asks for.
struct Asking {
  std::string device;  ///< empty: no device identity
  std::string role = "operator";
  std::vector<std::string> scopes = {};
  std::optional<std::string> token = {}, bootstrap = {}, device_token = {};
  std::string client_id = "gateway-client", mode = "backend";
  std::vector<std::string> commands = {};
};

inline model::policy::Policy release(const char* name) {
  return model::policy::preset(name).value().policy;
}

class Lab {
 public:
  explicit Lab(const char* revision = "2026.3.31", std::uint64_t seed = 1,
               model::Instant start = {1'795'000'000'000})
      : run(world_with_gateway(revision, seed, start)) {}
  explicit Lab(sim::World world) : run(std::move(world)) {}

  sim::Run run;

  static model::gateway::Config config() {
    model::gateway::Config config;
    config.auth.mode = model::gateway::AuthMode::token;
    config.auth.token = "shared-secret-token";
    return config;
  }
  static sim::World world_with_gateway(const char* revision, std::uint64_t seed = 1,
                                       model::Instant start = {1'795'000'000'000}) {
    sim::World world = sim::empty_world(seed, start);
    sim::add_gateway(world, "gw", "home", config(), release(revision), "gw.example:18789", "");
    return world;
  }
  static model::gateway::RequestContext local() {
    return {"127.0.0.1", {{"Host", "127.0.0.1:18789"}}};
  }
  static model::gateway::RequestContext remote() {
    return {"203.0.113.10", {{"Host", "gw:18789"}}};
  }

  void must(const sim::Action& action) {
    const auto done = run.perform(action);
    ASSERT_TRUE(done) << done.error().message;
  }
  void rest() {
    const auto done = run.to_rest();
    ASSERT_TRUE(done) << done.error().message;
  }
  void pass(std::int64_t ms) {
    const auto done = run.pass(model::Millis{ms});
    ASSERT_TRUE(done) << done.error().message;
  }
  /// Does the enabled action with this key.
  void choose(const std::string& key) {
    const auto action = run.find_enabled(key);
    ASSERT_TRUE(action) << action.error().message;
    must(*action);
  }

  /// Opens a connection and lets the challenge arrive.
  void open(const std::string& conn, const model::gateway::RequestContext& from = remote(),
            const std::string& process = "gw") {
    must(sim::PeerOpen{conn, process, from});
    rest();
  }
  void send(const std::string& conn, const std::string& text) {
    must(sim::PeerSend{conn, {sim::Message::Kind::text, 0, text}});
  }
  /// Issues a bootstrap token with the default profile.
  std::string issue() {
    must(sim::RunHostCommand{"gw",
                             {.kind = model::gateway::HostCommandKind::issue_code, .label = "B"}});
    rest();
    std::string token;
    for (const sim::Step& step : run.steps()) {
      for (const sim::Event& event : step.events) {
        if (const auto* told = std::get_if<sim::CommandAnswered>(&event.what)) {
          token = told->answer.token;
        }
      }
    }
    return token;
  }

  [[nodiscard]] std::string nonce_of(const std::string& conn) const {
    for (const sim::Message& message : run.world().links.at(conn)->inbox) {
      if (message.kind != sim::Message::Kind::text) continue;
      const auto frame = model::js::parse(*message.bytes);
      if (!frame) continue;
      if (const auto* payload = model::js::member(*frame, "payload")) {
        if (const auto* nonce = model::js::string_member(*payload, "nonce")) return *nonce;
      }
    }
    return {};
  }

  /// A correct connect frame for this connection's challenge.
  [[nodiscard]] std::string connect_frame(const std::string& conn, const Asking& asking,
                                          const std::string& id = "connect") const {
    model::wire::ConnectParams params;
    params.client = {
        .id = asking.client_id, .version = "1", .platform = "linux", .mode = asking.mode};
    params.role = asking.role;
    params.scopes = asking.scopes;
    if (!asking.commands.empty()) params.commands = asking.commands;
    model::wire::ConnectAuth auth;
    auth.token = asking.token;
    auth.bootstrap_token = asking.bootstrap;
    auth.device_token = asking.device_token;
    if (auth.token || auth.bootstrap_token || auth.device_token) params.auth = auth;
    if (!asking.device.empty()) {
      const auto key = model::crypto::key_pair_of_device(asking.device);
      model::wire::DeviceProof proof;
      proof.id = model::crypto::device_id(key.public_key);
      proof.public_key = model::crypto::spell_base64url(key.public_key);
      proof.signed_at = run.world().now.ms;
      proof.nonce = nonce_of(conn);
      const std::string secret = asking.token          ? *asking.token
                                 : asking.device_token ? *asking.device_token
                                 : asking.bootstrap    ? *asking.bootstrap
                                                       : "";
      proof.signature =
          model::crypto::sign(key, model::crypto::payload("v3", {.device_id = proof.id,
                                                                 .client_id = asking.client_id,
                                                                 .client_mode = asking.mode,
                                                                 .role = asking.role,
                                                                 .scopes = asking.scopes,
                                                                 .signed_at_ms = proof.signed_at,
                                                                 .token = secret,
                                                                 .nonce = proof.nonce,
                                                                 .platform = "linux",
                                                                 .device_family = std::nullopt}));
      params.device = proof;
    }
    return model::wire::write(
        model::wire::RequestFrame{id, "connect", model::wire::to_json(params)});
  }
  void connect(const std::string& conn, const Asking& asking) {
    send(conn, connect_frame(conn, asking));
  }

  /// Response frames that arrived, in order.
  [[nodiscard]] std::vector<model::js::Value> responses(const std::string& conn) const {
    std::vector<model::js::Value> found;
    for (const sim::Message& message : run.world().links.at(conn)->inbox) {
      if (message.kind != sim::Message::Kind::text) continue;
      const auto frame = model::js::parse(*message.bytes);
      if (frame && *model::js::string_member(*frame, "type") == "res") found.push_back(*frame);
    }
    return found;
  }
  [[nodiscard]] static bool ok(const model::js::Value& response) {
    return model::js::member(response, "ok")->boolean();
  }
  [[nodiscard]] static std::string message_of(const model::js::Value& response) {
    return *model::js::string_member(*model::js::member(response, "error"), "message");
  }
  /// The close that arrived: "1008 pairing required"; empty if none did.
  [[nodiscard]] std::string closed(const std::string& conn) const {
    for (const sim::Message& message : run.world().links.at(conn)->inbox) {
      if (message.kind == sim::Message::Kind::close) {
        return std::to_string(message.code) + " " + *message.bytes;
      }
      if (message.kind == sim::Message::Kind::cut) return "1006 ";
    }
    return {};
  }
  /// A store file, parsed; an empty object if it is missing.
  [[nodiscard]] model::js::Value file(const std::string& path) const {
    const auto& files = run.world().disks.at("home")->files;
    const auto found = files.find(path);
    if (found == files.end()) return model::js::Object();
    return model::js::parse(*found->second.content).value();
  }
  /// Device token that the first successful answer on this connection delivered.
  [[nodiscard]] std::string delivered(const std::string& conn) const {
    for (const auto& response : responses(conn)) {
      if (!ok(response)) continue;
      const auto* payload = model::js::member(response, "payload");
      const auto* auth = payload == nullptr ? nullptr : model::js::member(*payload, "auth");
      if (auth != nullptr) return *model::js::string_member(*auth, "deviceToken");
    }
    return {};
  }
};

}  // namespace tests
