#include "model/gateway/device_proof.hpp"

#include <algorithm>
#include <initializer_list>

#include "model/base/js_string.hpp"
#include "model/crypto/payload.hpp"

namespace model::gateway {

namespace {

using policy::SignatureNormalise;
using policy::SignatureToken;
using wire::DeviceRefusal;

/// A secret as it goes into the signed text; none if it does not count as present.
std::optional<std::string> present(const std::optional<std::string>& text,
                                   const policy::Policy& policy) {
  if (!text) return std::nullopt;
  if (policy.signature_normalise == SignatureNormalise::raw_presence) return text;  // K-21, K-22
  if (js::blank(*text)) return std::nullopt;
  return std::string(js::trim(*text));
}

/// The three secrets in the order in which the policy looks for one.
std::vector<std::string> present_in_order(const wire::ConnectAuth& auth,
                                          const policy::Policy& policy) {
  const auto* second = &auth.device_token;
  const auto* third = &auth.bootstrap_token;
  if (policy.signature_token == SignatureToken::token_bootstrap_device) std::swap(second, third);
  std::vector<std::string> found;
  for (const auto* text : {&auth.token, second, third}) {
    if (auto secret = present(*text, policy)) found.push_back(std::move(*secret));
  }
  return found;
}

/// Policy `single`: more than one secret, unless they are equal (the JavaScript client sends a
/// device token twice).
bool ambiguous(const wire::ConnectAuth& auth, const policy::Policy& policy) {
  if (policy.signature_token != SignatureToken::single) return false;
  const auto found = present_in_order(auth, policy);
  return std::ranges::any_of(found, [&](const auto& secret) { return secret != found.front(); });
}

const wire::ConnectAuth& auth_of(const DeviceProofInput& input) {
  static const wire::ConnectAuth kNone;
  return input.params.auth ? *input.params.auth : kNone;
}

bool stale(Instant now, std::int64_t signed_at) {
  // signedAt is not negative (schema) but may be as large as the type: compare without overflow.
  return signed_at > now.ms ? signed_at - now.ms > kProofAgeMax.count
                            : now.ms - signed_at > kProofAgeMax.count;
}

}  // namespace

std::string signature_token(const wire::ConnectAuth& auth, const policy::Policy& policy) {
  const auto found = present_in_order(auth, policy);
  return found.empty() ? std::string() : found.front();
}

bool signature_follows_decision(const policy::Policy& policy) {
  return policy.signature_token == SignatureToken::by_method;
}

bool signature_verifies(const DeviceProofInput& input, std::string_view secret) {
  const wire::DeviceProof& device = *input.params.device;
  const wire::ClientInfo& client = input.params.client;
  const crypto::SignedFields fields{.device_id = device.id,
                                    .client_id = client.id,
                                    .client_mode = client.mode,
                                    .role = input.params.effective_role(),
                                    .scopes = input.scopes,
                                    .signed_at_ms = device.signed_at,
                                    .token = std::string(secret),
                                    .nonce = device.nonce,
                                    .platform = client.platform,
                                    .device_family = client.device_family};
  return std::ranges::any_of(
      std::initializer_list<std::string_view>{"v3", "v2"}, [&](std::string_view version) {
        return crypto::verify(device.public_key, crypto::payload(version, fields), device.signature,
                              input.cache);
      });
}

std::optional<DeviceRefusal> check_device_proof(const DeviceProofInput& input) {
  const wire::DeviceProof& device = *input.params.device;
  if (crypto::derive_device_id(device.public_key) != device.id) return DeviceRefusal::id_mismatch;
  if (stale(input.now, device.signed_at)) return DeviceRefusal::signature_expired;
  const std::string_view nonce = js::trim(device.nonce);
  if (nonce.empty()) return DeviceRefusal::nonce_required;
  if (nonce != input.nonce) return DeviceRefusal::nonce_mismatch;
  if (!signature_follows_decision(input.policy)) {
    const wire::ConnectAuth& auth = auth_of(input);
    if (ambiguous(auth, input.policy) ||
        !signature_verifies(input, signature_token(auth, input.policy))) {
      return DeviceRefusal::signature_invalid;
    }
  }
  if (!crypto::normalise_key(device.public_key)) return DeviceRefusal::public_key_invalid;
  return std::nullopt;
}

std::optional<DeviceRefusal> check_signature_of_method(const DeviceProofInput& input,
                                                       std::string_view method) {
  const wire::ConnectAuth& auth = auth_of(input);
  const auto verifies = [&](const std::optional<std::string>& secret) {
    const auto counted = present(secret, input.policy);
    return counted && signature_verifies(input, *counted);
  };
  bool good = false;
  if (method == "token") {
    good = verifies(auth.token);
  } else if (method == "bootstrap-token") {
    good = verifies(auth.bootstrap_token);
  } else if (method == "device-token") {
    const bool own_member = auth.device_token && !js::blank(*auth.device_token);
    good = verifies(own_member ? auth.device_token : auth.token);
  } else {
    good = signature_verifies(input, "") ||
           signature_verifies(input, signature_token(auth, input.policy));
  }
  return good ? std::nullopt : std::optional(DeviceRefusal::signature_invalid);
}

}  // namespace model::gateway
