// Fresh names: tokens, ids and nonces that the original draws at random.
//
// Here nothing is drawn. Whoever runs the protocol hands in a NameSource, and the world's one
// derives each name from (seed, kind, who asks, for whom, how many that pair has had), so that a
// run repeats and most orders give the same names.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace model {

/// What a name is for; the form follows from it (docs/protocol/crypto.md section 5).
enum class NameKind : std::uint8_t {
  bootstrap_token,    ///< 43 characters of base64url (32 bytes)
  device_token,       ///< the same form
  node_token,         ///< the same form
  device_request,     ///< id of a pending device pairing request, UUID v4
  node_request,       ///< id of a pending node pairing request, UUID v4
  nonce,              ///< of a connection's challenge, UUID v4
  connection,         ///< connection id, UUID v4
  temporary_file,     ///< suffix of a file being written, UUID v4
  canvas_capability,  ///< 24 characters of base64url (18 bytes)
  request,            ///< id of a client's own request frame, UUID v4
  instance,           ///< a client's installation id, UUID v4
  setup_session,      ///< one-time session or confirmation ids of policy variants, UUID v4
};

/// Where fresh names come from. `whom` says for whom the name is (a device id, a role, a
/// connection key): it keeps names equal across orders in which different parties ask.
class NameSource {
 public:
  virtual ~NameSource() = default;
  [[nodiscard]] virtual std::string mint(NameKind kind, std::string_view whom) = 0;
};

}  // namespace model
