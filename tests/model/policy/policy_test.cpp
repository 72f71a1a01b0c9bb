#include "model/policy/policy.hpp"

#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace model::policy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(PolicyFields, HaveDistinctNamesAndSentences) {
  std::set<std::string_view> names;
  for (const Field& field : fields()) {
    EXPECT_TRUE(names.insert(field.name).second) << field.name;
    EXPECT_THAT(field.meaning, Not(IsEmpty())) << field.name;
    EXPECT_THAT(field.source, Not(IsEmpty())) << field.name;
    ASSERT_GE(field.values.size(), 2u) << field.name;
    std::set<std::string_view> values;
    for (const Value& value : field.values) {
      EXPECT_TRUE(values.insert(value.name).second) << field.name << " " << value.name;
      EXPECT_THAT(value.meaning, Not(IsEmpty())) << field.name << " " << value.name;
    }
  }
  EXPECT_EQ(names.size(), 30u);  // as many as struct Policy has members
}

TEST(PolicyFields, AreEachSetAndReadBackAlone) {
  for (const Field& field : fields()) {
    for (const Value& value : field.values) {
      Policy policy;
      ASSERT_TRUE(set(policy, field.name, value.name)) << field.name << " " << value.name;
      EXPECT_EQ(field.values[field.get(policy)].name, value.name);
      const bool is_default = field.get(policy) == field.get(Policy{});
      EXPECT_EQ(differences(Policy{}, policy).size(), is_default ? 0u : 1u) << field.name;
    }
  }
}

TEST(PolicyFields, ListEveryEnumeratorInItsOrder) {
  Policy policy;
  ASSERT_TRUE(set(policy, "bootstrap.consume=never"));
  EXPECT_EQ(policy.consume, Consume::never);
  ASSERT_TRUE(set(policy, "store.lock=datastore"));
  EXPECT_EQ(policy.store_lock, StoreLock::datastore);
  ASSERT_TRUE(set(policy, "app.clear_bootstrap=keychain_only"));
  EXPECT_EQ(policy.clear_bootstrap, ClearBootstrap::keychain_only);
  ASSERT_TRUE(set(policy, "signature.token=single"));
  EXPECT_EQ(policy.signature_token, SignatureToken::single);
  ASSERT_TRUE(set(policy, "bootstrap.silent_pairing=fresh_baseline_node_if_confirmed"));
  EXPECT_EQ(policy.silent_pairing, SilentPairing::fresh_baseline_node_if_confirmed);
}

TEST(PolicySet, NamesTheNearestKnownField) {
  Policy policy;
  EXPECT_EQ(set(policy, "bootstrap.consme=on_hello").error().message,
            "unknown policy field 'bootstrap.consme', did you mean 'bootstrap.consume'?");
  EXPECT_EQ(set(policy, "weather=fine").error().message,
            "unknown policy field 'weather', 'sim list policy' names them");
  EXPECT_EQ(policy, Policy{});
}

TEST(PolicySet, NamesTheNearestKnownValueOrAll) {
  Policy policy;
  EXPECT_EQ(set(policy, "bootstrap.consume=on_hallo").error().message,
            "policy field 'bootstrap.consume' has no value 'on_hallo', did you mean 'on_hello'?");
  EXPECT_EQ(set(policy, "bootstrap.binding=").error().message,
            "policy field 'bootstrap.binding' has no value '', expected one of: none, raw_key, "
            "normalised_key");
  EXPECT_EQ(policy, Policy{});
}

TEST(PolicySet, WantsAnEqualsSign) {
  Policy policy;
  EXPECT_EQ(set(policy, "bootstrap.consume").error().message,
            "expected FIELD=VALUE, found 'bootstrap.consume'");
}

TEST(PolicySupported, AcceptsEveryPreset) {
  for (const Preset& known : presets()) {
    const auto verdict = supported(known.policy);
    EXPECT_TRUE(verdict) << known.name << ": " << verdict.error().message;
  }
}

TEST(PolicySupported, RefusesAValueWhoseOtherHalfIsMissing) {
  Policy policy;
  policy.store_lock = StoreLock::datastore;
  ASSERT_FALSE(supported(policy));
  EXPECT_EQ(supported(policy).error().message,
            "store.lock=datastore is not supported: the disk has files only");
}

TEST(PolicySupported, RefusesToWaitForApprovalWithATokenThatIsNobodys) {
  Policy policy = {.consume = Consume::on_approval, .binding = Binding::none};
  ASSERT_FALSE(supported(policy));
  EXPECT_THAT(supported(policy).error().message, HasSubstr("must be bound"));
  policy.binding = Binding::raw_key;
  EXPECT_TRUE(supported(policy));
}

TEST(PolicyDifferences, AreAssignmentsInFieldOrder) {
  Policy policy;
  policy.merge = Merge::replace;
  policy.binding = Binding::none;
  EXPECT_THAT(differences(Policy{}, policy),
              ElementsAre("bootstrap.binding=none", "pairing.merge=replace"));
}

RC_GTEST_PROP(PolicyDifferences, LeadFromOnePolicyToTheOther, ()) {
  Policy from;
  Policy to;
  for (const Field& field : fields()) {
    const auto count = static_cast<int>(field.values.size());
    field.set(from, static_cast<std::uint8_t>(*rc::gen::inRange(0, count)));
    field.set(to, static_cast<std::uint8_t>(*rc::gen::inRange(0, count)));
  }
  Policy walked = from;
  for (const std::string& assignment : differences(from, to)) {
    RC_ASSERT(set(walked, assignment).has_value());
  }
  RC_ASSERT(walked == to);
}

}  // namespace
}  // namespace model::policy
