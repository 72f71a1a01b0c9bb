#include "model/base/url.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <vector>

#include "model/base/address.hpp"
#include "model/base/js_string.hpp"

namespace model {

namespace {

struct SpecialScheme {
  std::string_view name;
  std::uint16_t port;
};
constexpr SpecialScheme kSpecialSchemes[] = {
    {"http", 80}, {"https", 443}, {"ws", 80}, {"wss", 443}, {"ftp", 21}};

const SpecialScheme* find_special(std::string_view scheme) {
  for (const SpecialScheme& special : kSpecialSchemes) {
    if (special.name == scheme) return &special;
  }
  return nullptr;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Blanks and control characters go from both ends, tabs and line ends from everywhere.
std::string cleaned(std::string_view text) {
  const auto skipped = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
  while (!text.empty() && skipped(text.front())) text.remove_prefix(1);
  while (!text.empty() && skipped(text.back())) text.remove_suffix(1);
  std::string out;
  for (const char c : text) {
    if (c != '\t' && c != '\n' && c != '\r') out.push_back(c);
  }
  return out;
}

bool forbidden_in_host(char c) {
  return c == '\0' || std::string_view("\t\n\r #/:<>?@[\\]^|").find(c) != std::string_view::npos;
}

bool forbidden_in_domain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return forbidden_in_host(c) || byte < 0x20 || byte >= 0x7f || c == '%';
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high >= 0 && low >= 0) {
        out.push_back(static_cast<char>(high * 16 + low));
        i += 2;
        continue;
      }
    }
    out.push_back(text[i]);
  }
  return out;
}

/// One part of an IPv4 host: decimal, octal after `0`, hexadecimal after `0x`. Numbers beyond 32
/// bits saturate, which no caller accepts.
std::optional<std::uint64_t> ipv4_number(std::string_view text) {
  if (text.empty()) return std::nullopt;
  std::uint64_t base = 10;
  if (text.starts_with("0x") || text.starts_with("0X")) {
    base = 16;
    text.remove_prefix(2);
  } else if (text.size() > 1 && text[0] == '0') {
    base = 8;
    text.remove_prefix(1);
  }
  std::uint64_t number = 0;
  for (const char c : text) {
    const int digit = hex_digit(c);
    if (digit < 0 || static_cast<std::uint64_t>(digit) >= base) return std::nullopt;
    number = std::min<std::uint64_t>(number * base + static_cast<std::uint64_t>(digit), 1ULL << 33);
  }
  return number;
}

std::vector<std::string_view> split_at_dots(std::string_view host) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0;;) {
    const std::size_t dot = host.find('.', at);
    parts.push_back(host.substr(at, dot == std::string_view::npos ? dot : dot - at));
    if (dot == std::string_view::npos) break;
    at = dot + 1;
  }
  if (parts.size() > 1 && parts.back().empty()) parts.pop_back();
  return parts;
}

bool ends_in_number(const std::vector<std::string_view>& parts) {
  const std::string_view last = parts.back();
  return !last.empty() && (std::ranges::all_of(last, is_digit) || ipv4_number(last).has_value());
}

std::optional<std::string> ipv4_host(const std::vector<std::string_view>& parts) {
  if (parts.size() > 4) return std::nullopt;
  std::uint64_t address = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto number = ipv4_number(parts[i]);
    if (!number) return std::nullopt;
    const bool last = i + 1 == parts.size();
    const std::uint64_t limit = last ? 1ULL << (8 * (5 - parts.size())) : 256;
    if (*number >= limit) return std::nullopt;
    address += last ? *number : *number << (8 * (3 - i));
  }
  return fmt::format("{}.{}.{}.{}", address >> 24, (address >> 16) & 0xff, (address >> 8) & 0xff,
                     address & 0xff);
}

/// Between brackets only IPv6 without zone; a mapped address keeps its form in URLs.
std::optional<std::string> ipv6_host(std::string_view text) {
  const auto address = parse_address(text);
  if (!address || !address->zone.empty() || text.find(':') == std::string_view::npos) {
    return std::nullopt;
  }
  if (address->v6) return fmt::format("[{}]", address->text());
  return fmt::format("[::ffff:{:x}:{:x}]", address->bytes[0] << 8 | address->bytes[1],
                     address->bytes[2] << 8 | address->bytes[3]);
}

