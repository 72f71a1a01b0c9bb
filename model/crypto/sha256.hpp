// SHA-256, and the equality of secrets that the gateway builds on it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace model::crypto {

/// A digest, a raw public key or a private seed.
using Bytes32 = std::array<std::uint8_t, 32>;

/// The same bytes as text, for functions that take any number of bytes.
[[nodiscard]] std::string_view as_text(const Bytes32& bytes);

[[nodiscard]] Bytes32 sha256(std::string_view bytes);

/// 64 lower-case hex characters.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

/// Equality of two secrets as the gateway decides it: digests of their UTF-8 (docs/protocol
/// README, Conventions). So a lone surrogate equals U+FFFD, and lengths are never compared first.
[[nodiscard]] bool secrets_equal(std::string_view a, std::string_view b);

/// Does the presented token match the stored one (K-28)? No if either is blank after trimming, else
/// equality of both as given: whoever calls trims what was presented.
[[nodiscard]] bool token_equal(std::string_view presented, std::string_view stored);

}  // namespace model::crypto
