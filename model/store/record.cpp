#include "model/store/record.hpp"

#include <fmt/format.h>

#include "model/base/js_number.hpp"
#include "model/base/js_string.hpp"

namespace model::store {
namespace {

/// Characters as a JavaScript string iterator gives them: code points of the WTF-8 text.
std::vector<std::string> characters(const std::string& text) {
  std::vector<std::string> result;
  for (std::size_t start = 0; start < text.size();) {
    std::size_t end = start + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) ++end;
    result.push_back(text.substr(start, end - start));
    start = end;
  }
  return result;
}

}  // namespace

bool truthy(const js::Value* value) {
  if (value == nullptr) return false;
  switch (value->kind()) {
    case js::Kind::null:
      return false;
    case js::Kind::boolean:
      return value->boolean();
    case js::Kind::number:
      return value->number() != 0;  // JSON has no NaN
    case js::Kind::string:
      return !value->string().empty();
    case js::Kind::array:
    case js::Kind::object:
      return true;
  }
  return false;
}

bool nullish(const js::Value* value) { return value == nullptr || value->is_null(); }

const js::Value* first_of(std::initializer_list<const js::Value*> values) {
  const js::Value* last = nullptr;
  for (const js::Value* value : values) {
    last = value;
    if (!nullish(value)) return value;
  }
  return last;
}

const js::Value* member(const js::Value* value, std::string_view name) {
  return value == nullptr ? nullptr : js::member(*value, name);
}

const std::string* text(const js::Value* value) {
  return value != nullptr && value->is_string() ? &value->string() : nullptr;
}

std::optional<std::string> trimmed(const js::Value* value) {
  if (nullish(value)) return std::nullopt;
  if (!value->is_string()) throw Thrown{"value.trim is not a function"};
  const std::string_view result = js::trim(value->string());
  if (result.empty()) return std::nullopt;
  return std::string(result);
}

js::Object spread(const js::Value* value) {
  if (value == nullptr) return {};
  if (value->is_object()) return value->object();
  std::vector<js::Member> members;
  if (value->is_array()) {
    for (const js::Value& element : value->array()) {
      members.push_back({std::to_string(members.size()), element});
    }
  } else if (value->is_string()) {
    for (std::string& character : characters(value->string())) {
      members.push_back({std::to_string(members.size()), js::Value(std::move(character))});
    }
  }
  return js::Object::from_members(std::move(members));
}

std::vector<std::string> iterate(const js::Value* value, std::string_view what) {
  if (value != nullptr && value->is_array()) return strings_of(value);
  if (value != nullptr && value->is_string()) return characters(value->string());
  throw Thrown{fmt::format("{} is not iterable", what)};
}

std::vector<std::string> strings_of(const js::Value* value) {
  std::vector<std::string> result;
  if (value == nullptr || !value->is_array()) return result;
  for (const js::Value& element : value->array()) {
    if (element.is_string()) result.push_back(element.string());
  }
  return result;
}

std::string property_key(const js::Value* value) {
  if (value == nullptr) return "undefined";
  switch (value->kind()) {
    case js::Kind::null:
      return "null";
    case js::Kind::boolean:
      return value->boolean() ? "true" : "false";
    case js::Kind::number:
      return js::to_string(value->number());
    case js::Kind::string:
      return value->string();
    case js::Kind::array:  // joined by commas in the original; such a name is no device's id
    case js::Kind::object:
      return "[object Object]";
  }
  return {};
}

std::optional<std::int64_t> number_of(const js::Value* value) {
  if (value == nullptr) return std::nullopt;
  switch (value->kind()) {
    case js::Kind::null:
      return 0;
    case js::Kind::boolean:
      return value->boolean() ? 1 : 0;
    case js::Kind::number:
      return value->integer();
    case js::Kind::string: {
      const auto number = js::to_number(value->string());
      if (!number) return std::nullopt;
      return js::Value(*number).integer();
    }
    case js::Kind::array:  // Number([5]) is 5; nothing writes that
    case js::Kind::object:
      return std::nullopt;
  }
  return std::nullopt;
}

bool same_secret(std::string_view shown, const js::Value* stored) {
  const std::string* known = text(stored);
  if (known == nullptr) return false;
  return *known == shown || js::to_well_formed(*known) == js::to_well_formed(shown);
}

js::Value list_value(const std::vector<std::string>& strings) {
  js::Array elements;
  elements.reserve(strings.size());
  for (const std::string& string : strings) elements.emplace_back(string);
  return js::Value(std::move(elements));
}

std::optional<js::Value> list_value(const std::optional<std::vector<std::string>>& strings) {
  if (!strings) return std::nullopt;
  return list_value(*strings);
}

void copy_member(js::Object& to, const js::Value* from, std::string_view name) {
  if (const js::Value* value = member(from, name)) to.set(name, *value);
}

}  // namespace model::store
