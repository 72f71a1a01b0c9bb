// Which URL goes into a setup code (docs/protocol/crypto.md section 6.1).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/result.hpp"

namespace model::crypto {

enum class SetupTailscale : std::uint8_t { off, serve, funnel };

/// Which tool makes the code: they differ in steps 1 and 2.
enum class SetupTool : std::uint8_t {
  qr,    ///< `openclaw qr`
  pair,  ///< the chat command `/pair`
};

/// Everything that decides the URL. Blank texts count as absent.
struct SetupUrlSources {
  SetupTool tool = SetupTool::qr;
  std::optional<std::string> url_option;         ///< --url
  std::optional<std::string> public_url_option;  ///< --public-url
  bool remote_option = false;                    ///< --remote
  std::optional<std::string> public_url;         ///< plugins.entries.device-pair.config.publicUrl
  std::optional<std::string> remote_url;         ///< gateway.remote.url
  bool tls = false;                              ///< gateway.tls.enabled
  SetupTailscale tailscale = SetupTailscale::off;
  std::optional<std::string> tailnet_host;  ///< MagicDNS name, else the first tailnet IP
  std::string bind = "loopback";            ///< gateway.bind
  std::optional<std::string> custom_bind_host;
  int port = 18789;
  std::vector<std::string> interface_addresses;  ///< of the host, in the order of its interfaces
  bool operator==(const SetupUrlSources&) const = default;
};

/// The URL, and the label that tells where it came from.
struct SetupUrl {
  std::string url;
  std::string source;  ///< `urlSource` as shown
  bool operator==(const SetupUrl&) const = default;
};

/// First step that gives a URL. Errors are the texts of the original.
[[nodiscard]] Result<SetupUrl> resolve_setup_url(const SetupUrlSources& sources);

/// Scheme, host and port of a URL in the scheme ws or wss; of a text that is no such URL the part
/// before the first `/`, prefixed with `scheme` ("ws" or "wss"). None if nothing is left.
[[nodiscard]] std::optional<std::string> normalise_gateway_url(std::string_view text,
                                                               std::string_view scheme);

/// The precondition: a secret must be configured. The label `token` or `password`.
///
/// @param mode  gateway.auth.mode as configured, empty if it is not
[[nodiscard]] Result<std::string> setup_auth_label(std::string_view mode, bool has_token,
                                                   bool has_password);

}  // namespace model::crypto
