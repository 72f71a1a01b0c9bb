// Shapes of JSON values as data, and what is wrong with a value: every violation, in the order and
// the words of the original's validator (docs/protocol/wire.md section 6).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/base/json.hpp"

namespace model::wire {

enum class Shape : std::uint8_t {
  any,     ///< everything, also null
  string,  ///< at least `length_min` code points
  boolean,
  integer,   ///< no fractional part, at least `minimum` if that is set
  constant,  ///< exactly the string `constants[0]`
  one_of,    ///< one of the strings `constants`
  array,     ///< elements of shape `elements`
  object,    ///< the members listed and no others
  record,    ///< members of any name and shape `elements`; see W-26 for names with line ends
};

enum class Presence : bool { required, optional };

struct Field;

/// One shape. Schemas are constants that nest without cycles, so walking one costs as much stack
/// as the schema is deep, whatever the input.
struct Schema {
  Shape shape = Shape::any;
  std::size_t length_min = 0;
  std::optional<std::int64_t> minimum = {};
  std::span<const std::string_view> constants = {};
  const Schema* elements = nullptr;
  std::span<const Field> fields = {};  ///< in schema order
};

/// A member that an object may or must have.
struct Field {
  std::string_view name;
  const Schema* schema;
  Presence presence;
};

inline constexpr Schema kAny{};
inline constexpr Schema kText{.shape = Shape::string};  ///< may be empty
inline constexpr Schema kNonEmpty{.shape = Shape::string, .length_min = 1};
inline constexpr Schema kBoolean{.shape = Shape::boolean};
inline constexpr Schema kInteger0{.shape = Shape::integer, .minimum = 0};
inline constexpr Schema kInteger1{.shape = Shape::integer, .minimum = 1};
inline constexpr Schema kNonEmptyList{.shape = Shape::array, .elements = &kNonEmpty};
inline constexpr Schema kBooleanRecord{.shape = Shape::record, .elements = &kBoolean};
inline constexpr Schema kNoMembers{.shape = Shape::object};

/// All violations of `schema` by `value`, as one text ("must be object", "at /client/id: must be
/// string; ..."); none if there are none. W-26 to W-31.
[[nodiscard]] std::optional<std::string> violations(const Schema& schema, const js::Value& value);

/// The same as yes or no, without building a text.
[[nodiscard]] bool conforms(const Schema& schema, const js::Value& value);

}  // namespace model::wire
