// What a node's connect sets going and nobody waits for: its node-pairing record remembers when it
// was last connected (G-55).
#pragma once

#include <string>

#include "model/base/time.hpp"

namespace model::gateway {

struct NodeTouch {
  std::string node_id;      ///< device id, else client id
  std::string instance_id;  ///< trimmed instance id if it differs, else empty
  Instant connected_at;
  bool second = false;  ///< the record of `node_id` is done, that of `instance_id` is under way
  bool operator==(const NodeTouch&) const = default;
};

}  // namespace model::gateway
