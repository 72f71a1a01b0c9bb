// The bootstrap store: S-5, S-8 to S-12 (docs/protocol/gateway.md 10.2).
#include "model/store/bootstrap_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/model/store/store_words.hpp"

namespace model::store {
namespace {

using ::testing::ElementsAre;

BootstrapVerify shows(std::string token, std::string device = "phone", std::string role = "node",
                      Strings scopes = {}) {
  const std::string key = device + "-key";
  return {.token = std::move(token),
          .device_id = std::move(device),
          .public_key = key,
          .role = std::move(role),
          .scopes = std::move(scopes)};
}

/// A store with one token "B", issued at 1'000'000.
Store issued(std::string_view release, std::optional<Profile> profile = std::nullopt) {
  Store store;
  store.policy = revision(release);
  store.names.pinned = {"B"};
  const Answer answer = store.run(BootstrapIssue{profile});
  EXPECT_EQ(answer.id, "B");
  return store;
}

TEST(BootstrapToken, IsIssuedWithTheDefaultProfileOfItsRelease) {  // S-11, D-4
  Store before = issued("2026.3.28");
  EXPECT_EQ(text_at(before.files.first, {"B", "profile"}), R"({"roles":["node"],"scopes":[]})");
  Store after = issued("2026.3.31");
  EXPECT_EQ(text_at(after.files.first, {"B", "profile"}),
            R"({"roles":["node","operator"],)"
            R"("scopes":["operator.read","operator.talk.secrets","operator.write"]})");
}

TEST(BootstrapToken, IsIssuedWithATidiedProfile) {  // S-11
  Store store = issued("2026.3.31", Profile{{"operator", " node", "node", ""}, {"operator.write"}});
  EXPECT_EQ(text_at(store.files.first, {"B", "profile"}),
            R"({"roles":["node","operator"],"scopes":["operator.read","operator.write"]})");
}

TEST(BootstrapToken, IsGoneAtItsFirstUseIn28) {  // S-8, D-2
  Store store = issued("2026.3.28");
  EXPECT_EQ(store.run(shows("B")).outcome, Outcome::ok);
  EXPECT_EQ(store.first(), "{}");
  EXPECT_EQ(store.run(shows("B")).outcome, Outcome::no);
  EXPECT_FALSE(store.wrote);
}

TEST(BootstrapToken, BindsToTheFirstDeviceThatShowsItIn31) {  // S-9, D-2
  Store store = issued("2026.3.31");
  EXPECT_EQ(store.run(shows("B", "phone")).outcome, Outcome::ok);
  EXPECT_EQ(text_at(store.files.first, {"B", "deviceId"}), R"("phone")");

  const Answer thief = store.run(shows("B", "thief"));
  EXPECT_EQ(thief.outcome, Outcome::no);
  EXPECT_EQ(thief.reason, "bound-elsewhere");
  EXPECT_FALSE(store.wrote);
  EXPECT_EQ(store.run(shows("B", "phone")).outcome, Outcome::ok);
  EXPECT_TRUE(store.wrote);
}

TEST(BootstrapToken, IsTrimmedWhereverItIsShown) {  // S-8
  Store store = issued("2026.3.31");
  BootstrapVerify padded = shows(" B\n");
  padded.device_id = " phone ";
  padded.public_key = " phone-key";
  padded.role = " node ";
  EXPECT_EQ(store.run(padded).outcome, Outcome::ok);
  EXPECT_EQ(store.run(shows("B")).outcome, Outcome::ok);  // K-10: blanks at the ends do not count
  EXPECT_EQ(text_at(store.files.first, {"B", "publicKey"}), R"("phone-key")");
}

TEST(BootstrapToken, NeedsEveryInput) {  // S-8
  for (const BootstrapVerify& input :
       {shows(" "), shows("B", " "), shows("B", "phone", "\t"),
        BootstrapVerify{.token = "B", .device_id = "phone", .public_key = " ", .role = "node"}}) {
    Store store = issued("2026.3.31");
    EXPECT_EQ(store.run(input).outcome, Outcome::no);
    EXPECT_FALSE(store.wrote);
  }
}

struct ProfileRow {
  std::string_view role;
  Strings scopes;
  bool in_28, in_31;
};

TEST(BootstrapProfile, IsMatchedExactlyIn28AndCoversIn31) {  // S-8, S-9, D-3
  const ProfileRow rows[] = {
      {"operator", {"operator.read", "operator.write"}, true, true},
      {"operator", {"operator.write"}, true, true},  // the scopeset contains what is implied
      {"operator", {"operator.read"}, false, true},
      {"operator", {}, false, true},
      {"operator", {"operator.admin"}, false, false},
      {"node", {}, false, false},
      {"Operator", {}, false, false},
  };
  for (const ProfileRow& row : rows) {
    const Profile profile = {{"operator"}, {"operator.write"}};
    Store before = issued("2026.3.28", profile);
    Store after = issued("2026.3.31", profile);
    const BootstrapVerify input = shows("B", "phone", std::string(row.role), row.scopes);
    EXPECT_EQ(before.run(input).outcome == Outcome::ok, row.in_28) << row.role;
    EXPECT_EQ(after.run(input).outcome == Outcome::ok, row.in_31) << row.role;
    EXPECT_EQ(after.wrote, row.in_31) << "no refusal writes";
  }
}

TEST(BootstrapProfile, WithTwoRolesNeverMatchesIn28) {  // S-8
  Store store = issued("2026.3.28", Profile{{"node", "operator"}, {}});
  EXPECT_EQ(store.run(shows("B")).outcome, Outcome::no);
}

TEST(BootstrapProfile, WithoutRolesNeverVerifies) {
  for (const std::string_view release : {"2026.3.28", "2026.3.31"}) {
    Store store = issued(release, Profile{{" "}, {}});
    EXPECT_EQ(store.run(shows("B")).outcome, Outcome::no) << release;
  }
}

TEST(BootstrapToken, IsAliveAtTenMinutesAndDeadOneMillisecondLater) {  // S-5
  for (const std::string_view release : {"2026.3.28", "2026.3.31"}) {
    for (const std::int64_t age : {599'999, 600'000, 600'001}) {
      Store store = issued(release);
      const Answer answer = store.run_at(1'000'000 + age, shows("B"));
      EXPECT_EQ(answer.outcome, age <= 600'000 ? Outcome::ok : Outcome::no) << release << age;
    }
  }
}

TEST(BootstrapToken, LivesNoLongerByBeingUsed) {  // S-9
  Store store = issued("2026.3.31");
  EXPECT_EQ(store.run_at(1'600'000, shows("B")).outcome, Outcome::ok);
  EXPECT_EQ(store.run_at(1'600'001, shows("B")).outcome, Outcome::no);
}

TEST(BootstrapToken, IsRevokedByValue) {  // S-10
  Store store = issued("2026.3.31");
  EXPECT_EQ(store.run(BootstrapRevoke{" "}).outcome, Outcome::no);
  EXPECT_EQ(store.run(BootstrapRevoke{"C"}).outcome, Outcome::no);
  EXPECT_FALSE(store.wrote);
  EXPECT_EQ(store.run(BootstrapRevoke{" B "}).outcome, Outcome::ok);
  EXPECT_EQ(store.first(), "{}");
  EXPECT_EQ(store.run(BootstrapRevoke{"B"}).outcome, Outcome::no);
}

TEST(BootstrapTokens, AreClearedAndCountedWhileAlive) {  // S-12, S-5
  Store store = issued("2026.3.31");
  store.now = Instant{1'000'001};
  (void)store.run(BootstrapIssue{});
  EXPECT_EQ(store.run_at(1'600'001, BootstrapClear{}).count, 1);  // the first one is too old
  EXPECT_EQ(store.first(), "{}");
  EXPECT_EQ(store.run(BootstrapClear{}).count, 0);
  EXPECT_TRUE(store.wrote);
}

TEST(BootstrapTokens, ThatExpiredStayUntilTheNextWrite) {  // S-5
  Store store = issued("2026.3.31");
  store.now = Instant{1'600'001};
  EXPECT_EQ(store.run(shows("other")).outcome, Outcome::no);
  EXPECT_NE(at(store.files.first, {"B"}), nullptr);
  (void)store.run(BootstrapIssue{});
  EXPECT_EQ(at(store.files.first, {"B"}), nullptr);
}

TEST(BootstrapReader, CompletesOldRecordsAndDropsUnknownMembers) {
  Store store;
  store.files.first = json(
      "{'old': {'roles': ['node', 'node'], 'scopes': ['b', 'a'], 'issuedAtMs': 900000, 'x': 1},"
      " 'new': {'lastUsedAtMs': 7, 'token': 'T', 'profile': {'roles': ['node']}, 'ts': 950000,"
      "         'publicKey': 'k', 'deviceId': 'd'},"
      " 'list': [1], 'text': 'x', 'null': null,"
      " 'odd': {'token': ' ', 'ts': 'x', 'issuedAtMs': '900000', 'deviceId': 5}}");
  (void)store.run(BootstrapIssue{Profile{}});
  EXPECT_EQ(text_at(store.files.first, {"old"}),
            R"({"token":"old","profile":{"roles":["node"],"scopes":["a","b"]},)"
            R"("issuedAtMs":900000,"ts":900000})");
  EXPECT_EQ(text_at(store.files.first, {"new"}),
            R"({"token":"T","profile":{"roles":["node"],"scopes":[]},)"
            R"("deviceId":"d","publicKey":"k","issuedAtMs":0,"ts":950000,"lastUsedAtMs":7})");
  EXPECT_EQ(at(store.files.first, {"list"}), nullptr);
  EXPECT_EQ(at(store.files.first, {"text"}), nullptr);
  EXPECT_EQ(at(store.files.first, {"odd"}), nullptr);  // ts 0: expired long ago
}

TEST(BootstrapReader, TakesTheKeyWhereTheTokenIsBlank) {
  const js::Object read = read_bootstrap(json("{'key': {'token': ' ', 'ts': 5}}"), Instant{5});
  EXPECT_EQ(text_at(js::Value(read), {"key", "token"}), R"("key")");
}

TEST(BootstrapReader, FindsARecordByItsTokenNotByItsKey) {
  Store store;
  store.files.first = json("{'k': {'token': 'T', 'ts': 1000000, 'profile': {'roles': ['node']}}}");
  EXPECT_EQ(store.run(shows("k")).outcome, Outcome::no);
  EXPECT_EQ(store.run(shows("T")).outcome, Outcome::ok);
  EXPECT_NE(at(store.files.first, {"k"}), nullptr);
}

TEST(BootstrapReader, BindsHalfBoundRecordsToNobodyElse) {  // S-9: both must equal
  Store store;
  store.files.first = json(
      "{'T': {'ts': 1000000, 'profile': {'roles': ['node']}, 'deviceId': 'phone'},"
      " 'U': {'ts': 1000000, 'profile': {'roles': ['node']}, 'deviceId': ' ', 'publicKey': ''}}");
  EXPECT_EQ(store.run(shows("T")).reason, "bound-elsewhere");
  EXPECT_EQ(store.run(shows("U")).outcome, Outcome::ok);
}

TEST(BootstrapNames, AreMintedForNobody) {
  Store store;
  EXPECT_EQ(store.run(BootstrapIssue{}).id, "bootstrap:#1");
  EXPECT_EQ(store.run(BootstrapIssue{}).id, "bootstrap:#2");
}

}  // namespace
}  // namespace model::store
