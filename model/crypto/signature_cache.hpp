// A memo for signatures: the same answer, found quicker.
//
// Exploration signs and verifies the same texts many thousand times, and Ed25519 costs more than
// everything around it. Whoever drives a run owns a cache and hands it down; a run without one, or
// with a full one, gives the same answers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/hash.hpp"
#include "model/crypto/identity.hpp"

namespace model::crypto {

/// A bounded table. Each input has one slot, and a newcomer takes the slot over.
class SignatureCache {
 public:
  /// @param slots  rounded up to a power of two; memory is about 1 kB a used slot
  explicit SignatureCache(std::size_t slots = 4096);

  /// crypto::sign, remembered.
  [[nodiscard]] std::string sign(const KeyPair& key, std::string_view text);
  /// crypto::verify, remembered.
  [[nodiscard]] bool verify(std::string_view spelling, std::string_view text,
                            std::string_view signature);

  /// How many answers were found and not computed; for benchmarks and tests, never for a decision.
  [[nodiscard]] std::uint64_t hits() const { return hits_; }

 private:
  struct Slot {
    Hash128 hash;
    std::string inputs;  // compared in full: a chosen collision must not lend its answer
    std::string answer;
  };
  Slot& slot_of(const Hash128& hash) { return slots_[hash.low & (slots_.size() - 1)]; }
  /// The remembered answer; none if the slot holds something else.
  [[nodiscard]] const std::string* find(const Hash128& hash, std::string_view inputs);

  std::vector<Slot> slots_;
  std::uint64_t hits_ = 0;
};

/// crypto::sign, through the cache if there is one.
[[nodiscard]] std::string sign(const KeyPair& key, std::string_view text, SignatureCache* cache);

/// crypto::verify, through the cache if there is one.
[[nodiscard]] bool verify(std::string_view spelling, std::string_view text,
                          std::string_view signature, SignatureCache* cache);

}  // namespace model::crypto
