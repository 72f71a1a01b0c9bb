// URLs as browsers and Node read them, as far as scheme, host and port go.
//
// Follows the WHATWG URL standard without a base; paths, queries and user names are skipped, since
// nothing here looks at them. Host names beyond ASCII are refused: they would need the tables of
// IDNA, and no header or setup code of the protocol carries one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace model {

/// The parts of a URL that decide whom one talks to.
struct Url {
  std::string scheme;                 ///< lower-case, without the colon
  std::string host;                   ///< serialised: lower-case, IPv6 in brackets; may be empty
  std::optional<std::uint16_t> port;  ///< none if absent or the scheme's default
  bool operator==(const Url&) const = default;

  /// `host` or `host:port`.
  [[nodiscard]] std::string host_and_port() const;
  /// `scheme://host[:port]` for http, https, ws, wss and ftp; else the text `null`.
  [[nodiscard]] std::string origin() const;
};

/// None where `new URL(text)` throws.
[[nodiscard]] std::optional<Url> parse_url(std::string_view text);

}  // namespace model
