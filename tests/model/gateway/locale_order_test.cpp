// Locale order: gateway.md section 12.2. Expected orders were taken from a JavaScript engine.
#include "model/gateway/locale_order.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

using model::gateway::locale_less;
using Texts = std::vector<std::string>;

Texts sorted(Texts texts) {
  std::ranges::stable_sort(texts, locale_less);
  return texts;
}

TEST(LocaleOrder, PutsDigitsBeforeLettersAndLowerCaseFirstOnATie) {
  EXPECT_EQ(sorted({"Beta", "beta", "alpha", "a2", "zeta", "a10"}),
            (Texts{"a10", "a2", "alpha", "beta", "Beta", "zeta"}));
}

TEST(LocaleOrder, PutsBlanksAndPunctuationBeforeDigits) {
  const Texts expected = {"",    "\t",  "\n",  "10",  "9",   "a",     "A",     "a b",
                          "a_b", "a-b", "a-B", "a.A", "a.b", "a1",    "aa.",   "ab",
                          "aB",  "Ab",  "AB",  "ab1", "b.a", "co-op", "CO-OP", "coop"};
  Texts mixed = expected;
  std::ranges::reverse(mixed);
  EXPECT_EQ(sorted(mixed), expected);
}

TEST(LocaleOrder, PutsMarkedLettersAtTheirBaseLetter) {
  EXPECT_EQ(sorted({"f", "é", "E", "e", "z", "ö"}), (Texts{"e", "E", "é", "f", "ö", "z"}));
  EXPECT_TRUE(locale_less("éa", "eb"));
  EXPECT_TRUE(locale_less("Resume", "résumé"));
}

RC_GTEST_PROP(LocaleOrder, IsAStrictOrder,
              (const std::string& a, const std::string& b, const std::string& c)) {
  RC_ASSERT(!locale_less(a, a));
  RC_ASSERT(!(locale_less(a, b) && locale_less(b, a)));
  if (locale_less(a, b) && locale_less(b, c)) RC_ASSERT(locale_less(a, c));
}

}  // namespace
