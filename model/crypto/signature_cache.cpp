#include "model/crypto/signature_cache.hpp"

#include <bit>
#include <initializer_list>

namespace model::crypto {

namespace {

/// The inputs in one text, each after its length, so that no two lists give the same.
std::string join(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) {
    text.append(std::to_string(part.size())).append(":").append(part);
  }
  return text;
}

}  // namespace

SignatureCache::SignatureCache(std::size_t slots) : slots_(std::bit_ceil(slots)) {}

const std::string* SignatureCache::find(const Hash128& hash, std::string_view inputs) {
  const Slot& slot = slot_of(hash);
  if (slot.hash != hash || slot.inputs != inputs) return nullptr;
  ++hits_;
  return &slot.answer;
}

std::string SignatureCache::sign(const KeyPair& key, std::string_view text) {
  std::string inputs = join({"sign", as_text(key.seed), text});
  const Hash128 hash = hash_bytes(inputs);
  if (const std::string* known = find(hash, inputs)) return *known;
  Slot& slot = slot_of(hash);
  slot = {hash, std::move(inputs), crypto::sign(key, text)};
  return slot.answer;
}

bool SignatureCache::verify(std::string_view spelling, std::string_view text,
                            std::string_view signature) {
  std::string inputs = join({"verify", spelling, text, signature});
  const Hash128 hash = hash_bytes(inputs);
  if (const std::string* known = find(hash, inputs)) return *known == "yes";
  Slot& slot = slot_of(hash);
  slot = {hash, std::move(inputs), crypto::verify(spelling, text, signature) ? "yes" : "no"};
  return slot.answer == "yes";
}

std::string sign(const KeyPair& key, std::string_view text, SignatureCache* cache) {
  return cache != nullptr ? cache->sign(key, text) : sign(key, text);
}

bool verify(std::string_view spelling, std::string_view text, std::string_view signature,
            SignatureCache* cache) {
  return cache != nullptr ? cache->verify(spelling, text, signature)
                          : verify(spelling, text, signature);
}

}  // namespace model::crypto
