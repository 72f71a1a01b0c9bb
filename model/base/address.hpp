// IP addresses as the gateway reads them (docs/protocol/gateway.md G-2).
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace model {

/// One address. An IPv4-mapped IPv6 address is read as the IPv4 address that it carries, so equal
/// hosts are equal values.
struct Address {
  bool v6 = false;
  std::array<std::uint8_t, 16> bytes{};  ///< network order; an IPv4 address fills the first four
  std::string zone;                      ///< of a link-local address, without `%`
  auto operator<=>(const Address&) const = default;

  /// Four decimal parts, or the shortest lower-case IPv6 form (RFC 5952).
  [[nodiscard]] std::string text() const;
};

/// Reads exactly an address: no blanks, brackets or port. IPv4 is four decimal parts without
/// leading zeros; IPv6 in any of its forms, a last part may be dotted.
[[nodiscard]] std::optional<Address> parse_address(std::string_view text);

/// Reads an entry of `X-Forwarded-For` or `X-Real-IP`: trimmed; `[v6]:port` gives the part in
/// brackets, `a.b.c.d:port` loses the port.
[[nodiscard]] std::optional<Address> parse_forwarded_address(std::string_view text);

/// 127.0.0.0/8 or ::1.
[[nodiscard]] bool is_loopback(const Address& address);

/// Is this host name or literal loopback: `localhost`, or an address that is, bare or in brackets?
/// Case does not matter.
[[nodiscard]] bool is_loopback_host(std::string_view host);

/// An address that only a neighbour can have: RFC 1918, link-local, unique local (fc00::/7).
/// Loopback is not one.
[[nodiscard]] bool is_private(const Address& address);

/// 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16.
[[nodiscard]] bool is_rfc1918(const Address& address);

/// 100.64.0.0/10, where tailnets live.
[[nodiscard]] bool is_tailnet(const Address& address);

/// Does the entry `address` or `address/bits` cover this address? Blank and malformed entries cover
/// nothing, and IPv4 and IPv6 never cover each other except through the mapped form.
[[nodiscard]] bool covers(std::string_view entry, const Address& address);

}  // namespace model
