// May this client do without a device identity, and which scopes does it keep
// (docs/protocol/gateway.md G-12, G-17 ... G-19)?
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "model/gateway/config.hpp"
#include "model/gateway/shared_auth.hpp"
#include "model/policy/policy.hpp"
#include "model/wire/connect_params.hpp"
#include "model/wire/errors.hpp"

namespace model::gateway {

/// G-12: is the device parameter ignored for this client?
[[nodiscard]] bool bypasses_device(const wire::ClientInfo& client, const Config& config);

/// G-12: the device parameter in use; null if there is none or it is bypassed.
[[nodiscard]] const wire::DeviceProof* device_in_use(const wire::ConnectParams& params,
                                                     const Config& config);

/// G-17: an operator's control UI that a trusted proxy vouches for.
[[nodiscard]] bool is_proxy_ui_operator(const wire::ConnectParams& params, AuthMode mode,
                                        const AuthState& auth);

/// What G-18 decides.
enum class MissingDevice : std::uint8_t {
  go_on,
  refuse_control_ui,    ///< row 4: device_refusal(control_ui_identity_required)
  refuse_unauthorized,  ///< row 6: as G-20, with the reason of the auth state
  refuse_not_paired,    ///< row 7: device_refusal(identity_required)
};

/// What G-17 ... G-19 look at.
struct MissingDeviceInput {
  const wire::ConnectParams& params;
  const Config& config;
  AuthMode mode = AuthMode::token;  ///< fixed at start
  const AuthState& auth;
  bool local = false;  ///< G-1
};

/// G-18, first match.
[[nodiscard]] MissingDevice decide_missing_device(const MissingDeviceInput& input);

/// G-19: does the client lose its scopes? Asked before the decision is acted on.
[[nodiscard]] bool clears_scopes(const MissingDeviceInput& input, const policy::Policy& policy);

}  // namespace model::gateway
