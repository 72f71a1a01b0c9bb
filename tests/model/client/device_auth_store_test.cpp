#include "model/client/device_auth_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace model::client {
namespace {

using policy::TokenScope;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kDevice = "device-1";

StoredToken token(const char* value, const char* role = "node",
                  std::vector<std::string> scopes = {}) {
  return {value, role, std::move(scopes), {1000}};
}

void put(DeviceAuthStore& store, TokenScope scope, const char* gateway, StoredToken value) {
  store.store(scope, ScopeForm::trimmed, kDevice, gateway, std::move(value));
}

std::optional<std::string> get(const DeviceAuthStore& store, TokenScope scope, const char* gateway,
                               const char* role = "node") {
  const auto found = store.load(scope, kDevice, role, gateway);
  return found ? std::optional(found->token) : std::nullopt;
}

TEST(DeviceAuthStore, IsTheFileOfNode) {  // 2.7
  DeviceAuthStore store;
  store.store(TokenScope::global, ScopeForm::scopeset, kDevice, "",
              token("t", " operator ", {"operator.write"}));
  EXPECT_EQ(store.encode(), R"({
  "version": 1,
  "deviceId": "device-1",
  "tokens": {
    "operator": {
      "token": "t",
      "role": "operator",
      "scopes": [
        "operator.read",
        "operator.write"
      ],
      "updatedAtMs": 1000
    }
  }
}
)");
  EXPECT_EQ(DeviceAuthStore::decode(store.encode()), store);
}

TEST(DeviceAuthStore, ReadsOnlyItsOwnVersionDeviceAndShape) {  // C-20
  DeviceAuthStore store;
  put(store, TokenScope::global, "", token("t"));
  EXPECT_EQ(store.load(TokenScope::global, "device-2", "node", ""), std::nullopt);
  EXPECT_EQ(get(store, TokenScope::global, "", " node "), "t");
  EXPECT_EQ(get(store, TokenScope::global, "", "operator"), std::nullopt);
  for (const char* file : {"", "[]", "{", R"({"version":2,"deviceId":"d","tokens":{}})",
                           R"({"version":1,"tokens":{}})", R"({"version":1,"deviceId":"d"})"}) {
    EXPECT_TRUE(DeviceAuthStore::decode(file).empty()) << file;
  }
  const auto half = DeviceAuthStore::decode(
      R"({"version":1,"deviceId":"device-1","tokens":{"node":{"token":5},"operator":{"token":"o"}}})");
  EXPECT_EQ(get(half, TokenScope::global, "", "node"), std::nullopt);
  EXPECT_EQ(get(half, TokenScope::global, "", "operator"), "o");
}

TEST(DeviceAuthStore, DropsWhatAnotherDeviceLeft) {  // C-21
  DeviceAuthStore store;
  put(store, TokenScope::global, "", token("t"));
  store.store(TokenScope::global, ScopeForm::trimmed, "device-2", "", token("u", "operator"));
  EXPECT_EQ(store.entries().size(), 1u);
  EXPECT_EQ(store.device_id(), "device-2");
}

TEST(DeviceAuthStore, ClearsOneRole) {  // C-22
  DeviceAuthStore store;
  put(store, TokenScope::global, "", token("n"));
  put(store, TokenScope::global, "", token("o", "operator"));
  EXPECT_FALSE(store.clear(TokenScope::global, "device-2", "node", ""));
  EXPECT_TRUE(store.clear(TokenScope::global, kDevice, "node", ""));
  EXPECT_FALSE(store.clear(TokenScope::global, kDevice, "node", ""));
  EXPECT_EQ(get(store, TokenScope::global, "", "operator"), "o");
}

TEST(DeviceAuthStore, OfTheAppAddsNoImpliedScopes) {  // section 3
  EXPECT_THAT(normalise_scopes(ScopeForm::trimmed, {" b ", "a", "b", ""}), ElementsAre("a", "b"));
  EXPECT_THAT(normalise_scopes(ScopeForm::trimmed, {"operator.write"}),
              ElementsAre("operator.write"));
  EXPECT_THAT(normalise_scopes(ScopeForm::scopeset, {"operator.write"}),
              ElementsAre("operator.read", "operator.write"));
}

