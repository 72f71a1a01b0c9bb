// Is the device what it says: key, age, nonce and signature (docs/protocol/gateway.md section 5,
// crypto.md sections 2 to 4)?
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/time.hpp"
#include "model/crypto/signature_cache.hpp"
#include "model/policy/policy.hpp"
#include "model/wire/connect_params.hpp"
#include "model/wire/errors.hpp"

namespace model::gateway {

/// How far `signedAt` may be from the gateway's clock, either way, inclusive (K-24).
inline constexpr Millis kProofAgeMax{120'000};

/// What the checks look at.
struct DeviceProofInput {
  const wire::ConnectParams& params;       ///< with a device
  const std::vector<std::string>& scopes;  ///< of the request (K-13)
  std::string_view nonce;                  ///< of this connection's challenge
  Instant now;                             ///< when the check runs (K-25)
  const policy::Policy& policy;
  crypto::SignatureCache* cache = nullptr;
};

/// The secret that must be in the signature, before anything is known of its validity (K-20 ...
/// K-22): empty if there is none. Decided by policy `signature.token` and `signature.normalise`.
[[nodiscard]] std::string signature_token(const wire::ConnectAuth& auth,
                                          const policy::Policy& policy);

/// Under policy `signature.token=by_method` the signature is checked after the decision, against
/// the credential that was accepted.
[[nodiscard]] bool signature_follows_decision(const policy::Policy& policy);

/// G-21 ... G-26 in their order: the first refusal, or none. Where the signature follows the
/// decision, G-25 is left to `check_signature_of_method`.
[[nodiscard]] std::optional<wire::DeviceRefusal> check_device_proof(const DeviceProofInput& input);

/// G-25 for an accepted method: a token, bootstrap token or device token must be the signed one;
/// other methods accept what K-20 asks for, or an empty secret.
[[nodiscard]] std::optional<wire::DeviceRefusal> check_signature_of_method(
    const DeviceProofInput& input, std::string_view method);

/// Does the signature verify over the text with this secret, as v3 or else v2 (K-14)?
[[nodiscard]] bool signature_verifies(const DeviceProofInput& input, std::string_view secret);

}  // namespace model::gateway
