#include "model/crypto/sha256.hpp"

#include <gtest/gtest.h>

#include <string>

namespace model::crypto {
namespace {

TEST(Sha256, AgreesWithFips180) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

// K-28: blank on either side is no, otherwise equality of what was given.
TEST(TokenEquality, ComparesUntrimmedAndRefusesBlanks) {
  EXPECT_TRUE(token_equal("T", "T"));
  EXPECT_TRUE(token_equal(" T", " T"));
  EXPECT_FALSE(token_equal(" T", "T"));
  EXPECT_FALSE(token_equal("T", "T "));
  EXPECT_FALSE(token_equal("T", "t"));
  EXPECT_FALSE(token_equal("", ""));
  EXPECT_FALSE(token_equal(" ", " "));
  EXPECT_FALSE(token_equal("\xc2\xa0", "\xc2\xa0"));
  EXPECT_FALSE(token_equal("T", ""));
}

// Both sides are hashed as UTF-8, where a lone surrogate becomes a replacement character.
TEST(TokenEquality, TakesALoneSurrogateForAReplacementCharacter) {
  EXPECT_TRUE(token_equal("a\xed\xa0\x80", "a\xef\xbf\xbd"));
  EXPECT_TRUE(secrets_equal("\xed\xa0\x80", "\xed\xbf\xbf"));
  EXPECT_FALSE(secrets_equal("\xed\xa0\x80", "?"));
}

TEST(SecretEquality, DoesNotLookForBlanks) {
  EXPECT_TRUE(secrets_equal("", ""));
  EXPECT_FALSE(secrets_equal("", " "));
}

}  // namespace
}  // namespace model::crypto
