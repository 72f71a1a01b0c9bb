// Section 0 of docs/protocol/gateway.md: the helper functions.
#include "model/store/scopes.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/model/store/store_words.hpp"

namespace model::store {
namespace {

using policy::EmptyList;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;

TEST(Clean, TrimsAndDropsBlanks) {
  EXPECT_EQ(clean(std::nullopt), std::nullopt);
  EXPECT_EQ(clean(""), std::nullopt);
  EXPECT_EQ(clean(" \t\xC2\xA0"), std::nullopt);
  EXPECT_EQ(clean(" a b "), "a b");
}

TEST(Scopeset, TrimsDropsAndSorts) {
  EXPECT_THAT(scopeset({" b ", "a", "b", "", "\n"}), ElementsAre("a", "b"));
  EXPECT_THAT(scopeset(Strings{}), IsEmpty());
}

TEST(Scopeset, AddsWhatOperatorScopesImply) {
  EXPECT_THAT(scopeset({"operator.write"}), ElementsAre("operator.read", "operator.write"));
  EXPECT_THAT(scopeset({"operator.admin"}),
              ElementsAre("operator.admin", "operator.read", "operator.write"));
  EXPECT_THAT(scopeset({"operator.pairing"}), ElementsAre("operator.pairing"));
}

TEST(Scopeset, SortsByUtf16CodeUnits) {
  // U+1F600 begins with a surrogate D83D, which is below U+FF5E; bytes say the opposite.
  EXPECT_THAT(scopeset({"\xEF\xBD\x9E", "\xF0\x9F\x98\x80"}),
              ElementsAre("\xF0\x9F\x98\x80", "\xEF\xBD\x9E"));
}

TEST(Scopeset, OfWhatIsNoListIsEmpty) {
  const js::Value text("operator.read");
  const js::Value list = json("['a', 5, null, 'b']");
  EXPECT_THAT(scopeset(static_cast<const js::Value*>(nullptr)), IsEmpty());
  EXPECT_THAT(scopeset(&text), IsEmpty());
  EXPECT_THAT(scopeset(&list), ElementsAre("a", "b"));
}

struct AllowsRow {
  std::string_view role;
  Strings requested, allowed;
  bool verdict;
};

TEST(Allows, FollowsItsTable) {
  const AllowsRow rows[] = {
      {"node", {}, {}, true},
      {"node", {" "}, {}, true},  // blanks are dropped first
      {"node", {"a"}, {}, false},
      {"node", {"a"}, {" a "}, true},
      {"node", {"operator.read"}, {"operator.admin"}, false},  // literal for any other role
      {"operator", {"operator.read"}, {"operator.admin"}, true},
      {" operator ", {"operator.read"}, {"operator.admin"}, true},
      {"Operator", {"operator.read"}, {"operator.admin"}, false},
      {"operator", {"operator."}, {"operator.admin"}, true},
      {"operator", {"operator"}, {"operator.admin"}, false},
      {"operator", {"chat"}, {"operator.admin"}, false},
      {"operator", {"chat"}, {"operator.admin", "chat"}, true},
      {"operator", {"operator.read"}, {"operator.write"}, true},
      {"operator", {"operator.write"}, {"operator.read"}, false},
      {"operator", {"operator.pairing"}, {"operator.write"}, false},
      {"operator", {"operator.read", "operator.pairing"}, {"operator.read"}, false},
  };
  for (const AllowsRow& row : rows) {
    EXPECT_EQ(allows(row.role, row.requested, row.allowed), row.verdict)
        << row.role << " " << ::testing::PrintToString(row.requested) << " of "
        << ::testing::PrintToString(row.allowed);
  }
}

TEST(MissingScope, IsTheFirstThatIsNotAllowed) {
  EXPECT_EQ(
      missing_scope("operator", {"operator.read", "operator.pairing", "x"}, {"operator.read"}),
      "operator.pairing");
  EXPECT_EQ(missing_scope("node", {"operator.read"}, {"operator.admin"}), "operator.read");
  EXPECT_EQ(missing_scope("operator", {" ", "operator.read"}, {"operator.admin"}), std::nullopt);
}

TEST(MergeRoles, CollectsInFirstSeenOrder) {
  const js::Value list = json("[' node ', '', 'operator', 'node']");
  const js::Value one(" operator ");
  const js::Value blank("  ");
  EXPECT_THAT(merge_roles({&one, &list}), Optional(ElementsAre("operator", "node")));
  EXPECT_THAT(merge_roles({&list, nullptr, &one}), Optional(ElementsAre("node", "operator")));
  EXPECT_EQ(merge_roles({nullptr, &blank}), std::nullopt);
}

TEST(MergeScopes, KeepsAnEmptyListOnlyInTheLaterRelease) {  // D-5
  const js::Value empty = json("[]");
  const js::Value blanks = json("[' ']");
  EXPECT_EQ(merge_scopes({nullptr, nullptr}, EmptyList::absent), std::nullopt);
  EXPECT_EQ(merge_scopes({nullptr, nullptr}, EmptyList::kept), std::nullopt);
  EXPECT_EQ(merge_scopes({nullptr, &empty}, EmptyList::absent), std::nullopt);
  EXPECT_THAT(merge_scopes({nullptr, &empty}, EmptyList::kept), Optional(IsEmpty()));
  EXPECT_THAT(merge_scopes({&blanks}, EmptyList::kept), Optional(IsEmpty()));
}

TEST(MergeScopes, AddsNothingThatIsImplied) {
  const js::Value admin = json("['operator.admin']");
  EXPECT_THAT(merge_scopes({&admin}, EmptyList::kept), Optional(ElementsAre("operator.admin")));
}

struct RolesRow {
  std::string_view record;
  Strings before;  ///< 2026.3.28
  Strings after;   ///< 2026.3.31
};

TEST(EffectiveRoles, DifferBetweenTheReleases) {  // D-7
  const RolesRow rows[] = {
      {"{}", {}, {}},
      {"{'role': 'node'}", {"node"}, {"node"}},
      {"{'role': ''}", {}, {}},
      {"{'roles': [], 'role': 'node'}", {}, {"node"}},
      {"{'roles': ['operator'], 'role': 'node'}", {"operator"}, {"operator", "node"}},
      {"{'roles': 'operator', 'role': 'node'}", {"node"}, {"operator", "node"}},
      {"{'roles': ['node'], 'tokens': {}}", {"node"}, {}},
      {"{'roles': ['node'], 'tokens': null}", {"node"}, {"node"}},
      {"{'roles': ['node'], 'tokens': {'node': {'role': 'node', 'revokedAtMs': 5}}}", {"node"}, {}},
      {"{'roles': ['node'], 'tokens': {'node': {'role': 'node', 'revokedAtMs': 0}}}",
       {"node"},
       {"node"}},
      {"{'roles': ['node'], 'tokens': {'x': {'role': ' y '}, 'z': {}}}", {"node"}, {"y"}},
      {"{'roles': ['node'], 'tokens': [{'role': 'y'}, null, 3]}", {"node"}, {"y"}},
  };
  for (const RolesRow& row : rows) {
    const js::Value record = json(std::string(row.record));
    EXPECT_EQ(effective_roles(record, revision("2026.3.28")), row.before) << row.record;
    EXPECT_EQ(effective_roles(record, revision("2026.3.31")), row.after) << row.record;
  }
}

TEST(Baseline, AsksApprovedScopesFirst) {
  EXPECT_EQ(baseline(json("{}")), std::nullopt);
  EXPECT_EQ(baseline(json("{'approvedScopes': 'x', 'scopes': ['a']}")), std::nullopt);
  EXPECT_THAT(baseline(json("{'approvedScopes': null, 'scopes': ['a']}")),
              Optional(ElementsAre("a")));
  EXPECT_THAT(baseline(json("{'approvedScopes': [], 'scopes': ['a']}")), Optional(IsEmpty()));
  EXPECT_THAT(baseline(json("{'approvedScopes': ['operator.write']}")),
              Optional(ElementsAre("operator.read", "operator.write")));
}

TEST(Within, NeedsABaseline) {
  EXPECT_FALSE(within("node", {}, std::nullopt));
  EXPECT_TRUE(within("node", {}, Strings{}));
  EXPECT_FALSE(within("node", {"a"}, Strings{}));
}

// Laws.

rc::Gen<Strings> scope_lists() {
  return rc::gen::container<Strings>(rc::gen::element<std::string>(
      "operator.admin", "operator.read", "operator.write", "operator.pairing", " operator.read ",
      "chat", "", " ", "x1", "x2", "x3"));
}

rc::Gen<std::string> roles() {
  return rc::gen::element<std::string>("operator", "node", " operator");
}

RC_GTEST_PROP(ScopesetLaw, IsIdempotentAndSorted, ()) {
  const Strings once = scopeset(*scope_lists());
  RC_ASSERT(scopeset(once) == once);
  RC_ASSERT(std::ranges::is_sorted(once));
  RC_ASSERT(std::ranges::adjacent_find(once) == once.end());
}

RC_GTEST_PROP(AllowsLaw, HoldingMoreNeverAllowsLess, ()) {
  const std::string role = *roles();
  const Strings requested = *scope_lists();
  const Strings allowed = *scope_lists();
  Strings more = allowed;
  for (const std::string& scope : *scope_lists()) more.push_back(scope);
  if (allows(role, requested, allowed)) RC_ASSERT(allows(role, requested, more));
}

RC_GTEST_PROP(AllowsLaw, AskingLessIsNeverRefusedMore, ()) {
  const std::string role = *roles();
  const Strings requested = *scope_lists();
  const Strings allowed = *scope_lists();
  if (!allows(role, requested, allowed)) return;
  for (const std::string& scope : requested) RC_ASSERT(allows(role, {scope}, allowed));
}

RC_GTEST_PROP(AllowsLaw, RefusesExactlyWhenAScopeIsMissing, ()) {
  const std::string role = *roles();
  const Strings requested = *scope_lists();
  const Strings allowed = *scope_lists();
  RC_ASSERT(allows(role, requested, allowed) == !missing_scope(role, requested, allowed));
}

RC_GTEST_PROP(MergeScopesLaw, HasEveryScopeOnceWhateverTheGrouping, ()) {
  const Strings first = *scope_lists();
  const Strings second = *scope_lists();
  const Strings third = *scope_lists();
  const auto value = [](const Strings& list) {
    js::Array elements;
    for (const std::string& scope : list) elements.emplace_back(scope);
    return js::Value(std::move(elements));
  };
  const js::Value x = value(first);
  const js::Value y = value(second);
  const js::Value z = value(third);
  const auto all = merge_scopes({&x, &y, &z}, EmptyList::kept);
  const js::Value xy = value(*merge_scopes({&x, &y}, EmptyList::kept));
  RC_ASSERT(merge_scopes({&xy, &z}, EmptyList::kept) == all);
  const js::Value merged = value(*all);
  RC_ASSERT(merge_scopes({&merged, &merged}, EmptyList::kept) == all);
  RC_ASSERT(scopeset(*all) == scopeset([&] {
              Strings joined = first;
              joined.insert(joined.end(), second.begin(), second.end());
              joined.insert(joined.end(), third.begin(), third.end());
              return joined;
            }()));
}

TEST(FirstSeenOrder, IsKeptBeyondTheSizeWhereSearchingChanges) {
  js::Array elements;
  for (int round = 0; round < 2; ++round) {
    for (int i = 40; i > 0; --i) elements.emplace_back("scope-" + std::to_string(i));
  }
  const js::Value list{elements};
  const auto merged = merge_scopes({&list}, EmptyList::kept);
  ASSERT_TRUE(merged);
  ASSERT_EQ(merged->size(), 40u);
  for (int i = 40; i > 0; --i) {
    EXPECT_EQ((*merged)[static_cast<std::size_t>(40 - i)], "scope-" + std::to_string(i));
  }
}

}  // namespace
}  // namespace model::store
