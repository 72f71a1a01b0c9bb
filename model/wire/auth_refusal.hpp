// What a client is told when its credentials are not good enough (docs/protocol/wire.md 12.2).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/wire/connect_params.hpp"
#include "model/wire/errors.hpp"

namespace model::wire {

enum class AuthMode : std::uint8_t { none, token, password, trusted_proxy };

/// As in configuration and in hello-ok: "trusted-proxy".
[[nodiscard]] std::string_view name_of(AuthMode mode);

/// Which secret a request carries: the first that is not empty (a blank one counts).
enum class ProvidedKind : std::uint8_t { none, password, token, bootstrap_token, device_token };
[[nodiscard]] ProvidedKind provided_kind(const std::optional<ConnectAuth>& auth);

/// How the hints of a message address the client: CLI before control UI or webchat.
enum class HintKind : std::uint8_t { cli, browser, other };
[[nodiscard]] HintKind hint_kind(const ClientInfo& client);

/// Everything that decides the text.
struct AuthRefusalInput {
  std::optional<std::string> reason;  ///< "token_mismatch", ...; absent if there is none
  AuthMode mode = AuthMode::token;
  ProvidedKind provided = ProvidedKind::none;
  HintKind hint = HintKind::other;
  bool has_device = false;             ///< a device identity is in use
  bool explicit_device_token = false;  ///< auth.deviceToken is there and not empty
};

/// The input for a request: `reason`, the mode, and what the parameters say.
[[nodiscard]] AuthRefusalInput auth_refusal_input(std::optional<std::string> reason, AuthMode mode,
                                                  const ConnectParams& params, bool has_device);

[[nodiscard]] std::string auth_message(const AuthRefusalInput& input);
[[nodiscard]] std::string_view auth_detail_code(const std::optional<std::string>& reason);
[[nodiscard]] bool can_retry_with_device_token(const AuthRefusalInput& input);
[[nodiscard]] std::string_view recommended_next_step(const AuthRefusalInput& input);

/// Error object and close together (G-20).
[[nodiscard]] Refusal auth_refusal(const AuthRefusalInput& input);

}  // namespace model::wire
