// Every expectation is met where it should be, and fails where it should: a check that cannot fail
// is none.
#include "sim/driver/expectation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/sim/driver/telling.hpp"

namespace sim {
namespace {

namespace js = model::js;
using testing::HasSubstr;

/// An expectation about the onboarded phone, and what its opposite is told.
struct Case {
  const char* met;
  const char* unmet;
  const char* message;
};

class Expectation : public testing::TestWithParam<Case> {};

std::string story(const std::string& expectation) {
  return tests::onboarded(
      "  - { by: tablet, do: scan, what: code }\n"
      "  - { by: ann, do: list }\n"
      "  - { do: cleanup }\n"
      "expect:\n  - { " +
      expectation + " }\n");
}

TEST_P(Expectation, IsMet) {
  const CellResult result = tests::play(story(GetParam().met));
  EXPECT_TRUE(result.passed()) << GetParam().met << "\n" << tests::failures(result);
}

TEST_P(Expectation, Fails) {
  const CellResult result = tests::play(story(GetParam().unmet));
  EXPECT_THAT(tests::failures(result), HasSubstr(std::string("story.yaml:10:5: expected ")));
  EXPECT_THAT(tests::failures(result), HasSubstr(GetParam().message)) << GetParam().unmet;
}

// clang-format off
INSTANTIATE_TEST_SUITE_P(All, Expectation, testing::Values(
    Case{"of: phone, session: open", "of: phone, session: closed", "but its session is open"},
    Case{"of: tablet, session: stopped", "of: tablet, session: open", "but its session is stopped"},
    Case{"of: phone, session: none, role: operator", "of: phone, session: open, role: operator", "its session is none"},
    Case{"of: mallory, session: none", "of: mallory, session: open", "its session is none"},
    Case{"of: tablet, refusal: AUTH_BOOTSTRAP_TOKEN_INVALID", "of: tablet, refusal: PAIRING_REQUIRED", "it was refused with AUTH_BOOTSTRAP_TOKEN_INVALID"},
    Case{"of: tablet, refusal: bootstrap token invalid", "of: tablet, refusal: none", "it was refused with"},
    Case{"of: phone, refusal: none", "of: phone, refusal: PAIRING_REQUIRED", "it was not refused, its session is open"},
    Case{"of: phone, bootstrap: none", "of: phone, bootstrap: both", "it holds one nowhere"},
    Case{"of: tablet, bootstrap: both", "of: tablet, bootstrap: memory", "it holds one in memory and keychain"},
    Case{"of: phone, token: kept, works: yes", "of: phone, token: none", "it keeps one"},
    Case{"of: tablet, token: none", "of: tablet, token: kept", "it has none"},
    Case{"of: phone, token: kept", "of: phone, token: kept, works: no", "it does"},
    Case{"of: phone, sent: bootstrap", "of: phone, sent: device_token", "it sent bootstrap"},
    Case{"of: tablet, sent: bootstrap, role: node", "of: tablet, sent: bootstrap, role: operator", "it did not try"},
    Case{"of: phone, attempts: 1", "of: phone, attempts: '>= 2'", "there were 1"},
    Case{"of: phone, status: Connected", "of: phone, status: Pairing required", "it says 'Connected'"},
    Case{"paired: [phone, ann]", "paired: [phone]", "it is ann, phone"},
    Case{"pending: []", "pending: [tablet]", "it is nobody"},
    Case{"codes: 0", "codes: 1", "there are 0"},
    Case{"code: gone, what: code", "code: bound, what: code", "it is gone"},
    Case{"file: devices/paired.json, at: $phone.roles, is: [node]", "file: devices/paired.json, at: $phone.roles, is: [operator]", "it is [\"node\"]"},
    Case{"file: devices/paired.json, at: $phone, has: { role: node }", "file: devices/paired.json, at: $phone, has: { role: operator }", "to have"},
    Case{"file: devices/paired.json, at: $tablet, absent: yes", "file: devices/paired.json, at: $phone, absent: yes", "expected nothing in"},
    Case{"file: devices/paired.json, at: $phone", "file: devices/paired.json, at: $tablet", "nothing stands there"},
    Case{"of: ann, event: device.pair.resolved, with: { deviceId: $phone }", "of: ann, event: device.pair.resolved, with: { deviceId: $tablet }", "with other contents"},
    Case{"of: ann, event: device.pair.requested, times: 0", "of: ann, event: device.pair.requested", "it came never"},
    Case{"writes: '>= 3', path: devices/bootstrap.json", "writes: 0, path: devices/bootstrap.json", "there were"},
    Case{"fact: silently_approved, of: phone", "fact: silently_approved, of: phone, times: 2", "it happened once"},
    Case{"of: ann, answer: device.pair.list", "of: ann, answer: device.pair.list, ok: no", "it was accepted"},
    Case{"of: ann, answer: device.pair.list, has: { pending: [] }", "of: ann, answer: device.pair.approve", "it was not answered"},
    Case{"told: No unused setup codes were active.", "told: Invalidated", "the last one answered"},
    Case{"sessions: 2", "sessions: 1", "there are 2"},
    Case{"sessions: 1, of: phone, role: node", "sessions: 1, of: phone, role: operator", "there are 0"},
    Case{"process: running", "process: stopped", "it is running"}));
// clang-format on

TEST(Closed, IsTheLastCloseThatReachedTheClient) {
  const auto story = [](const char* closed) {
    return tests::onboarded(std::string("  - { do: restart }\nexpect:\n  - { of: phone, closed: ") +
                            closed + " }\n");
  };
  EXPECT_TRUE(tests::play(story("1012")).passed());
  EXPECT_TRUE(tests::play(story("1012, reason: service restart")).passed());
  EXPECT_EQ(tests::failures(tests::play(story("1000"))),
            "story.yaml:8:5: expected a connection of phone closed with 1000, but the last one was "
            "closed with 1012 service restart\n");
  EXPECT_THAT(
      tests::failures(tests::play(tests::onboarded("expect:\n  - { of: phone, closed: 1012 }\n"))),
      HasSubstr("but none was closed"));
}

TEST(Expectations, AreAllTriedHere) {
  // Each form of the vocabulary appears in the table above; a new one must join it.
  std::set<std::string> named;
  for (const Form& form : expectation_forms()) named.insert(std::string(form.name));
  EXPECT_EQ(named.size(), 20u) << "add the new expectation to the table, then count again";
}

TEST(StepExpectations, CountWhatHappenedSinceTheStepBegan) {
  const CellResult result = tests::play(tests::onboarded(
      "  - { by: phone, do: background, expect: [{ of: phone, attempts: 0 }, { writes: 0 }] }\n"
      "  - { expect: [{ of: phone, attempts: 1 }, { fact: silently_approved }] }\n"));
  EXPECT_TRUE(result.passed()) << tests::failures(result);
}

TEST(ValueAt, FollowsNamesAndIndexes) {
  const js::Value value = *js::parse(R"({"a":{"b":[1,{"c":2}]},"x.y":3})");
  EXPECT_EQ(*value_at(value, ""), value);
  EXPECT_EQ(*value_at(value, "a.b[0]"), js::Value(1));
  EXPECT_EQ(*value_at(value, "a.b[1].c"), js::Value(2));
  EXPECT_EQ(*value_at(value, "['x.y']"), js::Value(3));
  for (const char* nowhere : {"b", "a.b[2]", "a.b[x]", "a.b[", "a[0]", "['x.y", "a.b.c"}) {
    EXPECT_EQ(value_at(value, nowhere), nullptr) << nowhere;
  }
}

TEST(HasAtLeast, AllowsFurtherMembersButNoFurtherElements) {
  const js::Value whole = *js::parse(R"({"a":1,"b":[1,{"c":2,"d":3}]})");
  EXPECT_TRUE(has_at_least(whole, *js::parse(R"({"b":[1,{"c":2}]})")));
  EXPECT_FALSE(has_at_least(whole, *js::parse(R"({"b":[1]})")));
  EXPECT_FALSE(has_at_least(whole, *js::parse(R"({"e":1})")));
  EXPECT_FALSE(has_at_least(whole, *js::parse(R"([])")));
}

}  // namespace
}  // namespace sim
