// Parameters of the methods that a session may call: their schemas, and what is wrong with given
// ones (docs/protocol/gateway.md sections 12.1 and 12.2, docs/protocol/wire.md W-47a).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/base/json.hpp"
#include "model/wire/schema.hpp"

namespace model::wire {

/// The schema of a method's parameters; null for methods whose parameters nobody here checks.
[[nodiscard]] const Schema* method_schema(std::string_view method);

/// The parameters as a method sees them: absent and null are {} (W-47a).
[[nodiscard]] js::Value method_params(const std::optional<js::Value>& params);

/// All violations of the method's schema ("must have required property 'requestId'"), without a
/// prefix; none if there are none or the method has no schema here.
[[nodiscard]] std::optional<std::string> method_violations(std::string_view method,
                                                           const std::optional<js::Value>& params);

/// The error object for violations: `invalid <method> params: <text>`.
[[nodiscard]] js::Value invalid_params_error(std::string_view method, std::string_view text);

}  // namespace model::wire
