#include "model/client/connect_request.hpp"

#include <utility>

#include "model/crypto/payload.hpp"
#include "model/wire/frame.hpp"

namespace model::client {
namespace {

wire::DeviceProof prove(const ConnectRequest& request, const crypto::KeyPair& key) {
  const wire::ConnectParams& params = request.params;
  const crypto::SignedFields fields{
      .device_id = crypto::device_id(key.public_key),
      .client_id = params.client.id,
      .client_mode = params.client.mode,
      .role = std::string(params.effective_role()),
      .scopes = params.scopes.value_or(std::vector<std::string>{}),
      .signed_at_ms = request.signed_at.ms,
      .token = request.choice.signature_token,
      .nonce = request.nonce,
      .platform = params.client.platform,
      .device_family = params.client.device_family,
  };
  return {.id = fields.device_id,
          .public_key = crypto::spell_base64url(key.public_key),
          .signature = crypto::sign(key, crypto::payload("v3", fields)),
          .signed_at = request.signed_at.ms,
          .nonce = request.nonce};
}

}  // namespace

std::string connect_frame(const ConnectRequest& request, const crypto::KeyPair* key) {
  wire::ConnectParams params = request.params;
  const Choice& choice = request.choice;
  if (choice.sends_auth()) {
    params.auth = wire::ConnectAuth{.token = choice.token,
                                    .bootstrap_token = choice.bootstrap_token,
                                    .device_token = choice.device_token,
                                    .password = choice.password};
  }
  if (key != nullptr) params.device = prove(request, *key);
  return wire::write(wire::RequestFrame{request.id, "connect", wire::to_json(params)});
}

Outputs tell_credentials(const Choice& choice, const Channel& channel, const std::string& role,
                         const std::string& url) {
  Outputs told;
  const auto tell = [&](std::string slot, const std::string& secret) {
    told.emplace_back(Note{.kind = NoteKind::credential_sent,
                           .channel = channel,
                           .detail = std::move(slot),
                           .secret = secret,
                           .gateway = url,
                           .request_id = {},
                           .payload = {}});
  };
  // A device token travels as `token` too (C-6): one secret, told once.
  if (choice.token && choice.token != choice.resolved_device_token)
    tell("shared_token", *choice.token);
  if (choice.bootstrap_token) tell("bootstrap_token", *choice.bootstrap_token);
  const auto& device =
      choice.resolved_device_token ? choice.resolved_device_token : choice.device_token;
  if (device) tell("device_token " + role, *device);
  if (choice.password) tell("password", *choice.password);
  return told;
}

}  // namespace model::client
