// Words for tests of the checks before pairing: one connect after the other against one gateway,
// with a bootstrap store and a device store that know one good token each.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/crypto/identity.hpp"
#include "model/crypto/payload.hpp"
#include "model/gateway/credentials.hpp"
#include "model/gateway/device_proof.hpp"
#include "model/gateway/missing_device.hpp"
#include "model/gateway/shared_auth.hpp"

namespace model::gateway::test {

inline const policy::Policy kAfter = policy::preset("2026.3.31").value().policy;
inline const policy::Policy kBefore = policy::preset("2026.3.28").value().policy;

inline constexpr std::string_view kNonce = "3f0c2a6e-7b1d-4c55-9a0e-2d6f8b7c1e90";
inline const crypto::KeyPair kDevice = crypto::key_pair_of_device("D0");

/// What one connect shows. S is the right shared token, P the right password, D the right device
/// token, B the right bootstrap token; whatever else is wrong.
struct Shown {
  std::optional<std::string> token, bootstrap, device_token, password;
  std::optional<std::string> signed_secret;  ///< none: as K-20 asks for
  bool with_device = true;
  std::string role = "node";
  std::vector<std::string> scopes;
  std::string client_id = "openclaw-ios";
  std::string client_mode = "node";
};

/// What came of it.
struct Told {
  std::string result;              ///< "ok by METHOD", or the reason of the refusal
  std::vector<std::string> asked;  ///< "bootstrap", "device token": which stores were asked
  std::vector<std::string> scopes;
};

class Story {
 public:
  explicit Story(const policy::Policy& policy) : policy_(policy) {
    config.auth = {.mode = AuthMode::token, .token = "S", .password = "P"};
    context.peer_address = "203.0.113.9";
  }

  Config config;
  RequestContext context;
  Instant now{1'774'958'400'000};

  /// The steps G-12 ... G-29 in the order of the handshake.
  Told connect(const Shown& shown) {
    const wire::ConnectParams params = params_of(shown);
    Told told{.scopes = shown.scopes};
    const StartedAuth started = started_auth(config.auth);
    const bool has_device = device_in_use(params, config) != nullptr;
    if (config.auth.rate_limit && !limiter_) limiter_ = normal_limiter(config);
    Limiter* limiter = limiter_ ? &*limiter_ : nullptr;
    AuthState auth = authenticate_shared({.config = config,
                                          .started = started,
                                          .policy = policy_,
                                          .context = context,
                                          .presented = *params.auth,
                                          .has_device = has_device,
                                          .now = now},
                                         limiter);
    const MissingDeviceInput missing{.params = params,
                                     .config = config,
                                     .mode = started.mode,
                                     .auth = auth,
                                     .local = is_local(context, config, policy_)};
    if (clears_scopes(missing, policy_)) told.scopes.clear();
    switch (decide_missing_device(missing)) {
      case MissingDevice::go_on:
        break;
      case MissingDevice::refuse_control_ui:
        return refused(told, "control ui requires device identity");
      case MissingDevice::refuse_not_paired:
        return refused(told, "device identity required");
      case MissingDevice::refuse_unauthorized:
        return refused(told, auth.reason);
    }
    if (has_device && check_device_proof({.params = params,
                                          .scopes = shown.scopes,
                                          .nonce = kNonce,
                                          .now = now,
                                          .policy = policy_})) {
      return refused(told, "device proof");
    }
    const std::string ip = limiter_ip(context, config);
    const Counting counting{.limiter = limiter, .ip = ip, .now = now};
    if (const auto token = bootstrap_to_verify(auth, policy_, counting)) {
      told.asked.emplace_back("bootstrap");
      bootstrap_answered(auth, *token == "B", policy_, counting);
    }
    if (const auto token = device_token_to_verify(auth, counting)) {
      told.asked.emplace_back("device token");
      device_token_answered(auth, *token == "D", *params.auth, policy_, counting);
    }
    told.result = auth.ok ? "ok by " + auth.method : auth.reason;
    return told;
  }

  /// A correct request with a correct proof.
  [[nodiscard]] wire::ConnectParams params_of(const Shown& shown) const {
    wire::ConnectParams params;
    params.client = {
        .id = shown.client_id, .version = "1", .platform = "iOS", .mode = shown.client_mode};
    params.role = shown.role;
    params.scopes = shown.scopes;
    params.auth = wire::ConnectAuth{.token = shown.token,
                                    .bootstrap_token = shown.bootstrap,
                                    .device_token = shown.device_token,
                                    .password = shown.password};
    if (!shown.with_device) return params;
    wire::DeviceProof device{.id = crypto::device_id(kDevice.public_key),
                             .public_key = crypto::spell_base64url(kDevice.public_key),
                             .signed_at = now.ms,
                             .nonce = std::string(kNonce)};
    const std::string secret = shown.signed_secret.value_or(signature_token(*params.auth, policy_));
    device.signature =
        crypto::sign(kDevice, crypto::payload("v3", {.device_id = device.id,
                                                     .client_id = shown.client_id,
                                                     .client_mode = shown.client_mode,
                                                     .role = shown.role,
                                                     .scopes = shown.scopes,
                                                     .signed_at_ms = now.ms,
                                                     .token = secret,
                                                     .nonce = device.nonce,
                                                     .platform = "iOS"}));
    params.device = device;
    return params;
  }

 private:
  static Told refused(Told told, std::string why) {
    told.result = std::move(why);
    return told;
  }

  policy::Policy policy_;
  std::optional<Limiter> limiter_;
};

}  // namespace model::gateway::test
