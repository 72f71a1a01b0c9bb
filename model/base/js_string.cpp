#include "model/base/js_string.hpp"

#include <algorithm>
#include <cstdint>

#include "model/base/js_point.hpp"

namespace model::js {

namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";  // U+FFFD

std::uint8_t byte_at(std::string_view text, std::size_t at) {
  return static_cast<std::uint8_t>(text[at]);
}

enum class Surrogates : bool { refused, allowed };

/// One step of the WHATWG decoder: how many bytes belong together, and are they a character?
struct Step {
  std::size_t bytes;
  bool valid;
};

/// `text` is not empty and `at` lies inside it.
Step step(std::string_view text, std::size_t at, Surrogates surrogates) {
  const std::uint8_t lead = byte_at(text, at);
  if (lead < 0x80) return {1, true};
  std::size_t needed = 0;
  std::uint8_t low = 0x80;
  std::uint8_t high = 0xbf;
  if (lead >= 0xc2 && lead <= 0xdf) {
    needed = 1;
  } else if (lead >= 0xe0 && lead <= 0xef) {
    needed = 2;
    if (lead == 0xe0) low = 0xa0;
    if (lead == 0xed && surrogates == Surrogates::refused) high = 0x9f;
  } else if (lead >= 0xf0 && lead <= 0xf4) {
    needed = 3;
    if (lead == 0xf0) low = 0x90;
    if (lead == 0xf4) high = 0x8f;
  } else {
    return {1, false};
  }
  // The first byte that cannot follow begins the next part.
  for (std::size_t i = 1; i <= needed; ++i) {
    if (at + i >= text.size()) return {i, false};
    const std::uint8_t next = byte_at(text, at + i);
    if (next < low || next > high) return {i, false};
    low = 0x80;
    high = 0xbf;
  }
  return {needed + 1, true};
}

bool is_space(std::uint32_t point) {
  switch (point) {
    case 0x09:
    case 0x0a:
    case 0x0b:
    case 0x0c:
    case 0x0d:
    case 0x20:
    case 0xa0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x202f:
    case 0x205f:
    case 0x3000:
    case 0xfeff:
      return true;
    default:
      return point >= 0x2000 && point <= 0x200a;
  }
}

/// The decoder with replacement; well-formed parts are copied as they are.
std::string replace_ill_formed(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    const Step taken = step(bytes, at, Surrogates::refused);
    out += taken.valid ? bytes.substr(at, taken.bytes) : kReplacement;
    at += taken.bytes;
  }
  return out;
}

}  // namespace

Point point_at(std::string_view text, std::size_t at) {
  const Step taken = step(text, at, Surrogates::allowed);
  const std::uint32_t lead = byte_at(text, at);
  if (!taken.valid || taken.bytes == 1) return {lead, 1, taken.valid};
  // The lead byte of a sequence of n bytes carries 7 - n bits, each other byte six.
  std::uint32_t value = lead & (0x7fu >> taken.bytes);
  for (std::size_t i = 1; i < taken.bytes; ++i)
    value = value << 6 | (byte_at(text, at + i) & 0x3fu);
  return {value, taken.bytes, true};
}

void append_point(std::string& out, std::uint32_t point) {
  const auto put = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xc0 | point >> 6);
    put(0x80 | (point & 0x3f));
  } else if (point < 0x10000) {
    put(0xe0 | point >> 12);
    put(0x80 | (point >> 6 & 0x3f));
    put(0x80 | (point & 0x3f));
  } else {
    put(0xf0 | point >> 18);
    put(0x80 | (point >> 12 & 0x3f));
    put(0x80 | (point >> 6 & 0x3f));
    put(0x80 | (point & 0x3f));
  }
}

std::string_view trim(std::string_view text) {
  while (!text.empty()) {
    const Point first = point_at(text, 0);
    if (!first.valid || !is_space(first.value)) break;
    text.remove_prefix(first.bytes);
  }
  while (!text.empty()) {
    // Back to the start of the last character: at most three continuation bytes.
    std::size_t start = text.size() - 1;
    while (start > 0 && text.size() - start < 4 && (byte_at(text, start) & 0xc0) == 0x80) --start;
    const Point last = point_at(text, start);
    if (start + last.bytes != text.size() || !last.valid || !is_space(last.value)) {
      break;
    }
    text.remove_suffix(last.bytes);
  }
  return text;
}

bool utf16_less(std::string_view a, std::string_view b) {
  const auto mismatch = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (mismatch.second == b.end()) return false;
  if (mismatch.first == a.end()) return true;
  const auto left = static_cast<std::uint8_t>(*mismatch.first);
  const auto right = static_cast<std::uint8_t>(*mismatch.second);
  // Byte order is code point order, which differs from code unit order in one place: characters
  // beyond U+FFFF (lead F0..F4) begin with a unit D800..DBFF, so they come before U+E000..U+FFFF
  // (leads EE, EF), and after a lone high surrogate only by what that one is.
  const bool left_wide = left >= 0xf0;
  const bool right_wide = right >= 0xf0;
  if (left_wide != right_wide) {
    const std::uint8_t other = left_wide ? right : left;
    if (other >= 0xee) return left_wide;
    if (other == 0xed) {
      const auto at = static_cast<std::size_t>(mismatch.first - a.begin());
      const Point x = point_at(a, at);
      const Point y = point_at(b, at);
      const auto unit = [](Point point) {
        return point.value < 0x10000 ? point.value : 0xd800 + ((point.value - 0x10000) >> 10);
      };
      if (unit(x) != unit(y)) return unit(x) < unit(y);
      // Equal high surrogates: the lone one is followed by the end or by a unit that is no low
      // surrogate; compare that with the low surrogate of the pair.
      const std::string_view lone = left_wide ? b.substr(at + y.bytes) : a.substr(at + x.bytes);
      const std::uint32_t low = 0xdc00 + ((left_wide ? x : y).value & 0x3ff);
      const bool lone_less = lone.empty() || unit(point_at(lone, 0)) < low;
      return left_wide ? !lone_less : lone_less;
    }
  }
  return left < right;
}

bool valid_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const Step taken = step(bytes, at, Surrogates::refused);
    if (!taken.valid) return false;
    at += taken.bytes;
  }
  return true;
}

std::string decode_utf8_lossily(std::string_view bytes) { return replace_ill_formed(bytes); }

std::string to_well_formed(std::string_view wtf8) {
  std::string out;
  out.reserve(wtf8.size());
  for (std::size_t at = 0; at < wtf8.size();) {
    const Point point = point_at(wtf8, at);
    const bool surrogate = point.bytes == 3 && point.value >= 0xd800 && point.value < 0xe000;
    out += surrogate ? kReplacement : wtf8.substr(at, point.bytes);
    at += point.bytes;
  }
  return out;
}

std::string cut_utf8(std::string_view text, std::size_t bytes_max) {
  const std::string whole = to_well_formed(text);
  if (whole.size() <= bytes_max) return whole;
  return replace_ill_formed(std::string_view(whole).substr(0, bytes_max));
}

std::size_t code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) at += point_at(text, at).bytes;
  return count;
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& byte : out) {
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte - 'A' + 'a');
  }
  return out;
}

}  // namespace model::js
