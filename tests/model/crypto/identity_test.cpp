#include "model/crypto/identity.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "model/crypto/base64.hpp"

namespace model::crypto {
namespace {

KeyPair key_of_hex(std::string_view seed_hex) {
  const std::string bytes = decode_hex(seed_hex).value();
  Bytes32 seed;
  EXPECT_EQ(bytes.size(), seed.size());
  std::copy_n(bytes.begin(), seed.size(), seed.begin());
  return key_pair(seed);
}

const KeyPair kA = key_of_hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
constexpr std::string_view kIdA =
    "56475aa75463474c0285df5dbf2bcab73da651358839e9b77481b2eab107708c";

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

// Examples A, B and C of crypto.md: K-1, K-2, K-3.
TEST(KeyPair, HasTheKeyAndIdOfTheWorkedExamples) {
  const struct {
    const char* seed;
    const char* key;
    const char* id;
  } rows[] = {
      {"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
       "A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg",
       "56475aa75463474c0285df5dbf2bcab73da651358839e9b77481b2eab107708c"},
      {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
       "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
       "21fe31dfa154a261626bf854046fd2271b7bed4b6abe45aa58877ef47f9721b9"},
      {"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
       "dqFZIESm5PURJlvKc6YE2QsFKdHfYCvjChmpJXZg0fU",
       "af822958f2d75afb91f8a8f4da253230d63bebf8c3ce8fa9a2e275c2cd35456e"},
  };
  for (const auto& row : rows) {
    const KeyPair key = key_of_hex(row.seed);
    EXPECT_EQ(spell_base64url(key.public_key), row.key);
    EXPECT_EQ(device_id(key.public_key), row.id);
    EXPECT_EQ(derive_device_id(row.key), row.id);
  }
}

TEST(KeyPair, IsSpelledAsTheExamplesSpellIt) {
  EXPECT_EQ(encode_hex(as_text(kA.public_key)),
            "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8");
  EXPECT_EQ(spell_base64(kA.public_key), "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=");
  EXPECT_EQ(
      encode_hex(spki_der(kA.public_key)),
      "302a300506032b657003210003a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8");
  EXPECT_EQ(spell_pem(kA.public_key),
            "-----BEGIN PUBLIC KEY-----\n"
            "MCowBQYDK2VwAyEAA6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=\n"
            "-----END PUBLIC KEY-----\n");
}

// The table of devices in vectors/README.md section 2.
TEST(KeyPair, OfADeviceIsTheOneThatTheVectorsUse) {
  const struct {
    const char* name;
    const char* key;
    const char* id;
    const char* signature;
  } rows[] = {
      {"D0", "rwLMYHfNdDqBMrkyQO0gMKEZ1rw_pDf41cM20ok8C3I",
       "b3a8fb8347a700aabff4f0827f951dd165c1dbcc665929365886cb9bb2be0fa8",
       "H-kmMhUZqJroK0fP7rt0snCgtm2ZLrCGmO58c_CnoZOra59GNG92v5qL0prGBxGAq5U9opxKXay39kbVYTqfAw"},
      {"D1", "laDyH3pfaViB0lFlO0adq3fcOrWKhq8Rjjt6TLoTBLw",
       "23d3eb2e5b22e98317c134168ce7e8dd842b7ef2d2bf90cb60b1d2e3e676f53f",
       "6BRY3341jdSakul7Xgtio7kIOZtHld24AIyZaAuqsbhcdbbmQ2gE-fUb0-rxDWaajyP_rUtWWWZSW0QxHKERAA"},
      {"OP", "ri9rW3mQ1l5mzezuuBXi7PjU-cnsytTAdvMdiQwBdis",
       "042e51b43692e2ee1cbcc2c4ce5aa076a590c616379f5b77fb5d296530fa3dfc",
       "GV1sQTbzoAdC8aggZFoXZRJeMUuoabZjGNftpOI2dJiRFI0YxkoUElbELlIG-kUXQOrYHOe767od8cFh-hxrBg"},
  };
  for (const auto& row : rows) {
    const KeyPair key = key_pair_of_device(row.name);
    EXPECT_EQ(spell_base64url(key.public_key), row.key);
    EXPECT_EQ(device_id(key.public_key), row.id);
    EXPECT_EQ(sign(key, "abc"), row.signature);
    EXPECT_TRUE(verify(row.key, "abc", row.signature));
  }
}

TEST(PrivateKey, ComesBackFromItsPem) {
  const std::string pem = private_key_pem(kA.seed);
  EXPECT_TRUE(pem.starts_with("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAABAgME"));
  EXPECT_EQ(read_private_key_pem(pem), kA);
  EXPECT_EQ(read_private_key_pem(spell_pem(kA.public_key)), std::nullopt);
  EXPECT_EQ(read_private_key_pem(replaced(pem, "MC4C", "MC4D")), std::nullopt);
}

// K-5, K-6: all of these name one key, and K-9 gives one normalised form.
TEST(KeySpelling, MayBeBase64OfBothKindsOrPemWithBlanksAnywhere) {
  const std::string url = spell_base64url(kA.public_key);
  const std::string standard = spell_base64(kA.public_key);
  const std::string pem = spell_pem(kA.public_key);
  for (const std::string& spelling : {url, standard, url + "=", url + "==", "  " + url + "\n",
                                      url.substr(0, 9) + "\r\n" + url.substr(9), pem}) {
    EXPECT_EQ(derive_device_id(spelling), kIdA) << spelling;
    EXPECT_EQ(normalise_key(spelling), url) << spelling;
    EXPECT_TRUE(verify(spelling, "x", sign(kA, "x"))) << spelling;
  }
}

// K-5: what Node's createPublicKey accepts of a PEM text; each row was also asked of Node 20.
TEST(KeySpelling, AcceptsThePemThatNodeAccepts) {
  const std::string pem = spell_pem(kA.public_key);
  const std::string private_pem = private_key_pem(kA.seed);
  const std::string accepted[] = {
      pem.substr(0, pem.size() - 1),
      "junk\n" + pem,
      pem + "more",
      private_pem,
      private_pem + pem,
      replaced(pem, "MCow", "MC ow"),
      replaced(pem, "MCow", "MC\now"),
      replaced(pem, "KEY-----\nMC", "KEY-----  \nMC"),
      replaced(pem, "KEY-----\nMC", "KEY-----\n\nMC"),
      pem + std::string(1, '\0'),
  };
  for (const std::string& text : accepted) EXPECT_EQ(derive_device_id(text), kIdA) << text;
  std::string one_line = pem;
  std::ranges::replace(one_line, '\n', ' ');
  std::string lower = pem;
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  const std::string refused[] = {
      "BEGIN",
      "  " + pem,
      "x" + pem,
      one_line,
      lower + "BEGIN",
      replaced(pem, "END PUBLIC", "END PUBLIK"),
      replaced(replaced(pem, "PUBLIC KEY", "CERTIFICATE"), "PUBLIC KEY", "CERTIFICATE"),
      replaced(replaced(pem, "PUBLIC KEY", "RSA PUBLIC KEY"), "END PUBLIC", "END RSA PUBLIC"),
      replaced(pem, "MCowBQYDK2Vw", "MCowBQYDK2Vx"),
  };
  for (const std::string& text : refused) {
    EXPECT_EQ(derive_device_id(text), std::nullopt) << text;
    EXPECT_EQ(normalise_key(text), std::nullopt) << text;
    EXPECT_FALSE(verify(text, "x", sign(kA, "x"))) << text;
  }
}

// K-5, the odd case: a key of another spelling that happens to contain the five letters.
TEST(KeySpelling, IsTakenForPemWhenItContainsBegin) {
  std::string key = spell_base64url(kA.public_key);
  EXPECT_TRUE(derive_device_id(key));
  key.replace(7, 5, "BEGIN");
  EXPECT_EQ(derive_device_id(key), std::nullopt);
  key.replace(7, 5, "BEGiN");
  EXPECT_TRUE(derive_device_id(key));
}

// K-7, K-8.
TEST(KeySpelling, OfAnyLengthHasAnIdUnlessItIsEmpty) {
  EXPECT_EQ(derive_device_id(""), std::nullopt);
  EXPECT_EQ(derive_device_id("!!!"), std::nullopt);
  EXPECT_EQ(derive_device_id("Q"), std::nullopt);
  EXPECT_EQ(derive_device_id("QQ"), sha256_hex("A"));
  EXPECT_EQ(normalise_key("QQ=="), "QQ");
}

// K-8: the id check passes, the signature check does not.
TEST(Verification, RefusesAKeyThatIsTooShort) {
  const std::string raw(as_text(kA.public_key));
  const std::string signature = sign(kA, "x");
  EXPECT_TRUE(verify(encode_base64url(raw), "x", signature));
  EXPECT_FALSE(verify(encode_base64url(raw.substr(0, 31)), "x", signature));
}

// The DER wrapper says 32 bytes; Node 20 was seen to accept what follows them.
TEST(Verification, IgnoresWhatFollowsTheFirst32BytesOfAKey) {
  const std::string longer = std::string(as_text(kA.public_key)) + "z";
  EXPECT_TRUE(verify(encode_base64url(longer), "x", sign(kA, "x")));
  EXPECT_NE(derive_device_id(encode_base64url(longer)), kIdA);
}

// K-18.
TEST(Verification, ReadsTheSignatureLenientlyButNotItsLength) {
  const std::string key = spell_base64url(kA.public_key);
  const std::string signature = sign(kA, "text");
  const std::string bytes = decode_base64_lenient(signature);
  EXPECT_EQ(signature.size(), 86u);
  EXPECT_TRUE(verify(key, "text", encode_base64(bytes)));
  EXPECT_TRUE(verify(key, "text", " " + signature + "\n=ignored"));
  EXPECT_FALSE(verify(key, "text", encode_hex(bytes)));
  EXPECT_FALSE(verify(key, "text", encode_base64url(bytes.substr(0, 63))));
  EXPECT_FALSE(verify(key, "text", encode_base64url(bytes + "z")));
  EXPECT_FALSE(verify(key, "text", ""));
  EXPECT_FALSE(verify(key, "text", "unsigned"));
}

// K-17: the bytes signed are UTF-8 with replacement characters for lone surrogates.
TEST(Signature, IsOverWellFormedUtf8) {
  EXPECT_EQ(sign(kA, "a\xed\xa0\x80"), sign(kA, "a\xef\xbf\xbd"));
  EXPECT_TRUE(verify(spell_base64url(kA.public_key), "a\xed\xb0\x80", sign(kA, "a\xed\xa0\x80")));
  EXPECT_NE(sign(kA, "a\xc3\x84"), sign(kA, "a\xef\xbf\xbd"));
}

RC_GTEST_PROP(Signature, VerifiesUnderItsKeyAndNoOther, (const std::string& text)) {
  const KeyPair own = key_pair_of_device("own");
  const KeyPair other = key_pair_of_device("other");
  const std::string signature = sign(own, text);
  RC_ASSERT(verify(spell_base64url(own.public_key), text, signature));
  RC_ASSERT(!verify(spell_base64url(other.public_key), text, signature));
  RC_ASSERT(!verify(spell_base64url(own.public_key), text + "!", signature));
}

RC_GTEST_PROP(KeySpelling, NeverStopsTheReader, (const std::string& junk)) {
  (void)derive_device_id(junk);
  (void)derive_device_id("-----BEGIN PUBLIC KEY-----\n" + junk + "\n-----END PUBLIC KEY-----\n");
  RC_ASSERT(!verify(junk, "x", junk));
}

}  // namespace
}  // namespace model::crypto
