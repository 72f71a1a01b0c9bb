// Where a gateway is: the parts of its URL that a client decides by.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace model::client {

/// The parts of a `ws://` or `wss://` URL.
struct Endpoint {
  bool tls = false;
  std::string host;  ///< lower-case; an IPv6 address without brackets
  int port = 0;      ///< 1 to 65535; as written, else 80 or 443 as URLs have it
  bool operator==(const Endpoint&) const = default;
};

/// Reads a URL; path, query and user info are dropped. None: another scheme, no host, a port that
/// is no number between 1 and 65535. `http` and `https` are other schemes here.
[[nodiscard]] std::optional<Endpoint> parse_endpoint(std::string_view url);

/// `ws://host:port` or `wss://host:port`, the port always written, IPv6 in brackets.
[[nodiscard]] std::string url_of(const Endpoint& endpoint);

/// Whether plain `ws://` beyond loopback is allowed: OPENCLAW_ALLOW_INSECURE_PRIVATE_WS=1 adds
/// private, link-local and tailnet addresses, and every host name (C-2).
enum class PlaintextPolicy : std::uint8_t { loopback_only, private_allowed };

/// Why the JavaScript client does not even dial, if it does not: C-1 (a fingerprint needs `wss://`)
/// and C-2 (plain `ws://` to a host that is not loopback).
[[nodiscard]] std::optional<std::string> refuse_endpoint(std::string_view url,
                                                         std::string_view tls_fingerprint,
                                                         PlaintextPolicy plaintext);

/// C-12: the JavaScript client repeats a refused connect with its stored token only to a loopback
/// host, or over `wss` to a pinned certificate.
[[nodiscard]] bool trusted_for_retry(std::string_view url, std::string_view tls_fingerprint);

/// C-33: port of a gateway entered by hand: as given, else 443 for `*.ts.net` with TLS, else 18789.
[[nodiscard]] int manual_port(std::string_view host, std::optional<int> given, bool tls);

/// Section 3: stable id of a gateway entered by hand, `manual|<host lower-case>|<port>`.
[[nodiscard]] std::string manual_stable_id(std::string_view host, int port);

}  // namespace model::client
