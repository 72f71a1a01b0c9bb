#include "model/base/address.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "model/base/js_string.hpp"

namespace model {

namespace {

constexpr std::size_t kZoneBytesMax = 64;

std::optional<std::uint32_t> decimal(std::string_view text, std::uint32_t max) {
  if (text.empty() || text.size() > 5 || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  std::uint32_t number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + static_cast<std::uint32_t>(c - '0');
  }
  if (number > max) return std::nullopt;
  return number;
}

std::optional<std::array<std::uint8_t, 4>> four_parts(std::string_view text) {
  std::array<std::uint8_t, 4> bytes{};
  for (std::size_t i = 0; i < 4; ++i) {
    const std::size_t end = i < 3 ? text.find('.') : text.size();
    if (end == std::string_view::npos) return std::nullopt;
    const auto part = decimal(text.substr(0, end), 255);
    if (!part) return std::nullopt;
    bytes[i] = static_cast<std::uint8_t>(*part);
    text.remove_prefix(i < 3 ? end + 1 : end);
  }
  return bytes;
}

std::optional<std::uint16_t> hex_group(std::string_view text) {
  if (text.empty() || text.size() > 4) return std::nullopt;
  std::uint32_t number = 0;
  for (const char c : text) {
    const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    if (lower >= '0' && lower <= '9') {
      number = number * 16 + static_cast<std::uint32_t>(lower - '0');
    } else if (lower >= 'a' && lower <= 'f') {
      number = number * 16 + static_cast<std::uint32_t>(lower - 'a' + 10);
    } else {
      return std::nullopt;
    }
  }
  return static_cast<std::uint16_t>(number);
}

/// The groups between single colons; the last may be dotted and then counts twice. `count` is how
/// many were read, at most eight.
bool groups(std::string_view text, std::array<std::uint16_t, 8>& out, std::size_t& count) {
  count = 0;
  if (text.empty()) return true;
  while (true) {
    const std::size_t colon = text.find(':');
    const std::string_view part = text.substr(0, colon);
    if (colon == std::string_view::npos && part.find('.') != std::string_view::npos) {
      const auto dotted = four_parts(part);
      if (!dotted || count + 2 > out.size()) return false;
      out[count++] = static_cast<std::uint16_t>((*dotted)[0] << 8 | (*dotted)[1]);
      out[count++] = static_cast<std::uint16_t>((*dotted)[2] << 8 | (*dotted)[3]);
      return true;
    }
    const auto group = hex_group(part);
    if (!group || count == out.size()) return false;
    out[count++] = *group;
    if (colon == std::string_view::npos) return true;
    text.remove_prefix(colon + 1);
  }
}

std::optional<std::array<std::uint16_t, 8>> eight_groups(std::string_view text) {
  std::array<std::uint16_t, 8> head{};
  std::size_t head_count = 0;
  const std::size_t gap = text.find("::");
  if (gap == std::string_view::npos) {
    if (!groups(text, head, head_count) || head_count != head.size()) return std::nullopt;
    return head;
  }
  std::array<std::uint16_t, 8> tail{};
  std::size_t tail_count = 0;
  if (text.substr(0, gap).find('.') != std::string_view::npos) return std::nullopt;
  if (!groups(text.substr(0, gap), head, head_count) ||
      !groups(text.substr(gap + 2), tail, tail_count) || head_count + tail_count > 7) {
    return std::nullopt;
  }
  std::copy_n(tail.begin(), tail_count,
              head.begin() + static_cast<std::ptrdiff_t>(head.size() - tail_count));
  return head;
}

/// ::ffff:a.b.c.d as groups.
bool is_mapped(const std::array<std::uint16_t, 8>& parts) {
  return std::all_of(parts.begin(), parts.begin() + 5, [](std::uint16_t p) { return p == 0; }) &&
         parts[5] == 0xffff;
}

bool same_prefix(const Address& a, const Address& b, std::uint32_t bits) {
  for (std::size_t i = 0; bits > 0; ++i) {
    const std::uint32_t here = std::min<std::uint32_t>(bits, 8);
    const std::uint32_t shift = 8 - here;
    if (a.bytes[i] >> shift != b.bytes[i] >> shift) return false;
    bits -= here;
  }
  return true;
}

}  // namespace

std::string Address::text() const {
  if (!v6) return fmt::format("{}.{}.{}.{}", bytes[0], bytes[1], bytes[2], bytes[3]);
  std::array<std::uint16_t, 8> parts{};
  for (std::size_t i = 0; i < 8; ++i) {
    parts[i] = static_cast<std::uint16_t>(bytes[2 * i] << 8 | bytes[2 * i + 1]);
  }
  std::size_t longest = 0;  // of at least two zero groups, the first of the longest
  std::size_t longest_at = 8;
  for (std::size_t i = 0; i < 8; ++i) {
    std::size_t end = i;
    while (end < 8 && parts[end] == 0) ++end;
    if (end - i > std::max<std::size_t>(longest, 1)) {
      longest = end - i;
      longest_at = i;
    }
  }
  std::string out;
  for (std::size_t i = 0; i < 8;) {
    if (i == longest_at) {
      out.append("::");
      i += longest;
      continue;
    }
    if (!out.empty() && !out.ends_with(':')) out.push_back(':');
    out.append(fmt::format("{:x}", parts[i]));
    ++i;
  }
  if (!zone.empty()) out.append("%").append(zone);
  return out;
}

std::optional<Address> parse_address(std::string_view text) {
  Address address;
  if (text.find(':') == std::string_view::npos) {
    const auto parts = four_parts(text);
    if (!parts) return std::nullopt;
    std::copy(parts->begin(), parts->end(), address.bytes.begin());
    return address;
  }
  if (const std::size_t percent = text.find('%'); percent != std::string_view::npos) {
    const std::string_view zone = text.substr(percent + 1);
    const bool plain = std::ranges::all_of(zone, [](char c) {
      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
    if (zone.empty() || zone.size() > kZoneBytesMax || !plain) return std::nullopt;
    address.zone = js::lower_ascii(zone);
    text = text.substr(0, percent);
  }
  const auto parts = eight_groups(text);
  if (!parts) return std::nullopt;
  if (is_mapped(*parts)) {
    address.zone.clear();
    for (std::size_t i = 0; i < 2; ++i) {
      address.bytes[2 * i] = static_cast<std::uint8_t>((*parts)[6 + i] >> 8);
      address.bytes[2 * i + 1] = static_cast<std::uint8_t>((*parts)[6 + i] & 0xff);
    }
    return address;
  }
  address.v6 = true;
  for (std::size_t i = 0; i < 8; ++i) {
    address.bytes[2 * i] = static_cast<std::uint8_t>((*parts)[i] >> 8);
    address.bytes[2 * i + 1] = static_cast<std::uint8_t>((*parts)[i] & 0xff);
  }
  return address;
}

std::optional<Address> parse_forwarded_address(std::string_view text) {
  text = js::trim(text);
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end != std::string_view::npos) return parse_address(text.substr(1, end - 1));
  }
  if (const auto whole = parse_address(text)) return whole;
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || text.find(':', colon + 1) != std::string_view::npos) {
    return std::nullopt;
  }
  const auto address = parse_address(text.substr(0, colon));
  return address && !address->v6 ? address : std::nullopt;
}

