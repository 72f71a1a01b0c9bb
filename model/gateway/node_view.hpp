// Nodes as operators see them: who is paired as one, who is connected as one (section 12.2).
#pragma once

#include <string_view>
#include <vector>

#include "model/base/json.hpp"
#include "model/gateway/gateway.hpp"
#include "model/store/operation.hpp"

namespace model::gateway {

/// Paired devices with the node role, and connected nodes: connected first, then by lower-cased
/// name (id where there is none), then by id in locale order.
[[nodiscard]] std::vector<js::Value> known_nodes(const Gateway& gateway,
                                                 const store::Documents& devices);

/// The live session of a node (G-54), null if the registry knows none.
[[nodiscard]] const Session* live_node(const Gateway& gateway, std::string_view node_id);

}  // namespace model::gateway
