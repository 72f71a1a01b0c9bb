#include "model/client/inbound.hpp"

#include <fmt/format.h>

namespace model::client {
namespace {

std::string text_of(const js::Value& value, std::string_view name) {
  const std::string* text = js::string_member(value, name);
  return text != nullptr ? *text : std::string{};
}

js::Value member_or_null(const js::Value& value, std::string_view name) {
  const js::Value* member = js::member(value, name);
  return member != nullptr ? *member : js::Value{};
}

}  // namespace

std::string Refusal::words() const {
  return code.empty() ? message : fmt::format("{} ({})", message, code);
}

Refusal read_refusal(const js::Value& error) {
  const js::Value details = member_or_null(error, "details");
  const js::Value* retry = js::member(details, "canRetryWithDeviceToken");
  Refusal refusal{
      .message = text_of(error, "message"),
      .code = text_of(details, "code"),
      .request_id = text_of(details, "requestId"),
      .recommended_next_step = text_of(details, "recommendedNextStep"),
      .can_retry_with_device_token = retry != nullptr && retry->is_bool() && retry->boolean()};
  if (refusal.message.empty()) refusal.message = "gateway connect failed";
  return refusal;
}

std::optional<IssuedToken> issued_token(const js::Value& hello) {
  const js::Value auth = member_or_null(hello, "auth");
  const std::string token = text_of(auth, "deviceToken");
  if (token.empty()) return std::nullopt;
  IssuedToken issued{.token = token, .role = std::nullopt, .scopes = {}};
  if (const std::string* role = js::string_member(auth, "role")) issued.role = *role;
  if (const js::Array* scopes = js::array_member(auth, "scopes")) {
    for (const js::Value& scope : *scopes) {
      if (scope.is_string()) issued.scopes.push_back(scope.string());
    }
  }
  return issued;
}

Millis tick_interval(const js::Value& hello) {
  constexpr Millis kDefault{30'000};
  const js::Value* interval = js::member(member_or_null(hello, "policy"), "tickIntervalMs");
  if (interval == nullptr || !interval->is_integer() || interval->integer() < 1 ||
      interval->integer() > 86'400'000) {
    return kDefault;
  }
  return {interval->integer()};
}

}  // namespace model::client
