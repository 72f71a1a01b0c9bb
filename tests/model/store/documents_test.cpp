// Store files as bytes: S-2, S-4 and the names of section 10.
#include "model/store/documents.hpp"

#include <gtest/gtest.h>

#include "tests/model/store/store_words.hpp"

namespace model::store {
namespace {

TEST(StoreFiles, HaveTheNamesOfSection10) {
  EXPECT_EQ(files_of(Group::bootstrap), (FileNames{"devices/bootstrap.json", ""}));
  EXPECT_EQ(files_of(Group::devices), (FileNames{"devices/pending.json", "devices/paired.json"}));
  EXPECT_EQ(files_of(Group::nodes), (FileNames{"nodes/pending.json", "nodes/paired.json"}));
}

struct Damage {
  std::string_view what;
  std::string bytes;
};

TEST(StoreFiles, ReadAsEmptyWhateverIsWrongWithThem) {  // S-2
  const Damage damages[] = {
      {"nothing", ""},      {"half a file", "{\"a\": {"},
      {"text", "hello"},    {"a list", "[1]"},
      {"null", "null"},     {"a byte-order mark", "\xEF\xBB\xBF{}"},
      {"trailing", "{} x"}, {"a comma", "{\"a\":1,}"},
  };
  const policy::Policy as_released = revision("2026.3.31");
  policy::Policy careful = as_released;
  careful.store_unreadable = policy::StoreUnreadable::refuse;
  for (const Damage& damage : damages) {
    const auto read = read_document(damage.bytes, as_released);
    ASSERT_TRUE(read) << damage.what;
    EXPECT_EQ(*read, js::Value(js::Object{})) << damage.what;
    EXPECT_FALSE(read_document(damage.bytes, careful)) << damage.what;
  }
}

TEST(StoreFiles, AreEmptyWhenMissingUnderEveryPolicy) {
  policy::Policy careful;
  careful.store_unreadable = policy::StoreUnreadable::refuse;
  EXPECT_EQ(read_document(std::nullopt, policy::Policy{}), js::Value(js::Object{}));
  EXPECT_EQ(read_document(std::nullopt, careful), js::Value(js::Object{}));
  EXPECT_TRUE(unreadable_document(policy::Policy{}));
  EXPECT_FALSE(unreadable_document(careful));
}

TEST(StoreFiles, ReadBytesThatAreNotUtf8WithReplacements) {
  const auto read = read_document("{\"a\":\"\xFF\"}", policy::Policy{});
  ASSERT_TRUE(read);
  EXPECT_EQ(*js::string_member(*read, "a"), "\xEF\xBF\xBD");
}

TEST(StoreFiles, AreWrittenWithTwoBlanksAndNoFinalNewline) {
  EXPECT_EQ(write_document(json("{'b': {'a': []}}")), "{\n  \"b\": {\n    \"a\": []\n  }\n}");
  EXPECT_EQ(write_document(js::Value(js::Object{})), "{}");
}

}  // namespace
}  // namespace model::store
