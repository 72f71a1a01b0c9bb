// The order in which the gateway sorts names that people read: String.prototype.localeCompare.
//
// Exact for ASCII (control characters other than blanks are ignored, blanks and punctuation come
// before digits, digits before letters, letters without regard to case, on a tie lower case
// first). Letters with marks stand at their base letter; everything else goes by code point after
// the letters, which is where the original's collation is richer than ours.
// Source: docs/protocol/gateway.md section 12.2, "Locale order".
#pragma once

#include <string_view>

namespace model::gateway {

/// True if `a` stands before `b`.
[[nodiscard]] bool locale_less(std::string_view a, std::string_view b);

}  // namespace model::gateway
