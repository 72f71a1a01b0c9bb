// What the gateway reads from the stores without a lock (S-6), and the rules on scopes and roles
// that both the stores and the gateway use (docs/protocol/gateway.md section 0).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/json.hpp"
#include "model/base/time.hpp"
#include "model/policy/policy.hpp"
#include "model/store/operation.hpp"

namespace model::store {

using Strings = std::vector<std::string>;

/// `clean(x)`: none if absent or empty or blank; else trimmed.
[[nodiscard]] std::optional<std::string> clean(const std::optional<std::string>& text);

/// `scopeset(list)`: trimmed, blanks and duplicates dropped, implied operator scopes added, sorted
/// in UTF-16 order. A value that is not a list gives the empty set; elements that are not strings
/// are dropped.
[[nodiscard]] Strings scopeset(const Strings& list);
[[nodiscard]] Strings scopeset(const js::Value* list);

/// `allows(role, requested, allowed)`.
[[nodiscard]] bool allows(std::string_view role, const Strings& requested, const Strings& allowed);

/// `missing_scope(role, requested, allowed)`: the first requested scope that is not allowed.
[[nodiscard]] std::optional<std::string> missing_scope(std::string_view role,
                                                       const Strings& requested,
                                                       const Strings& allowed);

/// `effective_roles(device)` of a paired record (D-7).
[[nodiscard]] Strings effective_roles(const js::Value& device, const policy::Policy& policy);

/// `baseline(device)`: none if the record has no scope list at all.
[[nodiscard]] std::optional<Strings> baseline(const js::Value& device);

/// `within(role, scopes, base)`.
[[nodiscard]] bool within(std::string_view role, const Strings& scopes,
                          const std::optional<Strings>& base);

/// Paired record of a device; null if there is none.
[[nodiscard]] const js::Value* find_paired(const Documents& devices, std::string_view device_id);

/// Pending requests that are alive at `now` (S-5), newest `ts` first (S-19).
[[nodiscard]] std::vector<js::Value> list_pending(const Documents& store, Instant now);

/// Paired records, newest `approvedAtMs` first (S-19).
[[nodiscard]] std::vector<js::Value> list_paired(const Documents& store);

/// Node record, if `token` is its token (S-33).
[[nodiscard]] const js::Value* verify_node_token(const Documents& nodes, std::string_view node_id,
                                                 std::string_view token);

}  // namespace model::store
