// Store files as bytes: their names, reading and writing (docs/protocol/gateway.md section 10.1).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/base/result.hpp"
#include "model/policy/policy.hpp"
#include "model/store/operation.hpp"

namespace model::store {

/// Paths of a group's files below the state directory, in the order of `Documents`.
struct FileNames {
  std::string_view first;
  std::string_view second;  ///< empty where the group has one file only
  bool operator==(const FileNames&) const = default;
};

[[nodiscard]] FileNames files_of(Group group);

/// The content of one file; no bytes if it is missing, which always reads as empty.
///
/// Anything that is not one JSON object reads as empty (S-2), or is an error under
/// store.unreadable=refuse: "not a JSON object", or where the text stops being JSON.
[[nodiscard]] Result<Document> read_document(const std::optional<std::string>& bytes,
                                             const policy::Policy& policy);

/// A file that exists and cannot be read: an empty document, or an error (S-2).
[[nodiscard]] Result<Document> unreadable_document(const policy::Policy& policy);

/// Bytes of a file: JSON with two blanks of indentation and no final newline.
[[nodiscard]] std::string write_document(const Document& document);

}  // namespace model::store
