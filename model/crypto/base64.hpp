// Bytes as text: base64 in both alphabets, strict and as leniently as the gateway reads it, and
// hex.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace model::crypto {

/// base64url without padding: the form of keys, signatures, tokens and setup codes.
[[nodiscard]] std::string encode_base64url(std::string_view bytes);

/// Standard base64 with padding: the form of PEM bodies and of Swift's identity file.
[[nodiscard]] std::string encode_base64(std::string_view bytes);

/// Reads either alphabet as Node's Buffer does (K-6): characters outside it are skipped, the first
/// `=` ends the text, a single left-over character is dropped. Never fails; may be empty.
///
/// Node looks at the low byte of each UTF-16 code unit only, so U+0141 counts as `A` and many
/// emoji end the text like `=`. That is how it reads, so that is how it is read here.
[[nodiscard]] std::string decode_base64_lenient(std::string_view text);

/// Reads base64url as `encode_base64url` writes it and nothing else: none for padding, blanks,
/// other alphabets, or bits set behind the last byte.
[[nodiscard]] std::optional<std::string> decode_base64url_strict(std::string_view text);

/// Reads standard base64 as Swift's Data(base64Encoded:) without options does (K-34): padded to a
/// multiple of four, only alphabet characters. Bits behind the last byte are ignored.
[[nodiscard]] std::optional<std::string> decode_base64_padded(std::string_view text);

/// Lower-case hex.
[[nodiscard]] std::string encode_hex(std::string_view bytes);

/// None if the length is odd or a character is not a hex digit of either case.
[[nodiscard]] std::optional<std::string> decode_hex(std::string_view text);

}  // namespace model::crypto
