// Setup codes: what a QR picture and the chat command hand to a phone
// (docs/protocol/crypto.md section 6).
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "model/base/time.hpp"

namespace model::crypto {

/// What a code says.
struct SetupCode {
  std::string url;  ///< as setup_url.hpp resolves it
  std::string bootstrap_token;
  std::optional<Instant>
      expires_at;  ///< `/pair` and `/pair qr` tell it, `openclaw qr` does not (K-30)
  bool operator==(const SetupCode&) const = default;
};

/// The text of a code (K-29, K-30), which is also what the picture holds (K-31).
[[nodiscard]] std::string encode_setup_code(const SetupCode& code);

/// The gateway that a phone read out of a code. Secrets are as written, untrimmed.
struct ScannedGateway {
  std::string host;  ///< without brackets
  int port = 0;
  bool tls = false;
  std::optional<std::string> bootstrap_token, token, password;
  bool operator==(const ScannedGateway&) const = default;
};

/// Why a code is not one.
enum class SetupCodeFlaw : std::uint8_t {
  too_long,  ///< beyond kSetupCodeBytesMax
  not_base64,
  not_json,        ///< not the UTF-8 of a JSON object
  no_url,          ///< no `url` text, or (settings screen) no `host` either
  no_host,         ///< the URL does not parse or names no host
  foreign_scheme,  ///< neither ws nor wss
  bad_port,
  plaintext_to_far,  ///< ws to a host that is not loopback
};

/// The flaw as a sentence: "the code names no host".
[[nodiscard]] std::string_view describe(SetupCodeFlaw flaw);

/// Longer input is refused unread; a QR picture holds less than 3 kB.
inline constexpr std::size_t kSetupCodeBytesMax = 64 * 1024;

/// Reads a scanned code as the app does (K-34). `expiresAtMs` is not looked at (K-36).
[[nodiscard]] std::expected<ScannedGateway, SetupCodeFlaw> read_setup_code(std::string_view code);

/// Reads what somebody typed into the settings screen (K-35): a code or its bare JSON, either also
/// with `host`, `port` and `tls` in the place of `url`; or a bare ws or wss URL.
[[nodiscard]] std::expected<ScannedGateway, SetupCodeFlaw> read_setup_field(std::string_view text);

}  // namespace model::crypto
