#include "model/crypto/identity.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <climits>
#include <cstddef>
#include <memory>

#include "model/base/check.hpp"
#include "model/base/js_string.hpp"
#include "model/crypto/base64.hpp"

namespace model::crypto {

namespace {

// SEQUENCE { SEQUENCE { OID 1.3.101.112 }, BIT STRING of 32 bytes }, up to the bits.
constexpr std::string_view kSpkiPrefix("\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00", 12);
// SEQUENCE { 0, SEQUENCE { OID 1.3.101.112 }, OCTET STRING { OCTET STRING of 32 bytes } }.
constexpr std::string_view kPkcs8Prefix(
    "\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20", 16);
constexpr std::size_t kSignatureBytes = 64;

template <auto Free>
struct Freer {
  template <class T>
  void operator()(T* thing) const {
    Free(thing);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Context = std::unique_ptr<EVP_MD_CTX, Freer<EVP_MD_CTX_free>>;
using Bio = std::unique_ptr<BIO, Freer<BIO_free>>;

/// OpenSSL keeps a queue of errors for each thread; nothing of one call may be left for the next.
struct ErrorsCleared {
  ErrorsCleared() { ERR_clear_error(); }
  ~ErrorsCleared() { ERR_clear_error(); }
};

const unsigned char* as_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// Without a callback OpenSSL would ask the terminal for the pass phrase of an encrypted key.
int no_pass_phrase(char*, int, int, void*) { return -1; }

Bio reader(std::string_view text) {
  if (text.size() > static_cast<std::size_t>(INT_MAX)) return nullptr;
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

/// DER content of the first PEM block with this label.
std::optional<std::string> pem_block(std::string_view pem, const char* label) {
  const Bio bio = reader(pem);
  if (!bio) return std::nullopt;
  unsigned char* data = nullptr;
  long size = 0;
  if (PEM_bytes_read_bio(&data, &size, nullptr, label, bio.get(), no_pass_phrase, nullptr) != 1) {
    return std::nullopt;
  }
  std::string der(reinterpret_cast<const char*>(data), static_cast<std::size_t>(size));
  OPENSSL_free(data);
  return der;
}

Key public_key_of_spki(std::string_view der) {
  const unsigned char* at = as_bytes(der);
  return Key(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
}

/// The key in a PEM text as Node's createPublicKey finds it: a public key, else a certificate's,
/// else the public half of a private key. A block that is there but does not parse ends the search.
Key public_key_of_pem(std::string_view pem) {
  if (const auto der = pem_block(pem, PEM_STRING_PUBLIC)) return public_key_of_spki(*der);
  if (pem_block(pem, PEM_STRING_RSA_PUBLIC)) return nullptr;  // never Ed25519
  if (const auto der = pem_block(pem, PEM_STRING_X509)) {
    const unsigned char* at = as_bytes(*der);
    const Certificate certificate(d2i_X509(nullptr, &at, static_cast<long>(der->size())));
    return certificate ? Key(X509_get_pubkey(certificate.get())) : nullptr;
  }
  const Bio bio = reader(pem);
  if (!bio) return nullptr;
  return Key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_pass_phrase, nullptr));
}

std::optional<Bytes32> raw_public(const Key& key) {
  Bytes32 raw;
  std::size_t size = raw.size();
  if (!key || EVP_PKEY_get_id(key.get()) != EVP_PKEY_ED25519 ||
      EVP_PKEY_get_raw_public_key(key.get(), raw.data(), &size) != 1 || size != raw.size()) {
    return std::nullopt;
  }
  return raw;
}

std::string wrap_pem(std::string_view label, std::string_view der) {
  std::string pem = "-----BEGIN ";
  pem.append(label).append("-----\n");
  const std::string body = encode_base64(der);
  for (std::size_t at = 0; at < body.size(); at += 64) {
    pem.append(std::string_view(body).substr(at, 64)).append("\n");
  }
  return pem.append("-----END ").append(label).append("-----\n");
}

bool is_pem(std::string_view spelling) { return spelling.find("BEGIN") != std::string_view::npos; }

Bytes32 first_32(std::string_view bytes) {
  Bytes32 raw;
  CHECK(bytes.size() >= raw.size());
  std::copy_n(as_bytes(bytes), raw.size(), raw.begin());
  return raw;
}

}  // namespace

KeyPair key_pair(const Bytes32& seed) {
  const ErrorsCleared cleared;
  const Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
  const auto raw = raw_public(key);
  CHECK(raw.has_value());
  return {seed, *raw};
}

KeyPair key_pair_of_device(std::string_view name) {
  return key_pair(sha256(std::string("device:").append(name)));
}

std::string device_id(const Bytes32& public_key) { return sha256_hex(as_text(public_key)); }

std::string spell_base64url(const Bytes32& public_key) {
  return encode_base64url(as_text(public_key));
}

std::string spell_base64(const Bytes32& public_key) { return encode_base64(as_text(public_key)); }

std::string spki_der(const Bytes32& public_key) {
  return std::string(kSpkiPrefix).append(as_text(public_key));
}

std::string spell_pem(const Bytes32& public_key) {
  return wrap_pem(PEM_STRING_PUBLIC, spki_der(public_key));
}

std::string private_key_pem(const Bytes32& seed) {
  return wrap_pem(PEM_STRING_PKCS8INF, std::string(kPkcs8Prefix).append(as_text(seed)));
}

std::optional<KeyPair> read_private_key_pem(std::string_view pem) {
  const ErrorsCleared cleared;
  const Bio bio = reader(pem);
  if (!bio) return std::nullopt;
  const Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_pass_phrase, nullptr));
  Bytes32 seed;
  std::size_t size = seed.size();
  if (!key || EVP_PKEY_get_id(key.get()) != EVP_PKEY_ED25519 ||
      EVP_PKEY_get_raw_private_key(key.get(), seed.data(), &size) != 1 || size != seed.size()) {
    return std::nullopt;
  }
  return key_pair(seed);
}

std::optional<std::string> key_bytes(std::string_view spelling) {
  if (is_pem(spelling)) {
    const ErrorsCleared cleared;
    const auto raw = raw_public(public_key_of_pem(spelling));
    if (!raw) return std::nullopt;
    return std::string(as_text(*raw));
  }
  std::string bytes = decode_base64_lenient(spelling);
  if (bytes.empty()) return std::nullopt;
  return bytes;
}

std::optional<std::string> derive_device_id(std::string_view spelling) {
  const auto bytes = key_bytes(spelling);
  if (!bytes) return std::nullopt;
  return sha256_hex(*bytes);
}

std::optional<std::string> normalise_key(std::string_view spelling) {
  const auto bytes = key_bytes(spelling);
  if (!bytes) return std::nullopt;
  return encode_base64url(*bytes);
}

std::string sign(const KeyPair& key, std::string_view text) {
  const ErrorsCleared cleared;
  const std::string message = js::to_well_formed(text);
  const Key signer(
      EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, key.seed.data(), key.seed.size()));
  const Context context(EVP_MD_CTX_new());
  std::string signature(kSignatureBytes, '\0');
  std::size_t size = signature.size();
  CHECK(signer != nullptr && context != nullptr);
  CHECK(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, signer.get()) == 1);
  CHECK(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                       as_bytes(message), message.size()) == 1);
  CHECK(size == kSignatureBytes);
  return encode_base64url(signature);
}

bool verify(std::string_view spelling, std::string_view text, std::string_view signature) {
  const ErrorsCleared cleared;
  const auto bytes = key_bytes(spelling);
  if (!bytes || bytes->size() < Bytes32{}.size()) return false;
  const std::string given = decode_base64_lenient(signature);
  if (given.size() != kSignatureBytes) return false;
  const Bytes32 raw = first_32(*bytes);
  const Key key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, raw.data(), raw.size()));
  const Context context(EVP_MD_CTX_new());
  if (!key || !context) return false;
  const std::string message = js::to_well_formed(text);
  return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), as_bytes(given), given.size(), as_bytes(message),
                          message.size()) == 1;
}

}  // namespace model::crypto
