#include "model/base/hash.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace model {

namespace {

void append_u64(std::string& out, std::uint64_t number) {
  char bytes[8];
  for (int i = 0; i < 8; ++i) bytes[i] = static_cast<char>((number >> (8 * i)) & 0xff);
  out.append(bytes, sizeof bytes);
}

}  // namespace

std::string Hash128::hex() const {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(32);
  for (const std::uint64_t half : {high, low}) {
    for (int shift = 60; shift >= 0; shift -= 4) text.push_back(kDigits[(half >> shift) & 0xf]);
  }
  return text;
}

Hash128 hash_bytes(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.high64, hash.low64};
}

Hasher& Hasher::add(std::uint64_t number) {
  append_u64(buffer_, number);
  return *this;
}

Hasher& Hasher::add(std::string_view bytes) {
  append_u64(buffer_, bytes.size());
  buffer_.append(bytes);
  return *this;
}

Hash128 Hasher::finish() const { return hash_bytes(buffer_); }

}  // namespace model
