// JSON values as JavaScript reads, holds and writes them.
//
// The gateway is JavaScript, and what a client observes depends on it: duplicate members (the last
// value wins, the first position stays), integer-like member names (first, ascending), numbers
// (IEEE doubles, so 2^53 + 1 is not there and 1e400 is Infinity), lone surrogates (kept), `-0`.
// nlohmann/json differs in each of these, which is why this project reads frames and store files
// with this page (docs/protocol/wire.md W-24, W-25, W-26).
//
// A value is immutable once shared: copying is a reference count, and changing a copy leaves the
// original alone. Depth costs no stack anywhere: reading, writing, comparing, hashing and
// destroying are loops.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/base/hash.hpp"
#include "model/base/result.hpp"

namespace model::js {

class Value;
class Object;

/// Elements of an array, in order.
using Array = std::vector<Value>;

enum class Kind : std::uint8_t { null, boolean, number, string, array, object };

/// One JSON value. Strings are WTF-8: UTF-8 in which a lone surrogate U+D800..U+DFFF may stand as
/// its three-byte form, never as half of a pair.
class Value {
 public:
  Value() noexcept;  ///< null
  Value(std::nullptr_t) noexcept;
  Value(bool flag) noexcept;
  Value(double number) noexcept;
  Value(int number) noexcept;
  Value(std::int64_t number) noexcept;  ///< exact up to 2^53; times and counters are
  Value(const char* text);
  Value(std::string text);
  Value(std::string_view text);
  Value(Array elements);
  Value(Object members);
  Value(const Value&) noexcept;
  Value(Value&&) noexcept;
  Value& operator=(const Value&) noexcept;
  Value& operator=(Value&&) noexcept;
  ~Value();

  [[nodiscard]] Kind kind() const noexcept;
  [[nodiscard]] bool is_null() const noexcept { return kind() == Kind::null; }
  [[nodiscard]] bool is_bool() const noexcept { return kind() == Kind::boolean; }
  [[nodiscard]] bool is_number() const noexcept { return kind() == Kind::number; }
  [[nodiscard]] bool is_string() const noexcept { return kind() == Kind::string; }
  [[nodiscard]] bool is_array() const noexcept { return kind() == Kind::array; }
  [[nodiscard]] bool is_object() const noexcept { return kind() == Kind::object; }
  /// A number without fractional part, as ajv's `integer` means it: 3.0 and 1e30 are.
  [[nodiscard]] bool is_integer() const noexcept;
  /// A number, and neither an infinity (1e400 is one) nor NaN.
  [[nodiscard]] bool is_finite() const noexcept;
  /// A number below `bound`; exact for bounds up to 2^53.
  [[nodiscard]] bool is_below(std::int64_t bound) const noexcept;

  /// Contents; calling the wrong one is our bug and stops the program (CHECK).
  [[nodiscard]] bool boolean() const;
  [[nodiscard]] double number() const;
  [[nodiscard]] std::int64_t integer() const;  ///< saturating conversion of number()
  [[nodiscard]] const std::string& string() const;
  [[nodiscard]] const Array& array() const;
  [[nodiscard]] const Object& object() const;

  /// Contents for changing; clones first when somebody else holds them too.
  [[nodiscard]] Array& edit_array();
  [[nodiscard]] Object& edit_object();

  /// Deep equality: numbers by ==, objects by the same members in the same order. `same_json`
  /// below ignores order.
  friend bool operator==(const Value& a, const Value& b);

 private:
  void swap(Value& other) noexcept;

  struct Node;  // shared, reference-counted string, array or object
  union Content {
    bool boolean;
    double number;
    Node* node;
  };
  Kind kind_;
  Content content_;
};

/// One member of an object.
struct Member {
  std::string name;
  Value value;
};

/// Members in the order of ECMAScript's own property keys: integer-like names ("0", "17", below
/// 2^32 - 1) ascending, then the others as first inserted.
class Object {
 public:
  Object() = default;
  /// Inserts the given members one after the other, as `set` does.
  Object(std::initializer_list<std::pair<std::string_view, Value>> members);
  /// The same for many members at once, in n log n steps whatever their names are.
  [[nodiscard]] static Object from_members(std::vector<Member> members);

  /// Null if there is none. Small objects are searched in order, large ones by an index.
  [[nodiscard]] const Value* find(std::string_view name) const;
  [[nodiscard]] bool contains(std::string_view name) const { return find(name) != nullptr; }
  /// Replaces the value where the member stands, or adds the member at its place in key order.
  void set(std::string_view name, Value value);
  /// As `set` if there is a value; otherwise nothing: an undefined member vanishes when written.
  void set_if(std::string_view name, const std::optional<Value>& value);
  void set_if(std::string_view name, const std::optional<std::string>& value);
  bool erase(std::string_view name);
  [[nodiscard]] Value* edit(std::string_view name);  ///< null if there is none

  [[nodiscard]] std::size_t size() const { return members_.size(); }
  [[nodiscard]] bool empty() const { return members_.empty(); }
  [[nodiscard]] auto begin() const { return members_.begin(); }
  [[nodiscard]] auto end() const { return members_.end(); }

 private:
  friend class Value;
  static constexpr std::size_t kLinearMax = 16;  // up to here a search in order is as fast
  static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

  [[nodiscard]] std::size_t position(std::string_view name) const;
  void rebuild_index();

  std::vector<Member> members_;
  std::vector<std::uint32_t> by_name_;  // positions by name; empty up to kLinearMax members
};

/// Reading.

struct ReadOptions {
  std::size_t bytes_max = 64u << 20;  ///< longer input is refused before it is looked at
};

/// Reads one JSON text as `JSON.parse` does: strict grammar, no byte-order mark, duplicate members
/// by the last. The input must be valid UTF-8 (decode_utf8_lossily in js_string.hpp makes it so).
/// Errors: "<line>:<column>: <what>"; no depth limit, no recursion.
[[nodiscard]] Result<Value> parse(std::string_view text, ReadOptions options = {});

/// Writing.

/// As `JSON.stringify(value)`: no blanks, ECMAScript number form, non-finite numbers as null,
/// lone surrogates as \udXXX escapes, control characters escaped as JavaScript does.
[[nodiscard]] std::string dump(const Value& value);

/// As `JSON.stringify(value, null, 2)`: the form of all store files.
[[nodiscard]] std::string dump_pretty(const Value& value);

/// Equality that ignores the order of members.
[[nodiscard]] bool same_json(const Value& a, const Value& b);

/// Stable hash of kind and content, members in their order.
[[nodiscard]] Hash128 hash(const Value& value);

/// Looking inside, for records of unknown shape. Each returns "none" for anything unexpected.

[[nodiscard]] const Value* member(
    const Value& value, std::string_view name);  ///< null: not an object, or no such member
[[nodiscard]] const std::string* string_member(const Value& value, std::string_view name);
[[nodiscard]] const Array* array_member(const Value& value, std::string_view name);
[[nodiscard]] std::optional<double> number_member(const Value& value, std::string_view name);

}  // namespace model::js
