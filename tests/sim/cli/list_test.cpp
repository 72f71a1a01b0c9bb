#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/base/json.hpp"
#include "tests/sim/cli/running.hpp"

namespace {

namespace js = model::js;
using testing::HasSubstr;

TEST(SimList, RevisionsPolicyPropertiesAndScenariosForPeopleAndPrograms) {
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"revisions", "2026.3.28"},
      {"policy", "bootstrap.silent_pairing: "},
      {"properties", "P5.one_device (monitor): a bootstrap token says yes to at most one device"},
      {"scenarios", "scenarios/qr_onboarding.yaml: "}};
  for (const auto& [what, text] : expected) {
    const tests::Ran people = tests::sim({"list", what});
    EXPECT_EQ(people.code, 0) << people.err;
    EXPECT_THAT(people.out, HasSubstr(text));
    const tests::Ran programs = tests::sim({"list", what, "--json"});
    EXPECT_EQ(programs.code, 0);
    const auto list = js::parse(programs.out);
    ASSERT_TRUE(list) << what;
    EXPECT_GE(list->array().size(), 2u) << what;
  }
}

TEST(SimList, PropertiesNameTheReleasesThatBreakThem) {
  const tests::Ran ran = tests::sim({"list", "properties"});
  EXPECT_THAT(ran.out, HasSubstr("broken on 2026.3.28: "));
  EXPECT_THAT(ran.out, HasSubstr("see scenarios/qr_onboarding_stalls.yaml"));
}

TEST(SimList, SomethingElseIsBadInput) {
  EXPECT_EQ(tests::sim({"list", "everything"}).code, 2);
  EXPECT_EQ(tests::sim({"list"}).code, 2);
}

}  // namespace
