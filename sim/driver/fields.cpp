#include "sim/driver/fields.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "model/base/nearest.hpp"

namespace sim {

namespace js = model::js;

namespace {

std::string_view kind_name(js::Kind kind) {
  switch (kind) {
    case js::Kind::null:
      return "null";
    case js::Kind::boolean:
      return "a boolean";
    case js::Kind::number:
      return "a number";
    case js::Kind::string:
      return "a string";
    case js::Kind::array:
      return "an array";
    case js::Kind::object:
      return "an object";
  }
  return "something";
}

}  // namespace

Fields::Fields(const js::Value& object, std::string what) : what_(std::move(what)) {
  if (object.is_object()) {
    object_ = &object.object();
  } else {
    mistake(fmt::format("expected an object, found {}", kind_name(object.kind())));
  }
}

bool Fields::has(std::string_view name) const {
  return object_ != nullptr && object_->contains(name);
}

const js::Value* Fields::any(std::string_view name) {
  known_.emplace_back(name);
  return object_ == nullptr ? nullptr : object_->find(name);
}

const js::Value* Fields::required(std::string_view name) {
  const js::Value* value = any(name);
  if (value == nullptr) mistake(fmt::format("'{}' is missing", name));
  return value;
}

std::string Fields::text(std::string_view name) {
  const js::Value* value = required(name);
  if (value == nullptr) return {};
  if (value->is_string()) return value->string();
  mistake(fmt::format("'{}' must be a string, not {}", name, kind_name(value->kind())));
  return {};
}

std::optional<std::string> Fields::optional_text(std::string_view name) {
  if (!has(name)) {
    known_.emplace_back(name);
    return std::nullopt;
  }
  return text(name);
}

bool Fields::flag(std::string_view name, bool otherwise) {
  const js::Value* value = any(name);
  if (value == nullptr) return otherwise;
  if (value->is_bool()) return value->boolean();
  mistake(fmt::format("'{}' must be true or false, not {}", name, kind_name(value->kind())));
  return otherwise;
}

std::int64_t Fields::integer(std::string_view name, std::int64_t least, std::int64_t most) {
  const js::Value* value = required(name);
  if (value == nullptr) return least;
  if (!value->is_integer() || value->integer() < least || value->integer() > most) {
    mistake(fmt::format("'{}' must be a whole number from {} to {}, not {}", name, least, most,
                        value->is_number() ? js::dump(*value) : kind_name(value->kind())));
    return least;
  }
  return value->integer();
}

std::int64_t Fields::integer(std::string_view name, std::int64_t least, std::int64_t most,
                             std::int64_t otherwise) {
  if (has(name)) return integer(name, least, most);
  known_.emplace_back(name);
  return otherwise;
}

std::vector<std::string> Fields::texts(std::string_view name) {
  std::vector<std::string> found;
  const js::Array* elements = array(name);
  if (elements == nullptr) return found;
  for (const js::Value& element : *elements) {
    if (element.is_string()) {
      found.push_back(element.string());
    } else {
      mistake(fmt::format("'{}' must hold strings, not {}", name, kind_name(element.kind())));
    }
  }
  return found;
}

std::vector<std::pair<std::string, std::string>> Fields::text_members(std::string_view name) {
  std::vector<std::pair<std::string, std::string>> found;
  const js::Value* value = object(name);
  if (value == nullptr) return found;
  for (const js::Member& member : value->object()) {
    if (member.value.is_string()) {
      found.emplace_back(member.name, member.value.string());
    } else {
      mistake(fmt::format("'{}.{}' must be a string, not {}", name, member.name,
                          kind_name(member.value.kind())));
    }
  }
  return found;
}

const js::Value* Fields::object(std::string_view name) {
  const js::Value* value = any(name);
  if (value == nullptr || value->is_object()) return value;
  mistake(fmt::format("'{}' must be an object, not {}", name, kind_name(value->kind())));
  return nullptr;
}

const js::Array* Fields::array(std::string_view name) {
  const js::Value* value = any(name);
  if (value == nullptr) return nullptr;
  if (value->is_array()) return &value->array();
  mistake(fmt::format("'{}' must be an array, not {}", name, kind_name(value->kind())));
  return nullptr;
}

void Fields::mistake(std::string message) {
  if (!first_) first_ = model::Error{fmt::format("{}: {}", what_, message)};
}

void Fields::adopt(const model::Result<void>& inner) {
  if (!inner && !first_) first_ = inner.error();
}

model::Result<void> Fields::finish() const {
  if (first_) return std::unexpected(*first_);
  for (const js::Member& member : *object_) {
    if (std::find(known_.begin(), known_.end(), member.name) == known_.end()) {
      return model::fail(fmt::format("{}: unknown field '{}'{}", what_, member.name,
                                     model::did_you_mean(member.name, known_)));
    }
  }
  return {};
}

}  // namespace sim
