#include "model/base/js_string.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/arbitrary_json.hpp"

namespace model::js {
namespace {

TEST(JsString, TrimsTheBlanksOfEcmaScriptAndNoOthers) {  // docs/protocol/README.md, Conventions
  const char* const blanks[] = {"\t",     "\n",     "\v",     "\f",     "\r",     " ",
                                "\u00a0", "\ufeff", "\u2028", "\u2029", "\u1680", "\u2000",
                                "\u200a", "\u202f", "\u205f", "\u3000"};
  for (const std::string blank : blanks) {
    EXPECT_EQ(trim(blank + "a" + blank + "b" + blank), "a" + blank + "b");
    EXPECT_TRUE(js::blank(blank + blank));
  }
  for (const std::string other : {"\u0085", "\u200b", "\u180e", "\u2060", "\x1c", "\xc2"}) {
    EXPECT_EQ(trim(other), other);
    EXPECT_FALSE(js::blank(other));
  }
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim("\xa0"), "\xa0") << "an ill-formed byte is no U+00A0";
}

TEST(JsString, OrdersByCodeUnits) {
  const std::string high = "\xed\xa0\xbd";       // D83D
  const std::string last_high = "\xed\xaf\xbf";  // DBFF
  const std::string low = "\xed\xb8\x80";        // DE00
  const std::string ordered[] = {"",
                                 "A",
                                 "a",
                                 "aa",
                                 "b",
                                 "\u00e9",
                                 "\u20ac",
                                 "\ud7ff",
                                 "\U00010000",
                                 high,
                                 high + "\u20ac",
                                 "\U0001f5ff",
                                 "\U0001f600",
                                 high + "\uffff",
                                 "\U0010fc00",
                                 last_high + "\uffff",
                                 low,
                                 "\ue000",
                                 "\uffff"};
  for (const std::string& a : ordered) {
    for (const std::string& b : ordered) {
      EXPECT_EQ(utf16_less(a, b), &a < &b)
          << testing::PrintToString(a) << testing::PrintToString(b);
    }
  }
}

TEST(JsString, KnowsWellFormedUtf8) {  // W-4
  for (const char* yes :
       {"", "a", "\u00e9", "\ud7ff", "\ue000", "\uffff", "\U0001f600", "\U0010ffff"}) {
    EXPECT_TRUE(valid_utf8(yes)) << yes;
  }
  for (const char* no :
       {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xe0\x9f\xbf", "\xed\xa0\x80",
        "\xf0\x80\x80\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff",
        "\xc3", "\xe2\x82", "\xf0\x9f\x98", "a\xc3", "\xc3\x28"}) {
    EXPECT_FALSE(valid_utf8(no)) << testing::PrintToString(std::string(no));
  }
}

TEST(JsString, ReplacesEachMaximalIllFormedPart) {
  const std::string r = "\ufffd";
  const std::pair<std::string, std::string> rows[] = {
      {"a\xff"
       "b",
       "a" + r + "b"},
      {"\xe2\x82", r},
      {"\xe2\x82\xe2\x82\xac", r + "\u20ac"},
      {"\xf0\x9f\x98", r},
      {"\xf0\x9f\x98z", r + "z"},
      {"\xed\xa0\xbd", r + r + r},
      {"\xc0\x80", r + r},
      {"\xf4\x90\x80\x80", r + r + r + r},
      {"\xf1\x80\x80\xe1\x80\xc2", r + r + r},
      {"\xef\xbb\xbfx", "\ufeffx"},
  };
  for (const auto& [bytes, text] : rows) {
    EXPECT_EQ(decode_utf8_lossily(bytes), text) << testing::PrintToString(bytes);
  }
}

TEST(JsString, WritesLoneSurrogatesAsReplacements) {  // K-17
  EXPECT_EQ(to_well_formed("a\xed\xa0\xbd"
                           "b"),
            "a\ufffd"
            "b");
  EXPECT_EQ(to_well_formed("\u00e9\U0001f600"), "\u00e9\U0001f600");
}

TEST(JsString, CutsInTheMiddleOfACharacter) {  // W-22
  EXPECT_EQ(cut_utf8("abc", 3), "abc");
  EXPECT_EQ(cut_utf8("abcd", 3), "abc");
  EXPECT_EQ(cut_utf8("a\u20ac", 4), "a\u20ac");
  EXPECT_EQ(cut_utf8("a\u20ac", 3), "a\ufffd");
  EXPECT_EQ(cut_utf8("a\u20ac", 2), "a\ufffd");
  EXPECT_EQ(cut_utf8("a\u20ac", 1), "a");
  EXPECT_EQ(cut_utf8("\xed\xa0\xbd!", 3), "\ufffd");
}

TEST(JsString, CountsCodePoints) {
  EXPECT_EQ(code_points(""), 0u);
  EXPECT_EQ(code_points("a\u00e9\U0001f600\xed\xa0\xbd"), 4u);
}

TEST(JsString, LowersAsciiOnly) { EXPECT_EQ(lower_ascii("\u00c4PPLE Z"), "\u00c4pple z"); }  // K-11

TEST(JsString, LowersAsToLowerCase) {
  const std::pair<const char*, const char*> rows[] = {
      {"\u00c4PPLE", "\u00e4pple"},
      {"\u0130", "i\u0307"},
      {"\u0391\u03a3", "\u03b1\u03c2"},
      {"\u0391\u03a3\u0391", "\u03b1\u03c3\u03b1"},
      {"\u03a3", "\u03c3"},
      {"\u0391\u03a3'\u0391", "\u03b1\u03c3'\u03b1"},
      {"\u0391'\u03a3 \u0391", "\u03b1'\u03c2 \u03b1"},
      {"\u0416\u0531\uff21\U00010400", "\u0436\u0561\uff41\U00010428"},
      {"\u212a\u1e9e", "k\u00df"},
      {"\u01c5\u0100\u0101", "\u01c6\u0101\u0101"},
  };
  for (const auto& [text, lowered] : rows) EXPECT_EQ(lower_unicode(text), lowered) << text;
}

TEST(JsString, NormalisesForPolicy) {  // K-12
  const std::pair<const char*, const char*> rows[] = {
      {" iOS 18.4 ", "ios 18.4"},
      {"\u00edOS", "ios"},
      {"i\u0301OS", "ios"},
      {"\uff29\uff2f\uff33", "ios"},
      {"\U0001d422\U0001d428\U0001d42c", "ios"},
      {"\u24d8\u24de\u24e2", "ios"},
      {"\ufb01x", "fix"},
      {"\u2122", "tm"},
      {"\u00a0L\u0130nux", "linux"},
      {"\u0301", ""},
      {"\u00a8", " "},
      {"\u0416", "\u0436"},
  };
  for (const auto& [text, normal] : rows) EXPECT_EQ(normalise_for_policy(text), normal) << text;
}

RC_GTEST_PROP(JsString, DecodingMakesAnythingValidAndValidStays, (const std::string& bytes)) {
  const std::string text = decode_utf8_lossily(bytes);
  RC_ASSERT(valid_utf8(text));
  RC_ASSERT(decode_utf8_lossily(text) == text);
  RC_ASSERT(valid_utf8(bytes) == (text == bytes));
}

RC_GTEST_PROP(JsString, Utf16OrderIsAnOrder, ()) {
  const auto a = *tests::wtf8_text();
  const auto b = *tests::wtf8_text();
  RC_ASSERT(!(utf16_less(a, b) && utf16_less(b, a)));
  RC_ASSERT((a == b) == (!utf16_less(a, b) && !utf16_less(b, a)));
}

RC_GTEST_PROP(JsString, AnyBytesTrimLowerAndCut, (const std::string& bytes)) {
  RC_ASSERT(trim(trim(bytes)) == trim(bytes));
  RC_ASSERT(lower_unicode(lower_unicode(bytes)) == lower_unicode(bytes));
  RC_ASSERT(normalise_for_policy(bytes).size() <= 18 * bytes.size());
  RC_ASSERT(valid_utf8(cut_utf8(decode_utf8_lossily(bytes), 7)));
}

}  // namespace
}  // namespace model::js
