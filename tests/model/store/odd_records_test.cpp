// Records that no release writes: what the original's JavaScript makes of them.
#include "model/store/record.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/model/store/store_words.hpp"

namespace model::store {
namespace {

using ::testing::ElementsAre;

TEST(OddDocuments, ThatAreNoObjectsAreEmpty) {
  for (const std::string_view text : {"null", "[1]", "5", "'x'", "true"}) {
    Store store;
    store.files = {json(std::string(text)), json(std::string(text))};
    EXPECT_EQ(store.run(asks("phone", "node", {})).outcome, Outcome::ok) << text;
    EXPECT_EQ(store.second(), "{}");
  }
}

TEST(OddRecords, ThatAreFalsyAreNotThere) {
  for (const std::string_view text : {"null", "0", "false", "''"}) {
    Store store;
    store.files.second = json("{'phone': " + std::string(text) + "}");
    EXPECT_EQ(store.run(DeviceRemove{"phone"}).outcome, Outcome::unknown) << text;
    EXPECT_EQ(text_at(store.run(asks("phone", "node", {})).record, {"isRepair"}), "false");
  }
}

TEST(OddRecords, ThatArePendingAndNullStopEveryOperation) {  // null.ts throws
  Store store;
  store.files.first = json("{'r': null}");
  const Answer answer = store.run(asks("phone", "node", {}));
  EXPECT_EQ(answer.outcome, Outcome::invalid);
  EXPECT_FALSE(store.wrote);
}

TEST(OddRecords, ThatArePendingPrimitivesStayAndMatchNobody) {
  Store store;
  store.files.first = json("{'r': 5, 's': 'x', 't': [1]}");
  EXPECT_TRUE(store.run(asks("phone", "node", {})).created);
  EXPECT_EQ(store.files.first.object().size(), 4u);
}

TEST(OddRecords, WithAListOfTokensGetAnObject) {
  Store store;
  store.files.second = json("{'phone': {'approvedScopes': [], 'tokens': [{'role': 'x'}]}}");
  EXPECT_EQ(store.run(TokenVerify{"phone", "t", "node", {}}).reason, "token-missing");
  (void)store.run(TokenEnsure{"phone", "node", {}});
  EXPECT_EQ(text_at(store.files.second, {"phone", "tokens", "0", "role"}), R"("x")");
  EXPECT_EQ(text_at(store.files.second, {"phone", "tokens", "node", "role"}), R"("node")");
}

TEST(OddRecords, WithTokensThatAreNoEntriesAreRevokedAllTheSame) {  // {...'ab', revokedAtMs}
  struct Row {
    std::string_view tokens, role, after;
  };
  for (const Row& row : {Row{"[{'token': 'x'}]", "0", R"({"token":"x","revokedAtMs":1000000})"},
                         Row{"['ab']", "0", R"({"0":"a","1":"b","revokedAtMs":1000000})"},
                         Row{"'ab'", "1", R"({"0":"b","revokedAtMs":1000000})"},
                         Row{"{'node': 'a'}", "node", R"({"0":"a","revokedAtMs":1000000})"},
                         Row{"{'node': 5}", "node", R"({"revokedAtMs":1000000})"}}) {
    Store store;
    store.files.second = json("{'phone': {'tokens': " + std::string(row.tokens) + "}}");
    const Answer answer = store.run(TokenRevoke{"phone", std::string(row.role)});
    EXPECT_EQ(js::dump(answer.record), row.after) << row.tokens;
  }
}

TEST(OddRecords, WithNullTokensAreDevicesWithoutTokens) {
  Store store;
  store.files.second = json("{'phone': {'approvedScopes': [], 'tokens': null}}");
  EXPECT_EQ(store.run(TokenRevoke{"phone", "node"}).outcome, Outcome::unknown);
  EXPECT_EQ(store.run(TokenEnsure{"phone", "node", {}}).outcome, Outcome::ok);
}

TEST(OddRecords, WithRolesThatAreATextAreMergedAsOneRole) {
  Store store;
  store.files.second = json("{'phone': {'roles': ' operator ', 'role': 'node'}}");
  const Answer request = store.run(asks("phone", "node", {}));
  const Answer answer = store.run(DeviceApprove{request.id, Strings{}});
  EXPECT_EQ(text_at(answer.record, {"roles"}), R"(["operator","node"])");
}

TEST(OddRecords, WithScopesThatCannotBeWalkedThroughStopTheOperation) {
  for (const std::string_view scopes : {"5", "true", "{}"}) {
    Store store;
    store.files.second = json("{'phone': {'scopes': " + std::string(scopes) + "}}");
    const Answer request = store.run(asks("phone", "node", {}));
    EXPECT_EQ(store.run(DeviceApprove{request.id, Strings{}}).outcome, Outcome::invalid) << scopes;
    EXPECT_FALSE(store.wrote);
  }
}

TEST(OddRecords, WithATokenEntryWithoutScopesStopVerification) {
  Store store;
  store.files.second =
      json("{'phone': {'approvedScopes': [], 'tokens': {'node': {'token': 'T'}}}}");
  const Answer answer = store.run(TokenVerify{"phone", "T", "node", {}});
  EXPECT_EQ(answer.outcome, Outcome::invalid);
  EXPECT_EQ(answer.reason, "entry.scopes is not iterable");
}

TEST(OddRecords, WithARoleThatIsNoTextStopApproval) {
  Store store;
  store.files.first = json("{'r': {'deviceId': 'phone', 'role': 5, 'ts': 1000000}}");
  EXPECT_EQ(store.run(DeviceApprove{"r", Strings{}}).outcome, Outcome::invalid);
}

TEST(OddRecords, WithoutADeviceIdArePairedAsUndefined) {
  Store store;
  store.files.first = json("{'r': {'requestId': 'r', 'ts': 1000000}}");
  EXPECT_EQ(store.run(DeviceApprove{"r", Strings{}}).outcome, Outcome::ok);
  EXPECT_NE(at(store.files.second, {"undefined"}), nullptr);
}

TEST(JavaScriptWords, SpreadWhatTheyAreGiven) {
  const js::Value text("ab\xC3\xA9");
  const js::Value list = json("[7, 8]");
  const js::Value number(5);
  EXPECT_EQ(js::dump(js::Value(spread(&text))), "{\"0\":\"a\",\"1\":\"b\",\"2\":\"\xC3\xA9\"}");
  EXPECT_EQ(js::dump(js::Value(spread(&list))), R"({"0":7,"1":8})");
  EXPECT_EQ(js::dump(js::Value(spread(&number))), "{}");
  EXPECT_EQ(js::dump(js::Value(spread(nullptr))), "{}");
}

TEST(JavaScriptWords, WalkThroughListsAndTexts) {
  const js::Value text("ab");
  const js::Value list = json("['x', 5, 'y']");
  const js::Value number(5);
  EXPECT_THAT(iterate(&text, "it"), ElementsAre("a", "b"));
  EXPECT_THAT(iterate(&list, "it"), ElementsAre("x", "y"));
  EXPECT_THROW((void)iterate(&number, "it"), Thrown);
  EXPECT_THROW((void)iterate(nullptr, "it"), Thrown);
}

TEST(JavaScriptWords, CompareSecretsByTheirUtf8) {
  const js::Value lone("a\xED\xA0\x80");
  const js::Value number(5);
  EXPECT_TRUE(same_secret("a\xEF\xBF\xBD", &lone));
  EXPECT_FALSE(same_secret("a", &lone));
  EXPECT_FALSE(same_secret("5", &number));
  EXPECT_FALSE(same_secret("", nullptr));
}

}  // namespace
}  // namespace model::store
