// The device pairing store (docs/protocol/gateway.md 10.3), one function an operation.
//
// All work on the files as read at `now`; a refusal writes nothing, a change writes both files
// (S-4). They may throw `Thrown` (record.hpp), which `execute` catches.
#pragma once

#include "model/base/names.hpp"
#include "model/base/time.hpp"
#include "model/policy/policy.hpp"
#include "model/store/operation.hpp"

namespace model::store {

/// S-13: refreshes, replaces or creates the pending request of a device.
[[nodiscard]] Execution request_device(const DeviceRequest& input, const Documents& files,
                                       const policy::Policy& policy, Instant now,
                                       NameSource& names);

/// S-16: makes a pending request a paired device, with a new token for the request's role.
[[nodiscard]] Execution approve_device(const DeviceApprove& input, const Documents& files,
                                       const policy::Policy& policy, Instant now,
                                       NameSource& names);

/// S-17, S-18, S-20.
[[nodiscard]] Execution reject_device(const DeviceReject& input, const Documents& files,
                                      Instant now);
[[nodiscard]] Execution remove_device(const DeviceRemove& input, const Documents& files,
                                      Instant now);
[[nodiscard]] Execution update_device(const DeviceUpdate& input, const Documents& files,
                                      const policy::Policy& policy, Instant now);

/// S-21 to S-24.
[[nodiscard]] Execution verify_token(const TokenVerify& input, const Documents& files, Instant now);
[[nodiscard]] Execution ensure_token(const TokenEnsure& input, const Documents& files, Instant now,
                                     NameSource& names);
[[nodiscard]] Execution rotate_token(const TokenRotate& input, const Documents& files, Instant now,
                                     NameSource& names);
[[nodiscard]] Execution revoke_token(const TokenRevoke& input, const Documents& files, Instant now);

}  // namespace model::store
