// One request of a session whose answer needs the stores (docs/protocol/gateway.md section 12).
#pragma once

#include <cstdint>
#include <string>

#include "model/base/json.hpp"
#include "model/gateway/need.hpp"

namespace model::gateway {

/// A method in progress. `step` counts its awaits; `scratch` is what it has learned so far.
struct MethodCall {
  js::Value id;  ///< of the request frame
  std::string method;
  js::Value params;
  std::uint8_t step = 0;
  js::Value scratch;
  bool operator==(const MethodCall&) const = default;
};

}  // namespace model::gateway
