#include "sim/driver/vector_connect.hpp"

#include <algorithm>
#include <utility>

#include "model/crypto/base64.hpp"
#include "model/crypto/identity.hpp"
#include "model/crypto/payload.hpp"
#include "model/crypto/sha256.hpp"

namespace sim {

namespace crypto = model::crypto;
namespace js = model::js;

namespace {

/// The name behind a word such as "device:D1"; none if the word is another.
std::optional<std::string> named(std::string_view word, std::string_view beginning) {
  if (!word.starts_with(beginning)) return std::nullopt;
  return std::string(word.substr(beginning.size()));
}

std::string text_or_empty(const js::Value* value) {
  return value != nullptr && value->is_string() ? value->string() : std::string();
}

std::string upper_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return text;
}

std::string spelt_key(const Proof& proof, const crypto::Bytes32& own,
                      const VectorSymbols& symbols) {
  if (const auto other = named(proof.public_key, "device:")) {
    return crypto::spell_base64url(symbols.key_of(*other).public_key);
  }
  if (proof.public_key == "std") return crypto::spell_base64(own);
  if (proof.public_key == "pem") return crypto::spell_pem(own);
  if (proof.public_key == "short") {
    return crypto::encode_base64url(crypto::as_text(own).substr(0, 16));
  }
  if (proof.public_key == "garbage") return "!!!";
  return crypto::spell_base64url(own);
}

std::string sent_id(const Proof& proof, const crypto::Bytes32& own, std::string_view spelt,
                    const VectorSymbols& symbols) {
  if (const auto other = named(proof.id, "device:")) {
    return crypto::device_id(symbols.key_of(*other).public_key);
  }
  if (proof.id == "wrong") return "not-the-derived-id";
  if (proof.id == "upper") return upper_case(crypto::device_id(own));
  if (proof.id == "of-sent-key") {
    return crypto::sha256_hex(crypto::key_bytes(spelt).value_or(std::string()));
  }
  return crypto::device_id(own);
}

/// The nonce as sent and as signed.
std::pair<std::string, std::string> nonces(const ConnectRequest& step,
                                           const ConnectSurroundings& around) {
  const std::string& word = step.proof.nonce;
  const std::string own = around.nonce_of(step.conn);
  if (word == "padded") return {"  " + own + " ", own};
  std::string nonce = own;
  if (word == "wrong") nonce = "00000000-0000-4000-8000-000000000000";
  if (word == "blank") nonce = "   ";
  if (word == "empty") nonce = "";
  if (const auto other = named(word, "of:")) nonce = around.nonce_of(*other);
  return {nonce, nonce};
}

/// Elements joined as `scopes.join(',')` does.
std::vector<std::string> signed_scopes(const ConnectRequest& step) {
  if (step.proof.scopes) return *step.proof.scopes;
  std::vector<std::string> scopes;
  if (!step.scopes || !step.scopes->is_array()) return scopes;
  for (const js::Value& scope : step.scopes->array()) {
    if (scope.is_null()) {
      scopes.emplace_back();
    } else {
      scopes.push_back(scope.is_string() ? scope.string() : js::dump(scope));
    }
  }
  return scopes;
}

std::string signed_token(const Proof& proof, const js::Value& auth) {
  if (proof.token == "none") return {};
  if (proof.token == "other") return "some-other-token";
  return text_or_empty(js::member(auth, proof.token));
}

std::string spelt_signature(const std::string& word, const std::string& signature) {
  if (word == "text") return "unsigned";
  std::string bytes = crypto::decode_base64_lenient(signature);
  if (word == "std") return crypto::encode_base64(bytes);
  if (word == "hex") return crypto::encode_hex(bytes);
  if (word == "short") return crypto::encode_base64url(std::string_view(bytes).substr(0, 32));
  if (word == "flip") bytes[0] = static_cast<char>(static_cast<unsigned char>(bytes[0]) ^ 1U);
  return crypto::encode_base64url(bytes);
}

js::Value device_proof(const ConnectRequest& step, const std::string& device, const js::Value& auth,
                       const ConnectSurroundings& around) {
  const Proof& proof = step.proof;
  const js::Value client = step.client.value_or(js::Value());
  const crypto::KeyPair own = around.symbols.key_of(device);
  const crypto::KeyPair signer = proof.key ? around.symbols.key_of(*proof.key) : own;
  const std::string spelt = spelt_key(proof, own.public_key, around.symbols);
  const std::string id = sent_id(proof, own.public_key, spelt, around.symbols);
  const auto [sent_nonce, signed_nonce] = nonces(step, around);
  const std::int64_t signed_at = around.now.ms + proof.skew_ms;

  const auto from_client = [&](const std::optional<std::string>& instead, std::string_view name) {
    return instead ? *instead : text_or_empty(js::member(client, name));
  };
  const std::string role =
      step.role && step.role->is_string() ? step.role->string() : std::string("operator");
  const crypto::SignedFields fields{
      .device_id = id,
      .client_id = from_client(proof.client_id, "id"),
      .client_mode = from_client(proof.client_mode, "mode"),
      .role = proof.role.value_or(role),
      .scopes = signed_scopes(step),
      .signed_at_ms = signed_at,
      .token = signed_token(proof, auth),
      .nonce = signed_nonce,
      .platform = from_client(proof.platform, "platform"),
      .device_family = from_client(proof.device_family, "deviceFamily")};
  const std::string signature = spelt_signature(
      proof.signature, crypto::sign(signer, crypto::payload(proof.version, fields)));

  js::Object sent{{"id", id},
                  {"publicKey", spelt},
                  {"signature", signature},
                  {"signedAt", signed_at},
                  {"nonce", sent_nonce}};
  for (const std::string& field : proof.omit) sent.erase(field);
  return js::Value(std::move(sent));
}

}  // namespace

std::string request_frame(std::string_view id, std::string_view method,
                          const std::optional<js::Value>& params) {
  js::Object frame{{"type", "req"}, {"id", id}, {"method", method}};
  frame.set_if("params", params);
  return js::dump(js::Value(std::move(frame)));
}

std::string connect_frame(const ConnectRequest& step, const ConnectSurroundings& around) {
  js::Object params{{"minProtocol", step.protocol_min}, {"maxProtocol", step.protocol_max}};
  params.set_if("client", step.client);
  params.set_if("role", step.role);
  params.set_if("scopes", step.scopes);
  params.set_if("caps", step.caps);
  params.set_if("commands", step.commands);
  std::optional<js::Value> auth;
  if (step.auth) auth = around.symbols.resolve_values(*step.auth);
  params.set_if("auth", auth);
  if (step.device) {
    params.set("device", device_proof(step, *step.device, auth.value_or(js::Value()), around));
  }
  for (const js::Member& member : step.extra) params.set(member.name, member.value);
  return request_frame("connect", "connect", js::Value(std::move(params)));
}

}  // namespace sim
