// Which of the secrets at hand a client sends in `connect`, and which one it signs.
//
// Two pure functions over the same inputs, because the JavaScript client (C-4 ... C-11) and the
// Swift channel (section 5.5) choose differently from equal hands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace model::client {

/// Is this attempt the one retry with the stored device token (C-13, C-54)?
enum class Attempt : std::uint8_t { ordinary, retry_with_stored_token };

/// May the stored token be shown to this endpoint in a retry (C-12; C-54: loopback only)?
enum class EndpointTrust : std::uint8_t { untrusted, trusted };

/// The secrets a client holds. Trimmed by the caller, with its own idea of a blank (C-84); an empty
/// one counts as none.
struct Credentials {
  std::optional<std::string> token;                  ///< T: shared token
  std::optional<std::string> bootstrap_token;        ///< B
  std::optional<std::string> explicit_device_token;  ///< E: JavaScript option only
  std::optional<std::string> password;               ///< P
  std::optional<std::string> stored_device_token;    ///< R: for own device id and role
  bool operator==(const Credentials&) const = default;
};

/// What `auth` holds and what the signature covers.
struct Choice {
  std::optional<std::string> token, bootstrap_token, device_token, password;
  std::string signature_token;  ///< empty if none (C-10)
  /// C-5: the device token that is sent as if it were given; C-13 asks whether there was one.
  std::optional<std::string> resolved_device_token;
  bool retry_mode = false;  ///< C-4
  bool operator==(const Choice&) const = default;

  /// C-11: `auth` is a member of the parameters at all.
  [[nodiscard]] bool sends_auth() const {
    return token || bootstrap_token || device_token || password;
  }
};

/// C-4 ... C-11.
[[nodiscard]] Choice choose_javascript(const Credentials& held, Attempt attempt,
                                       EndpointTrust trust);

/// Section 5.5, [before] and [after]: a stored device token wins over a bootstrap token, a device
/// token is sent once, and exactly one form is sent.
[[nodiscard]] Choice choose_swift(const Credentials& held, Attempt attempt, EndpointTrust trust);

}  // namespace model::client
