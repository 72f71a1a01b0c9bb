// What a handler waits for between two stages, and what it is resumed with.
//
// Each value is one of the original's awaits (docs/protocol/gateway.md section 11), so it is a
// place where the world may let somebody else go first.
#pragma once

#include <string>
#include <variant>

#include "model/store/operation.hpp"

namespace model::gateway {

/// A few turns of the microtask queue, no input or output (P1).
struct Pause {
  bool operator==(const Pause&) const = default;
};
/// An operation under its store's lock: lock, read, decide, write, unlock.
struct Transact {
  store::Operation operation;
  bool operator==(const Transact&) const = default;
};
/// An unlocked read of a store's files (S-6).
struct Look {
  store::Group group;
  bool operator==(const Look&) const = default;
};
/// monostate: waits for nothing, that is, the handler has ended.
using Need = std::variant<std::monostate, Pause, Transact, Look>;

/// After a Pause.
struct Continue {};
/// A store could not be read or written (S-7): the handler's await throws `what`.
struct StoreFailed {
  std::string what;
};
using Resume = std::variant<Continue, store::Answer, store::Documents, StoreFailed>;

}  // namespace model::gateway
