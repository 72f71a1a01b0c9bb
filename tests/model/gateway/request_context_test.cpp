#include "model/gateway/request_context.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace model::gateway {
namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

const policy::Policy kAfter = policy::preset("2026.3.31").value().policy;
const policy::Policy kBefore = policy::preset("2026.3.28").value().policy;

RequestContext from(std::string peer, Headers headers) {
  return {.peer_address = std::move(peer), .headers = std::move(headers)};
}

Config trusting(std::vector<std::string> proxies, bool real_ip = false) {
  Config config;
  config.trusted_proxies = std::move(proxies);
  config.allow_real_ip_fallback = real_ip;
  return config;
}

// The table under G-1, and its neighbours.
TEST(LocalClient, IsDecidedDifferentlyByTheTwoReleases) {
  const struct {
    const char* what;
    std::string peer;
    Headers headers;
    bool before;
    bool after;
  } rows[] = {
      {"plain", "127.0.0.1", {{"Host", "127.0.0.1:18789"}}, true, true},
      {"other host", "127.0.0.1", {{"Host", "evil.example"}}, false, true},
      {"private host", "127.0.0.1", {{"Host", "10.0.0.1:1"}}, false, true},
      {"tailnet name", "127.0.0.1", {{"Host", "x.ts.net"}}, true, true},
      {"upper case", "127.0.0.1", {{"Host", "LOCALHOST:1"}}, true, true},
      {"v6 in brackets", "127.0.0.1", {{"Host", "[::1]:18789"}}, true, true},
      {"bare v6", "127.0.0.1", {{"Host", "::1"}}, true, true},
      {"bare mapped v6", "127.0.0.1", {{"Host", "::ffff:127.0.0.1"}}, true, true},
      {"127/8", "127.0.0.1", {{"Host", "127.9.9.9"}}, true, true},
      {"no host", "127.0.0.1", {}, false, true},
      {"forwarded",
       "127.0.0.1",
       {{"Host", "localhost"}, {"Forwarded", "for=1.2.3.4"}},
       true,
       false},
      {"proto", "127.0.0.1", {{"Host", "localhost"}, {"X-Forwarded-Proto", "https"}}, true, false},
      {"for", "127.0.0.1", {{"Host", "localhost"}, {"X-Forwarded-For", "127.0.0.1"}}, false, false},
      {"empty for", "127.0.0.1", {{"Host", "localhost"}, {"X-Forwarded-For", ""}}, true, true},
      {"blank for", "127.0.0.1", {{"Host", "localhost"}, {"x-forwarded-for", " \t "}}, true, true},
      {"real ip", "127.0.0.1", {{"Host", "localhost"}, {"X-Real-IP", "1.2.3.4"}}, false, false},
      {"fwd host", "127.0.0.1", {{"Host", "localhost"}, {"X-Forwarded-Host", "h"}}, false, false},
      {"v6 peer", "::1", {{"Host", "localhost"}}, true, true},
      {"mapped peer", "::ffff:127.0.0.1", {{"Host", "localhost"}}, true, true},
      {"far peer", "203.0.113.10", {{"Host", "localhost"}}, false, false},
      {"no peer", "", {{"Host", "localhost"}}, false, false},
  };
  for (const auto& row : rows) {
    const RequestContext context = from(row.peer, row.headers);
    EXPECT_EQ(is_local(context, Config{}, kBefore), row.before) << row.what;
    EXPECT_EQ(is_local(context, Config{}, kAfter), row.after) << row.what;
  }
}