std::optional<std::string> special_host(std::string_view text) {
  if (text.starts_with('[')) {
    return text.ends_with(']') ? ipv6_host(text.substr(1, text.size() - 2)) : std::nullopt;
  }
  const std::string domain = js::lower_ascii(percent_decoded(text));
  if (domain.empty() || std::ranges::any_of(domain, forbidden_in_domain)) return std::nullopt;
  const auto parts = split_at_dots(domain);
  if (ends_in_number(parts)) return ipv4_host(parts);
  return domain;
}

std::optional<std::string> opaque_host(std::string_view text) {
  if (text.starts_with('[')) {
    return text.ends_with(']') ? ipv6_host(text.substr(1, text.size() - 2)) : std::nullopt;
  }
  std::string out;
  for (const char c : text) {
    if (forbidden_in_host(c)) return std::nullopt;
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte >= 0x7f) {
      out.append(fmt::format("%{:02X}", byte));
    } else {
      out.push_back(c);
    }
  }
  return out;
}

/// Where the port's colon stands: the first outside brackets.
std::size_t find_port_colon(std::string_view text) {
  bool in_brackets = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '[') in_brackets = true;
    if (text[i] == ']') in_brackets = false;
    if (text[i] == ':' && !in_brackets) return i;
  }
  return std::string_view::npos;
}

bool read_port(std::string_view digits, const SpecialScheme* special, Url& url) {
  std::uint32_t port = 0;
  for (const char c : digits) {
    if (!is_digit(c)) return false;
    port = port * 10 + static_cast<std::uint32_t>(c - '0');
    if (port > 65535) return false;
  }
  if (!digits.empty() && (special == nullptr || port != special->port)) {
    url.port = static_cast<std::uint16_t>(port);
  }
  return true;
}

/// `user@host:port`, up to the path.
bool read_authority(std::string_view text, const SpecialScheme* special, Url& url) {
  if (const std::size_t at = text.rfind('@'); at != std::string_view::npos) {
    text.remove_prefix(at + 1);
    if (text.empty()) return false;
  }
  const std::size_t colon = find_port_colon(text);
  const std::string_view name = text.substr(0, colon);
  if (name.empty() && (special != nullptr || colon != std::string_view::npos)) return false;
  const auto host = special != nullptr ? special_host(name) : opaque_host(name);
  if (!host) return false;
  url.host = *host;
  return colon == std::string_view::npos || read_port(text.substr(colon + 1), special, url);
}

/// file: has no port, and its local host is the empty one.
bool read_file_host(std::string_view text, Url& url) {
  const std::string_view name = text.substr(0, text.find_first_of("/\\?#"));
  const bool drive = name.size() == 2 && is_alpha(name[0]) && (name[1] == ':' || name[1] == '|');
  if (name.empty() || drive) return true;
  const auto host = special_host(name);
  if (!host) return false;
  if (*host != "localhost") url.host = *host;
  return true;
}

}  // namespace

std::string Url::host_and_port() const { return port ? fmt::format("{}:{}", host, *port) : host; }

std::string Url::origin() const {
  if (find_special(scheme) == nullptr) return "null";
  return fmt::format("{}://{}", scheme, host_and_port());
}

std::optional<Url> parse_url(std::string_view given) {
  const std::string text = cleaned(given);
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos || colon == 0 || !is_alpha(text[0])) return std::nullopt;
  const std::string_view name = std::string_view(text).substr(0, colon);
  const bool plain = std::ranges::all_of(
      name, [](char c) { return is_alpha(c) || is_digit(c) || c == '+' || c == '-' || c == '.'; });
  if (!plain) return std::nullopt;
  Url url{.scheme = js::lower_ascii(name)};
  std::string_view rest = std::string_view(text).substr(colon + 1);
  const SpecialScheme* special = find_special(url.scheme);
  if (special != nullptr) {
    rest.remove_prefix(std::min(rest.find_first_not_of("/\\"), rest.size()));
    return read_authority(rest.substr(0, rest.find_first_of("/\\?#")), special, url)
               ? std::optional(url)
               : std::nullopt;
  }
  if (url.scheme == "file") {
    const auto slash = [&rest](std::size_t i) {
      return i < rest.size() && (rest[i] == '/' || rest[i] == '\\');
    };
    if (slash(0) && slash(1) && !read_file_host(rest.substr(2), url)) return std::nullopt;
    return url;
  }
  if (rest.starts_with("//")) {
    rest.remove_prefix(2);
    if (!read_authority(rest.substr(0, rest.find_first_of("/?#")), nullptr, url)) {
      return std::nullopt;
    }
  }
  return url;
}

}  // namespace model
