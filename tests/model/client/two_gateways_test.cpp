// Pair with A, then with B, then go back to A (docs/protocol/client.md section 8), as one phone
// sees it.
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "tests/model/client/words.hpp"

namespace model::client::words {
namespace {

using policy::TokenScope;

constexpr const char* kA = "wss://a.example:18789";
constexpr const char* kB = "wss://b.example:18789";
constexpr const char* kStableA = "manual|a.example|18789";
constexpr const char* kStableB = "manual|b.example|18789";

policy::Policy scoped_by(TokenScope scope) {
  policy::Policy policy = after();
  policy.token_scope = scope;
  return policy;
}

void pair(Device& app, const char* url, const char* token) {
  scans_and_trusts(app, "B", url);
  app.reaches("node", "aa11");
  app.is_welcomed("node", token, "node");
}

/// Goes to a gateway whose certificate is known, and connects: what the node session shows there.
wire::ConnectAuth shows(Device& app, const char* url) {
  app.hears(SwitchGateway{url});
  app.reaches("node", "aa11");
  return app.auth_sent("node");
}

TEST(TwoGateways, UnscopedLoseTheFirstTokenAndSendTheSecond) {
  Device app = phone(scoped_by(TokenScope::global));
  pair(app, kA, "a");
  scans_and_trusts(app, "B", kB);
  app.reaches("node", "aa11");
  // Section 5.5: a node token of another gateway goes out in the place of the fresh code.
  EXPECT_EQ(app.auth_sent("node").token, "a");
  EXPECT_EQ(app.auth_sent("node").bootstrap_token, std::nullopt);
  app.is_welcomed("node", "b", "node");
  EXPECT_EQ(shows(app, kA).token, "b");
  app.has_bad_token("node");
  EXPECT_EQ(app.state("node"), "stopped");
}

TEST(TwoGateways, ScopedGoBackWithTheirOwnToken) {  // C-70 ... C-72, C-74
  Device app = phone(scoped_by(TokenScope::per_gateway));
  pair(app, kA, "a");
  scans_and_trusts(app, "B2", kB);
  app.reaches("node", "aa11");
  EXPECT_EQ(app.auth_sent("node").bootstrap_token, "B2");
  app.is_welcomed("node", "b", "node");
  EXPECT_EQ(stored_token(app.client(), "node", kStableA), "a");
  EXPECT_EQ(stored_token(app.client(), "node", kStableB), "b");
  EXPECT_EQ(shows(app, kA).token, "a");
  app.is_welcomed("node", "a", "node");
  EXPECT_EQ(app.state("node"), "open");
}

TEST(TwoGateways, UnscopedShowAnOperatorTokenOfAToB) {  // section 8, fourth row
  for (const TokenScope scope : {TokenScope::global, TokenScope::per_gateway}) {
    Device app = phone(scoped_by(scope));
    pair(app, kA, "a");
    has_stored(app, "ao", "operator", kStableA);
    app.app().durable.keychain.pins[kStableB] = "aa11";
    app.hears(SwitchGateway{kB});
    const bool leaks = scope == TokenScope::global;
    EXPECT_EQ(app.app().memory.op.loop.stage == LoopStage::connecting, leaks);
    if (leaks) {
      app.reaches("operator", "aa11");
      EXPECT_EQ(app.auth_sent("operator").token, "ao");
    }
  }
}

/// An installation from before tokens were scoped, last used with A.
Device legacy(TokenScope scope) {
  Device app = phone(scoped_by(TokenScope::global));
  pair(app, kA, "a");
  app.hears(Quit{});
  app.policy().token_scope = scope;
  app.app().durable.keychain.pins[kStableB] = "aa11";
  app.app().durable.preferences.autoconnect = false;
  app.hears(Launch{});
  return app;
}

TEST(TwoGateways, MigrateALegacyTokenToTheGatewayLastUsed) {  // C-73
  Device now_a = legacy(TokenScope::per_gateway);
  EXPECT_EQ(shows(now_a, kA).token, "a");
  Device now_b = legacy(TokenScope::per_gateway);
  EXPECT_EQ(shows(now_b, kB).token, std::nullopt);
  EXPECT_EQ(shows(now_b, kA).token, "a");
  Device unscoped = legacy(TokenScope::global);
  EXPECT_EQ(shows(unscoped, kB).token, "a");
}

TEST(TwoGateways, LeakUnderTheKnownDefects) {  // section 8, faults to build in
  Device current = legacy(TokenScope::per_gateway_claimed_by_current);
  EXPECT_EQ(shows(current, kB).token, "a");
  Device fallback = legacy(TokenScope::per_gateway_with_fallback);
  EXPECT_EQ(shows(fallback, kB).token, "a");
  Device dropping = phone(scoped_by(TokenScope::per_gateway_dropping_others));
  pair(dropping, kA, "a");
  pair(dropping, kB, "b");
  EXPECT_EQ(shows(dropping, kA).token, std::nullopt);
  Device keeping = legacy(TokenScope::per_gateway_keeping_legacy);
  shows(keeping, kB);
  keeping.is_welcomed("node");  // by a bootstrap token or a shared secret; B is now the last used
  keeping.hears(Closed{"node", 1006, ""});
  EXPECT_EQ(shows(keeping, kB).token, "a");
}

TEST(TwoGateways, AMereAttemptIsNoProofOfWhoIssuedAToken) {  // C-73
  Device app = phone(scoped_by(TokenScope::global));
  pair(app, kA, "a");
  app.app().durable.keychain.pins[kStableB] = "aa11";
  app.hears(SwitchGateway{kB});  // tried, and never answered
  app.hears(Quit{});
  app.policy().token_scope = TokenScope::per_gateway;
  app.hears(Launch{});
  app.reaches("node", "aa11");
  EXPECT_EQ(app.auth_sent("node").token, std::nullopt);
  EXPECT_EQ(stored_token(app.client(), "node", kStableA), "a");
}

}  // namespace
}  // namespace model::client::words
