// Strings as the Swift app treats them.
#pragma once

#include <string_view>

namespace model::client {

/// trimmingCharacters(in: .whitespacesAndNewlines): TAB, LF to CR, U+0085 and the Unicode
/// separators of category Z. Differs from ECMAScript's trim: U+0085 goes and U+FEFF stays (C-84).
[[nodiscard]] std::string_view swift_trim(std::string_view text);

}  // namespace model::client
