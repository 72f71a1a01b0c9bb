#include "model/gateway/origin.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace model::gateway {
namespace {

const policy::Policy kAfter = policy::preset("2026.3.31").value().policy;

OriginVerdict verdict(std::optional<std::string> origin, const Config& config = {},
                      std::string peer = "203.0.113.9", std::string host = "gw.example:18789") {
  RequestContext context{.peer_address = std::move(peer), .headers = {{"Host", std::move(host)}}};
  if (origin) context.headers.emplace_back("Origin", *origin);
  return check_origin(context, config, kAfter);
}

Config allowing(std::vector<std::string> origins) {
  Config config;
  config.control_ui.allowed_origins = std::move(origins);
  return config;
}

// G-10.
TEST(OriginCheck, AppliesToBrowsersAndToEverybodyWithAnOrigin) {
  const RequestContext none;
  const RequestContext some{.headers = {{"origin", "x"}}};
  const RequestContext blank{.headers = {{"origin", "  "}}};
  EXPECT_FALSE(checks_origin(none, false, false));
  EXPECT_TRUE(checks_origin(none, true, false));
  EXPECT_TRUE(checks_origin(none, false, true));
  EXPECT_TRUE(checks_origin(some, false, false));
  EXPECT_FALSE(checks_origin(blank, false, false));
}

// G-11, first row.
TEST(Origin, ThatIsNoUrlIsInvalidEvenWhenAllAreAllowed) {
  for (const char* origin : {"", " ", "null", " null ", "not a url", "//ui.example", "https://"}) {
    EXPECT_EQ(verdict(origin, allowing({"*"})), OriginVerdict::missing_or_invalid) << origin;
  }
  EXPECT_EQ(verdict(std::nullopt, allowing({"*"})), OriginVerdict::missing_or_invalid);
  EXPECT_EQ(refusal_reason(OriginVerdict::missing_or_invalid), "origin missing or invalid");
}

// G-11, second row: compared as scheme, host and port in lower case.
TEST(Origin, OnTheAllowListIsAccepted) {
  const Config config = allowing({" HTTPS://UI.example ", "http://[::1]:3"});
  for (const char* origin : {"https://ui.example", "HTTPS://UI.EXAMPLE", "https://ui.example:443",
                             "https://ui.example/path", "http://[0::1]:3"}) {
    EXPECT_EQ(verdict(origin, config), OriginVerdict::allow_list) << origin;
  }
  for (const char* origin : {"https://ui.example:444", "http://ui.example", "https://evil.example",
                             "https://ui.example.evil", "wss://ui.example"}) {
    EXPECT_EQ(verdict(origin, config), OriginVerdict::not_allowed) << origin;
  }
  EXPECT_EQ(verdict("https://evil.example", allowing({"x", " * "})), OriginVerdict::allow_list);
  EXPECT_EQ(refusal_reason(OriginVerdict::not_allowed), "origin not allowed");
  EXPECT_EQ(refusal_reason(OriginVerdict::allow_list), "");
}

// The origin of a scheme that the URL standard does not know is the text "null".
TEST(Origin, OfAnUnknownSchemeIsNullInTheAllowList) {
  EXPECT_EQ(verdict("app://ui.example", allowing({"app://ui.example"})),
            OriginVerdict::not_allowed);
  EXPECT_EQ(verdict("app://ui.example", allowing({"null"})), OriginVerdict::allow_list);
}

// G-11, third row.
TEST(Origin, EqualToTheHostHeaderCountsOnlyIfConfigured) {
  Config config;
  EXPECT_EQ(verdict("https://gw.example:18789", config), OriginVerdict::not_allowed);
  config.control_ui.dangerously_allow_host_header_origin_fallback = true;
  EXPECT_EQ(verdict("https://gw.example:18789", config), OriginVerdict::host_fallback);
  EXPECT_EQ(verdict("http://GW.example:18789", config, "203.0.113.9", " GW.EXAMPLE:18789 "),
            OriginVerdict::host_fallback);
  EXPECT_EQ(verdict("https://gw.example", config), OriginVerdict::not_allowed);
  EXPECT_EQ(verdict("foo:x", config, "203.0.113.9", ""), OriginVerdict::not_allowed);
}

// G-11, fourth row.
TEST(Origin, OnLoopbackIsAcceptedFromALocalClientOnly) {
  for (const char* origin : {"http://localhost", "http://localhost:5173", "http://127.0.0.1:1",
                             "https://[::1]", "http://127.9.9.9"}) {
    EXPECT_EQ(verdict(origin, {}, "127.0.0.1"), OriginVerdict::local_loopback) << origin;
    EXPECT_EQ(verdict(origin), OriginVerdict::not_allowed) << origin;
  }
  EXPECT_EQ(verdict("http://evil.localhost", {}, "127.0.0.1"), OriginVerdict::not_allowed);
  EXPECT_EQ(verdict("https://ui.example", {}, "127.0.0.1"), OriginVerdict::not_allowed);
}

}  // namespace
}  // namespace model::gateway
