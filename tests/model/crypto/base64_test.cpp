#include "model/crypto/base64.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace model::crypto {
namespace {

std::string lenient_hex(std::string_view text) { return encode_hex(decode_base64_lenient(text)); }

// K-6, the small table at the end of crypto.md.
TEST(LenientBase64, ReadsTheTableOfTheSpecification) {
  for (const char* text : {"QUJD", "QU JD", "Q!U@J#D", "QUJD===="}) {
    EXPECT_EQ(lenient_hex(text), "414243") << text;
  }
  EXPECT_EQ(lenient_hex("QUJD=REVG"), "414243");
  EXPECT_EQ(lenient_hex("QUJ"), "4142");
  EXPECT_EQ(lenient_hex("QU=="), "41");
  EXPECT_EQ(lenient_hex("Q"), "");
  EXPECT_EQ(lenient_hex("-_8"), "fbff");
  EXPECT_EQ(lenient_hex("+/8"), "fbff");
}

// K-6; each row was also asked of Node's Buffer.
TEST(LenientBase64, SkipsWhatIsNotInTheAlphabetAndStopsAtTheFirstEqualsSign) {
  const struct {
    const char* text;
    const char* hex;
  } rows[] = {
      {"", ""},
      {"=QUJD", ""},
      {"Q=UJD", ""},
      {"QUJ=D", "4142"},
      {"QU==QUJD", "41"},
      {"QUJDR", "414243"},
      {"QUJDRE", "41424344"},
      {"QUJDREV", "4142434445"},
      {"\xc3\xa9 QUJD", "414243"},
      {"\xc5\x81UJD", "014243"},               // U+0141 counts as A
      {"QUJD\xf0\x9f\x98\x80QUJD", "414243"},  // U+1F600 begins with D83D, and 3D is =
      {"QUJD\xe2\x80\xa6QUJD", "414243414243"},
      {"A_-A/+", "03ff80ff"},
      {" \r\n\tQUJD\n", "414243"},
      {"!!!", ""},
  };
  for (const auto& row : rows) EXPECT_EQ(lenient_hex(row.text), row.hex) << row.text;
  EXPECT_EQ(lenient_hex(std::string_view("QU\0JD", 5)), "414243");
}

TEST(StrictBase64url, RefusesEverySecondSpelling) {
  EXPECT_EQ(decode_base64url_strict("-_8"), "\xfb\xff");
  for (const char* text : {"+/8", "-_8=", "-_9", "-_ 8", "Q", "QUJDR", "-_8\n"}) {
    EXPECT_EQ(decode_base64url_strict(text), std::nullopt) << text;
  }
}

// K-34: the app restores the padding and then reads as Foundation does.
TEST(PaddedBase64, WantsWholeGroupsOfTheStandardAlphabet) {
  EXPECT_EQ(decode_base64_padded("QUI="), "AB");
  EXPECT_EQ(decode_base64_padded("QQ=="), "A");
  EXPECT_EQ(decode_base64_padded(""), "");
  for (const char* text : {"QUI", "Q===", "====", "QU=I", "-_8=", "QU I", "QUI=QUI="}) {
    EXPECT_EQ(decode_base64_padded(text), std::nullopt) << text;
  }
}

TEST(Hex, ReadsBothCasesAndRefusesTheRest) {
  EXPECT_EQ(decode_hex("00fFaB"), std::string("\x00\xff\xab", 3));
  for (const char* text : {"0", "0g", "0x00", " 00"}) EXPECT_EQ(decode_hex(text), std::nullopt);
}

RC_GTEST_PROP(Base64, ReadsBackWhatItWrites, (const std::string& bytes)) {
  const std::string url = encode_base64url(bytes);
  const std::string standard = encode_base64(bytes);
  RC_ASSERT(decode_base64_lenient(url) == bytes);
  RC_ASSERT(decode_base64_lenient(standard) == bytes);
  RC_ASSERT(decode_base64url_strict(url) == bytes);
  RC_ASSERT(decode_base64_padded(standard) == bytes);
  RC_ASSERT(standard.size() % 4 == 0u);
  RC_ASSERT(decode_hex(encode_hex(bytes)) == bytes);
}

RC_GTEST_PROP(Base64, IsCanonicalWhereTheStrictReaderAccepts, (const std::string& text)) {
  const auto bytes = decode_base64url_strict(text);
  if (bytes) RC_ASSERT(encode_base64url(*bytes) == text);
}

}  // namespace
}  // namespace model::crypto
