#include "model/base/nearest.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace model {
namespace {

const std::vector<std::string> kKnown = {"connect", "scan", "scare"};

TEST(Nearest, FindsOneEditOfEachKind) {
  EXPECT_EQ(nearest("scann", kKnown), "scan");       // one too many
  EXPECT_EQ(nearest("sca", kKnown), "scan");         // one too few
  EXPECT_EQ(nearest("scam", kKnown), "scan");        // one replaced
  EXPECT_EQ(nearest("cnonect", kKnown), "connect");  // two neighbours swapped
}

TEST(Nearest, OffersNothingBeyondAThirdOfTheName) {
  EXPECT_EQ(nearest("connexx", kKnown), "connect");  // 2 of 7
  EXPECT_EQ(nearest("conxxxx", kKnown), std::nullopt);
  EXPECT_EQ(nearest("", kKnown), std::nullopt);
  EXPECT_EQ(nearest("x", std::vector<std::string>{}), std::nullopt);
}

TEST(Nearest, ComparesNamesOf128BytesAndNoLongerOnes) {
  const std::vector<std::string> known = {std::string(128, 'a')};
  EXPECT_EQ(nearest(std::string(128, 'a'), known), known[0]);
  EXPECT_EQ(nearest(std::string(129, 'a'), known), std::nullopt);
}

TEST(Nearest, SaysItAsASentence) {
  EXPECT_EQ(did_you_mean("scann", kKnown), ", did you mean 'scan'?");
  EXPECT_EQ(did_you_mean("elephant", kKnown), "");
}

RC_GTEST_PROP(EditDistance, IsSymmetricAndZeroOnlyForEqualNames, ()) {
  const auto word = rc::gen::container<std::string>(rc::gen::elementOf(std::string("abc")));
  const std::string a = *word;
  const std::string b = *word;
  RC_ASSERT(edit_distance(a, b) == edit_distance(b, a));
  RC_ASSERT((edit_distance(a, b) == 0) == (a == b));
}

}  // namespace
}  // namespace model
