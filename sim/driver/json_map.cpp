#include "sim/driver/json_map.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace sim {

namespace js = model::js;

namespace {

/// A container under construction.
struct Open {
  const js::Value* source = nullptr;
  std::size_t next = 0;
  js::Array elements = {};
  std::vector<js::Member> members = {};
};

js::Value map_leaf(const js::Value& leaf, const JsonMap& map) {
  if (leaf.is_string() && map.text) return map.text(leaf.string());
  if (leaf.is_number() && map.number) return map.number(leaf);
  return leaf;
}

/// The next part of an open container; null when it is complete.
const js::Value* next_part(Open& open, const JsonMap& map) {
  if (open.source->is_array()) {
    const js::Array& elements = open.source->array();
    return open.next < elements.size() ? &elements[open.next++] : nullptr;
  }
  const js::Object& members = open.source->object();
  if (open.next == members.size()) return nullptr;
  const js::Member& member = *(members.begin() + static_cast<std::ptrdiff_t>(open.next++));
  open.members.push_back({map.member_name ? map.member_name(member.name) : member.name, {}});
  return &member.value;
}

js::Value closed(Open& open) {
  if (open.source->is_array()) return js::Value(std::move(open.elements));
  return js::Value(js::Object::from_members(std::move(open.members)));
}

}  // namespace

js::Value map_json(const js::Value& value, const JsonMap& map) {
  if (!value.is_array() && !value.is_object()) return map_leaf(value, map);
  std::vector<Open> stack;
  stack.push_back({.source = &value});
  while (true) {
    std::optional<js::Value> done;
    if (const js::Value* part = next_part(stack.back(), map)) {
      if (part->is_array() || part->is_object()) {
        stack.push_back({.source = part});
        continue;
      }
      done = map_leaf(*part, map);
    } else {
      done = closed(stack.back());
      stack.pop_back();
      if (stack.empty()) return *done;
    }
    Open& outer = stack.back();
    if (outer.source->is_array()) {
      outer.elements.push_back(std::move(*done));
    } else {
      outer.members.back().value = std::move(*done);
    }
  }
}

}  // namespace sim
