// The node pairing store (docs/protocol/gateway.md 10.4), one function an operation. As in
// device_store.hpp, a refusal writes nothing and a change writes both files.
#pragma once

#include "model/base/names.hpp"
#include "model/base/time.hpp"
#include "model/store/operation.hpp"

namespace model::store {

/// S-30: an existing request is returned unchanged, without a write.
[[nodiscard]] Execution request_node(const NodeRequest& input, const Documents& files, Instant now,
                                     NameSource& names);

/// S-31: a new token and the request's metadata; nothing of an older record but `createdAtMs`.
[[nodiscard]] Execution approve_node(const NodeApprove& input, const Documents& files, Instant now,
                                     NameSource& names);

/// S-32, S-34, S-35.
[[nodiscard]] Execution reject_node(const NodeReject& input, const Documents& files, Instant now);
[[nodiscard]] Execution update_node(const NodeUpdate& input, const Documents& files, Instant now);
[[nodiscard]] Execution rename_node(const NodeRename& input, const Documents& files, Instant now);

}  // namespace model::store
