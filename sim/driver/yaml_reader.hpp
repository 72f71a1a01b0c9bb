// YAML as scenarios use it: plain trees with a place in the file for every node.
//
// The subset is chosen so that a hostile file can neither hang nor exhaust the program: one
// document, bounded size and depth, no anchors, no tags, no duplicate keys.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/json.hpp"

namespace sim {

/// A place in a file, counted from 1 as editors do.
struct Mark {
  int line = 0;
  int column = 0;
  auto operator<=>(const Mark&) const = default;
};

/// What is wrong at a place: "<file>:<line>:<column>: <message>".
struct Diagnostic {
  std::string file;
  Mark at;
  std::string message;
  [[nodiscard]] std::string text() const;
  bool operator==(const Diagnostic&) const = default;
};

}  // namespace sim

namespace sim::yaml {

inline constexpr std::size_t kBytesMax = 1u << 20;
inline constexpr std::size_t kDepthMax = 24;
inline constexpr std::size_t kMembersMax = 512;  ///< keys of one mapping

struct Node {
  enum class Kind : std::uint8_t { scalar, sequence, mapping };
  Kind kind = Kind::scalar;
  Mark at;
  std::string text;         ///< of a scalar; empty for a key without value
  bool quoted = false;      ///< a scalar in quotes or a block: always a text
  std::vector<Node> items;  ///< of a sequence, or the values of a mapping in the order of the file
  struct Key {
    std::string text;
    Mark at;
  };
  std::vector<Key> keys;  ///< of a mapping: `keys[i]` belongs to `items[i]`

  [[nodiscard]] bool is_null() const {
    return kind == Kind::scalar && !quoted && (text.empty() || text == "~" || text == "null");
  }
  /// Null if there is none.
  [[nodiscard]] const Node* find(std::string_view key) const;
};

/// "a mapping", "a list", "'text'": what a message says was found.
[[nodiscard]] std::string describe(const Node& node);

/// Reads the one document of a file. `file` is only quoted in the diagnostic.
[[nodiscard]] std::expected<Node, Diagnostic> read(std::string_view text, const std::string& file);

/// The node in flow form on one line: "{ by: phone, do: retry }".
[[nodiscard]] std::string print(const Node& node);

/// A text as a scalar that reads back as the same text: plain where it can be, else in quotes.
[[nodiscard]] std::string quote(std::string_view text);

/// The node as JSON: plain true, false, null and numbers are what they look like, all other
/// scalars are texts.
[[nodiscard]] model::js::Value to_json(const Node& node);

}  // namespace sim::yaml
