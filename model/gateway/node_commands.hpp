// Which commands a node may offer (docs/protocol/gateway.md section 9).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/json.hpp"
#include "model/gateway/config.hpp"
#include "model/policy/policy.hpp"

namespace model::gateway {

/// "ios", "android", "macos", "windows", "linux" or "unknown", from K-12 normalised texts.
[[nodiscard]] std::string platform_id(std::string_view platform,
                                      const std::optional<std::string>& family);

/// Platform defaults plus configured allowances minus denials (all trimmed).
[[nodiscard]] std::vector<std::string> allow_list(std::string_view platform_id,
                                                  const Config& config,
                                                  const policy::Policy& policy);

/// Declared commands, trimmed, blanks dropped, filtered by the allow list; order and duplicates
/// kept.
[[nodiscard]] std::vector<std::string> declared_commands(
    const std::optional<std::vector<std::string>>& commands,
    const std::vector<std::string>& allowed);

/// Effective commands given the node-pairing record (null: none), by policy.node_commands.
[[nodiscard]] std::vector<std::string> effective_commands(const std::vector<std::string>& declared,
                                                          const js::Value* node_record,
                                                          const policy::Policy& policy);

}  // namespace model::gateway
