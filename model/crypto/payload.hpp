// The text that a device signs (section 2 of docs/protocol/crypto.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace model::crypto {

/// What goes into the signed text, in its order. Everything as sent unless it says otherwise.
struct SignedFields {
  std::string device_id;
  std::string client_id;
  std::string client_mode;
  std::string role;  ///< the effective one: `operator` if the parameter was absent
  std::vector<std::string> scopes;
  std::int64_t signed_at_ms = 0;
  std::string token;  ///< the signature token (K-20), empty if none
  std::string nonce;
  std::optional<std::string> platform;       ///< v3 only
  std::optional<std::string> device_family;  ///< v3 only
  bool operator==(const SignedFields&) const = default;
};

/// Metadata normalisation for authentication (K-11): absent is empty; trimmed; only A-Z lowered.
[[nodiscard]] std::string normalise_metadata(const std::optional<std::string>& text);

/// Fields joined with `|`, nothing escaped (K-16). The nonce is trimmed. `v3` appends the
/// normalised platform and family; any other prefix has the fields of v2 (vectors/README.md
/// section 5).
[[nodiscard]] std::string payload(std::string_view version, const SignedFields& fields);

}  // namespace model::crypto
