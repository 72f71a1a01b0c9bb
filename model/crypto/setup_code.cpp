#include "model/crypto/setup_code.hpp"

#include <algorithm>

#include "model/base/address.hpp"
#include "model/base/js_string.hpp"
#include "model/base/json.hpp"
#include "model/crypto/base64.hpp"

namespace model::crypto {

namespace {

template <class T>
using Read = std::expected<T, SetupCodeFlaw>;

constexpr int kTlsPort = 443;
constexpr int kPlainPort = 18789;

std::unexpected<SetupCodeFlaw> flawed(SetupCodeFlaw flaw) { return std::unexpected(flaw); }

/// base64url with its padding restored (K-34); the standard alphabet is read as well.
std::optional<std::string> decode(std::string_view code) {
  std::string text(code);
  std::ranges::replace(text, '-', '+');
  std::ranges::replace(text, '_', '/');
  while (text.size() % 4 != 0) text.push_back('=');
  return decode_base64_padded(text);
}

Read<js::Value> read_object(std::string_view json) {
  if (!js::valid_utf8(json)) return flawed(SetupCodeFlaw::not_json);
  const auto value = js::parse(json, {.bytes_max = kSetupCodeBytesMax});
  if (!value || !value->is_object()) return flawed(SetupCodeFlaw::not_json);
  return *value;
}

std::optional<std::string> text_member(const js::Value& object, std::string_view name) {
  const std::string* text = js::string_member(object, name);
  return text != nullptr ? std::optional(*text) : std::nullopt;
}

Read<ScannedGateway> checked(ScannedGateway gateway) {
  if (gateway.host.empty()) return flawed(SetupCodeFlaw::no_host);
  if (!gateway.tls && !is_loopback_host(gateway.host)) {
    return flawed(SetupCodeFlaw::plaintext_to_far);
  }
  return gateway;
}

std::optional<int> read_port(std::string_view digits) {
  int port = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    port = port * 10 + (c - '0');
    if (port > 65535) return std::nullopt;
  }
  return port;
}

/// The parts of `[scheme:]//[user@]host[:port][/...]` as RFC 3986 has them.
Read<ScannedGateway> read_url(std::string_view url) {
  const bool blanks = std::ranges::any_of(
      url, [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == '\x7f'; });
  if (blanks) return flawed(SetupCodeFlaw::no_host);
  const std::size_t slashes = url.find("//");
  const std::size_t colon = url.find_first_of(":/?#");
  std::string scheme = "ws";
  if (colon != std::string_view::npos && url[colon] == ':' && slashes == colon + 1) {
    scheme = js::lower_ascii(url.substr(0, colon));
  } else if (slashes != 0) {
    return flawed(SetupCodeFlaw::no_host);
  }
  if (scheme != "ws" && scheme != "wss") return flawed(SetupCodeFlaw::foreign_scheme);

  std::string_view authority = url.substr(slashes + 2);
  authority = authority.substr(0, authority.find_first_of("/?#"));
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    authority.remove_prefix(at + 1);
  }
  ScannedGateway gateway{.tls = scheme == "wss"};
  gateway.port = gateway.tls ? kTlsPort : kPlainPort;
  std::string_view rest;
  if (authority.starts_with('[')) {
    const std::size_t end = authority.find(']');
    if (end == std::string_view::npos) return flawed(SetupCodeFlaw::no_host);
    gateway.host = authority.substr(1, end - 1);
    rest = authority.substr(end + 1);
    if (!parse_address(gateway.host) || (!rest.empty() && rest[0] != ':')) {
      return flawed(SetupCodeFlaw::no_host);
    }
  } else {
    const std::size_t end = authority.find(':');
    gateway.host = authority.substr(0, end);
    if (end != std::string_view::npos) rest = authority.substr(end);
  }
  if (rest.size() > 1) {
    const auto port = read_port(rest.substr(1));
    if (!port) return flawed(SetupCodeFlaw::bad_port);
    gateway.port = *port;
  }
  return checked(std::move(gateway));
}

void add_secrets(const js::Value& object, ScannedGateway& gateway) {
  gateway.bootstrap_token = text_member(object, "bootstrapToken");
  gateway.token = text_member(object, "token");
  gateway.password = text_member(object, "password");
}

Read<ScannedGateway> from_url_member(const js::Value& object) {
  const std::string* url = js::string_member(object, "url");
  if (url == nullptr) return flawed(SetupCodeFlaw::no_url);
  auto gateway = read_url(*url);
  if (gateway) add_secrets(object, *gateway);
  return gateway;
}

/// `host`, `port` and `tls` apart. TLS unless it is switched off; ports as client.md C-33.
Read<ScannedGateway> from_host_member(const js::Value& object) {
  const std::string* host = js::string_member(object, "host");
  if (host == nullptr) return flawed(SetupCodeFlaw::no_url);
  ScannedGateway gateway{.host = std::string(js::trim(*host))};
  const js::Value* tls = js::member(object, "tls");
  gateway.tls = tls == nullptr || !tls->is_bool() || tls->boolean();
  gateway.port = gateway.tls && gateway.host.ends_with(".ts.net") ? kTlsPort : kPlainPort;
  if (const js::Value* port = js::member(object, "port"); port != nullptr && port->is_number()) {
    if (!port->is_integer() || port->integer() < 1 || port->integer() > 65535) {
      return flawed(SetupCodeFlaw::bad_port);
    }
    gateway.port = static_cast<int>(port->integer());
  }
  add_secrets(object, gateway);
  return checked(std::move(gateway));
}

Read<js::Value> read_code(std::string_view code) {
  if (code.size() > kSetupCodeBytesMax) return flawed(SetupCodeFlaw::too_long);
  const auto json = decode(code);
  if (!json) return flawed(SetupCodeFlaw::not_base64);
  return read_object(*json);
}

}  // namespace

std::string encode_setup_code(const SetupCode& code) {
  js::Object object{{"url", code.url}, {"bootstrapToken", code.bootstrap_token}};
  if (code.expires_at) object.set("expiresAtMs", code.expires_at->ms);
  return encode_base64url(js::to_well_formed(js::dump(object)));
}

std::string_view describe(SetupCodeFlaw flaw) {
  switch (flaw) {
    case SetupCodeFlaw::too_long:
      return "the code is too long";
    case SetupCodeFlaw::not_base64:
      return "the code is not base64url";
    case SetupCodeFlaw::not_json:
      return "the code holds no JSON object";
    case SetupCodeFlaw::no_url:
      return "the code has no url";
    case SetupCodeFlaw::no_host:
      return "the code names no host";
    case SetupCodeFlaw::foreign_scheme:
      return "the code's url is neither ws nor wss";
    case SetupCodeFlaw::bad_port:
      return "the code's port is not between 0 and 65535";
    case SetupCodeFlaw::plaintext_to_far:
      return "the code's url is ws, which is accepted for a loopback host only";
  }
  return {};
}

Read<ScannedGateway> read_setup_code(std::string_view code) {
  const auto object = read_code(code);
  if (!object) return flawed(object.error());
  return from_url_member(*object);
}

Read<ScannedGateway> read_setup_field(std::string_view text) {
  text = js::trim(text);
  if (text.size() > kSetupCodeBytesMax) return flawed(SetupCodeFlaw::too_long);
  auto object = read_object(text);
  if (!object) object = read_code(text);
  if (object) {
    const bool with_url = js::string_member(*object, "url") != nullptr;
    return with_url ? from_url_member(*object) : from_host_member(*object);
  }
  if (text.find("://") == std::string_view::npos) return flawed(object.error());
  return read_url(text);
}

}  // namespace model::crypto
