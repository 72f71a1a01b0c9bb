#include "model/wire/schema.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "model/base/js_string.hpp"

namespace model::wire {

namespace {

/// A place inside the value, as a list of steps from the innermost to the root. Pointers are
/// written only where something is wrong.
struct Place {
  const Place* outer = nullptr;
  std::string_view name = {};             // of a member
  std::optional<std::size_t> index = {};  // of an element
};

void append_pointer(std::string& out, const Place& place) {
  if (place.outer == nullptr) return;
  append_pointer(out, *place.outer);  // as deep as the schema
  out.push_back('/');
  if (place.index) {
    out += std::to_string(*place.index);
    return;
  }
  for (const char byte : place.name) {
    if (byte == '~') {
      out += "~0";
    } else if (byte == '/') {
      out += "~1";
    } else {
      out.push_back(byte);
    }
  }
}

/// Where violations go. Returning false ends the walk: whoever only asks for yes or no has heard
/// enough after the first.
///
/// Equal parts need no search (W-31): a part names its place, and at one place only the constants
/// of a choice and blank unknown names would say the same twice, which the walk below avoids.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual bool violation(const Place& place, std::string_view message) = 0;
  virtual bool unexpected(const Place& place, std::string_view name) = 0;
};

class TextSink final : public Sink {
 public:
  bool violation(const Place& place, std::string_view message) override {
    separate();
    if (place.outer != nullptr) {
      text_ += "at ";
      append_pointer(text_, place);
      text_ += ": ";
    }
    text_ += message;
    return true;
  }

  bool unexpected(const Place& place, std::string_view name) override {
    separate();
    text_ += "at ";
    if (place.outer == nullptr) {
      text_ += "root";
    } else {
      append_pointer(text_, place);
    }
    text_ += ": unexpected property '";
    text_ += name;
    text_ += '\'';
    return true;
  }

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void separate() {
    if (!text_.empty()) text_ += "; ";
  }

  std::string text_;
};

class YesNoSink final : public Sink {
 public:
  bool violation(const Place&, std::string_view) override { return false; }
  bool unexpected(const Place&, std::string_view) override { return false; }
};

bool has_line_end(std::string_view name) {
  return name.find_first_of("\n\r") != std::string_view::npos ||
         name.find("\u2028") != std::string_view::npos ||
         name.find("\u2029") != std::string_view::npos;
}

const Field* find_field(const Schema& schema, std::string_view name) {
  const auto found = std::find_if(schema.fields.begin(), schema.fields.end(),
                                  [&](const Field& field) { return field.name == name; });
  return found == schema.fields.end() ? nullptr : &*found;
}

bool walk(const Schema& schema, const js::Value& value, const Place& place, Sink& sink);

bool walk_integer(const Schema& schema, const js::Value& value, const Place& place, Sink& sink) {
  if (!value.is_integer() && !sink.violation(place, "must be integer")) return false;
  // W-27: the minimum is looked at for every finite number, also for one that is no integer.
  if (!schema.minimum || !value.is_finite() || !value.is_below(*schema.minimum)) return true;
  return sink.violation(place, fmt::format("must be >= {}", *schema.minimum));
}

bool walk_choice(const Schema& schema, const js::Value& value, const Place& place, Sink& sink) {
  const auto& names = schema.constants;
  if (value.is_string() && std::find(names.begin(), names.end(), value.string()) != names.end()) {
    return true;
  }
  // Each alternative complains; what they all say is kept once (W-28).
  if (!value.is_string() && !sink.violation(place, "must be string")) return false;
  if (!sink.violation(place, "must be equal to constant")) return false;
  return schema.shape == Shape::constant || sink.violation(place, "must match a schema in anyOf");
}

bool walk_object(const Schema& schema, const js::Value& value, const Place& place, Sink& sink) {
  if (!value.is_object()) return sink.violation(place, "must be object");
  const js::Object& object = value.object();
  for (const Field& field : schema.fields) {
    if (field.presence == Presence::optional || object.contains(field.name)) continue;
    const auto message = fmt::format("must have required property '{}'", field.name);
    if (!sink.violation(place, message)) return false;
  }
  bool blank_told = false;  // W-29, W-31
  for (const js::Member& member : object) {
    if (find_field(schema, member.name) != nullptr) continue;
    if (!js::blank(member.name)) {
      if (!sink.unexpected(place, member.name)) return false;
    } else if (!blank_told) {
      blank_told = true;
      if (!sink.violation(place, "must NOT have additional properties")) return false;
    }
  }
  for (const Field& field : schema.fields) {
    const js::Value* inner = object.find(field.name);
    if (inner == nullptr) continue;
    if (!walk(*field.schema, *inner, {.outer = &place, .name = field.name}, sink)) return false;
  }
  return true;
}

bool walk(const Schema& schema, const js::Value& value, const Place& place, Sink& sink) {
  switch (schema.shape) {
    case Shape::any:
      return true;
    case Shape::boolean:
      return value.is_bool() || sink.violation(place, "must be boolean");
    case Shape::integer:
      return walk_integer(schema, value, place, sink);
    case Shape::constant:
    case Shape::one_of:
      return walk_choice(schema, value, place, sink);
    case Shape::object:
      return walk_object(schema, value, place, sink);
    case Shape::string: {
      if (!value.is_string()) return sink.violation(place, "must be string");
      if (schema.length_min == 0) return true;
      if (schema.length_min == 1 ? !value.string().empty()
                                 : js::code_points(value.string()) >= schema.length_min) {
        return true;
      }
      return sink.violation(
          place, fmt::format("must NOT have fewer than {} characters", schema.length_min));
    }
    case Shape::array: {
      if (!value.is_array()) return sink.violation(place, "must be array");
      const js::Array& elements = value.array();
      for (std::size_t i = 0; i < elements.size(); ++i) {
        const Place inside{.outer = &place, .index = i};
        if (!walk(*schema.elements, elements[i], inside, sink)) return false;
      }
      return true;
    }
    case Shape::record: {
      if (!value.is_object()) return sink.violation(place, "must be object");
      for (const js::Member& member : value.object()) {
        // The original matches names with `^(.*)$`, and `.` stops at a line end (section 5).
        if (has_line_end(member.name)) continue;
        const Place inside{.outer = &place, .name = member.name};
        if (!walk(*schema.elements, member.value, inside, sink)) return false;
      }
      return true;
    }
  }
  return true;
}

}  // namespace

std::optional<std::string> violations(const Schema& schema, const js::Value& value) {
  TextSink sink;
  walk(schema, value, {}, sink);
  std::string text = sink.take();
  if (text.empty()) return std::nullopt;
  return text;
}

bool conforms(const Schema& schema, const js::Value& value) {
  YesNoSink sink;
  return walk(schema, value, {}, sink);
}

}  // namespace model::wire
