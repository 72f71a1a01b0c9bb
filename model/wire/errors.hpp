// How the gateway says no: error objects, close codes and the texts that clients see
// (docs/protocol/wire.md sections 4.4, 7, 8, 11 and 12).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/base/json.hpp"
#include "model/wire/connect_params.hpp"

namespace model::wire {

enum class ErrorCode : std::uint8_t {
  not_linked,
  not_paired,
  agent_timeout,
  invalid_request,
  approval_not_found,
  unavailable,
};

/// As sent: "NOT_PAIRED".
[[nodiscard]] std::string_view name_of(ErrorCode code);

/// An error object, members in the order sent: code, message, details (absent if none). 4.4
[[nodiscard]] js::Value error_object(ErrorCode code, std::string_view message,
                                     const std::optional<js::Value>& details = std::nullopt);

// --- closing -------------------------------------------------------------------------------------

/// Close codes that the gateway uses (section 11).
namespace close_code {
inline constexpr int kNormal = 1000;        ///< W-21, W-34: no reason given
inline constexpr int kProtocol = 1002;      ///< W-38
inline constexpr int kNoCloseFrame = 1006;  ///< never sent: what a peer sees of a cut connection
inline constexpr int kInvalidUtf8 = 1007;   ///< W-4
inline constexpr int kPolicy = 1008;        ///< W-35 to W-40, W-49, W-53, section 12
inline constexpr int kTooBig = 1009;        ///< W-16, W-17
inline constexpr int kRestart = 1012;       ///< orderly stop
inline constexpr int kDeviceRemoved = 4001;
}  // namespace close_code

struct CloseFrame {
  int code = close_code::kNormal;
  std::string reason;
  bool operator==(const CloseFrame&) const = default;
};

/// A close whose reason is variable text, cut to 120 bytes (W-22).
[[nodiscard]] CloseFrame close_cut(int code, std::string_view reason);

/// Closes with fixed texts that answer no request.
[[nodiscard]] CloseFrame handshake_timeout_close();      ///< W-21
[[nodiscard]] CloseFrame unparsable_close();             ///< W-34
[[nodiscard]] CloseFrame internal_error_close();         ///< an exception inside the handshake
[[nodiscard]] CloseFrame invalid_utf8_close();           ///< W-4
[[nodiscard]] CloseFrame too_big_close();                ///< W-16, W-17
[[nodiscard]] CloseFrame repeated_unauthorized_close();  ///< W-49
[[nodiscard]] CloseFrame slow_consumer_close();          ///< W-53
[[nodiscard]] CloseFrame service_restart_close();        ///< section 11
[[nodiscard]] CloseFrame device_removed_close();         ///< 4001

// --- refusals of the handshake -------------------------------------------------------------------

/// One error response (none if `error` is absent), then a close.
struct Refusal {
  std::optional<js::Value> error;
  CloseFrame close;
  /// The message of the error object; the close reason if there is none.
  [[nodiscard]] std::string message() const;
  bool operator==(const Refusal&) const = default;
};

[[nodiscard]] Refusal unparsable();                                   ///< W-34
[[nodiscard]] Refusal invalid_request_frame();                        ///< W-35
[[nodiscard]] Refusal first_request_must_be_connect();                ///< W-36
[[nodiscard]] Refusal invalid_connect_params(std::string_view text);  ///< W-37
[[nodiscard]] Refusal protocol_mismatch();                            ///< W-38
[[nodiscard]] Refusal invalid_role();                                 ///< W-39
/// W-40; `reason` is that of gateway.md G-11, as details show it ("origin missing or invalid").
[[nodiscard]] Refusal origin_not_allowed(std::string_view reason);

/// W-38 and W-39 for parameters that passed W-37: the refusal, or none.
[[nodiscard]] std::optional<Refusal> check_protocol(const ConnectParams& params);
[[nodiscard]] std::optional<Refusal> check_role(const ConnectParams& params);

/// What is wrong with a device identity (12.1), in the order in which it is checked.
enum class DeviceRefusal : std::uint8_t {
  control_ui_identity_required,
  identity_required,
  id_mismatch,
  signature_expired,
  nonce_required,
  nonce_mismatch,
  signature_invalid,
  public_key_invalid,
};
[[nodiscard]] Refusal device_refusal(DeviceRefusal why);

/// 12.1: `reason` is not-paired, metadata-upgrade, role-upgrade or scope-upgrade; the request id is
/// absent if no live request is found.
[[nodiscard]] Refusal pairing_required(const std::optional<std::string>& request_id,
                                       std::string_view reason);

}  // namespace model::wire
