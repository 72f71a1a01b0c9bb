#include "model/wire/errors.hpp"

#include <gtest/gtest.h>

#include "model/wire/limits.hpp"

namespace model::wire {
namespace {

std::string error_text(const Refusal& refusal) {
  return refusal.error ? js::dump(*refusal.error) : "";
}

TEST(ErrorObject, HasItsMembersInOrder) {  // 4.4
  EXPECT_EQ(
      js::dump(error_object(ErrorCode::unavailable, "m", js::Value(js::Object{{"code", "C"}}))),
      R"({"code":"UNAVAILABLE","message":"m","details":{"code":"C"}})");
  EXPECT_EQ(js::dump(error_object(ErrorCode::not_linked, "m")),
            R"({"code":"NOT_LINKED","message":"m"})");
  EXPECT_EQ(name_of(ErrorCode::agent_timeout), "AGENT_TIMEOUT");
  EXPECT_EQ(name_of(ErrorCode::approval_not_found), "APPROVAL_NOT_FOUND");
}

TEST(CloseFrame, CutsVariableReasonsAt120Bytes) {  // W-22
  EXPECT_EQ(close_cut(1008, std::string(120, 'a')).reason.size(), 120u);
  EXPECT_EQ(close_cut(1008, std::string(121, 'a')).reason, std::string(120, 'a'));
  EXPECT_EQ(close_cut(1008, std::string(119, 'a') + "\u00e9").reason,
            std::string(119, 'a') + "\ufffd");
  EXPECT_EQ(kCloseReasonBytesMax, 120u);
}

TEST(CloseFrame,
     HasTheCodesAndReasonsOfTheTable) {  // section 11, W-4, W-16, W-21, W-34, W-49, W-53
  EXPECT_EQ(handshake_timeout_close(), (CloseFrame{1000, ""}));
  EXPECT_EQ(unparsable_close(), (CloseFrame{1000, ""}));
  EXPECT_EQ(internal_error_close(), (CloseFrame{1000, ""}));
  EXPECT_EQ(invalid_utf8_close(), (CloseFrame{1007, ""}));
  EXPECT_EQ(too_big_close(), (CloseFrame{1009, ""}));
  EXPECT_EQ(repeated_unauthorized_close(), (CloseFrame{1008, "repeated unauthorized calls"}));
  EXPECT_EQ(slow_consumer_close(), (CloseFrame{1008, "slow consumer"}));
  EXPECT_EQ(service_restart_close(), (CloseFrame{1012, "service restart"}));
  EXPECT_EQ(device_removed_close(), (CloseFrame{4001, "device removed"}));
}

TEST(Refusal, OfTheStagesBeforeAuthentication) {  // W-34 to W-40
  EXPECT_EQ(unparsable(), (Refusal{std::nullopt, {1000, ""}}));
  EXPECT_EQ(invalid_request_frame(), (Refusal{std::nullopt, {1008, "invalid request frame"}}));
  EXPECT_EQ(
      error_text(first_request_must_be_connect()),
      R"({"code":"INVALID_REQUEST","message":"invalid handshake: first request must be connect"})");
  EXPECT_EQ(
      error_text(protocol_mismatch()),
      R"({"code":"INVALID_REQUEST","message":"protocol mismatch","details":{"expectedProtocol":3}})");
  EXPECT_EQ(protocol_mismatch().close, (CloseFrame{1002, "protocol mismatch"}));
  EXPECT_EQ(error_text(invalid_role()), R"({"code":"INVALID_REQUEST","message":"invalid role"})");
  EXPECT_EQ(invalid_role().close, (CloseFrame{1008, "invalid role"}));
  const Refusal origin = origin_not_allowed("origin missing or invalid");
  EXPECT_EQ(
      error_text(origin),
      R"j({"code":"INVALID_REQUEST","message":"origin not allowed (open the Control UI from the gateway )j"
      R"j(host or allow it in gateway.controlUi.allowedOrigins)","details":{"code":)j"
      R"j("CONTROL_UI_ORIGIN_NOT_ALLOWED","reason":"origin missing or invalid"}})j");
  EXPECT_EQ(origin.close.reason, origin.message()) << "it fits";
}

TEST(Refusal, CutsOnlyTheCloseReason) {  // W-37
  const Refusal refusal = invalid_connect_params(std::string(200, 'x'));
  EXPECT_EQ(refusal.message(), "invalid connect params: " + std::string(200, 'x'));
  EXPECT_EQ(refusal.close.reason, "invalid connect params: " + std::string(96, 'x'));
  EXPECT_EQ(refusal.close.code, 1008);
}

TEST(Refusal, OfProtocolRanges) {  // W-38
  const auto refused = [](std::int64_t min, std::int64_t max) {
    ConnectParams params;
    params.min_protocol = min;
    params.max_protocol = max;
    return check_protocol(params).has_value();
  };
  EXPECT_FALSE(refused(3, 3));
  EXPECT_FALSE(refused(1, 9));
  EXPECT_TRUE(refused(1, 2));
  EXPECT_TRUE(refused(4, 9));
  EXPECT_TRUE(refused(4, 2)) << "inverted";
  EXPECT_TRUE(refused(4, 3));
  EXPECT_TRUE(refused(3, 2));
}

TEST(Refusal, OfRoles) {  // W-39
  ConnectParams params;
  EXPECT_FALSE(check_role(params)) << "absent means operator";
  for (const char* yes : {"operator", "node"}) {
    params.role = yes;
    EXPECT_FALSE(check_role(params)) << yes;
  }
  for (const char* no : {"Node", " operator", "operator ", "control"}) {
    params.role = no;
    EXPECT_EQ(check_role(params), invalid_role()) << no;
  }
}

TEST(Refusal, OfDeviceProofs) {  // 12.1
  struct Row {
    DeviceRefusal why;
    const char* error;
  };
  const Row rows[] = {
      {DeviceRefusal::control_ui_identity_required,
       R"j({"code":"INVALID_REQUEST","message":"control ui requires device identity (use HTTPS or localhost secure context)","details":{"code":"CONTROL_UI_DEVICE_IDENTITY_REQUIRED"}})j"},
      {DeviceRefusal::identity_required,
       R"({"code":"NOT_PAIRED","message":"device identity required","details":{"code":"DEVICE_IDENTITY_REQUIRED"}})"},
      {DeviceRefusal::id_mismatch,
       R"({"code":"INVALID_REQUEST","message":"device identity mismatch","details":{"code":"DEVICE_AUTH_DEVICE_ID_MISMATCH","reason":"device-id-mismatch"}})"},
      {DeviceRefusal::signature_expired,
       R"({"code":"INVALID_REQUEST","message":"device signature expired","details":{"code":"DEVICE_AUTH_SIGNATURE_EXPIRED","reason":"device-signature-stale"}})"},
      {DeviceRefusal::nonce_required,
       R"({"code":"INVALID_REQUEST","message":"device nonce required","details":{"code":"DEVICE_AUTH_NONCE_REQUIRED","reason":"device-nonce-missing"}})"},
      {DeviceRefusal::nonce_mismatch,
       R"({"code":"INVALID_REQUEST","message":"device nonce mismatch","details":{"code":"DEVICE_AUTH_NONCE_MISMATCH","reason":"device-nonce-mismatch"}})"},
      {DeviceRefusal::signature_invalid,
       R"({"code":"INVALID_REQUEST","message":"device signature invalid","details":{"code":"DEVICE_AUTH_SIGNATURE_INVALID","reason":"device-signature"}})"},
      {DeviceRefusal::public_key_invalid,
       R"({"code":"INVALID_REQUEST","message":"device public key invalid","details":{"code":"DEVICE_AUTH_PUBLIC_KEY_INVALID","reason":"device-public-key"}})"},
  };
  for (const Row& row : rows) {
    const Refusal refusal = device_refusal(row.why);
    EXPECT_EQ(error_text(refusal), row.error);
    EXPECT_EQ(refusal.close, (CloseFrame{1008, refusal.message()}));
  }
}

TEST(Refusal, OfThePairingGate) {  // 12.1
  EXPECT_EQ(
      error_text(pairing_required("r", "role-upgrade")),
      R"({"code":"NOT_PAIRED","message":"pairing required","details":{"code":"PAIRING_REQUIRED","requestId":"r","reason":"role-upgrade"}})");
  EXPECT_EQ(
      error_text(pairing_required(std::nullopt, "not-paired")),
      R"({"code":"NOT_PAIRED","message":"pairing required","details":{"code":"PAIRING_REQUIRED","reason":"not-paired"}})");
  EXPECT_EQ(pairing_required("r", "x").close, (CloseFrame{1008, "pairing required"}));
}

}  // namespace
}  // namespace model::wire
