// Words for telling stories about one client: a device, the frames a gateway would send it, and
// what it did.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "model/base/json.hpp"
#include "model/client/client.hpp"
#include "model/crypto/setup_code.hpp"
#include "model/wire/frame.hpp"

namespace model::client::words {

/// Names that count: "nonce#1", "nonce#2".
class CountedNames : public NameSource {
 public:
  std::string mint(NameKind kind, std::string_view whom) override {
    return fmt::format("{}/{}#{}", static_cast<int>(kind), whom, ++count_);
  }

 private:
  int count_ = 0;
};

inline policy::Policy before() { return policy::preset("2026.3.28")->policy; }
inline policy::Policy after() { return policy::preset("2026.3.31")->policy; }

/// A client with a key, a clock and what it did so far.
class Device {
 public:
  explicit Device(Client client, policy::Policy policy = after())
      : client_(std::move(client)), policy_(policy) {}

  Instant now{1'795'000'000'000};

  /// Does one step; what came out replaces what came out before.
  Outputs& hears(const Input& input) {
    out_ = step(client_, input, key_, policy_, now, names_);
    all_.insert(all_.end(), out_.begin(), out_.end());
    return out_;
  }

  /// Moves the clock to the timer's due time and lets it fire.
  Outputs& waits_for(const std::string& timer) {
    const auto running = timers(client_);
    const auto found = running.find(timer);
    EXPECT_NE(found, running.end()) << "no timer " << timer;
    if (found != running.end()) now = found->second;
    return hears(TimerDue{timer});
  }
  /// How long until a timer fires; none if it does not run.
  std::optional<std::int64_t> due_in(const std::string& timer) const {
    const auto running = timers(client_);
    const auto found = running.find(timer);
    if (found == running.end()) return std::nullopt;
    return (found->second - now).count;
  }

