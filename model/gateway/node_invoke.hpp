// `node.invoke`: an operator's request forwarded to a node, and the node's answer on its way back
// (docs/protocol/gateway.md section 12.2).
#pragma once

#include <string_view>

#include "model/gateway/methods.hpp"

namespace model::gateway {

/// The checks (a) to (f), then event `node.invoke.request` to the node's latest session. What waits
/// is a PendingInvoke in the gateway's memory, not a handler.
Need forward_invoke(const Call& call, const Resume& resume);

/// `node.invoke.result`: answers the operator whose request it is. A result that nobody waits for
/// (any more) is accepted and ignored.
Need take_invoke_result(const Call& call, const Resume& resume);

/// Parameters of `node.invoke.result` as they are checked: nodes may send null where the schema
/// wants nothing, and a `payloadJSON` that is no text counts as the payload.
[[nodiscard]] js::Value normalised_result(js::Value params);

/// The node is gone: its pending invokes fail (G-54).
void fail_invokes(Turn& turn, std::string_view node_id);

}  // namespace model::gateway
