#include "model/gateway/config.hpp"

#include <gtest/gtest.h>

#include <string>

namespace model::gateway {
namespace {

const policy::Policy kAfter = policy::preset("2026.3.31").value().policy;
const policy::Policy kBefore = policy::preset("2026.3.28").value().policy;
constexpr std::string_view kFresh = "f0f0";

Config with(AuthConfig auth) {
  Config config;
  config.auth = std::move(auth);
  return config;
}

// G-14, last paragraph.
TEST(AuthMode, IsTheExplicitOneElseFollowsFromTheSecrets) {
  EXPECT_EQ(auth_mode(AuthConfig{}), AuthMode::token);
  EXPECT_EQ(auth_mode(AuthConfig{.token = "t"}), AuthMode::token);
  EXPECT_EQ(auth_mode(AuthConfig{.password = "p"}), AuthMode::password);
  EXPECT_EQ(auth_mode(AuthConfig{.token = "t", .password = "p"}), AuthMode::password);
  EXPECT_EQ(auth_mode(AuthConfig{.password = " "}), AuthMode::token);
  EXPECT_EQ(auth_mode(AuthConfig{.mode = AuthMode::none, .password = "p"}), AuthMode::none);
  EXPECT_EQ(auth_mode(AuthConfig{.token = "t"}, {.password = "p"}), AuthMode::password);
  for (const AuthMode mode :
       {AuthMode::none, AuthMode::token, AuthMode::password, AuthMode::trusted_proxy}) {
    EXPECT_EQ(auth_mode(wire::name_of(mode)), mode);
  }
  EXPECT_EQ(auth_mode("Token"), std::nullopt);
}

TEST(Start, TakesSecretsFromConfigurationBeforeTheEnvironment) {
  const Environment environment{.token = "env-t", .password = "env-p"};
  const auto both =
      start_auth(with({.mode = AuthMode::token, .token = " t "}), kAfter, kFresh, environment);
  EXPECT_EQ(both.value(),
            (StartedAuth{.mode = AuthMode::token, .token = "t", .password = "env-p"}));
  const auto env =
      start_auth(with({.mode = AuthMode::token, .token = " "}), kAfter, kFresh, environment);
  EXPECT_EQ(env.value().token, "env-t");
}

TEST(Start, MakesATokenIfNoneIsConfigured) {
  const auto auth = start_auth(with({}), kAfter, kFresh);
  EXPECT_EQ(auth.value(), (StartedAuth{.token = std::string(kFresh), .token_generated = true}));
  EXPECT_FALSE(start_auth(with({.mode = AuthMode::none}), kAfter, kFresh).value().token);
}

TEST(Start, RefusesWhatCannotWork) {
  EXPECT_FALSE(start_auth(with({.mode = AuthMode::password}), kAfter, kFresh));
  EXPECT_FALSE(start_auth(with({.mode = AuthMode::trusted_proxy}), kAfter, kFresh));
  Config proxied = with({.mode = AuthMode::trusted_proxy,
                         .trusted_proxy = TrustedProxyAuth{.user_header = "x-user"}});
  EXPECT_FALSE(start_auth(proxied, kAfter, kFresh));
  proxied.trusted_proxies = {"10.0.0.1"};
  EXPECT_TRUE(start_auth(proxied, kAfter, kFresh));
}

// D-13.
TEST(Start, RefusesATokenBesideATrustedProxyInTheNewerRelease) {
  Config config = with({.mode = AuthMode::trusted_proxy,
                        .token = "t",
                        .trusted_proxy = TrustedProxyAuth{.user_header = "x-user"}});
  config.trusted_proxies = {"10.0.0.1"};
  EXPECT_TRUE(start_auth(config, kBefore, kFresh));
  EXPECT_FALSE(start_auth(config, kAfter, kFresh));
}

// G-15.
TEST(Tailscale, IsAskedInModeServeUnlessAPasswordOrProxyDecides) {
  Config config;
  EXPECT_FALSE(allows_tailscale(config, AuthMode::token));
  config.tailscale = TailscaleMode::funnel;
  EXPECT_FALSE(allows_tailscale(config, AuthMode::token));
  config.tailscale = TailscaleMode::serve;
  EXPECT_TRUE(allows_tailscale(config, AuthMode::token));
  EXPECT_TRUE(allows_tailscale(config, AuthMode::none));
  EXPECT_FALSE(allows_tailscale(config, AuthMode::password));
  EXPECT_FALSE(allows_tailscale(config, AuthMode::trusted_proxy));
  config.auth.allow_tailscale = false;
  EXPECT_FALSE(allows_tailscale(config, AuthMode::token));
  config.auth.allow_tailscale = true;
  EXPECT_TRUE(allows_tailscale(config, AuthMode::password));
}

// W-10, W-20.
TEST(EnvironmentLimits, AreIgnoredUnlessTheyAreUsableNumbers) {
  EXPECT_EQ(max_preauth_connections("3.9", 32), 3);
  EXPECT_EQ(max_preauth_connections(" 1 ", 32), 1);
  EXPECT_EQ(max_preauth_connections("1e300", 32), 32);
  for (const char* text : {"", " ", "0.99", "0", "-1", "x", "Infinity", "NaN"}) {
    EXPECT_EQ(max_preauth_connections(text, 32), 32) << text;
  }
  EXPECT_EQ(handshake_timeout("0x10", {10'000}), Millis{16});
  EXPECT_EQ(handshake_timeout("1", {10'000}), Millis{1});
  for (const char* text : {"", "0", "-5", "soon", "Infinity"}) {
    EXPECT_EQ(handshake_timeout(text, {10'000}), Millis{10'000}) << text;
  }
}

}  // namespace
}  // namespace model::gateway
