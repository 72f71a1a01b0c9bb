#include "model/crypto/setup_url.hpp"

#include <fmt/format.h>

#include "model/base/address.hpp"
#include "model/base/js_string.hpp"
#include "model/base/url.hpp"

namespace model::crypto {

namespace {

constexpr std::string_view kPublicUrl = "plugins.entries.device-pair.config.publicUrl";

bool given(const std::optional<std::string>& text) { return text && !js::blank(*text); }

/// Step 1: what somebody asked for.
const std::optional<std::string>* explicit_url(const SetupUrlSources& sources) {
  const bool qr = sources.tool == SetupTool::qr;
  if (qr && given(sources.url_option)) return &sources.url_option;
  if (qr && given(sources.public_url_option)) return &sources.public_url_option;
  if (!(qr && sources.remote_option) && given(sources.public_url)) return &sources.public_url;
  return nullptr;
}

std::optional<std::string> first_address(const SetupUrlSources& sources,
                                         bool (*wanted)(const Address&)) {
  for (const std::string& text : sources.interface_addresses) {
    const auto address = parse_address(text);
    if (address && !address->v6 && wanted(*address)) return address->text();
  }
  return std::nullopt;
}

/// Steps 5 to 8.
Result<SetupUrl> from_bind(const SetupUrlSources& sources, std::string_view scheme) {
  const auto url = [&](std::string_view host) {
    return SetupUrl{fmt::format("{}://{}:{}", scheme, host, sources.port),
                    fmt::format("gateway.bind={}", sources.bind)};
  };
  if (sources.bind == "custom") {
    if (!given(sources.custom_bind_host)) {
      return fail("gateway.bind=custom requires gateway.customBindHost.");
    }
    return url(js::trim(*sources.custom_bind_host));
  }
  if (sources.bind == "tailnet") {
    const auto host = first_address(sources, is_tailnet);
    if (!host) return fail("gateway.bind=tailnet set, but no tailnet IP was found.");
    return url(*host);
  }
  if (sources.bind == "lan") {
    const auto host = first_address(sources, is_rfc1918);
    if (!host) return fail("gateway.bind=lan set, but no private LAN IP was found.");
    return url(*host);
  }
  return fail(
      "Gateway is only bound to loopback. Set gateway.bind=lan, enable tailscale serve, or "
      "configure plugins.entries.device-pair.config.publicUrl.");
}

}  // namespace

Result<SetupUrl> resolve_setup_url(const SetupUrlSources& sources) {
  const std::string_view scheme = sources.tls ? "wss" : "ws";
  if (const auto* text = explicit_url(sources)) {
    const auto url = normalise_gateway_url(**text, scheme);
    if (!url) return fail("Configured publicUrl is invalid.");
    return SetupUrl{*url, std::string(kPublicUrl)};
  }
  const auto remote = normalise_gateway_url(sources.remote_url.value_or(""), scheme);
  const bool remote_first = sources.tool == SetupTool::qr && sources.remote_option;
  if (remote && remote_first) return SetupUrl{*remote, "gateway.remote.url"};
  if (sources.tailscale != SetupTailscale::off) {
    if (!given(sources.tailnet_host)) {
      return fail("Tailscale Serve is enabled, but MagicDNS could not be resolved.");
    }
    const std::string_view mode = sources.tailscale == SetupTailscale::serve ? "serve" : "funnel";
    return SetupUrl{fmt::format("wss://{}", js::trim(*sources.tailnet_host)),
                    fmt::format("gateway.tailscale.mode={}", mode)};
  }
  if (remote) return SetupUrl{*remote, "gateway.remote.url"};
  return from_bind(sources, scheme);
}

std::optional<std::string> normalise_gateway_url(std::string_view text, std::string_view scheme) {
  text = js::trim(text);
  if (const auto url = parse_url(text); url && !url->host.empty()) {
    if (url->scheme == "ws" || url->scheme == "http") return "ws://" + url->host_and_port();
    if (url->scheme == "wss" || url->scheme == "https") return "wss://" + url->host_and_port();
  }
  const std::string_view start = text.substr(0, text.find('/'));
  if (start.empty()) return std::nullopt;
  return fmt::format("{}://{}", scheme, start);
}

Result<std::string> setup_auth_label(std::string_view mode, bool has_token, bool has_password) {
  if (mode == "token" && !has_token) {
    return fail("Gateway auth is set to token, but no token is configured.");
  }
  if (mode == "password" && !has_password) {
    return fail("Gateway auth is set to password, but no password is configured.");
  }
  if (mode != "password" && has_token) return "token";
  if (has_password) return "password";
  return fail("Gateway auth is not configured (no token or password).");
}

}  // namespace model::crypto
