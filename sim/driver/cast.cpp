#include "sim/driver/cast.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "model/crypto/sha256.hpp"
#include "model/gateway/connection.hpp"
#include "sim/world/setup.hpp"

namespace sim {
namespace {

constexpr std::string_view kRemoteAddress = "203.0.113.10";
constexpr std::string_view kDefaultPort = "18789";

/// A fingerprint as TLS shows one; any other text stands for the certificate of that name.
std::string fingerprint_of(const std::string& certificate) {
  const bool is_one = certificate.size() == 64 &&
                      certificate.find_first_not_of("0123456789abcdef") == std::string::npos;
  return is_one ? certificate : model::crypto::sha256_hex("certificate:" + certificate);
}

std::optional<std::string> optional_text(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

GatewayRole read_gateway(const Item& part, const Cell& cell) {
  using model::gateway::AuthMode;
  GatewayRole role;
  model::gateway::Config& config = role.config;
  const std::string host_port =
      part.text("at", fmt::format("{}.example:{}", part.name, kDefaultPort));
  const std::string certificate = part.text("certificate", part.name);
  const bool tls = certificate != "none";
  if (tls) role.certificate = fingerprint_of(certificate);
  role.disk = part.text("disk_of", part.name);
  role.url = fmt::format("{}://{}", tls ? "wss" : "ws", host_port);
  role.stable_id = "bonjour|" + part.name;

  const std::string mode = part.text("auth", part.has("password") ? "password" : "token");
  if (mode == "token") config.auth.mode = AuthMode::token;
  if (mode == "password") config.auth.mode = AuthMode::password;
  if (mode == "none") config.auth.mode = AuthMode::none;
  if (mode == "trusted_proxy") {
    config.auth.mode = AuthMode::trusted_proxy;
    config.auth.trusted_proxy =
        model::gateway::TrustedProxyAuth{part.text("user_header", "x-user"), {}, {}};
  }
  role.token = part.text("token", mode == "token" ? part.name + "-shared-token" : "");
  role.password = part.text("password", mode == "password" ? part.name + "-shared-password" : "");
  config.auth.token = optional_text(role.token);
  config.auth.password = optional_text(role.password);
  if (part.has("attempts_max")) {
    config.auth.rate_limit = {.max_attempts = static_cast<int>(part.count("attempts_max", 10)),
                              .window = part.span("attempts_window", {60'000}),
                              .lockout = part.span("lockout", {300'000}),
                              .exempt_loopback = !part.flag("limit_loopback", false)};
  }
  config.trusted_proxies = part.texts("trusted_proxies");
  config.allow_real_ip_fallback = part.flag("real_ip_fallback", false);
  config.control_ui.allowed_origins = part.texts("allowed_origins");
  config.control_ui.allow_insecure_auth = part.flag("allow_insecure_auth", false);
  config.control_ui.dangerously_disable_device_auth = part.flag("no_device_auth", false);
  config.control_ui.dangerously_allow_host_header_origin_fallback =
      part.flag("origin_from_host", false);
  config.nodes.allow_commands = part.texts("allow_commands");
  config.nodes.deny_commands = part.texts("deny_commands");
  config.max_preauth_connections_per_ip = static_cast<int>(part.count("sockets_per_ip", 32));
  config.tls = {tls, role.certificate};
  config.public_url = role.url;
  config.version = std::string(cell.preset.version);
  return role;
}

/// The shared secret that a program is given: as said, else none or the gateway's.
enum class ByDefault : std::uint8_t { none, of_gateway };
std::string secret_of(const Item& part, std::string_view key, const std::string& of_gateway,
                      ByDefault otherwise) {
  const std::string said =
      part.text(key, otherwise == ByDefault::of_gateway ? of_gateway : std::string());
  return said == "none" ? std::string() : said;
}

model::client::Client client_of(const Item& part, const GatewayRole& gateway) {
  using namespace model::client;
  const std::string app = part.text("app", part.form == &operator_form() ? "cli" : "ios");
  if (app == "ios") {
    IosApp phone;
    phone.device.display_name = part.name;
    return {phone};
  }
  const ByDefault otherwise =
      part.form == &operator_form() ? ByDefault::of_gateway : ByDefault::none;
  JsClient program;
  if (app == "cli") program.options = cli_options(gateway.url);
  if (app == "node_host") program.options = node_host_options(gateway.url, part.name);
  program.options.url = gateway.url;
  program.options.tls_fingerprint = gateway.certificate;
  program.options.token = secret_of(part, "token", gateway.token, otherwise);
  program.options.password = secret_of(part, "password", gateway.password, otherwise);
  program.options.display_name = part.name;
  program.options.plaintext = PlaintextPolicy::private_allowed;
  if (part.has("role")) program.options.role = part.text("role");
  if (part.has("scopes")) program.options.scopes = part.texts("scopes");
  return {program};
}

}  // namespace

std::string Cast::device_id(std::string_view name) const {
  const auto found = keys.find(std::string(name));
  return found == keys.end() ? std::string() : model::crypto::device_id(found->second.public_key);
}

std::string Cast::name_of(std::string_view device_id) const {
  for (const auto& [name, key] : keys) {
    if (model::crypto::device_id(key.public_key) == device_id) return name;
  }
  return {};
}

std::string Cast::gateway_of(const Item& item, std::string_view key) const {
  if (item.has(key)) return item.text(key);
  if (const auto home = home_of.find(item.by); home != home_of.end()) return home->second;
  return first_gateway;
}

model::gateway::RequestContext context_of(std::string_view from, std::string_view host_port) {
  model::gateway::RequestContext context;
  context.peer_address = "127.0.0.1";
  const std::size_t colon = from.find(':');
  const std::string address(colon == std::string_view::npos ? kRemoteAddress
                                                            : from.substr(colon + 1));
  if (from == "local") {
    context.headers = {{"host", fmt::format("127.0.0.1:{}", kDefaultPort)}};
    return context;
  }
  context.headers = {{"host", std::string(host_port)}};
  if (from == "local_name") return context;
  if (from.starts_with("proxied")) {
    context.headers.emplace_back("x-forwarded-for", address);
  } else {
    context.peer_address = address;
  }
  return context;
}

Staged stage(const Scenario& scenario, const Cell& cell) {
  Staged staged;
  staged.world = empty_world(cell.seed);
  World& world = staged.world;
  Cast& cast = staged.cast;
  cast.policy = cell.policy;
  world.grain = scenario.fine ? Grain::fine : Grain::coarse;
  for (const Item& part : scenario.gateways) {
    GatewayRole role = read_gateway(part, cell);
    const std::string host_port = role.url.substr(role.url.find("://") + 3);
    add_gateway(world, part.name, role.disk, role.config, cell.policy, host_port, role.certificate);
    if (const model::Millis skew = part.span("skew", {}); skew.count != 0) {
      Process& process = world.processes.at(part.name).edit();
      process.skew = skew;
      process.gateway = model::gateway::boot(role.config, cell.policy, world.now + skew);
    }
    if (cast.first_gateway.empty()) cast.first_gateway = part.name;
    cast.gateways.emplace(part.name, std::move(role));
  }
  const auto add = [&](const Item& part, std::string_view gateway_key, std::string_view from) {
    const std::string home = part.text(gateway_key, cast.first_gateway);
    const GatewayRole& gateway = cast.gateway(home);
    const std::string host_port = gateway.url.substr(gateway.url.find("://") + 3);
    add_device(world, part.name, client_of(part, gateway), cell.policy,
               context_of(part.text("from", std::string(from)), host_port));
    Device& device = world.devices.at(part.name).edit();
    device.skew = part.span("skew", {});
    if (part.has("keys_of")) device.key = model::crypto::key_pair_of_device(part.text("keys_of"));
    cast.keys.emplace(part.name, device.key);
    cast.home_of.emplace(part.name, home);
  };
  for (const Item& part : scenario.devices) add(part, "to", "remote");
  for (const Item& part : scenario.operators) add(part, "on", "local");
  for (const Item& part : scenario.attackers) {
    const GatewayRole& gateway = cast.gateway(cast.first_gateway);
    cast.keys.emplace(part.name,
                      model::crypto::key_pair_of_device(part.text("keys_of", part.name)));
    cast.home_of.emplace(part.name, cast.first_gateway);
    cast.from.emplace(part.name, context_of(part.text("from", "remote"),
                                            gateway.url.substr(gateway.url.find("://") + 3)));
    cast.skew.emplace(part.name, part.span("skew", {}));
  }
  return staged;
}

}  // namespace sim
