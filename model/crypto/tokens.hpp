// The forms of fresh names (section 5 of docs/protocol/crypto.md), and how an issued one is told
// from somebody's own text.
//
// The original draws these bytes at random. Here the first part comes from a derivation and the
// rest is a check over it, which to everybody but us looks just as random:
//
//     token       24 bytes derived, 8 bytes check      43 characters of base64url
//     uuid        10 bytes derived, 6 bytes check      version 4; version and variant lie in the 10
//     capability  12 bytes derived, 6 bytes check      24 characters of base64url
//
// So a fingerprint recognises a name by its spelling alone, without a table of issued names.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/base/names.hpp"
#include "model/crypto/sha256.hpp"

namespace model::crypto {

/// How a name is spelt.
enum class NameForm : std::uint8_t { token, uuid, capability };

/// The form of a kind of name.
[[nodiscard]] NameForm form_of(NameKind kind);

/// The name of this kind that comes from these 32 derived bytes. Equal bytes give equal names of
/// one form, whatever the kind: the kind belongs into the derivation.
[[nodiscard]] std::string shape_name(NameKind kind, const Bytes32& derived);

/// The form of an issued name, spelt exactly as issued; none for everything else.
[[nodiscard]] std::optional<NameForm> recognise_name(std::string_view text);

/// Is this a UUID of version 4 as the gateway writes one: lower-case, with hyphens?
[[nodiscard]] bool is_uuid_v4(std::string_view text);

}  // namespace model::crypto
