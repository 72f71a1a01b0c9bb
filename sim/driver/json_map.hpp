// One JSON value made from another by replacing its leaves and member names, whatever its depth.
#pragma once

#include <functional>
#include <string>

#include "model/base/json.hpp"

namespace sim {

/// What becomes of each part; an empty function leaves its parts alone.
struct JsonMap {
  std::function<model::js::Value(const std::string&)> text;
  std::function<model::js::Value(const model::js::Value&)> number;
  std::function<std::string(const std::string&)> member_name;
};

/// The value with every part replaced, in the order in which it is written. No recursion: depth
/// costs no stack.
[[nodiscard]] model::js::Value map_json(const model::js::Value& value, const JsonMap& map);

}  // namespace sim
