#include "model/client/endpoint.hpp"

#include <fmt/format.h>

#include "model/base/address.hpp"
#include "model/base/js_string.hpp"
#include "model/base/url.hpp"
#include "model/client/trust.hpp"

namespace model::client {
namespace {

bool is_ipv6(std::string_view host) { return host.find(':') != std::string_view::npos; }

/// What OPENCLAW_ALLOW_INSECURE_PRIVATE_WS=1 adds to loopback (C-2).
bool is_private_or_name(std::string_view host) {
  const auto address = parse_address(host);
  return !address || is_private(*address) || is_tailnet(*address);
}

}  // namespace

std::optional<Endpoint> parse_endpoint(std::string_view url) {
  const auto parts = parse_url(js::trim(url));
  if (!parts || (parts->scheme != "ws" && parts->scheme != "wss") || parts->host.empty()) {
    return std::nullopt;
  }
  const bool tls = parts->scheme == "wss";
  std::string_view host = parts->host;
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  const int port = parts->port ? int{*parts->port} : (tls ? 443 : 80);
  if (port == 0) return std::nullopt;
  return Endpoint{.tls = tls, .host = std::string(host), .port = port};
}

std::string url_of(const Endpoint& endpoint) {
  const std::string_view scheme = endpoint.tls ? "wss" : "ws";
  if (is_ipv6(endpoint.host))
    return fmt::format("{}://[{}]:{}", scheme, endpoint.host, endpoint.port);
  return fmt::format("{}://{}:{}", scheme, endpoint.host, endpoint.port);
}

std::optional<std::string> refuse_endpoint(std::string_view url, std::string_view tls_fingerprint,
                                           PlaintextPolicy plaintext) {
  const auto endpoint = parse_endpoint(url);
  const bool tls = endpoint && endpoint->tls;
  if (!js::blank(tls_fingerprint) && !tls) {
    return "gateway tls fingerprint requires wss:// gateway url";
  }
  if (tls) return std::nullopt;
  const bool allowed =
      endpoint &&
      (is_loopback_host(endpoint->host) ||
       (plaintext == PlaintextPolicy::private_allowed && is_private_or_name(endpoint->host)));
  if (allowed) return std::nullopt;
  return fmt::format("SECURITY ERROR: Cannot connect to \"{}\" over plaintext ws://.",
                     endpoint ? std::string_view(endpoint->host) : url);
}

bool trusted_for_retry(std::string_view url, std::string_view tls_fingerprint) {
  const auto endpoint = parse_endpoint(url);
  if (!endpoint) return false;
  if (is_loopback_host(endpoint->host)) return true;
  return endpoint->tls && !normalise_fingerprint(tls_fingerprint).empty();
}

int manual_port(std::string_view host, std::optional<int> given, bool tls) {
  constexpr int kDefaultPort = 18789;
  if (given && *given > 0) return *given;
  return tls && js::lower_ascii(host).ends_with(".ts.net") ? 443 : kDefaultPort;
}

std::string manual_stable_id(std::string_view host, int port) {
  return fmt::format("manual|{}|{}", js::lower_ascii(host), port);
}

}  // namespace model::client
