// The two files of a pairing store while an operation works on them.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "model/base/json.hpp"
#include "model/base/time.hpp"
#include "model/store/operation.hpp"

namespace model::store {

/// pending.json and paired.json as read: a document that is no object is empty (S-2), and expired
/// requests are dropped (S-5).
struct PairingFiles {
  js::Object pending;  ///< by request id
  js::Object paired;   ///< by device or node id

  /// Throws where the original does, on a pending record that is null.
  PairingFiles(const Documents& files, Instant now);

  /// Both files, as every change writes them (S-4).
  [[nodiscard]] Documents content() const;

  /// A pending or paired record that counts as there; null otherwise.
  [[nodiscard]] const js::Value* find_pending(std::string_view request_id) const;
  [[nodiscard]] const js::Value* find_paired(std::string_view id) const;
};

/// Members of a document; none if it is no object.
[[nodiscard]] const js::Object& members_of(const Document& document);

/// Sorts records by a time member, newest first; equal ones keep their order, and records without
/// such a time come last.
void sort_newest_first(std::vector<js::Value>& records, std::string_view time_member);

}  // namespace model::store
