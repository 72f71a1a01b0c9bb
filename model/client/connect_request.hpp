// The first request of every connection: `connect`, with credentials chosen and the proof signed.
#pragma once

#include <string>
#include <vector>

#include "model/base/time.hpp"
#include "model/client/credential_choice.hpp"
#include "model/client/output.hpp"
#include "model/crypto/identity.hpp"
#include "model/wire/connect_params.hpp"

namespace model::client {

/// Everything that the request is made of.
struct ConnectRequest {
  std::string id;              ///< of the request frame
  wire::ConnectParams params;  ///< without `auth` and `device`
  Choice choice;
  /// C-50, C-83: the JavaScript client reads its clock after the challenge, the Swift channel when
  /// it dials.
  Instant signed_at;
  std::string nonce;  ///< of the challenge, trimmed by the caller
};

/// The frame's text. With a key, the device proof is signed over payload v3 (C-10, C-56); without
/// one (a null device identity) `device` is not sent.
[[nodiscard]] std::string connect_frame(const ConnectRequest& request, const crypto::KeyPair* key);

/// One `credential_sent` note for each secret in the choice. `role`: whose device token it is.
[[nodiscard]] Outputs tell_credentials(const Choice& choice, const Channel& channel,
                                       const std::string& role, const std::string& url);

}  // namespace model::client