// G-1, last row of the table; [28] asks the proxy, [31] does not.
TEST(LocalClient, BehindATrustedLoopbackProxyIsUnknownToTheOlderRelease) {
  const Config config = trusting({"127.0.0.1"});
  const RequestContext plain = from("127.0.0.1", {{"Host", "localhost"}});
  EXPECT_FALSE(is_local(plain, config, kBefore));
  EXPECT_TRUE(is_local(plain, config, kAfter));
  // [28]: a trusted proxy may forward for a loopback client, which only X-Real-IP can name.
  const RequestContext real =
      from("127.0.0.1", {{"Host", "localhost"}, {"X-Real-IP", "127.0.0.1"}});
  EXPECT_TRUE(is_local(real, trusting({"127.0.0.1"}, true), kBefore));
  EXPECT_FALSE(is_local(real, trusting({"127.0.0.1"}, true), kAfter));
  EXPECT_FALSE(is_local(real, trusting({"127.0.0.1"}, false), kBefore));
}

// G-2, G-3.
TEST(ClientIp, IsFoundBehindTrustedProxies) {
  const std::vector<std::string> proxies = {"127.0.0.1", "::1", "10.0.0.0/8", "198.51.100.200"};
  const struct {
    const char* forwarded;
    const char* real;
    bool fallback;
    std::optional<std::string> ip;
    std::optional<std::string> reported;
  } rows[] = {
      {"198.51.100.1", "", false, "198.51.100.1", "198.51.100.1"},
      {"198.51.100.1, 198.51.100.2, 127.0.0.1", "", false, "198.51.100.2", "198.51.100.2"},
      {"198.51.100.7:8080", "", false, "198.51.100.7", "198.51.100.7"},
      {"[2001:db8::7]:443", "", false, "2001:db8::7", "2001:db8::7"},
      {"2001:DB8::8, [::1]:9", "", false, "2001:db8::8", "2001:db8::8"},
      {"203.0.113.5, 10.0.0.1", "", false, "203.0.113.5", "203.0.113.5"},
      {"203.0.113.5, 198.51.100.200, unknown", "", false, "203.0.113.5", "203.0.113.5"},
      {"::ffff:192.0.2.3", "", false, "192.0.2.3", "192.0.2.3"},
      {"10.1.2.3, 127.0.0.1", "", false, std::nullopt, std::nullopt},
      {"unknown", "", false, std::nullopt, std::nullopt},
      {"", "", false, std::nullopt, std::nullopt},
      {"", "198.51.100.9", false, std::nullopt, std::nullopt},
      {"", "198.51.100.9", true, "198.51.100.9", "198.51.100.9"},
      {"unknown", "198.51.100.9:77", true, "198.51.100.9", "198.51.100.9"},
      {"", "10.0.0.9", true, "10.0.0.9", "10.0.0.9"},
      {"", "127.0.0.1", true, "127.0.0.1", std::nullopt},
      {"", "nonsense", true, std::nullopt, std::nullopt},
      {"203.0.113.5", "198.51.100.9", true, "203.0.113.5", "203.0.113.5"},
  };
  for (const auto& row : rows) {
    const RequestContext context =
        from("127.0.0.1", {{"X-Forwarded-For", row.forwarded}, {"X-Real-IP", row.real}});
    const Config config = trusting(proxies, row.fallback);
    EXPECT_EQ(client_ip(context, config), row.ip) << row.forwarded << "|" << row.real;
    EXPECT_EQ(reported_ip(context, config, kBefore), row.reported)
        << row.forwarded << "|" << row.real;
  }
}

TEST(ClientIp, IsThePeerUnlessThatIsATrustedProxy) {
  const RequestContext context = from("::ffff:203.0.113.9", {{"X-Forwarded-For", "198.51.100.1"}});
  EXPECT_EQ(client_ip(context, Config{}), "203.0.113.9");
  EXPECT_EQ(client_ip(context, trusting({"203.0.113.0/24"})), "198.51.100.1");
  EXPECT_EQ(client_ip(from("not an address", {}), Config{}), std::nullopt);
}

