// What follows shared authentication: bootstrap token, then device token
// (docs/protocol/gateway.md section 6).
//
// The stores are asked by whoever runs the handshake, because asking them takes time in which
// others act. Here is what must be asked, and what each answer makes of the state.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/base/time.hpp"
#include "model/gateway/limiter.hpp"
#include "model/gateway/shared_auth.hpp"
#include "model/policy/policy.hpp"
#include "model/wire/connect_params.hpp"

namespace model::gateway {

/// What counts failures for this connection: the limiter of G-4 and the address it counts by.
struct Counting {
  Limiter* limiter = nullptr;  ///< null: nothing is counted
  std::string_view ip;         ///< limiter_ip()
  Instant now;
};

/// G-27: the bootstrap token to verify, or none: no device, no candidate, or already ok (G-29a).
/// Under policy `bootstrap.rate_limit=on` a locked address is refused without asking the store:
/// then the state says `rate_limited`.
[[nodiscard]] std::optional<std::string> bootstrap_to_verify(AuthState& state,
                                                             const policy::Policy& policy,
                                                             const Counting& counting);

/// G-27: the store's answer. A no replaces the result and forgets that it was limited (G-29e).
void bootstrap_answered(AuthState& state, bool verified, const policy::Policy& policy,
                        const Counting& counting);

/// G-28 (a), (b): the device token to verify, or none; the state may become `rate_limited`.
[[nodiscard]] std::optional<std::string> device_token_to_verify(AuthState& state,
                                                                const Counting& counting);

/// G-28: the store's answer, with what it counts and resets.
///
/// @param auth  as sent: whether a shared secret was sent decides one reset of [31]
void device_token_answered(AuthState& state, bool verified, const wire::ConnectAuth& auth,
                           const policy::Policy& policy, const Counting& counting);

}  // namespace model::gateway
