// Rejection, removal and metadata: S-17, S-18, S-20 of docs/protocol/gateway.md.
#include <gtest/gtest.h>

#include "tests/model/store/store_words.hpp"

namespace model::store {
namespace {

TEST(DeviceRejection, TakesTheRequestAway) {  // S-17
  Store store;
  const Answer request = store.run(asks("phone", "node", {}));
  const Answer answer = store.run(DeviceReject{request.id});
  EXPECT_EQ(answer.outcome, Outcome::ok);
  EXPECT_EQ(answer.id, request.id);
  EXPECT_EQ(text_at(answer.record, {"deviceId"}), R"("phone")");
  EXPECT_EQ(store.first(), "{}");
  EXPECT_EQ(store.run(DeviceReject{request.id}).outcome, Outcome::unknown);
  EXPECT_FALSE(store.wrote);
}

TEST(DeviceRemoval, LeavesPendingRequests) {  // S-18
  Store store;
  store.files.second = json("{'phone': {'deviceId': 'phone'}}");
  (void)store.run(asks("phone", "node", {}));
  const Answer answer = store.run(DeviceRemove{" phone "});
  EXPECT_EQ(answer.outcome, Outcome::ok);
  EXPECT_EQ(answer.id, "phone");
  EXPECT_EQ(store.second(), "{}");
  EXPECT_EQ(store.files.first.object().size(), 1u);
  EXPECT_EQ(store.run(DeviceRemove{"phone"}).outcome, Outcome::unknown);
  EXPECT_EQ(store.run(DeviceRemove{" "}).outcome, Outcome::unknown);
}

DeviceUpdate update(std::string device, std::string role, Strings scopes) {
  DeviceUpdate patch;
  patch.device_id = std::move(device);
  patch.client_id = "cli";
  patch.client_mode = "cli";
  patch.role = std::move(role);
  patch.scopes = std::move(scopes);
  return patch;
}

TEST(DeviceMetadata, IsErasedByAPatchThatLacksIt) {  // S-20, 13.4
  Store store;
  store.files.second = json(
      "{'phone': {'deviceId': 'phone', 'displayName': 'Old', 'platform': 'iOS', 'role': 'node',"
      " 'roles': ['node'], 'scopes': ['b'], 'approvedScopes': ['a'], 'remoteIp': '198.51.100.1',"
      " 'tokens': {}, 'createdAtMs': 1, 'approvedAtMs': 2, 'more': 3}}");
  const Answer answer = store.run(update("phone", "operator", {"a"}));
  EXPECT_EQ(js::dump(answer.record),
            R"({"deviceId":"phone","platform":"iOS","role":"operator","roles":["node","operator"],)"
            R"("scopes":["b","a"],"approvedScopes":["a"],"tokens":{},"createdAtMs":1,)"
            R"("approvedAtMs":2,"more":3,"clientId":"cli","clientMode":"cli"})");
}

TEST(DeviceMetadata, IsWrittenEvenIfNothingChanges) {  // S-20: always writes
  Store store;
  store.files.second = json("{'phone': {'deviceId': 'phone'}}");
  (void)store.run(update("phone", "node", {}));
  const Documents before = store.files;
  (void)store.run(update("phone", "node", {}));
  EXPECT_TRUE(store.wrote);
  EXPECT_EQ(store.files, before);
}

TEST(DeviceMetadata, OfAnUnknownDeviceIsNotWritten) {
  Store store;
  EXPECT_EQ(store.run(update("phone", "node", {})).outcome, Outcome::unknown);
  EXPECT_FALSE(store.wrote);
}

TEST(DeviceMetadata, GivesARecordWithoutScopesAListOnlyIn31) {  // S-20, D-5
  Store before;
  before.policy = revision("2026.3.28");
  before.files.second = json("{'phone': {'deviceId': 'phone'}}");
  EXPECT_EQ(text_at(before.run(update("phone", "node", {})).record, {"scopes"}), "absent");
  Store after;
  after.files = before.files;
  EXPECT_EQ(text_at(after.run(update("phone", "node", {})).record, {"scopes"}), "[]");
}

TEST(DeviceMetadata, DropsExpiredRequestsInPassing) {  // S-5
  Store store;
  store.files = {json("{'r': {'ts': 699999}, 's': {'ts': 700000}}"), json("{'phone': {}}")};
  (void)store.run(update("phone", "node", {}));
  EXPECT_EQ(at(store.files.first, {"r"}), nullptr);
  EXPECT_NE(at(store.files.first, {"s"}), nullptr);
}

}  // namespace
}  // namespace model::store
