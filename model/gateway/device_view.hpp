// A paired device as operators see it: everything but secrets (docs/protocol/gateway.md 12.1).
#pragma once

#include "model/base/json.hpp"

namespace model::gateway {

/// The record without `approvedScopes` and with `tokens`, if there are any, as summaries: a list
/// sorted by role in locale order, each without the token itself.
[[nodiscard]] js::Value redacted(const js::Value& device);

}  // namespace model::gateway
