// Merging lists of roles and scopes (docs/protocol/gateway.md section 0). The other rules on
// scopes and roles, which the gateway asks too, are declared in views.hpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/base/json.hpp"
#include "model/policy/policy.hpp"
#include "model/store/views.hpp"

namespace model::store {

/// `merge_roles(items...)`: each item is absent, a text or a list; trimmed texts that are not
/// blank, as first seen, once each. None if there are none.
[[nodiscard]] std::optional<Strings> merge_roles(const std::vector<const js::Value*>& items);

/// `merge_scopes(lists...)`: the same over lists. If nothing was collected: none, or under
/// scopes.empty_list=kept the empty list if any list was present (D-5).
[[nodiscard]] std::optional<Strings> merge_scopes(const std::vector<const js::Value*>& lists,
                                                  policy::EmptyList empty_list);

}  // namespace model::store
