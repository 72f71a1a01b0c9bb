// Device tokens: S-21 to S-24 of docs/protocol/gateway.md.
#include <gtest/gtest.h>

#include "tests/model/store/store_words.hpp"

namespace model::store {
namespace {

/// A device approved as operator for read and write, with one token "T" for reading.
Store paired() {
  Store store;
  store.files.second = json(
      "{'phone': {'deviceId': 'phone', 'role': 'operator', 'roles': ['operator'],"
      " 'scopes': ['operator.write'], 'approvedScopes': ['operator.write'],"
      " 'tokens': {'operator': {'token': 'T', 'role': 'operator', 'scopes': ['operator.read'],"
      "   'createdAtMs': 1}}}}");
  return store;
}

void set_token(Store& store, std::string_view text) {
  store.files.second.edit_object().edit("phone")->edit_object().set("tokens",
                                                                    json(std::string(text)));
}

TEST(TokenVerification, NotesWhenItWasUsed) {  // S-21
  Store store = paired();
  EXPECT_EQ(store.run(TokenVerify{" phone ", "T", " operator ", {"operator.read"}}).outcome,
            Outcome::ok);
  EXPECT_EQ(text_at(store.files.second, {"phone", "tokens", "operator"}),
            R"({"token":"T","role":"operator","scopes":["operator.read"],"createdAtMs":1,)"
            R"("lastUsedAtMs":1000000})");
}

struct RefusalRow {
  std::string_view tokens;
  TokenVerify shown;
  std::string_view reason;
};

TEST(TokenVerification, RefusesInAFixedOrder) {  // S-21
  const RefusalRow rows[] = {
      {"{}", {"tablet", "T", "", {}}, "device-not-paired"},
      {"{}", {"phone", "T", " ", {}}, "role-missing"},
      {"{}", {"phone", "T", "operator", {}}, "token-missing"},
      {"null", {"phone", "T", "operator", {}}, "token-missing"},
      {"{'operator': {'token': 'T', 'revokedAtMs': 1}}",
       {"phone", "x", "operator", {}},
       "token-revoked"},
      {"{'operator': {'token': 'T', 'scopes': ['x']}}",
       {"phone", "x", "operator", {}},
       "token-mismatch"},
      {"{'operator': {'token': 'T', 'scopes': ['x']}}",
       {"phone", "T", "operator", {}},
       "scope-mismatch"},  // outside the baseline
      {"{'operator': {'token': 'T', 'scopes': ['operator.read']}}",
       {"phone", "T", "operator", {"operator.write"}},
       "scope-mismatch"},  // within the baseline, beyond the token
  };
  for (const RefusalRow& row : rows) {
    Store store = paired();
    set_token(store, row.tokens);
    const Answer answer = store.run(row.shown);
    EXPECT_EQ(answer.outcome, Outcome::no) << row.tokens;
    EXPECT_EQ(answer.reason, row.reason) << row.tokens;
    EXPECT_FALSE(store.wrote);
  }
}

TEST(TokenVerification, CountsARevocationAtZeroAsNone) {
  Store store = paired();
  set_token(store, "{'operator': {'token': 'T', 'scopes': [], 'revokedAtMs': 0}}");
  EXPECT_EQ(store.run(TokenVerify{"phone", "T", "operator", {}}).outcome, Outcome::ok);
}

TEST(TokenVerification, NeedsABaseline) {  // S-21, D-6
  Store store = paired();
  store.files.second = json("{'phone': {'tokens': {'node': {'token': 'T', 'scopes': []}}}}");
  EXPECT_EQ(store.run(TokenVerify{"phone", "T", "node", {}}).reason, "scope-mismatch");
}

TEST(TokenIssue, ReturnsAnEntryThatServes) {  // S-22
  Store store = paired();
  const Answer answer = store.run(TokenEnsure{"phone", "operator", {"operator.read"}});
  EXPECT_EQ(answer.id, "T");
  EXPECT_FALSE(store.wrote);
}

TEST(TokenIssue, ReplacesAnEntryThatDoesNotServe) {  // S-22: requested only, not the union
  Store store = paired();
  store.files.second = json(
      "{'phone': {'approvedScopes': ['operator.admin'], 'tokens': {'operator': {'token': 'T',"
      " 'role': 'operator', 'scopes': ['operator.read'], 'createdAtMs': 1, 'lastUsedAtMs': 2}}}}");
  const Answer answer = store.run(TokenEnsure{"phone", "operator", {"operator.pairing"}});
  EXPECT_EQ(js::dump(answer.record),
            R"({"token":"token:phone/operator#1","role":"operator","scopes":["operator.pairing"],)"
            R"("createdAtMs":1,"rotatedAtMs":1000000,"lastUsedAtMs":2})");
  EXPECT_TRUE(store.wrote);
}

TEST(TokenIssue, ReplacesARevokedOrTooWideEntry) {  // S-22
  for (const std::string_view entry :
       {"{'operator': {'token': 'T', 'scopes': ['operator.read'], 'revokedAtMs': 5}}",
        "{'operator': {'token': 'T', 'scopes': ['operator.read', 'operator.pairing']}}"}) {
    Store store = paired();
    set_token(store, entry);
    const Answer answer = store.run(TokenEnsure{"phone", "operator", {"operator.read"}});
    EXPECT_EQ(answer.id, "token:phone/operator#1") << entry;
    EXPECT_EQ(text_at(answer.record, {"revokedAtMs"}), "absent");
  }
}

TEST(TokenIssue, OfAFirstTokenIsNoRotation) {  // S-22
  Store store = paired();
  const Answer answer = store.run(TokenEnsure{"phone", "node", {}});
  EXPECT_EQ(js::dump(answer.record),
            R"({"token":"token:phone/node#1","role":"node","scopes":[],"createdAtMs":1000000})");
}

TEST(TokenIssue, IsRefusedOutsideTheBaseline) {  // S-22
  Store store = paired();
  EXPECT_EQ(store.run(TokenEnsure{"phone", "operator", {"operator.admin"}}).outcome, Outcome::no);
  EXPECT_EQ(store.run(TokenEnsure{"phone", " ", {}}).outcome, Outcome::no);
  EXPECT_EQ(store.run(TokenEnsure{"tablet", "operator", {}}).outcome, Outcome::no);
  EXPECT_FALSE(store.wrote);
}

TEST(TokenIssue, LetsTwoClientsReplaceEachOthersTokenInTurn) {  // note on S-22
  Store store = paired();
  store.files.second.edit_object().edit("phone")->edit_object().set(
      "approvedScopes", json("['operator.approvals', 'operator.pairing']"));
  set_token(store, "{}");
  const Answer a = store.run(TokenEnsure{"phone", "operator", {"operator.pairing"}});
  const Answer b = store.run(TokenEnsure{"phone", "operator", {"operator.approvals"}});
  const Answer c = store.run(TokenEnsure{"phone", "operator", {"operator.pairing"}});
  EXPECT_NE(a.id, b.id);
  EXPECT_NE(b.id, c.id);
  EXPECT_NE(a.id, c.id);
}

TEST(TokenRotation, KeepsScopesUnlessOthersAreGiven) {  // S-23
  Store store = paired();
  EXPECT_EQ(text_at(store.run(TokenRotate{"phone", "operator", std::nullopt}).record, {"scopes"}),
            R"(["operator.read"])");
  EXPECT_EQ(text_at(store.run(TokenRotate{"phone", "operator", Strings{" operator.write"}}).record,
                    {"scopes"}),
            R"(["operator.read","operator.write"])");
  EXPECT_EQ(text_at(store.run(TokenRotate{"phone", "operator", Strings{}}).record, {"scopes"}),
            "[]");
}

TEST(TokenRotation, TakesTheDevicesScopesWithoutAnEntry) {  // S-23
  Store store = paired();
  set_token(store, "{}");
  const Answer answer = store.run(TokenRotate{"phone", "operator", std::nullopt});
  EXPECT_EQ(js::dump(answer.record),
            R"({"token":"token:phone/operator#1","role":"operator",)"
            R"("scopes":["operator.read","operator.write"],"createdAtMs":1000000,)"
            R"("rotatedAtMs":1000000})");  // rotated although there was none
}

TEST(TokenRotation, MintsARoleThatWasNeverApproved) {  // S-23 odd, P-1
  Store store = paired();
  EXPECT_EQ(store.run(TokenRotate{"phone", "foo", Strings{}}).outcome, Outcome::ok);
  const Strings roles = effective_roles(*find_paired(store.files, "phone"), store.policy);
  EXPECT_EQ(roles, (Strings{"operator", "foo"}));
}

TEST(TokenRotation, TellsWhyItRefuses) {  // S-23
  Store store = paired();
  EXPECT_EQ(store.run(TokenRotate{"tablet", "operator", std::nullopt}).reason,
            "unknown-device-or-role");
  EXPECT_EQ(store.run(TokenRotate{"phone", " ", std::nullopt}).outcome, Outcome::unknown);
  EXPECT_EQ(store.run(TokenRotate{"phone", "operator", Strings{"operator.admin"}}).reason,
            "scope-outside-approved-baseline");
  store.files.second = json("{'phone': {}}");
  EXPECT_EQ(store.run(TokenRotate{"phone", "operator", Strings{}}).reason,
            "missing-approved-scope-baseline");
  EXPECT_FALSE(store.wrote);
}

TEST(TokenRotation, RevivesARevokedEntry) {  // S-23
  Store store = paired();
  set_token(store,
            "{'operator': {'token': 'T', 'scopes': [], 'createdAtMs': 3, 'revokedAtMs': 5,"
            " 'lastUsedAtMs': 4}}");
  EXPECT_EQ(js::dump(store.run(TokenRotate{"phone", "operator", std::nullopt}).record),
            R"({"token":"token:phone/operator#1","role":"operator","scopes":[],"createdAtMs":3,)"
            R"("rotatedAtMs":1000000,"lastUsedAtMs":4})");
}

TEST(TokenRevocation, MarksTheEntryAgainAndAgain) {  // S-24
  Store store = paired();
  EXPECT_EQ(store.run(TokenRevoke{"phone", "operator"}).outcome, Outcome::ok);
  EXPECT_EQ(js::dump(store.run_at(1'000'009, TokenRevoke{" phone", "operator "}).record),
            R"({"token":"T","role":"operator","scopes":["operator.read"],"createdAtMs":1,)"
            R"("revokedAtMs":1000009})");
  EXPECT_TRUE(store.wrote);
}

TEST(TokenRevocation, NeedsDeviceRoleAndEntry) {  // S-24
  Store store = paired();
  EXPECT_EQ(store.run(TokenRevoke{"tablet", "operator"}).outcome, Outcome::unknown);
  EXPECT_EQ(store.run(TokenRevoke{"phone", ""}).outcome, Outcome::unknown);
  EXPECT_EQ(store.run(TokenRevoke{"phone", "node"}).outcome, Outcome::unknown);
  EXPECT_FALSE(store.wrote);
}

}  // namespace
}  // namespace model::store