// --- A -> B -> A (section 8) ---------------------------------------------------------------------

TEST(UnscopedTokens, ForgetTheFirstGatewayAtTheSecond) {  // C-23
  DeviceAuthStore store;
  put(store, TokenScope::global, "A", token("a"));
  put(store, TokenScope::global, "B", token("b"));
  EXPECT_EQ(get(store, TokenScope::global, "A"), "b");
}

TEST(ScopedTokens, StandSideBySide) {  // C-70, C-71, C-72
  DeviceAuthStore store;
  put(store, TokenScope::per_gateway, "A", token("a"));
  EXPECT_EQ(get(store, TokenScope::per_gateway, "B"), std::nullopt);
  put(store, TokenScope::per_gateway, "B", token("b"));
  EXPECT_EQ(get(store, TokenScope::per_gateway, "A"), "a");
  EXPECT_EQ(get(store, TokenScope::per_gateway, "B"), "b");
  EXPECT_EQ(store.entries().front().key, std::string("A\x1f") + "node");
  EXPECT_EQ(DeviceAuthStore::decode(store.encode()), store);
}

DeviceAuthStore legacy() {
  DeviceAuthStore store;
  put(store, TokenScope::global, "", token("a"));
  put(store, TokenScope::global, "", token("ao", "operator"));
  return store;
}

TEST(ScopedTokens, AreClaimedOnceByTheLastUsedGateway) {  // C-73
  DeviceAuthStore store = legacy();
  EXPECT_EQ(get(store, TokenScope::per_gateway, "A"), std::nullopt);
  EXPECT_EQ(store.claim_unscoped(TokenScope::per_gateway, "A", "B").size(), 2u);
  EXPECT_EQ(get(store, TokenScope::per_gateway, "A"), "a");
  EXPECT_EQ(get(store, TokenScope::per_gateway, "A", "operator"), "ao");
  EXPECT_EQ(get(store, TokenScope::per_gateway, "B"), std::nullopt);
  EXPECT_EQ(get(store, TokenScope::global, ""), std::nullopt);
  EXPECT_THAT(store.claim_unscoped(TokenScope::per_gateway, "B", "B"), IsEmpty());
}

TEST(ScopedTokens, ClaimNothingOverATokenThatIsThere) {  // C-73
  DeviceAuthStore store = legacy();
  put(store, TokenScope::per_gateway, "A", token("newer"));
  store.claim_unscoped(TokenScope::per_gateway, "A", "A");
  EXPECT_EQ(get(store, TokenScope::per_gateway, "A"), "newer");
}

TEST(ScopedTokens, DiscardWhatNobodyProvablyIssued) {  // C-73
  DeviceAuthStore store = legacy();
  EXPECT_THAT(store.claim_unscoped(TokenScope::per_gateway, "", "B"), IsEmpty());
  EXPECT_TRUE(store.empty());
}

TEST(ScopedTokens, HaveFourKnownDefects) {  // section 8, faults to build in
  DeviceAuthStore current = legacy();
  current.claim_unscoped(TokenScope::per_gateway_claimed_by_current, "A", "B");
  EXPECT_EQ(get(current, TokenScope::per_gateway, "B"), "a") << "a token of A goes to B";

  DeviceAuthStore fallback = legacy();
  fallback.claim_unscoped(TokenScope::per_gateway_with_fallback, "A", "B");
  EXPECT_EQ(get(fallback, TokenScope::per_gateway_with_fallback, "B"), "a");

  DeviceAuthStore dropping;
  put(dropping, TokenScope::per_gateway_dropping_others, "A", token("a"));
  put(dropping, TokenScope::per_gateway_dropping_others, "B", token("b"));
  EXPECT_EQ(get(dropping, TokenScope::per_gateway, "A"), std::nullopt) << "the way back is lost";

  DeviceAuthStore keeping = legacy();
  keeping.claim_unscoped(TokenScope::per_gateway_keeping_legacy, "A", "A");
  keeping.claim_unscoped(TokenScope::per_gateway_keeping_legacy, "B", "B");
  EXPECT_EQ(get(keeping, TokenScope::per_gateway, "B"), "a") << "claimed a second time";
}

}  // namespace
}  // namespace model::client
