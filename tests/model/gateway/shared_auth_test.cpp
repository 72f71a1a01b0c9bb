#include "model/gateway/shared_auth.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/model/gateway/connect_story.hpp"

namespace model::gateway {
namespace {

using test::kAfter;
using test::kBefore;

AuthState authenticate(const Config& config, const wire::ConnectAuth& presented,
                       const policy::Policy& policy = kAfter, RequestContext context = {},
                       bool has_device = true, Limiter* limiter = nullptr) {
  const StartedAuth started = started_auth(config.auth);
  return authenticate_shared({.config = config,
                              .started = started,
                              .policy = policy,
                              .context = context,
                              .presented = presented,
                              .has_device = has_device,
                              .now = {1'000'000}},
                             limiter);
}

Config secrets(std::optional<AuthMode> mode) {
  Config config;
  config.auth = {.mode = mode, .token = "S", .password = "P"};
  return config;
}

// G-14.
TEST(SharedAuth, LooksAtTheSecretOfItsMode) {
  const struct {
    AuthMode mode;
    wire::ConnectAuth presented;
    bool ok;
    const char* method;
    const char* reason;
  } rows[] = {
      {AuthMode::none, {}, true, "none", ""},
      {AuthMode::token, {}, false, "token", "token_missing"},
      {AuthMode::token, {.token = " "}, false, "token", "token_missing"},
      {AuthMode::token, {.token = "P"}, false, "token", "token_mismatch"},
      {AuthMode::token, {.token = "\tS "}, true, "token", ""},
      {AuthMode::token, {.password = "P"}, false, "token", "token_missing"},
      {AuthMode::password, {.token = "S"}, false, "password", "password_missing"},
      {AuthMode::password, {.password = "p"}, false, "password", "password_mismatch"},
      {AuthMode::password, {.token = "x", .password = "P"}, true, "password", ""},
  };
  for (const auto& row : rows) {
    const AuthState state = authenticate(secrets(row.mode), row.presented);
    EXPECT_EQ(state.ok, row.ok) << row.reason;
    EXPECT_EQ(state.method, row.method) << row.reason;
    EXPECT_EQ(state.reason, row.reason);
    EXPECT_EQ(state.shared_ok, row.ok && row.mode != AuthMode::none);
  }
  Config bare;
  bare.auth.mode = AuthMode::token;
  EXPECT_EQ(authenticate(bare, {.token = "S"}).reason, "token_missing_config");
  bare.auth.mode = AuthMode::password;
  EXPECT_EQ(authenticate(bare, {.password = "P"}).reason, "password_missing_config");
}

// G-13: candidates are trimmed, and an explicit device token comes before the token.
TEST(SharedAuth, FindsTheCandidatesOfADevice) {
  const wire::ConnectAuth all{.token = " t ", .bootstrap_token = " b ", .device_token = " d "};
  const AuthState with = authenticate(secrets({}), all);
  EXPECT_EQ(with.bootstrap_candidate, "b");
  EXPECT_EQ(with.device_token_candidate, "d");
  EXPECT_EQ(with.device_token_source, DeviceTokenSource::explicit_member);
  const AuthState fallback = authenticate(secrets({}), {.token = " t ", .device_token = " "});
  EXPECT_EQ(fallback.device_token_candidate, "t");
  EXPECT_EQ(fallback.device_token_source, DeviceTokenSource::fallback);
  const AuthState without = authenticate(secrets({}), all, kAfter, {}, /*has_device=*/false);
  EXPECT_EQ(without.bootstrap_candidate, std::nullopt);
  EXPECT_EQ(without.device_token_candidate, std::nullopt);
  EXPECT_EQ(without.device_token_source, DeviceTokenSource::none);
  EXPECT_TRUE(without.shared_provided);
  EXPECT_TRUE(authenticate(secrets({}), {.password = "x"}).shared_provided);
  EXPECT_FALSE(authenticate(secrets({}), {.token = " ", .device_token = "d"}).shared_provided);
}

// G-13 [31]: the limiter is asked only if a shared secret was sent; [28]: only if no device token
// can be meant.
TEST(SharedAuth, AsksTheLimiterAsItsReleaseDoes) {
  Config config = secrets(AuthMode::token);
  RequestContext context{.peer_address = "203.0.113.9"};
  Limiter locked({.max_attempts = 1});
  locked.record_failure(LimitScope::shared_secret, "203.0.113.9", {1'000'000});
  const auto limited = [&](const wire::ConnectAuth& presented, const policy::Policy& policy,
                           bool has_device) {
    Limiter copy = locked;
    return authenticate(config, presented, policy, context, has_device, &copy).limited;
  };
  EXPECT_TRUE(limited({.token = "x"}, kAfter, true));
  EXPECT_FALSE(limited({.token = "x"}, kBefore, true));
  EXPECT_TRUE(limited({.token = "x"}, kBefore, false));
  EXPECT_TRUE(limited({.password = "x"}, kAfter, true));
  EXPECT_TRUE(limited({.password = "x"}, kBefore, true));
  EXPECT_FALSE(limited({}, kAfter, true));
  EXPECT_TRUE(limited({}, kBefore, true));
}

// G-13: the right token is known to be right even while it is refused by the limit.
TEST(SharedAuth, KnowsThatTheSecretIsRightUnderALimit) {
  Limiter locked({.max_attempts = 1});
  locked.record_failure(LimitScope::shared_secret, "203.0.113.9", {1'000'000});
  const AuthState state = authenticate(secrets(AuthMode::token), {.token = "S"}, kAfter,
                                       {.peer_address = "203.0.113.9"}, true, &locked);
  EXPECT_FALSE(state.ok);
  EXPECT_TRUE(state.limited);
  EXPECT_TRUE(state.shared_ok);
  EXPECT_EQ(state.reason, "rate_limited");
  EXPECT_EQ(state.method, "token");
}

// G-14: a missing value is no failure.
TEST(SharedAuth, CountsMismatchesOnly) {
  Limiter limiter({.max_attempts = 1});
  const RequestContext context{.peer_address = "203.0.113.9"};
  (void)authenticate(secrets(AuthMode::token), {.password = "x"}, kAfter, context, false, &limiter);
  EXPECT_TRUE(limiter.entries().empty());
  (void)authenticate(secrets(AuthMode::token), {.token = "x"}, kAfter, context, false, &limiter);
  EXPECT_EQ(limiter.entries().size(), 1u);
}

// G-16, in order; D-13.
TEST(TrustedProxy, IsRefusedForTheFirstReasonThatApplies) {
  Config config;
  config.auth.mode = AuthMode::trusted_proxy;
  RequestContext context{.peer_address = "203.0.113.9"};
  const auto reason = [&](const policy::Policy& policy) {
    const AuthState state = authenticate(config, {}, policy, context);
    EXPECT_EQ(state.ok, state.reason.empty());
    EXPECT_EQ(state.shared_ok, state.ok);
    EXPECT_EQ(state.method, state.ok ? "trusted-proxy" : "token");
    return state.reason;
  };
  EXPECT_EQ(reason(kAfter), "trusted_proxy_config_missing");
  config.auth.trusted_proxy = TrustedProxyAuth{
      .user_header = "X-User", .required_headers = {"X-Proof"}, .allow_users = {"alice"}};
  EXPECT_EQ(reason(kAfter), "trusted_proxy_no_proxies_configured");
  config.trusted_proxies = {"127.0.0.1", "10.0.0.0/8"};
  EXPECT_EQ(reason(kAfter), "trusted_proxy_untrusted_source");
  context.peer_address = "127.0.0.1";
  EXPECT_EQ(reason(kAfter), "trusted_proxy_loopback_source");
  EXPECT_EQ(reason(kBefore), "trusted_proxy_missing_header_X-Proof");
  context.peer_address = "10.0.0.1";
  context.headers = {{"x-proof", " "}, {"x-user", " "}};
  EXPECT_EQ(reason(kAfter), "trusted_proxy_missing_header_X-Proof");
  context.headers[0].second = "1";
  EXPECT_EQ(reason(kAfter), "trusted_proxy_user_missing");
  context.headers[1].second = "Alice";
  EXPECT_EQ(reason(kAfter), "trusted_proxy_user_not_allowed");
  context.headers[1].second = " alice ";
  EXPECT_EQ(reason(kAfter), "");
  config.auth.trusted_proxy->allow_users.clear();
  context.headers[1].second = "anybody";
  EXPECT_EQ(reason(kAfter), "");
}

// G-15.
TEST(Tailscale, VouchesForALoginThatItsOwnLookupConfirms) {
  Config config = secrets(AuthMode::token);
  config.tailscale = TailscaleMode::serve;
  const RequestContext context{.peer_address = "127.0.0.1",
                               .headers = {{"Tailscale-User-Login", " Ann@Example.org "},
                                           {"X-Forwarded-For", "100.64.0.7"},
                                           {"X-Forwarded-Proto", "https"},
                                           {"X-Forwarded-Host", "gw.x.ts.net"}}};
  const StartedAuth started = started_auth(config.auth);
  const wire::ConnectAuth nothing;
  SharedAuthInput input{.config = config,
                        .started = started,
                        .policy = kAfter,
                        .context = context,
                        .presented = nothing,
                        .now = {1}};
  EXPECT_TRUE(asks_tailscale(input));
  EXPECT_EQ(authenticate_shared(input, nullptr).reason, "token_missing");
  input.tailscale_login = "bob@example.org";
  EXPECT_EQ(authenticate_shared(input, nullptr).reason, "token_missing");
  input.tailscale_login = "ann@example.org";
  const AuthState state = authenticate_shared(input, nullptr);
  EXPECT_EQ(state.method, "tailscale");
  EXPECT_TRUE(state.ok);
  EXPECT_FALSE(state.shared_ok);  // G-13: the second evaluation knows no Tailscale
  for (std::size_t i = 0; i < context.headers.size(); ++i) {
    RequestContext without = context;
    without.headers.erase(without.headers.begin() + static_cast<std::ptrdiff_t>(i));
    const SharedAuthInput less{.config = config,
                               .started = started,
                               .policy = kAfter,
                               .context = without,
                               .presented = nothing,
                               .now = {1}};
    EXPECT_FALSE(asks_tailscale(less)) << context.headers[i].first;
  }
}

}  // namespace
}  // namespace model::gateway
