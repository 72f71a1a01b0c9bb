#include "model/wire/auth_refusal.hpp"

#include <array>

#include "model/base/check.hpp"

namespace model::wire {

namespace {

/// One row of 12.2. A hint in a message stands for who is addressed.
struct ReasonRow {
  std::string_view reason;
  std::string_view message;  // after "unauthorized: "
  enum class Hint : std::uint8_t { none, token, password } hint;
  std::string_view detail;
  std::string_view next_step;
};

constexpr std::string_view kConfiguration = "update_auth_configuration";
constexpr std::string_view kCredentials = "update_auth_credentials";
constexpr std::string_view kWait = "wait_then_retry";
constexpr std::string_view kReview = "review_auth_configuration";

using enum ReasonRow::Hint;

// clang-format off
constexpr auto kReasonRows = std::to_array<ReasonRow>({
    {"token_missing", "gateway token missing", token, "AUTH_TOKEN_MISSING", kConfiguration},
    {"token_mismatch", "gateway token mismatch", token, "AUTH_TOKEN_MISMATCH", kCredentials},
    {"token_missing_config", "gateway token not configured on gateway (set gateway.auth.token)",
     none, "AUTH_TOKEN_NOT_CONFIGURED", kConfiguration},
    {"password_missing", "gateway password missing", password, "AUTH_PASSWORD_MISSING", kConfiguration},
    {"password_mismatch", "gateway password mismatch", password, "AUTH_PASSWORD_MISMATCH", kCredentials},
    {"password_missing_config",
     "gateway password not configured on gateway (set gateway.auth.password)",
     none, "AUTH_PASSWORD_NOT_CONFIGURED", kConfiguration},
    {"bootstrap_token_invalid", "bootstrap token invalid or expired (scan a fresh setup code)",
     none, "AUTH_BOOTSTRAP_TOKEN_INVALID", kReview},
    {"tailscale_user_missing",
     "tailscale identity missing (use Tailscale Serve auth or gateway token/password)",
     none, "AUTH_TAILSCALE_IDENTITY_MISSING", kReview},
    {"tailscale_proxy_missing",
     "tailscale proxy headers missing (use Tailscale Serve or gateway token/password)",
     none, "AUTH_TAILSCALE_PROXY_MISSING", kReview},
    {"tailscale_whois_failed",
     "tailscale identity check failed (use Tailscale Serve auth or gateway token/password)",
     none, "AUTH_TAILSCALE_WHOIS_FAILED", kReview},
    {"tailscale_user_mismatch",
     "tailscale identity mismatch (use Tailscale Serve auth or gateway token/password)",
     none, "AUTH_TAILSCALE_IDENTITY_MISMATCH", kReview},
    {"rate_limited", "too many failed authentication attempts (retry later)",
     none, "AUTH_RATE_LIMITED", kWait},
    {"device_token_mismatch", "device token mismatch (rotate/reissue device token)",
     none, "AUTH_DEVICE_TOKEN_MISMATCH", kCredentials},
});
// clang-format on

const ReasonRow* find_row(std::string_view reason) {
  for (const ReasonRow& row : kReasonRows) {
    if (row.reason == reason) return &row;
  }
  return nullptr;
}

const ReasonRow* row_of(const std::optional<std::string>& reason) {
  return reason ? find_row(*reason) : nullptr;
}

std::string_view token_hint(HintKind kind) {
  switch (kind) {
    case HintKind::cli:
      return "set gateway.remote.token to match gateway.auth.token";
    case HintKind::browser:
      return "open the dashboard URL and paste the token in Control UI settings";
    case HintKind::other:
      return "provide gateway auth token";
  }
  CHECK_THAT(false, "a client kind without a hint");
  return {};
}

std::string_view password_hint(HintKind kind) {
  switch (kind) {
    case HintKind::cli:
      return "set gateway.remote.password to match gateway.auth.password";
    case HintKind::browser:
      return "enter the password in Control UI settings";
    case HintKind::other:
      return "provide gateway auth password";
  }
  CHECK_THAT(false, "a client kind without a hint");
  return {};
}

std::string row_message(const ReasonRow* row, HintKind kind) {
  CHECK(row != nullptr);
  std::string text = "unauthorized: ";
  text += row->message;
  if (row->hint == none) return text;
  text += " (";
  text += row->hint == token ? token_hint(kind) : password_hint(kind);
  text += ')';
  return text;
}

bool given(const std::optional<std::string>& secret) { return secret && !secret->empty(); }

}  // namespace

std::string_view name_of(AuthMode mode) {
  switch (mode) {
    case AuthMode::none:
      return "none";
    case AuthMode::token:
      return "token";
    case AuthMode::password:
      return "password";
    case AuthMode::trusted_proxy:
      return "trusted-proxy";
  }
  CHECK_THAT(false, "an authentication mode without a name");
  return {};
}

ProvidedKind provided_kind(const std::optional<ConnectAuth>& auth) {
  if (!auth) return ProvidedKind::none;
  if (given(auth->password)) return ProvidedKind::password;
  if (given(auth->token)) return ProvidedKind::token;
  if (given(auth->bootstrap_token)) return ProvidedKind::bootstrap_token;
  if (given(auth->device_token)) return ProvidedKind::device_token;
  return ProvidedKind::none;
}

HintKind hint_kind(const ClientInfo& client) {
  if (is_cli(client)) return HintKind::cli;
  if (is_control_ui(client) || is_webchat(client)) return HintKind::browser;
  return HintKind::other;
}

AuthRefusalInput auth_refusal_input(std::optional<std::string> reason, AuthMode mode,
                                    const ConnectParams& params, bool has_device) {
  return {
      .reason = std::move(reason),
      .mode = mode,
      .provided = provided_kind(params.auth),
      .hint = hint_kind(params.client),
      .has_device = has_device,
      .explicit_device_token = params.auth && given(params.auth->device_token),
  };
}

std::string auth_message(const AuthRefusalInput& input) {
  if (const ReasonRow* row = row_of(input.reason)) return row_message(row, input.hint);
  // No reason, or one without a text of its own.
  if (input.mode == AuthMode::token && input.provided == ProvidedKind::none) {
    return row_message(find_row("token_missing"), input.hint);
  }
  if (input.mode == AuthMode::token && input.provided == ProvidedKind::device_token) {
    return "unauthorized: device token rejected (pair/repair this device, or provide gateway "
           "token)";
  }
  if (input.provided == ProvidedKind::bootstrap_token) {
    return row_message(find_row("bootstrap_token_invalid"), input.hint);
  }
  if (input.mode == AuthMode::password && input.provided == ProvidedKind::none) {
    return row_message(find_row("password_missing"), input.hint);
  }
  return "unauthorized";
}

std::string_view auth_detail_code(const std::optional<std::string>& reason) {
  if (!reason) return "AUTH_REQUIRED";
  const ReasonRow* row = row_of(reason);
  return row != nullptr ? row->detail : "AUTH_UNAUTHORIZED";
}

bool can_retry_with_device_token(const AuthRefusalInput& input) {
  return input.reason == "token_mismatch" && input.has_device &&
         input.provided == ProvidedKind::token && !input.explicit_device_token;
}

std::string_view recommended_next_step(const AuthRefusalInput& input) {
  if (can_retry_with_device_token(input)) return "retry_with_device_token";
  const ReasonRow* row = row_of(input.reason);
  return row != nullptr ? row->next_step : kReview;
}

Refusal auth_refusal(const AuthRefusalInput& input) {
  const std::string message = auth_message(input);
  js::Object details{{"code", auth_detail_code(input.reason)}};
  details.set_if("authReason", input.reason);
  details.set("canRetryWithDeviceToken", can_retry_with_device_token(input));
  details.set("recommendedNextStep", recommended_next_step(input));
  return {error_object(ErrorCode::invalid_request, message, js::Value(details)),
          close_cut(close_code::kPolicy, message)};
}

}  // namespace model::wire
