#include "model/client/swift_text.hpp"

#include <algorithm>
#include <array>

namespace model::client {
namespace {

constexpr std::array<std::string_view, 25> kBlanks = {
    "\t",           "\n",           "\v",           "\f",           "\r",           " ",
    "\xC2\x85",      // U+0085
    "\xC2\xA0",      // U+00A0
    "\xE1\x9A\x80",  // U+1680
    "\xE2\x80\x80", "\xE2\x80\x81", "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85",
    "\xE2\x80\x86", "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A",  // U+2000-200A
    "\xE2\x80\xA8", "\xE2\x80\xA9",  // U+2028, U+2029
    "\xE2\x80\xAF",                  // U+202F
    "\xE2\x81\x9F",                  // U+205F
    "\xE3\x80\x80",                  // U+3000
};

}  // namespace

std::string_view swift_trim(std::string_view text) {
  const auto drop_front = [&](std::string_view blank) {
    if (!text.starts_with(blank)) return false;
    text.remove_prefix(blank.size());
    return true;
  };
  const auto drop_back = [&](std::string_view blank) {
    if (!text.ends_with(blank)) return false;
    text.remove_suffix(blank.size());
    return true;
  };
  while (std::ranges::any_of(kBlanks, drop_front)) {
  }
  while (std::ranges::any_of(kBlanks, drop_back)) {
  }
  return text;
}

}  // namespace model::client