bool is_loopback(const Address& address) {
  if (!address.v6) return address.bytes[0] == 127;
  return std::all_of(address.bytes.begin(), address.bytes.end() - 1,
                     [](std::uint8_t byte) { return byte == 0; }) &&
         address.bytes.back() == 1;
}

bool is_loopback_host(std::string_view host) {
  if (js::lower_ascii(host) == "localhost") return true;
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  const auto address = parse_address(host);
  return address && is_loopback(*address);
}

bool is_private(const Address& address) {
  return is_rfc1918(address) || covers("169.254.0.0/16", address) || covers("fc00::/7", address) ||
         covers("fe80::/10", address);
}

bool is_rfc1918(const Address& address) {
  return covers("10.0.0.0/8", address) || covers("172.16.0.0/12", address) ||
         covers("192.168.0.0/16", address);
}

bool is_tailnet(const Address& address) { return covers("100.64.0.0/10", address); }

bool covers(std::string_view entry, const Address& address) {
  entry = js::trim(entry);
  const std::size_t slash = entry.find('/');
  const std::string_view base_text = entry.substr(0, slash);
  const auto base = parse_address(base_text);
  if (!base || base->v6 != address.v6) return false;
  if (slash == std::string_view::npos)
    return base->bytes == address.bytes && base->zone == address.zone;
  const bool mapped = !base->v6 && base_text.find(':') != std::string_view::npos;
  const std::uint32_t bits_max = base->v6 || mapped ? 128 : 32;
  const auto bits = decimal(entry.substr(slash + 1), bits_max);
  if (!bits || (mapped && *bits < 96)) return false;
  return same_prefix(*base, address, mapped ? *bits - 96 : *bits);
}

}  // namespace model
