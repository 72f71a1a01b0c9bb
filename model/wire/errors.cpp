#include "model/wire/errors.hpp"

#include <array>

#include "model/base/check.hpp"
#include "model/base/js_string.hpp"
#include "model/wire/limits.hpp"

namespace model::wire {

namespace {

constexpr std::string_view kOriginMessage =
    "origin not allowed (open the Control UI from the gateway host or allow it in "
    "gateway.controlUi.allowedOrigins)";

/// Error response and close with the same text, cut for the close where it is long (W-22).
Refusal refuse(ErrorCode code, std::string_view message,
               const std::optional<js::Value>& details = std::nullopt) {
  return {error_object(code, message, details), close_cut(close_code::kPolicy, message)};
}

/// One row of 12.1.
struct DeviceRow {
  DeviceRefusal why;
  ErrorCode code;
  std::string_view message;
  std::string_view detail;
  std::string_view reason;  // empty: not sent
};

// clang-format off
constexpr auto kDeviceRows = std::to_array<DeviceRow>({
    {DeviceRefusal::control_ui_identity_required, ErrorCode::invalid_request,
     "control ui requires device identity (use HTTPS or localhost secure context)",
     "CONTROL_UI_DEVICE_IDENTITY_REQUIRED", ""},
    {DeviceRefusal::identity_required, ErrorCode::not_paired,
     "device identity required", "DEVICE_IDENTITY_REQUIRED", ""},
    {DeviceRefusal::id_mismatch, ErrorCode::invalid_request,
     "device identity mismatch", "DEVICE_AUTH_DEVICE_ID_MISMATCH", "device-id-mismatch"},
    {DeviceRefusal::signature_expired, ErrorCode::invalid_request,
     "device signature expired", "DEVICE_AUTH_SIGNATURE_EXPIRED", "device-signature-stale"},
    {DeviceRefusal::nonce_required, ErrorCode::invalid_request,
     "device nonce required", "DEVICE_AUTH_NONCE_REQUIRED", "device-nonce-missing"},
    {DeviceRefusal::nonce_mismatch, ErrorCode::invalid_request,
     "device nonce mismatch", "DEVICE_AUTH_NONCE_MISMATCH", "device-nonce-mismatch"},
    {DeviceRefusal::signature_invalid, ErrorCode::invalid_request,
     "device signature invalid", "DEVICE_AUTH_SIGNATURE_INVALID", "device-signature"},
    {DeviceRefusal::public_key_invalid, ErrorCode::invalid_request,
     "device public key invalid", "DEVICE_AUTH_PUBLIC_KEY_INVALID", "device-public-key"},
});
// clang-format on

}  // namespace

std::string_view name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::not_linked:
      return "NOT_LINKED";
    case ErrorCode::not_paired:
      return "NOT_PAIRED";
    case ErrorCode::agent_timeout:
      return "AGENT_TIMEOUT";
    case ErrorCode::invalid_request:
      return "INVALID_REQUEST";
    case ErrorCode::approval_not_found:
      return "APPROVAL_NOT_FOUND";
    case ErrorCode::unavailable:
      return "UNAVAILABLE";
  }
  CHECK_THAT(false, "an error code without a name");
  return {};
}

js::Value error_object(ErrorCode code, std::string_view message,
                       const std::optional<js::Value>& details) {
  js::Object error{{"code", name_of(code)}, {"message", message}};
  error.set_if("details", details);
  return error;
}

CloseFrame close_cut(int code, std::string_view reason) {
  return {code, js::cut_utf8(reason, kCloseReasonBytesMax)};
}

CloseFrame handshake_timeout_close() { return {close_code::kNormal, ""}; }
CloseFrame unparsable_close() { return {close_code::kNormal, ""}; }
CloseFrame internal_error_close() { return {close_code::kNormal, ""}; }
CloseFrame invalid_utf8_close() { return {close_code::kInvalidUtf8, ""}; }
CloseFrame too_big_close() { return {close_code::kTooBig, ""}; }
CloseFrame repeated_unauthorized_close() {
  return {close_code::kPolicy, "repeated unauthorized calls"};
}
CloseFrame slow_consumer_close() { return {close_code::kPolicy, "slow consumer"}; }
CloseFrame service_restart_close() { return {close_code::kRestart, "service restart"}; }
CloseFrame device_removed_close() { return {close_code::kDeviceRemoved, "device removed"}; }

std::string Refusal::message() const {
  if (error) {
    if (const std::string* text = js::string_member(*error, "message")) return *text;
  }
  return close.reason;
}

Refusal unparsable() { return {std::nullopt, unparsable_close()}; }

Refusal invalid_request_frame() {
  return {std::nullopt, {close_code::kPolicy, "invalid request frame"}};
}

Refusal first_request_must_be_connect() {
  return refuse(ErrorCode::invalid_request, "invalid handshake: first request must be connect");
}

Refusal invalid_connect_params(std::string_view text) {
  return refuse(ErrorCode::invalid_request, std::string("invalid connect params: ").append(text));
}

Refusal protocol_mismatch() {
  constexpr std::string_view kMessage = "protocol mismatch";
  const js::Object details{{"expectedProtocol", kProtocolVersion}};
  return {error_object(ErrorCode::invalid_request, kMessage, js::Value(details)),
          {close_code::kProtocol, std::string(kMessage)}};
}

Refusal invalid_role() { return refuse(ErrorCode::invalid_request, "invalid role"); }

Refusal origin_not_allowed(std::string_view reason) {
  const js::Object details{{"code", "CONTROL_UI_ORIGIN_NOT_ALLOWED"}, {"reason", reason}};
  return refuse(ErrorCode::invalid_request, kOriginMessage, js::Value(details));
}

std::optional<Refusal> check_protocol(const ConnectParams& params) {
  if (params.max_protocol < kProtocolVersion || params.min_protocol > kProtocolVersion) {
    return protocol_mismatch();
  }
  return std::nullopt;
}

std::optional<Refusal> check_role(const ConnectParams& params) {
  const std::string role = params.effective_role();
  if (role == "operator" || role == "node") return std::nullopt;
  return invalid_role();
}

Refusal device_refusal(DeviceRefusal why) {
  for (const DeviceRow& row : kDeviceRows) {
    if (row.why != why) continue;
    js::Object details{{"code", row.detail}};
    if (!row.reason.empty()) details.set("reason", row.reason);
    return refuse(row.code, row.message, js::Value(details));
  }
  CHECK_THAT(false, "a device refusal without a row");
  return {};
}

Refusal pairing_required(const std::optional<std::string>& request_id, std::string_view reason) {
  js::Object details{{"code", "PAIRING_REQUIRED"}};
  details.set_if("requestId", request_id);
  details.set("reason", reason);
  return refuse(ErrorCode::not_paired, "pairing required", js::Value(details));
}

}  // namespace model::wire
