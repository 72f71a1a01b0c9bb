// Who may call what (docs/protocol/wire.md W-45 ... W-47, gateway.md section 12.4).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace model::gateway {

/// The scope that a method needs of an operator: `operator.admin` for everything unlisted, unknown
/// methods too. `health` needs none and is not asked about.
[[nodiscard]] std::string_view required_scope(std::string_view method);

/// Does the gateway have a method of this name at all? Some callable ones are not advertised.
[[nodiscard]] bool is_known_method(std::string_view method);

/// Methods that nodes call and nobody else does (section 8).
[[nodiscard]] bool is_node_method(std::string_view method);

/// Why the call is refused, as the message says it: "unauthorized role: node" or "missing scope:
/// operator.read"; none if it is not.
[[nodiscard]] std::optional<std::string> authorise(std::string_view method, std::string_view role,
                                                   const std::vector<std::string>& scopes);

}  // namespace model::gateway
