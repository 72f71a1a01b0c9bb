// Reading the members of one JSON object that a person or a recorder wrote: each by name and type,
// and nothing left over.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/base/json.hpp"
#include "model/base/result.hpp"

namespace sim {

/// One object under reading. Every reader returns a default after the first mistake; `finish` tells
/// that mistake, or names the members that nobody asked for. `object` must outlive the reader.
class Fields {
 public:
  /// @param what  what the object is, for messages: "step 3 (connect)"
  Fields(const model::js::Value& object, std::string what);

  [[nodiscard]] bool has(std::string_view name) const;
  /// The member as it is; null if absent.
  const model::js::Value* any(std::string_view name);
  const model::js::Value* required(std::string_view name);

  std::string text(std::string_view name);
  std::optional<std::string> optional_text(std::string_view name);
  bool flag(std::string_view name, bool otherwise);
  /// A whole number from `least` to `most`.
  std::int64_t integer(std::string_view name, std::int64_t least, std::int64_t most);
  std::int64_t integer(std::string_view name, std::int64_t least, std::int64_t most,
                       std::int64_t otherwise);
  std::vector<std::string> texts(std::string_view name);
  /// String members of an object, in their order; empty if absent.
  std::vector<std::pair<std::string, std::string>> text_members(std::string_view name);
  /// Inner objects: none if absent or no object (the latter is a mistake).
  const model::js::Value* object(std::string_view name);
  const model::js::Array* array(std::string_view name);

  /// Records a mistake found by the caller, or inside a nested object.
  void mistake(std::string message);
  void adopt(const model::Result<void>& inner);

  [[nodiscard]] const std::string& what() const { return what_; }
  [[nodiscard]] model::Result<void> finish() const;

 private:
  std::string what_;
  const model::js::Object* object_ = nullptr;
  std::vector<std::string> known_;
  std::optional<model::Error> first_;
};

}  // namespace sim
