// One message as a value: requests to the gateway, responses and events from it
// (docs/protocol/wire.md sections 4, 7 and 8).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "model/base/json.hpp"
#include "model/wire/connect_params.hpp"
#include "model/wire/errors.hpp"

namespace model::wire {

// --- bytes
// -----------------------------------------------------------------------------------------

/// Kind of a WebSocket data frame.
enum class Opcode : std::uint8_t { text, binary };

/// The text that a message carries (W-3). A binary one is decoded lossily; a text message that is
/// not UTF-8 gives none and is closed with invalid_utf8_close() by the layer below (W-4). A
/// byte-order mark stays, so that the JSON reader refuses it (W-24).
[[nodiscard]] std::optional<std::string> decode_message(Opcode opcode, std::string_view bytes);

// --- requests
// --------------------------------------------------------------------------------------

/// 4.1. Absent parameters and null differ.
struct RequestFrame {
  std::string id;
  std::string method;
  std::optional<js::Value> params;
  bool operator==(const RequestFrame&) const = default;
};

/// Not JSON.
struct Unparsable {
  std::string why;  ///< "<line>:<column>: <what>", for our own timelines
  bool operator==(const Unparsable&) const = default;
};

/// JSON, but no request frame.
struct BadRequestFrame {
  js::Value id;      ///< what an answer echoes (W-44): the `id` member as it is, else "invalid"
  std::string text;  ///< all violations, without the prefix "invalid request frame: "
  bool operator==(const BadRequestFrame&) const = default;
};

using ReadRequest = std::variant<RequestFrame, BadRequestFrame, Unparsable>;

/// Looks at a decoded message of a client. Before the handshake is done use read_first_message.
[[nodiscard]] ReadRequest read_request(std::string_view text);

/// W-44: the error object for a frame that is no request.
[[nodiscard]] js::Value bad_request_error(const BadRequestFrame& frame);

// --- the first request
// -----------------------------------------------------------------------------

/// A connect request whose parameters are valid.
struct ConnectRequest {
  std::string id;
  ConnectParams params;
  bool operator==(const ConnectRequest&) const = default;
};

/// A message that ends the handshake. If refusal.error is there, it answers request `id`.
struct RefusedRequest {
  std::string id;  ///< empty if there is nothing to answer
  Refusal refusal;
  bool operator==(const RefusedRequest&) const = default;
};

using FirstMessage = std::variant<ConnectRequest, RefusedRequest>;

/// Stages W-34 to W-37 of a message before the handshake is done, in this order: JSON, request
/// frame, method, parameters. Protocol and role come next (check_protocol, check_role).
[[nodiscard]] FirstMessage read_first_message(std::string_view text);

// --- what the gateway sends
// ------------------------------------------------------------------------

/// 4.2. A successful answer may have no payload.
struct ResponseFrame {
  std::string id;
  bool ok = false;
  std::optional<js::Value> payload;
  std::optional<js::Value> error;
  bool operator==(const ResponseFrame&) const = default;
};

/// Counters that tell a client whether its snapshot is old.
struct StateVersion {
  std::int64_t presence = 0;
  std::int64_t health = 0;
  bool operator==(const StateVersion&) const = default;
};

/// 4.3.
struct EventFrame {
  std::string event;
  std::optional<js::Value> payload;
  std::optional<std::int64_t> seq;  ///< absent on frames for one connection only (W-51)
  std::optional<StateVersion> state_version;
  bool operator==(const EventFrame&) const = default;
};

using GatewayFrame = std::variant<ResponseFrame, EventFrame>;

/// Reads a message of the gateway as a client does; none for anything that is neither a response
/// nor an event by the tables of section 4.
[[nodiscard]] std::optional<GatewayFrame> read_gateway_frame(std::string_view text);

// --- writing
// ---------------------------------------------------------------------------------------

/// `{"type":"req","id","method","params"}`; absent parameters are left out.
[[nodiscard]] std::string write(const RequestFrame& frame);

/// `{"type":"res","id","ok":true,"payload"}`; an absent payload is left out. The id is a value
/// because an answer to a bad frame echoes whatever stood there.
[[nodiscard]] std::string write_response(const js::Value& id,
                                         const std::optional<js::Value>& payload);

/// `{"type":"res","id","ok":false,"error"}`.
[[nodiscard]] std::string write_error(const js::Value& id, const js::Value& error);

/// `{"type":"event","event","payload","seq","stateVersion"}`; absent members are left out.
[[nodiscard]] std::string write(const EventFrame& frame);

}  // namespace model::wire
