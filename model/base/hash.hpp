// Hashing that gives the same number on every compiler, build and machine.
//
// 128 bits of XXH3 over an explicit little-endian serialisation: digests and fingerprints are
// compared between builds, so nothing here may depend on padding, pointers or std::hash.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace model {

/// 128 bits; `hex()` is what a person sees.
struct Hash128 {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  auto operator<=>(const Hash128&) const = default;
  /// 32 lower-case hex characters, high half first.
  [[nodiscard]] std::string hex() const;
};

/// Hash of exactly these bytes.
[[nodiscard]] Hash128 hash_bytes(std::string_view bytes);

/// Collects typed pieces and hashes them all at once. Every piece is length- or size-prefixed by
/// its kind, so two different sequences of pieces never give the same bytes.
class Hasher {
 public:
  Hasher& add(std::uint64_t number);
  Hasher& add(std::int64_t number) { return add(static_cast<std::uint64_t>(number)); }
  Hasher& add(std::uint32_t number) { return add(std::uint64_t{number}); }
  Hasher& add(std::int32_t number) { return add(std::int64_t{number}); }
  Hasher& add(bool flag) { return add(std::uint64_t{flag}); }
  Hasher& add(std::string_view bytes);
  Hasher& add(const char* text) { return add(std::string_view(text)); }
  Hasher& add(const Hash128& hash) { return add(hash.high).add(hash.low); }
  [[nodiscard]] Hash128 finish() const;

 private:
  std::string buffer_;
};

}  // namespace model