  // A gateway's side of a connection.
  Outputs& is_challenged(const Channel& channel = "main", const std::string& nonce = "n-1") {
    return hears(
        Received{channel, R"({"type":"event","event":"connect.challenge","payload":{"nonce":")" +
                              nonce + R"(","ts":1}})"});
  }
  /// The socket opens and the challenge comes; the connect request goes out.
  Outputs& reaches(const Channel& channel = "main", const std::string& certificate = {}) {
    hears(Opened{channel, certificate});
    return is_challenged(channel);
  }
  /// hello-ok, with a device token if one is given.
  Outputs& is_welcomed(const Channel& channel = "main", const std::string& token = {},
                       const std::string& role = {}) {
    js::Object hello{{"type", "hello-ok"}, {"protocol", 3}};
    if (!token.empty()) {
      js::Object auth{{"deviceToken", token}};
      if (!role.empty()) auth.set("role", role);
      auth.set("scopes", js::Array{});
      hello.set("auth", std::move(auth));
    }
    hello.set("policy", js::Object{{"tickIntervalMs", 30'000}});
    return hears(Received{channel, wire::write_response(connect_id(channel), js::Value(hello))});
  }
  /// An error response, without the close that follows it.
  Outputs& is_refused(const Channel& channel, const std::string& message, const std::string& code,
                      js::Object details = {}) {
    details.set("code", code);
    const js::Value error = js::Object{
        {"code", "INVALID_REQUEST"}, {"message", message}, {"details", std::move(details)}};
    return hears(Received{channel, wire::write_error(connect_id(channel), error)});
  }
  Outputs& must_pair(const Channel& channel = "main") {
    return is_refused(channel, "pairing required", "PAIRING_REQUIRED", {{"requestId", "r-1"}});
  }
  Outputs& has_bad_bootstrap_token(const Channel& channel = "main") {
    return is_refused(channel,
                      "unauthorized: bootstrap token invalid or expired (scan a fresh setup code)",
                      "AUTH_BOOTSTRAP_TOKEN_INVALID");
  }
  Outputs& has_bad_token(const Channel& channel = "main") {
    return is_refused(
        channel, "unauthorized: gateway token mismatch (provide gateway auth token)",
        "AUTH_TOKEN_MISMATCH",
        {{"canRetryWithDeviceToken", true}, {"recommendedNextStep", "retry_with_device_token"}});
  }

  // What it did.
  template <class T>
  std::vector<T> did() const {
    std::vector<T> found;
    for (const Output& output : out_) {
      if (const T* it = std::get_if<T>(&output)) found.push_back(*it);
    }
    return found;
  }
  std::vector<Note> notes(NoteKind kind) const { return select(out_, kind); }
  std::vector<Note> all_notes(NoteKind kind) const { return select(all_, kind); }
  /// Details of the notes of one kind in the last step.
  std::vector<std::string> told(NoteKind kind) const {
    std::vector<std::string> details;
    for (const Note& note : notes(kind)) details.push_back(note.detail);
    return details;
  }
  /// The connect parameters that a channel sent last, as the gateway's own reader takes them.
  wire::ConnectParams connect_sent(const Channel& channel = "main") const {
    const auto frame = last_request(channel, "connect");
    const auto params = wire::read_connect_params(frame.params);
    EXPECT_TRUE(params.has_value()) << (params ? "" : params.error().message);
    return params.value_or(wire::ConnectParams{});
  }
  wire::ConnectAuth auth_sent(const Channel& channel = "main") const {
    return connect_sent(channel).auth.value_or(wire::ConnectAuth{});
  }
  std::string connect_id(const Channel& channel) const {
    return last_request(channel, "connect").id;
  }
  wire::RequestFrame last_request(const Channel& channel, const std::string& method) const {
    wire::RequestFrame last;
    for (const Output& output : all_) {
      const auto* sent = std::get_if<Send>(&output);
      if (sent == nullptr || sent->channel != channel) continue;
      const auto read = wire::read_request(sent->text);
      const auto* frame = std::get_if<wire::RequestFrame>(&read);
      if (frame != nullptr && frame->method == method) last = *frame;
    }
    return last;
  }
  std::string state(const Channel& channel = "main") const {
    return session_state(client_, channel);
  }

  Client& client() { return client_; }
  const Client& client() const { return client_; }
  IosApp& app() { return std::get<IosApp>(client_.program); }
  JsClient& js() { return std::get<JsClient>(client_.program); }
  policy::Policy& policy() { return policy_; }
  const crypto::KeyPair& key() const { return key_; }
  std::string device_id() const { return crypto::device_id(key_.public_key); }

 private:
  static std::vector<Note> select(const Outputs& outputs, NoteKind kind) {
    std::vector<Note> found;
    for (const Output& output : outputs) {
      const auto* note = std::get_if<Note>(&output);
      if (note != nullptr && note->kind == kind) found.push_back(*note);
    }
    return found;
  }

  Client client_;
  policy::Policy policy_;
  crypto::KeyPair key_ = crypto::key_pair_of_device("phone");
  CountedNames names_;
  Outputs out_, all_;
};

inline Device computer(JsOptions options) {
  return Device(Client{JsClient{.options = std::move(options), .durable = {}, .memory = {}}});
}
inline Device phone(policy::Policy policy = after()) { return Device(Client{IosApp{}}, policy); }

inline std::string setup_code(std::string_view bootstrap_token = "B",
                              std::string_view url = "wss://gw.example:18789") {
  return crypto::encode_setup_code({.url = std::string(url),
                                    .bootstrap_token = std::string(bootstrap_token),
                                    .expires_at = std::nullopt});
}

/// Scans a code, reads the certificate and trusts it: the loops have just started.
inline void scans_and_trusts(Device& phone, std::string_view bootstrap_token = "B",
                             std::string_view url = "wss://gw.example:18789",
                             const std::string& certificate = "aa11") {
  phone.hears(Scan{setup_code(bootstrap_token, url)});
  phone.hears(Opened{"probe", certificate});
  phone.hears(TapTrust{true});
}

/// Puts a device token into the phone's store, as an earlier hello-ok would have.
inline void has_stored(Device& phone, const std::string& token, const std::string& role = "node",
                       const std::string& gateway = {}) {
  phone.app().durable.tokens.store(phone.policy().token_scope, ScopeForm::trimmed,
                                   phone.device_id(), gateway, {token, role, {}, phone.now});
}

inline std::vector<Channel> dialled(const Device& device) {
  std::vector<Channel> channels;
  for (const Dial& dial : device.did<Dial>()) channels.push_back(dial.channel);
  return channels;
}

inline constexpr std::string_view kUrl = "wss://gw.example:18789";
inline constexpr std::string_view kStableId = "manual|gw.example|18789";
inline constexpr std::string_view kCertificate = "aa11";

}  // namespace model::client::words
