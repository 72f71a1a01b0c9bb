// The pairing gate: must this device be approved first, and may that happen silently?
// (docs/protocol/gateway.md section 7). Pure decisions; the handshake sequences them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/gateway/handshake.hpp"
#include "model/gateway/turn.hpp"
#include "model/store/operation.hpp"

namespace model::gateway {

/// G-30: is the gate skipped although a device identity is in use?
[[nodiscard]] bool skips_gate(const Handshake& handshake, AuthMode mode);

/// G-31 rows 1 to 5 for a paired record (null: none): the reason for which pairing is required, or
/// none if the record covers the request.
[[nodiscard]] std::optional<std::string> pairing_reason(const Handshake& handshake,
                                                        const js::Value* record,
                                                        const policy::Policy& policy);

/// G-41: does the claim differ from the pinned platform or device family?
[[nodiscard]] bool metadata_differs(const wire::ClientInfo& claimed, const js::Value& record);

/// G-33: may the gateway approve this by itself? `existing`: a record of the device id, whatever
/// its key. Sets gate.silent and gate.bootstrap_silent.
void decide_silence(Handshake& handshake, const js::Value* existing, const Turn& turn);

/// G-32 b: the request to file.
[[nodiscard]] store::DeviceRequest device_request(const Handshake& handshake, const Turn& turn);

/// G-32 e: has somebody else approved what was asked meanwhile?
[[nodiscard]] bool resolved_concurrently(const Handshake& handshake, const js::Value* record,
                                         const policy::Policy& policy);

/// G-32 g: the request id that a refusal tells: the exact one if still pending, else the newest of
/// the same device and key, else none.
[[nodiscard]] std::optional<std::string> live_request_id(const Handshake& handshake,
                                                         const store::Documents& devices,
                                                         Instant now);

/// S-20: what a covered connect writes to the record.
[[nodiscard]] store::DeviceUpdate device_update(const Handshake& handshake, const Turn& turn);

}  // namespace model::gateway
