#include "model/crypto/sha256.hpp"

#include <openssl/evp.h>

#include <memory>

#include "model/base/check.hpp"
#include "model/base/js_string.hpp"
#include "model/crypto/base64.hpp"

namespace model::crypto {

namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
struct FreeDigest {
  void operator()(EVP_MD* digest) const { EVP_MD_free(digest); }
};

}  // namespace

std::string_view as_text(const Bytes32& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Bytes32 sha256(std::string_view bytes) {
  // Fetching an algorithm costs more than hashing a token. Both objects are only machinery: each
  // call starts the context anew, so nothing of one digest reaches another.
  thread_local const std::unique_ptr<EVP_MD, FreeDigest> digest(
      EVP_MD_fetch(nullptr, "SHA256", nullptr));
  thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
  Bytes32 result;
  unsigned int size = 0;
  CHECK(EVP_DigestInit_ex2(context.get(), digest.get(), nullptr) == 1);
  CHECK(EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) == 1);
  CHECK(EVP_DigestFinal_ex(context.get(), result.data(), &size) == 1);
  CHECK(size == result.size());
  return result;
}

std::string sha256_hex(std::string_view bytes) { return encode_hex(as_text(sha256(bytes))); }

bool secrets_equal(std::string_view a, std::string_view b) {
  return a == b || js::to_well_formed(a) == js::to_well_formed(b);
}

bool token_equal(std::string_view presented, std::string_view stored) {
  return !js::blank(presented) && !js::blank(stored) && secrets_equal(presented, stored);
}

}  // namespace model::crypto
