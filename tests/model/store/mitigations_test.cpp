// Policy values that no release has: the variants of docs/protocol/threats.md T-1 to T-6 whose
// place is a store.
#include <gtest/gtest.h>

#include "tests/model/store/store_words.hpp"

namespace model::store {
namespace {

using policy::Binding;
using policy::Consume;
using policy::Merge;
using policy::ReverifyWrite;

constexpr std::string_view kKey = "rwLMYHfNdDqBMrkyQO0gMKEZ1rw_pDf41cM20ok8C3I";
constexpr std::string_view kSameKeyPadded = "rwLMYHfNdDqBMrkyQO0gMKEZ1rw/pDf41cM20ok8C3I=";

BootstrapVerify shows(std::string_view device = "phone", std::string_view key = kKey) {
  return {.token = "B",
          .device_id = std::string(device),
          .public_key = std::string(key),
          .role = "node",
          .scopes = {}};
}

Store issued() {
  Store store;
  store.names.pinned = {"B"};
  (void)store.run(BootstrapIssue{});
  return store;
}

TEST(NormalisedBinding, KnowsOneKeyInTwoSpellings) {  // T-5, K-10
  Store raw = issued();
  (void)raw.run(shows("phone", kKey));
  EXPECT_EQ(raw.run(shows("phone", kSameKeyPadded)).reason, "bound-elsewhere");

  Store normalised = issued();
  normalised.policy.binding = Binding::normalised_key;
  EXPECT_EQ(normalised.run(shows("phone", kSameKeyPadded)).outcome, Outcome::ok);
  EXPECT_EQ(text_at(normalised.files.first, {"B", "publicKey"}), "\"" + std::string(kKey) + "\"");
  EXPECT_EQ(normalised.run(shows("phone", kKey)).outcome, Outcome::ok);
  EXPECT_EQ(normalised.run(shows("thief", kKey)).reason, "bound-elsewhere");
  EXPECT_EQ(normalised.run(shows("phone", "other")).reason, "bound-elsewhere");
}

TEST(NormalisedBinding, AcceptsWhatARawBindingLeft) {
  Store store = issued();
  (void)store.run(shows("phone", kSameKeyPadded));
  store.policy.binding = Binding::normalised_key;
  EXPECT_EQ(store.run(shows("phone", kKey)).outcome, Outcome::ok);
}

TEST(NoBinding, LetsEverybodyUseALivingToken) {  // a defect on purpose
  Store store = issued();
  store.policy.binding = Binding::none;
  EXPECT_EQ(store.run(shows("phone")).outcome, Outcome::ok);
  EXPECT_EQ(store.run(shows("thief")).outcome, Outcome::ok);
  EXPECT_EQ(text_at(store.files.first, {"B", "deviceId"}), "absent");
  EXPECT_EQ(text_at(store.files.first, {"B", "lastUsedAtMs"}), "1000000");
}

TEST(ConsumptionLaterThanVerification, LeavesTheTokenBound) {  // T-5, D-2
  for (const Consume consume :
       {Consume::on_silent_approval, Consume::on_approval, Consume::on_hello, Consume::never}) {
    Store store = issued();
    store.policy.consume = consume;
    EXPECT_EQ(store.run(shows("phone")).outcome, Outcome::ok);
    EXPECT_EQ(text_at(store.files.first, {"B", "deviceId"}), R"("phone")");
    EXPECT_EQ(store.run(shows("phone")).outcome, Outcome::ok);
    EXPECT_EQ(store.run(shows("thief")).outcome, Outcome::no);
  }
}

TEST(ConsumptionAtVerification, HeedsABindingThatIsThere) {
  Store store = issued();
  (void)store.run(shows("phone"));
  store.policy.consume = Consume::on_verify;
  EXPECT_EQ(store.run(shows("thief")).outcome, Outcome::no);
  EXPECT_EQ(store.run(shows("phone")).outcome, Outcome::ok);
  EXPECT_EQ(store.first(), "{}");
}

struct WriteRow {
  ReverifyWrite when;
  std::int64_t later;  ///< milliseconds after the binding verification
  bool writes;
};

TEST(ReverifyWrite, DecidesWhetherUsingABoundTokenWrites) {  // T-4, P-wr1
  for (const WriteRow& row :
       {WriteRow{ReverifyWrite::always, 0, true}, WriteRow{ReverifyWrite::always, 60'001, true},
        WriteRow{ReverifyWrite::when_binding_changes, 60'001, false},
        WriteRow{ReverifyWrite::tolerance, 59'999, false},
        WriteRow{ReverifyWrite::tolerance, 60'000, false},
        WriteRow{ReverifyWrite::tolerance, 60'001, true}}) {
    Store store = issued();
    store.policy.reverify_write = row.when;
    EXPECT_EQ(store.run(shows()).outcome, Outcome::ok);
    EXPECT_TRUE(store.wrote) << "the binding itself is always written";
    EXPECT_EQ(store.run_at(1'000'000 + row.later, shows()).outcome, Outcome::ok);
    EXPECT_EQ(store.wrote, row.writes) << static_cast<int>(row.when) << " " << row.later;
  }
}

TEST(ReverifyWrite, OfATokenThatIsConsumedIsNeverSaved) {
  Store store = issued();
  store.policy.binding = Binding::none;
  store.policy.consume = Consume::on_verify;
  store.policy.reverify_write = ReverifyWrite::when_binding_changes;
  EXPECT_EQ(store.run(shows()).outcome, Outcome::ok);
  EXPECT_EQ(store.first(), "{}");
}

TEST(MergePerRole, KeepsOneRequestForEachRole) {  // T-6, P-mg1, P-mg3
  Store store;
  store.policy.merge = Merge::per_role;
  const Answer as_operator = store.run(asks("phone", "operator", {"operator.read"}));
  DeviceRequest node = asks("phone", "node", {});
  node.silent = true;
  const Answer as_node = store.run(node);
  EXPECT_EQ(store.files.first.object().size(), 2u);
  EXPECT_EQ(text_at(as_node.record, {"silent"}), "true") << "P-mg1: the other role does not spoil";
  EXPECT_EQ(text_at(as_node.record, {"roles"}), R"(["node"])");
  EXPECT_EQ(text_at(as_node.record, {"scopes"}), "[]");
  EXPECT_EQ(store.run(node).id, as_node.id) << "P-mg3";
  EXPECT_EQ(store.run(asks("phone", "operator", {"operator.read"})).id, as_operator.id) << "P-mg3";
}

TEST(MergePerRole, HoldsWhatTheRoleAskedForLast) {  // P-mg4
  Store store;
  store.policy.merge = Merge::per_role;
  (void)store.run(asks("phone", "operator", {"operator.admin"}));
  const Answer later = store.run(asks("phone", "operator", {"operator.read"}));
  EXPECT_EQ(text_at(later.record, {"scopes"}), R"(["operator.read"])");
  EXPECT_EQ(store.files.first.object().size(), 1u);
}

TEST(MergeReplace, AccumulatesNothing) {  // T-6
  Store store;
  store.policy.merge = Merge::replace;
  (void)store.run(asks("phone", "operator", {"operator.read"}));
  DeviceRequest node = asks("phone", "node", {});
  node.silent = true;
  const Answer later = store.run(node);
  EXPECT_TRUE(later.created);
  EXPECT_EQ(store.files.first.object().size(), 1u);
  EXPECT_EQ(text_at(later.record, {"roles"}), R"(["node"])");
  EXPECT_EQ(text_at(later.record, {"scopes"}), "[]");
  EXPECT_EQ(text_at(later.record, {"silent"}), "true");
  EXPECT_FALSE(store.run(node).created);
}

TEST(MergeReplace, LetsALaterSilentRequestBeSilent) {  // P-mg1
  for (const Merge merge : {Merge::replace, Merge::per_role}) {
    Store store;
    store.policy.merge = merge;
    (void)store.run(asks("phone", "node", {}));
    DeviceRequest silent = asks("phone", "node", {});
    silent.silent = true;
    EXPECT_EQ(text_at(store.run(silent).record, {"silent"}), "true");
    EXPECT_EQ(text_at(store.run(asks("phone", "node", {})).record, {"silent"}), "false");
  }
}

TEST(RoleForScopes, LetsAnAdministratorApproveAMergedRequest) {  // T-6, P-mg2
  Store store;
  (void)store.run(asks("phone", "operator", {"operator.talk.secrets"}));
  const Answer merged = store.run(asks("phone", "node", {}));
  const DeviceApprove by_admin = {merged.id, Strings{"operator.admin"}};
  EXPECT_EQ(store.run(by_admin).missing_scope, "operator.talk.secrets");
  store.policy.role_for_scopes = policy::RoleForScopes::operator_if_operator_scopes;
  EXPECT_EQ(store.run(DeviceApprove{merged.id, Strings{"operator.write"}}).missing_scope,
            "operator.talk.secrets");
  EXPECT_EQ(store.run(by_admin).outcome, Outcome::ok);
}

TEST(RoleForScopes, ChecksOperatorScopesEvenWithoutARole) {
  Store store;
  store.policy.role_for_scopes = policy::RoleForScopes::operator_if_operator_scopes;
  const Answer request = store.run(asks("phone", "", {"operator.read"}));
  EXPECT_EQ(store.run(DeviceApprove{request.id, Strings{}}).missing_scope, "operator.read");
  const Answer plain = store.run(asks("tablet", "", {"chat"}));
  EXPECT_EQ(store.run(DeviceApprove{plain.id, std::nullopt}).outcome, Outcome::ok);
}

}  // namespace
}  // namespace model::store
