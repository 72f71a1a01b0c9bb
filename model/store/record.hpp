// Records of unknown shape, handled as the JavaScript original handles them.
//
// Store files can be edited, damaged or left by older releases, and the original looks at what it
// finds through truthiness, `??`, `?.` and object spread. These words let the stores say the same
// things. A member that is absent is a null pointer here; a member that is JSON null is a value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/json.hpp"

namespace model::store {

/// Where the original would throw a TypeError (`null.ts`, `5.trim()`). Thrown inside store
/// operations and turned into Outcome::invalid by `execute`; it never leaves this folder. An
/// exception, since it takes the same way out as the original's and no decision may follow it.
struct Thrown {
  std::string message;
};

/// `Boolean(value)`; absent is false.
[[nodiscard]] bool truthy(const js::Value* value);

/// Absent or null: where `??` and `?.` take the other side.
[[nodiscard]] bool nullish(const js::Value* value);

/// `a ?? b ?? ...`: the first that is not nullish, else the last (which may be absent).
[[nodiscard]] const js::Value* first_of(std::initializer_list<const js::Value*> values);

/// `value?.name`: none unless the value is an object that has the member.
[[nodiscard]] const js::Value* member(const js::Value* value, std::string_view name);

/// The text, if it is a string.
[[nodiscard]] const std::string* text(const js::Value* value);

/// `value?.trim()`, none if blank. Throws if there is a value that cannot be trimmed.
[[nodiscard]] std::optional<std::string> trimmed(const js::Value* value);

/// `{...value}`: members of an object, elements of an array or characters of a string under their
/// numbers, nothing of anything else.
[[nodiscard]] js::Object spread(const js::Value* value);

/// `for (const x of value)`: elements of an array, characters of a string. Elements that are not
/// strings are left out. Throws for what cannot be iterated; `what` names it.
[[nodiscard]] std::vector<std::string> iterate(const js::Value* value, std::string_view what);

/// String elements of an array; empty for anything else.
[[nodiscard]] std::vector<std::string> strings_of(const js::Value* value);

/// The member name that a value gives: `object[value]`.
[[nodiscard]] std::string property_key(const js::Value* value);

/// `Number(value)` as a whole number, saturating; none for NaN (absent, most texts, objects).
[[nodiscard]] std::optional<std::int64_t> number_of(const js::Value* value);

/// Equal as secrets are: by their UTF-8 bytes. A value that is not a string equals nothing.
[[nodiscard]] bool same_secret(std::string_view shown, const js::Value* stored);

/// A list of strings as a JSON array.
[[nodiscard]] js::Value list_value(const std::vector<std::string>& strings);

/// The same, or absent.
[[nodiscard]] std::optional<js::Value> list_value(
    const std::optional<std::vector<std::string>>& strings);

/// Copies a member, absent or not: `{name: from.name}`.
void copy_member(js::Object& to, const js::Value* from, std::string_view name);

}  // namespace model::store
