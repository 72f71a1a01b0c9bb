#include "model/crypto/signature_cache.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

namespace model::crypto {
namespace {

const KeyPair kPhone = key_pair_of_device("phone");
const KeyPair kThief = key_pair_of_device("thief");

TEST(SignatureCache, AnswersTheSecondTimeFromMemory) {
  SignatureCache cache(8);
  const std::string key = spell_base64url(kPhone.public_key);
  const std::string signature = cache.sign(kPhone, "text");
  EXPECT_EQ(signature, sign(kPhone, "text"));
  EXPECT_EQ(cache.sign(kPhone, "text"), signature);
  EXPECT_EQ(cache.hits(), 1u);
  EXPECT_TRUE(cache.verify(key, "text", signature));
  EXPECT_TRUE(cache.verify(key, "text", signature));
  EXPECT_FALSE(cache.verify(key, "other", signature));
  EXPECT_FALSE(cache.verify(key, "other", signature));
  EXPECT_EQ(cache.hits(), 3u);
}

TEST(SignatureCache, MayBeMissing) {
  const std::string signature = sign(kPhone, "text", nullptr);
  EXPECT_EQ(signature, sign(kPhone, "text"));
  EXPECT_TRUE(verify(spell_base64url(kPhone.public_key), "text", signature, nullptr));
}

// One slot: every question evicts the one before, and the answers stay the same.
RC_GTEST_PROP(SignatureCache, GivesTheAnswersOfAnEmptyOne, (const std::vector<bool>& plan)) {
  SignatureCache tiny(1);
  const std::string key = spell_base64url(kPhone.public_key);
  for (const bool own : plan) {
    const KeyPair& signer = own ? kPhone : kThief;
    const std::string signature = sign(signer, "text", &tiny);
    RC_ASSERT(signature == sign(signer, "text"));
    RC_ASSERT(verify(key, "text", signature, &tiny) == own);
    RC_ASSERT(verify(key, "text", signature, &tiny) == own);
  }
}

}  // namespace
}  // namespace model::crypto
