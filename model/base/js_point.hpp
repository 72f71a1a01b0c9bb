// Code points of WTF-8 text, one after the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace model::js {

/// A code point and how many bytes it takes. An ill-formed byte stands for itself.
struct Point {
  std::uint32_t value;
  std::size_t bytes;
  bool valid;
};

/// The code point that begins at byte `at`, which lies inside `text`.
[[nodiscard]] Point point_at(std::string_view text, std::size_t at);

/// Appends a code point below U+110000, a surrogate in its three-byte form.
void append_point(std::string& out, std::uint32_t point);

}  // namespace model::js
