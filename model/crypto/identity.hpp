// Device identities: Ed25519 key pairs, the spellings in which their keys travel, and signatures.
//
// A *spelling* is the text of `device.publicKey` in a connect frame. Many spellings name the same
// key (K-5, K-6), and what the gateway does with each is what these functions answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/crypto/sha256.hpp"

namespace model::crypto {

/// An Ed25519 key pair (K-1).
struct KeyPair {
  Bytes32 seed{};        ///< private seed of RFC 8032
  Bytes32 public_key{};  ///< raw key
  bool operator==(const KeyPair&) const = default;
};

/// The key pair of a seed.
[[nodiscard]] KeyPair key_pair(const Bytes32& seed);

/// The key pair whose seed is SHA-256 of `device:<name>`: how vectors and scenarios name devices.
[[nodiscard]] KeyPair key_pair_of_device(std::string_view name);

/// Device id of a raw key: 64 lower-case hex characters (K-3).
[[nodiscard]] std::string device_id(const Bytes32& public_key);

/// The key as clients send it: 43 characters of base64url.
[[nodiscard]] std::string spell_base64url(const Bytes32& public_key);
/// Standard base64 with padding: 44 characters.
[[nodiscard]] std::string spell_base64(const Bytes32& public_key);
/// SPKI DER, 44 bytes (K-2).
[[nodiscard]] std::string spki_der(const Bytes32& public_key);
/// SPKI PEM with a final newline, as Node exports it.
[[nodiscard]] std::string spell_pem(const Bytes32& public_key);

/// PKCS#8 PEM of the seed with a final newline: `privateKeyPem` of Node's identity file.
[[nodiscard]] std::string private_key_pem(const Bytes32& seed);
/// The key pair in a private PEM; none if it does not parse or is no Ed25519 key.
[[nodiscard]] std::optional<KeyPair> read_private_key_pem(std::string_view pem);

/// The bytes that a spelling names, of whatever length (K-5, K-6, K-8).
/// None: a PEM that does not parse or is no Ed25519 key (K-5), or nothing at all (K-7).
[[nodiscard]] std::optional<std::string> key_bytes(std::string_view spelling);

/// SHA-256 of the named bytes as lower-case hex (K-8); none where `key_bytes` has none.
[[nodiscard]] std::optional<std::string> derive_device_id(std::string_view spelling);

/// The named bytes as base64url (K-9): what pairing stores and compares.
[[nodiscard]] std::optional<std::string> normalise_key(std::string_view spelling);

/// Ed25519 signature over the UTF-8 of the text, lone surrogates replaced (K-17): 86 characters of
/// base64url.
[[nodiscard]] std::string sign(const KeyPair& key, std::string_view text);

/// Does the signature, decoded leniently (K-18), verify over the text under the spelled key?
/// Whatever goes wrong is a no (K-19). A key of more than 32 bytes counts by its first 32: the
/// original wraps it in DER whose length says 32 and the reader ignores the rest.
[[nodiscard]] bool verify(std::string_view spelling, std::string_view text,
                          std::string_view signature);

}  // namespace model::crypto
