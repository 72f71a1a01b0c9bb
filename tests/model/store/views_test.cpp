// Reading without a lock: S-5, S-6, S-19, S-33.
#include "model/store/views.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/model/store/store_words.hpp"

namespace model::store {
namespace {

using ::testing::ElementsAre;

Strings ids(const std::vector<js::Value>& records, std::string_view name) {
  Strings result;
  for (const js::Value& record : records) {
    const std::string* id = js::string_member(record, name);
    result.push_back(id != nullptr ? *id : "?");
  }
  return result;
}

TEST(PairedLookup, TrimsTheId) {
  const Documents files = {json("{}"), json("{'phone': {'role': 'node'}, 'gone': null}")};
  EXPECT_NE(find_paired(files, " phone "), nullptr);
  EXPECT_EQ(find_paired(files, "Phone"), nullptr);
  EXPECT_EQ(find_paired(files, "gone"), nullptr);
}

TEST(PendingList, IsNewestFirstAndDropsTheExpired) {  // S-5, S-19
  const Documents files = {
      json("{'old': {'requestId': 'old', 'ts': 700000}, 'new': {'requestId': 'new', 'ts': 999999},"
           " 'tie': {'requestId': 'tie', 'ts': 999999}, 'none': {'requestId': 'none'},"
           " 'late': {'requestId': 'late', 'ts': 699999}, 'damaged': null}"),
      json("{}")};
  EXPECT_THAT(ids(list_pending(files, Instant{1'000'000}), "requestId"),
              ElementsAre("new", "tie", "old", "none"));
}

TEST(PendingList, NeverExpiresARecordWithoutTime) {  // S-5
  const Documents files = {json("{'r': {'requestId': 'r'}}"), json("{}")};
  EXPECT_EQ(list_pending(files, Instant{9'000'000'000'000'000}).size(), 1u);
}

TEST(PendingList, ReadsATimeAsJavaScriptConvertsIt) {
  const Documents files = {
      json("{'a': {'ts': '999000'}, 'b': {'ts': null}, 'c': {'ts': 'soon'}, 'd': {'ts': 1e400}}"),
      json("{}")};
  EXPECT_EQ(list_pending(files, Instant{1'000'000}).size(), 3u);  // all but null, which is 0
}

TEST(PairedList, IsNewestApprovalFirst) {  // S-19
  const Documents files = {json("{}"), json("{'a': {'deviceId': 'a', 'approvedAtMs': 1},"
                                            " 'b': {'deviceId': 'b', 'approvedAtMs': 3},"
                                            " 'c': {'deviceId': 'c', 'approvedAtMs': 2}}")};
  EXPECT_THAT(ids(list_paired(files), "deviceId"), ElementsAre("b", "c", "a"));
}

TEST(NodeToken, VerifiesForItsNodeOnly) {  // S-33
  const Documents files = {json("{}"), json("{'n': {'token': 't'}, 'm': {'token': 5}}")};
  EXPECT_NE(verify_node_token(files, " n ", "t"), nullptr);
  EXPECT_EQ(verify_node_token(files, "n", "T"), nullptr);
  EXPECT_EQ(verify_node_token(files, "m", "5"), nullptr);
  EXPECT_EQ(verify_node_token(files, "x", "t"), nullptr);
}

}  // namespace
}  // namespace model::store
