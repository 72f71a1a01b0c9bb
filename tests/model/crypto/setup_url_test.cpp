#include "model/crypto/setup_url.hpp"

#include <gtest/gtest.h>

#include <string>

namespace model::crypto {
namespace {

SetupUrl url_of(const SetupUrlSources& sources) {
  const auto url = resolve_setup_url(sources);
  EXPECT_TRUE(url) << url.error().message;
  return url.value_or(SetupUrl{});
}

std::string error_of(const SetupUrlSources& sources) {
  const auto url = resolve_setup_url(sources);
  EXPECT_FALSE(url);
  return url ? url->url : url.error().message;
}

// crypto.md 6.1, each step with everything that later steps would use.
SetupUrlSources everything() {
  return {.url_option = "https://a.example:443/x",
          .public_url_option = "b.example",
          .public_url = "wss://c.example:1",
          .remote_url = "http://d.example:80/path",
          .tailscale = SetupTailscale::serve,
          .tailnet_host = "e.ts.net",
          .bind = "lan",
          .interface_addresses = {"127.0.0.1", "100.64.0.9", "192.168.1.5", "10.0.0.1"}};
}

constexpr const char* kLabel = "plugins.entries.device-pair.config.publicUrl";

TEST(SetupUrl, TakesTheFirstStepThatApplies) {
  SetupUrlSources sources = everything();
  EXPECT_EQ(url_of(sources), (SetupUrl{"wss://a.example", kLabel}));
  sources.url_option = " ";
  EXPECT_EQ(url_of(sources), (SetupUrl{"ws://b.example", kLabel}));
  sources.public_url_option.reset();
  EXPECT_EQ(url_of(sources), (SetupUrl{"wss://c.example:1", kLabel}));
  sources.public_url.reset();
  EXPECT_EQ(url_of(sources), (SetupUrl{"wss://e.ts.net", "gateway.tailscale.mode=serve"}));
  sources.tailscale = SetupTailscale::funnel;
  EXPECT_EQ(url_of(sources), (SetupUrl{"wss://e.ts.net", "gateway.tailscale.mode=funnel"}));
  sources.tailscale = SetupTailscale::off;
  EXPECT_EQ(url_of(sources), (SetupUrl{"ws://d.example", "gateway.remote.url"}));
  sources.remote_url.reset();
  EXPECT_EQ(url_of(sources), (SetupUrl{"ws://192.168.1.5:18789", "gateway.bind=lan"}));
  sources.tls = true;
  EXPECT_EQ(url_of(sources), (SetupUrl{"wss://192.168.1.5:18789", "gateway.bind=lan"}));
  sources.bind = "tailnet";
  EXPECT_EQ(url_of(sources), (SetupUrl{"wss://100.64.0.9:18789", "gateway.bind=tailnet"}));
  sources.bind = "custom";
  sources.custom_bind_host = "gw.home";
  sources.port = 7;
  EXPECT_EQ(url_of(sources), (SetupUrl{"wss://gw.home:7", "gateway.bind=custom"}));
}

TEST(SetupUrl, OfARemoteGatewayComesBeforeTailscaleAndThePluginsUrl) {
  SetupUrlSources sources = everything();
  sources.url_option.reset();
  sources.public_url_option.reset();
  sources.remote_option = true;
  EXPECT_EQ(url_of(sources), (SetupUrl{"ws://d.example", "gateway.remote.url"}));
  sources.remote_url.reset();
  EXPECT_EQ(url_of(sources), (SetupUrl{"wss://e.ts.net", "gateway.tailscale.mode=serve"}));
}

TEST(SetupUrl, OfTheChatCommandKnowsNoOptions) {
  SetupUrlSources sources = everything();
  sources.tool = SetupTool::pair;
  sources.remote_option = true;
  EXPECT_EQ(url_of(sources), (SetupUrl{"wss://c.example:1", kLabel}));
  sources.public_url.reset();
  EXPECT_EQ(url_of(sources).source, "gateway.tailscale.mode=serve");
}

TEST(SetupUrl, TellsWhyThereIsNone) {
  EXPECT_EQ(error_of({.public_url = "/x"}), "Configured publicUrl is invalid.");
  EXPECT_EQ(error_of({.tailscale = SetupTailscale::serve}),
            "Tailscale Serve is enabled, but MagicDNS could not be resolved.");
  EXPECT_EQ(error_of({.bind = "custom"}), "gateway.bind=custom requires gateway.customBindHost.");
  EXPECT_EQ(error_of({.bind = "tailnet", .interface_addresses = {"10.0.0.1", "100.128.0.1"}}),
            "gateway.bind=tailnet set, but no tailnet IP was found.");
  EXPECT_EQ(
      error_of({.bind = "lan", .interface_addresses = {"100.64.0.1", "172.32.0.1", "fe80::1"}}),
      "gateway.bind=lan set, but no private LAN IP was found.");
  EXPECT_EQ(error_of({}),
            "Gateway is only bound to loopback. Set gateway.bind=lan, enable tailscale serve, or "
            "configure plugins.entries.device-pair.config.publicUrl.");
}

TEST(GatewayUrl, KeepsSchemeHostAndPortOnly) {
  const struct {
    const char* text;
    const char* url;
  } rows[] = {
      {"https://gw.example:443/x", "wss://gw.example"},
      {"http://gw.example:80", "ws://gw.example"},
      {"http://gw.example:443", "ws://gw.example:443"},
      {" WSS://Me:Pw@GW.Example:18789/a?b ", "wss://gw.example:18789"},
      {"ws://[2001:DB8::1]:9", "ws://[2001:db8::1]:9"},
      {"gw.example", "wss://gw.example"},
      {"gw.example:9/path", "wss://gw.example:9"},
      {"10.0.0.1", "wss://10.0.0.1"},
      {"ftp://gw.example/x", "wss://ftp:"},
      {"https://", "wss://https:"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(normalise_gateway_url(row.text, "wss"), row.url) << row.text;
  for (const char* text : {"", "  ", "/x", "//gw"}) {
    EXPECT_EQ(normalise_gateway_url(text, "wss"), std::nullopt) << text;
  }
}

TEST(SetupAuth, MustBeConfigured) {
  EXPECT_EQ(setup_auth_label("token", true, true).value(), "token");
  EXPECT_EQ(setup_auth_label("password", true, true).value(), "password");
  EXPECT_EQ(setup_auth_label("", true, true).value(), "token");
  EXPECT_EQ(setup_auth_label("", false, true).value(), "password");
  EXPECT_EQ(setup_auth_label("token", false, true).error().message,
            "Gateway auth is set to token, but no token is configured.");
  EXPECT_EQ(setup_auth_label("password", true, false).error().message,
            "Gateway auth is set to password, but no password is configured.");
  EXPECT_EQ(setup_auth_label("none", false, false).error().message,
            "Gateway auth is not configured (no token or password).");
}

}  // namespace
}  // namespace model::crypto
