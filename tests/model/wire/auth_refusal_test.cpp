// docs/protocol/wire.md section 12.2.
#include "model/wire/auth_refusal.hpp"

#include <gtest/gtest.h>

namespace model::wire {
namespace {

TEST(AuthRefusal, SaysWhatTheTableSays) {
  struct Row {
    const char *reason, *message, *code, *next;
  };
  const Row rows[] = {
      {"token_missing", "gateway token missing (provide gateway auth token)", "AUTH_TOKEN_MISSING",
       "update_auth_configuration"},
      {"token_mismatch", "gateway token mismatch (provide gateway auth token)",
       "AUTH_TOKEN_MISMATCH", "update_auth_credentials"},
      {"token_missing_config", "gateway token not configured on gateway (set gateway.auth.token)",
       "AUTH_TOKEN_NOT_CONFIGURED", "update_auth_configuration"},
      {"password_missing", "gateway password missing (provide gateway auth password)",
       "AUTH_PASSWORD_MISSING", "update_auth_configuration"},
      {"password_mismatch", "gateway password mismatch (provide gateway auth password)",
       "AUTH_PASSWORD_MISMATCH", "update_auth_credentials"},
      {"password_missing_config",
       "gateway password not configured on gateway (set gateway.auth.password)",
       "AUTH_PASSWORD_NOT_CONFIGURED", "update_auth_configuration"},
      {"bootstrap_token_invalid", "bootstrap token invalid or expired (scan a fresh setup code)",
       "AUTH_BOOTSTRAP_TOKEN_INVALID", "review_auth_configuration"},
      {"tailscale_user_missing",
       "tailscale identity missing (use Tailscale Serve auth or gateway token/password)",
       "AUTH_TAILSCALE_IDENTITY_MISSING", "review_auth_configuration"},
      {"tailscale_proxy_missing",
       "tailscale proxy headers missing (use Tailscale Serve or gateway token/password)",
       "AUTH_TAILSCALE_PROXY_MISSING", "review_auth_configuration"},
      {"tailscale_whois_failed",
       "tailscale identity check failed (use Tailscale Serve auth or gateway token/password)",
       "AUTH_TAILSCALE_WHOIS_FAILED", "review_auth_configuration"},
      {"tailscale_user_mismatch",
       "tailscale identity mismatch (use Tailscale Serve auth or gateway token/password)",
       "AUTH_TAILSCALE_IDENTITY_MISMATCH", "review_auth_configuration"},
      {"rate_limited", "too many failed authentication attempts (retry later)", "AUTH_RATE_LIMITED",
       "wait_then_retry"},
      {"device_token_mismatch", "device token mismatch (rotate/reissue device token)",
       "AUTH_DEVICE_TOKEN_MISMATCH", "update_auth_credentials"},
  };
  for (const Row& row : rows) {
    const AuthRefusalInput input{.reason = row.reason};
    EXPECT_EQ(auth_message(input), std::string("unauthorized: ") + row.message);
    EXPECT_EQ(auth_detail_code(input.reason), row.code);
    EXPECT_EQ(recommended_next_step(input), row.next);
  }
}

TEST(AuthRefusal, AddressesTheKindOfClient) {
  const auto message = [](const char* reason, HintKind hint) {
    return auth_message({.reason = reason, .hint = hint});
  };
  EXPECT_EQ(message("token_mismatch", HintKind::cli),
            "unauthorized: gateway token mismatch (set gateway.remote.token to match "
            "gateway.auth.token)");
  EXPECT_EQ(message("token_missing", HintKind::browser),
            "unauthorized: gateway token missing (open the dashboard URL and paste the token in "
            "Control UI "
            "settings)");
  EXPECT_EQ(message("password_mismatch", HintKind::cli),
            "unauthorized: gateway password mismatch (set gateway.remote.password to match "
            "gateway.auth.password)");
  EXPECT_EQ(message("password_missing", HintKind::browser),
            "unauthorized: gateway password missing (enter the password in Control UI settings)");

  EXPECT_EQ(hint_kind({.id = "openclaw-tui", .mode = "cli"}), HintKind::cli) << "CLI comes first";
  EXPECT_EQ(hint_kind({.id = "openclaw-tui", .mode = "ui"}), HintKind::browser);
  EXPECT_EQ(hint_kind({.id = "gateway-client", .mode = "webchat"}), HintKind::browser);
  EXPECT_EQ(hint_kind({.id = "cli", .mode = "ui"}), HintKind::other);
}

TEST(AuthRefusal, FindsWordsWithoutAReason) {
  struct Row {
    std::optional<std::string> reason;
    AuthMode mode;
    ProvidedKind provided;
    const char *message, *code;
  };
  const std::optional<std::string> none;
  const char* const rejected =
      "unauthorized: device token rejected (pair/repair this device, or provide gateway token)";
  const char* const bootstrap =
      "unauthorized: bootstrap token invalid or expired (scan a fresh setup code)";
  const Row rows[] = {
      {none, AuthMode::token, ProvidedKind::none,
       "unauthorized: gateway token missing (provide gateway auth token)", "AUTH_REQUIRED"},
      {none, AuthMode::token, ProvidedKind::device_token, rejected, "AUTH_REQUIRED"},
      {"unauthorized", AuthMode::token, ProvidedKind::device_token, rejected, "AUTH_UNAUTHORIZED"},
      {none, AuthMode::token, ProvidedKind::bootstrap_token, bootstrap, "AUTH_REQUIRED"},
      {none, AuthMode::password, ProvidedKind::bootstrap_token, bootstrap, "AUTH_REQUIRED"},
      {none, AuthMode::password, ProvidedKind::none,
       "unauthorized: gateway password missing (provide gateway auth password)", "AUTH_REQUIRED"},
      {none, AuthMode::password, ProvidedKind::device_token, "unauthorized", "AUTH_REQUIRED"},
      {none, AuthMode::token, ProvidedKind::token, "unauthorized", "AUTH_REQUIRED"},
      {"trusted_proxy_user_missing", AuthMode::trusted_proxy, ProvidedKind::none, "unauthorized",
       "AUTH_UNAUTHORIZED"},
  };
  for (const Row& row : rows) {
    const AuthRefusalInput input{.reason = row.reason, .mode = row.mode, .provided = row.provided};
    EXPECT_EQ(auth_message(input), row.message);
    EXPECT_EQ(auth_detail_code(row.reason), row.code);
    EXPECT_EQ(recommended_next_step(input), "review_auth_configuration");
  }
}

TEST(AuthRefusal, NamesTheFirstSecretThatIsNotEmpty) {
  using Kind = ProvidedKind;
  EXPECT_EQ(provided_kind(std::nullopt), Kind::none);
  EXPECT_EQ(provided_kind(ConnectAuth{}), Kind::none);
  EXPECT_EQ(provided_kind(ConnectAuth{"t", "b", "d", "p"}), Kind::password);
  EXPECT_EQ(provided_kind(ConnectAuth{"t", "b", "d", ""}), Kind::token);
  EXPECT_EQ(provided_kind(ConnectAuth{"", "b", "d", {}}), Kind::bootstrap_token);
  EXPECT_EQ(provided_kind(ConnectAuth{{}, "", "d", {}}), Kind::device_token);
  EXPECT_EQ(provided_kind(ConnectAuth{" ", "b", {}, {}}), Kind::token) << "a blank one counts";
}

TEST(AuthRefusal, OffersTheStoredTokenOnlyForAMismatchedTokenOfADevice) {
  const AuthRefusalInput good{
      .reason = "token_mismatch", .provided = ProvidedKind::token, .has_device = true};
  EXPECT_TRUE(can_retry_with_device_token(good));
  EXPECT_EQ(recommended_next_step(good), "retry_with_device_token");
  AuthRefusalInput bad = good;
  bad.reason = "token_missing";
  EXPECT_FALSE(can_retry_with_device_token(bad));
  bad = good;
  bad.provided = ProvidedKind::password;
  EXPECT_FALSE(can_retry_with_device_token(bad));
  bad = good;
  bad.has_device = false;
  EXPECT_FALSE(can_retry_with_device_token(bad));
  bad = good;
  bad.explicit_device_token = true;
  EXPECT_FALSE(can_retry_with_device_token(bad));
}

TEST(AuthRefusal, BuildsErrorAndClose) {  // 14.3, 14.4
  ConnectParams params;
  params.client = {.id = "openclaw-ios", .mode = "node"};
  params.auth = ConnectAuth{.bootstrap_token = "B"};
  const Refusal spent = auth_refusal(
      auth_refusal_input("bootstrap_token_invalid", AuthMode::token, params, /*has_device=*/true));
  EXPECT_EQ(
      js::dump(*spent.error),
      R"j({"code":"INVALID_REQUEST","message":"unauthorized: bootstrap token invalid or expired (scan a fresh setup code)","details":{"code":"AUTH_BOOTSTRAP_TOKEN_INVALID","authReason":"bootstrap_token_invalid","canRetryWithDeviceToken":false,"recommendedNextStep":"review_auth_configuration"}})j");
  EXPECT_EQ(spent.close.reason,
            "unauthorized: bootstrap token invalid or expired (scan a fresh setup code)");

  params.auth = ConnectAuth{.token = "stale"};
  const Refusal stale = auth_refusal(
      auth_refusal_input("token_mismatch", AuthMode::token, params, /*has_device=*/true));
  EXPECT_EQ(
      js::dump(*stale.error),
      R"j({"code":"INVALID_REQUEST","message":"unauthorized: gateway token mismatch (provide gateway auth token)","details":{"code":"AUTH_TOKEN_MISMATCH","authReason":"token_mismatch","canRetryWithDeviceToken":true,"recommendedNextStep":"retry_with_device_token"}})j");

  const Refusal bare = auth_refusal({.reason = std::nullopt, .provided = ProvidedKind::token});
  EXPECT_EQ(
      js::dump(*bare.error),
      R"({"code":"INVALID_REQUEST","message":"unauthorized","details":{"code":"AUTH_REQUIRED","canRetryWithDeviceToken":false,"recommendedNextStep":"review_auth_configuration"}})");
}

}  // namespace
}  // namespace model::wire
