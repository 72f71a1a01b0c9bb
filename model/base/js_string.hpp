// Strings as JavaScript treats them: trimming, UTF-16 order, decoding.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace model::js {

/// ECMAScript String.prototype.trim (docs/protocol/README.md, Conventions): TAB LF VT FF CR SPACE
/// U+00A0 U+FEFF U+2028 U+2029 and the Unicode space separators; nothing else (not U+0085, not
/// U+200B).
[[nodiscard]] std::string_view trim(std::string_view text);

/// True if `trim` leaves nothing.
[[nodiscard]] inline bool blank(std::string_view text) { return trim(text).empty(); }

/// Order by UTF-16 code units, which differs from byte order for characters beyond U+FFFF.
[[nodiscard]] bool utf16_less(std::string_view a, std::string_view b);

/// Is this well-formed UTF-8 (surrogates and overlong forms refused)? W-4.
[[nodiscard]] bool valid_utf8(std::string_view bytes);

/// The WHATWG UTF-8 decoder with replacement, as Buffer.toString('utf8') does: each maximal
/// ill-formed part becomes U+FFFD. A byte-order mark is kept.
[[nodiscard]] std::string decode_utf8_lossily(std::string_view bytes);

/// The text as UTF-8: lone surrogates of a WTF-8 string become EF BF BD (K-17).
[[nodiscard]] std::string to_well_formed(std::string_view wtf8);

/// Cuts to at most `bytes_max` bytes as Buffer.subarray(...).toString() does: a character cut in
/// the middle leaves replacement characters (W-22).
[[nodiscard]] std::string cut_utf8(std::string_view text, std::size_t bytes_max);

/// Number of Unicode code points; a lone surrogate counts as one.
[[nodiscard]] std::size_t code_points(std::string_view text);

/// Maps only A-Z to a-z (K-11).
[[nodiscard]] std::string lower_ascii(std::string_view text);

/// String.prototype.toLowerCase: every mapping of Unicode 15, also the two that are not one to one
/// (U+0130, final sigma).
[[nodiscard]] std::string lower_unicode(std::string_view text);

/// Metadata normalisation for policy (K-12): trim, NFKD, combining marks dropped, lower-cased.
/// Exact wherever the result holds ASCII characters, which is all that policy compares; other
/// characters are only lower-cased, not decomposed.
[[nodiscard]] std::string normalise_for_policy(std::string_view text);

}  // namespace model::js
