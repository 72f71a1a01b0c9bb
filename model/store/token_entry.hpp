// One entry of a paired device's `tokens`, keyed by role (docs/protocol/gateway.md 10.3).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/base/json.hpp"
#include "model/base/names.hpp"
#include "model/base/time.hpp"
#include "model/store/views.hpp"

namespace model::store {

/// What a new token is made from.
struct NewToken {
  std::string_view device_id;  ///< for whom the name is minted
  std::string_view role;
  Strings scopes;
  const js::Value* previous = nullptr;  ///< the entry that it takes the place of, if any
  std::optional<Instant> rotated_at;
};

/// A new entry, never revoked; `createdAtMs` and `lastUsedAtMs` are those of the previous one.
[[nodiscard]] js::Value new_token(const NewToken& from, Instant now, NameSource& names);

}  // namespace model::store