// G-3: an untrusted peer that forwards is not believed, and nothing is reported.
TEST(ReportedIp, IsAbsentForLocalAndUntrustedlyForwardedClients) {
  const RequestContext far = from("203.0.113.9", {});
  EXPECT_EQ(reported_ip(far, Config{}, kAfter), "203.0.113.9");
  for (const char* name : {"X-Forwarded-For", "X-Real-IP"}) {
    EXPECT_EQ(reported_ip(from("203.0.113.9", {{name, "1.2.3.4"}}), Config{}, kAfter),
              std::nullopt);
    EXPECT_EQ(reported_ip(from("203.0.113.9", {{name, " "}}), Config{}, kAfter), "203.0.113.9");
  }
  EXPECT_EQ(reported_ip(from("203.0.113.9", {{"Forwarded", "for=1.2.3.4"}}), Config{}, kAfter),
            "203.0.113.9");
  EXPECT_EQ(reported_ip(from("127.0.0.1", {}), Config{}, kAfter), std::nullopt);
  EXPECT_EQ(reported_ip(from("127.0.0.1", {{"Forwarded", "x"}}), Config{}, kAfter), std::nullopt);
}

// G-4, G-6, W-10.
TEST(LimiterKey, OfALoopbackBrowserIsNotLoopback) {
  const RequestContext browser = from("127.0.0.1", {{"Origin", "https://evil.example"}});
  EXPECT_TRUE(has_origin(browser));
  EXPECT_EQ(limiter_ip(browser, Config{}), "198.18.0.1");
  EXPECT_EQ(limiter_ip(from("203.0.113.9", {{"Origin", "x"}}), Config{}), "203.0.113.9");
  const RequestContext blank = from("::1", {{"Origin", " "}});
  EXPECT_FALSE(has_origin(blank));
  EXPECT_EQ(limiter_ip(blank, Config{}), "::1");
  EXPECT_EQ(budget_key(blank, Config{}), "::1");
  EXPECT_EQ(budget_key(from("127.0.0.1", {}), Config{}), "127.0.0.1");
  EXPECT_EQ(budget_key(browser, trusting({"127.0.0.1"})), "unknown");
  EXPECT_EQ(limiter_ip(browser, trusting({"127.0.0.1"})), "unknown");
}

TEST(Header, IsFoundInAnyCaseAndWithoutBlanks) {
  const RequestContext context = from(
      "::1", {{"hOsT", "\t a b "}, {"Host", "second"}, {"X-A", "1"}, {"x-a", " 2"}, {"Empty", ""}});
  EXPECT_EQ(header(context, "HOST"), "a b");
  EXPECT_EQ(header(context, "x-A"), "1, 2");
  EXPECT_EQ(header(context, "empty"), "");
  EXPECT_EQ(header(context, "absent"), std::nullopt);
}

TEST(PrivatePeer, IsNextDoorAndForwardsForNobody) {
  for (const char* peer : {"192.168.1.7", "10.0.0.1", "127.0.0.1", "fe80::1", "fd00::1"}) {
    EXPECT_TRUE(is_private_peer(from(peer, {{"Host", "gw"}}))) << peer;
    EXPECT_FALSE(is_private_peer(from(peer, {{"X-Forwarded-Proto", "https"}}))) << peer;
  }
  for (const char* peer : {"203.0.113.9", "100.64.0.1", "", "2001:db8::1"}) {
    EXPECT_FALSE(is_private_peer(from(peer, {}))) << peer;
  }
}

RC_GTEST_PROP(ClientIp, IsNeverATrustedProxyTakenFromAForwardingHeader, (const std::string& junk)) {
  const Config config = trusting({"127.0.0.0/8", "10.0.0.0/8"});
  for (const std::string& entry :
       {junk, "10.0.0.1, " + junk, "203.0.113.5, " + junk + ", 10.1.1.1"}) {
    const auto ip = client_ip(from("127.0.0.1", {{"X-Forwarded-For", entry}}), config);
    if (ip) RC_ASSERT(!is_trusted_proxy(*ip, config));
  }
}

}  // namespace
}  // namespace model::gateway
