#include "model/gateway/request_context.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "model/base/address.hpp"
#include "model/base/js_string.hpp"

namespace model::gateway {

namespace {

/// Headers by which somebody says that it forwards for somebody else (G-1 [31]).
constexpr auto kForwardingHeaders = std::to_array<std::string_view>(
    {"forwarded", "x-forwarded-for", "x-forwarded-proto", "x-real-ip", "x-forwarded-host"});
/// Those that [28] looks at.
constexpr auto kForwardingHeadersBefore =
    std::to_array<std::string_view>({"x-forwarded-for", "x-real-ip", "x-forwarded-host"});
/// Those that name a client address (G-3).
constexpr auto kAddressHeaders = std::to_array<std::string_view>({"x-forwarded-for", "x-real-ip"});

constexpr std::string_view kUnknown = "unknown";
/// Stands for loopback clients that carry an Origin; from a range reserved for benchmarks (G-4).
constexpr std::string_view kBrowserOnLoopback = "198.18.0.1";

/// HTTP's own blanks, which the parser drops around a value: space and tab.
std::string_view without_blanks(std::string_view value) {
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!value.empty() && blank(value.front())) value.remove_prefix(1);
  while (!value.empty() && blank(value.back())) value.remove_suffix(1);
  return value;
}

bool present(const RequestContext& context, std::string_view name) {
  const auto value = header(context, name);
  return value && !value->empty();
}

bool any_present(const RequestContext& context, std::span<const std::string_view> names) {
  return std::ranges::any_of(names, [&](std::string_view name) { return present(context, name); });
}

bool trusts(const Config& config, const Address& address) {
  return std::ranges::any_of(config.trusted_proxies,
                             [&](const std::string& entry) { return covers(entry, address); });
}

std::optional<Address> client_address(const RequestContext& context, const Config& config) {
  const auto peer = parse_forwarded_address(context.peer_address);
  if (!peer || !trusts(config, *peer)) return peer;
  const std::string forwarded = header(context, "x-forwarded-for").value_or("");
  for (std::string_view rest = forwarded;;) {  // from right to left
    const std::size_t comma = rest.rfind(',');
    const auto address =
        parse_forwarded_address(comma == std::string_view::npos ? rest : rest.substr(comma + 1));
    if (address && !is_loopback(*address) && !trusts(config, *address)) return address;
    if (comma == std::string_view::npos) break;
    rest = rest.substr(0, comma);
  }
  if (!config.allow_real_ip_fallback) return std::nullopt;
  return parse_forwarded_address(header(context, "x-real-ip").value_or(""));
}

/// The host part of a Host header as [28] reads it.
std::string host_name(std::string_view raw) {
  const std::string host = js::lower_ascii(js::trim(raw));
  if (host.starts_with('[')) {
    const std::size_t end = host.find(']');
    if (end != std::string::npos) return host.substr(1, end - 1);
  }
  if (host.find(':') != std::string::npos && parse_address(host)) return host;
  return host.substr(0, host.find(':'));
}

/// [28]: the address resolves to loopback, and Host names this machine.
bool is_local_by_host_and_proxy(const RequestContext& context, const Config& config) {
  const auto client = client_address(context, config);
  if (!client || !is_loopback(*client)) return false;
  const std::string host = host_name(header(context, "host").value_or(""));
  if (!is_loopback_host(host) && !host.ends_with(".ts.net")) return false;
  return !any_present(context, kForwardingHeadersBefore) ||
         is_trusted_proxy(context.peer_address, config);
}

/// [31]: the TCP peer is loopback, and nobody says that it forwards for somebody else.
bool is_local_by_peer(const RequestContext& context) {
  const auto peer = parse_forwarded_address(context.peer_address);
  return peer && is_loopback(*peer) && !any_present(context, kForwardingHeaders);
}

}  // namespace

std::optional<std::string> header(const RequestContext& context, std::string_view name) {
  const std::string wanted = js::lower_ascii(name);
  std::optional<std::string> value;
  for (const auto& [key, raw] : context.headers) {
    if (js::lower_ascii(key) != wanted) continue;
    const std::string_view text = without_blanks(raw);
    if (!value) {
      value = std::string(text);
      if (wanted == "host") break;
    } else {
      value->append(", ").append(text);
    }
  }
  return value;
}

bool is_trusted_proxy(std::string_view address, const Config& config) {
  const auto parsed = parse_forwarded_address(address);
  return parsed && trusts(config, *parsed);
}

bool is_local(const RequestContext& context, const Config& config, const policy::Policy& policy) {
  return policy.locality == policy::Locality::peer_without_forwarding_headers
             ? is_local_by_peer(context)
             : is_local_by_host_and_proxy(context, config);
}

std::optional<std::string> client_ip(const RequestContext& context, const Config& config) {
  const auto address = client_address(context, config);
  if (!address) return std::nullopt;
  return address->text();
}

std::optional<std::string> reported_ip(const RequestContext& context, const Config& config,
                                       const policy::Policy& policy) {
  if (is_local(context, config, policy)) return std::nullopt;
  if (any_present(context, kAddressHeaders) && !is_trusted_proxy(context.peer_address, config)) {
    return std::nullopt;
  }
  const auto address = client_address(context, config);
  if (!address || is_loopback(*address)) return std::nullopt;
  return address->text();
}

bool has_origin(const RequestContext& context) {
  return !js::blank(header(context, "origin").value_or(""));
}

std::string limiter_ip(const RequestContext& context, const Config& config) {
  const auto address = client_address(context, config);
  if (!address) return std::string(kUnknown);
  if (has_origin(context) && is_loopback(*address)) return std::string(kBrowserOnLoopback);
  return address->text();
}

std::string budget_key(const RequestContext& context, const Config& config) {
  return client_ip(context, config).value_or(std::string(kUnknown));
}

bool is_private_peer(const RequestContext& context) {
  const auto peer = parse_forwarded_address(context.peer_address);
  return peer && (is_loopback(*peer) || is_private(*peer)) &&
         !any_present(context, kForwardingHeaders);
}

}  // namespace model::gateway
