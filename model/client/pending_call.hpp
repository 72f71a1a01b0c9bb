// A request that waits for its answer.
#pragma once

#include <string>

#include "model/base/time.hpp"

namespace model::client {

struct PendingCall {
  std::string method;
  Instant due;  ///< when the client stops waiting
  bool operator==(const PendingCall&) const = default;
};

}  // namespace model::client
