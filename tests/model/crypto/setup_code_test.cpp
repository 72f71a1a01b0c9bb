#include "model/crypto/setup_code.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "model/base/js_string.hpp"
#include "model/crypto/base64.hpp"

namespace model::crypto {
namespace {

constexpr std::string_view kToken = "Zm9vYmFyLWJvb3RzdHJhcC10b2tlbi0wMDAwMDAwMDA";

std::string code_of(std::string_view json) { return encode_base64url(json); }

SetupCodeFlaw flaw_of(std::string_view json) {
  const auto read = read_setup_code(code_of(json));
  EXPECT_FALSE(read) << json;
  return read ? SetupCodeFlaw::too_long : read.error();
}

// Example D of crypto.md: K-29, K-30.
TEST(SetupCode, IsWrittenAsInTheWorkedExamples) {
  SetupCode code{.url = "wss://gateway.example:18789", .bootstrap_token = std::string(kToken)};
  EXPECT_EQ(encode_setup_code(code),
            "eyJ1cmwiOiJ3c3M6Ly9nYXRld2F5LmV4YW1wbGU6MTg3ODkiLCJib290c3RyYXBUb2tlbiI6IlptOXZZbUZ5TF"
            "dKdmIzUnpkSEpoY0MxMGIydGxiaTB3TURBd01EQXdNREEifQ");
  code.expires_at = Instant{1774959000000};
  EXPECT_EQ(
      encode_setup_code(code),
      "eyJ1cmwiOiJ3c3M6Ly9nYXRld2F5LmV4YW1wbGU6MTg3ODkiLCJib290c3RyYXBUb2tlbiI6IlptOXZZbUZ5TF"
      "dKdmIzUnpkSEpoY0MxMGIydGxiaTB3TURBd01EQXdNREEiLCJleHBpcmVzQXRNcyI6MTc3NDk1OTAwMDAwMH0");
}

// K-34, K-36.
TEST(ScannedCode, NamesHostPortAndToken) {
  const auto read = read_setup_code(encode_setup_code({.url = "wss://gateway.example:18789",
                                                       .bootstrap_token = std::string(kToken),
                                                       .expires_at = Instant{1}}));
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, (ScannedGateway{.host = "gateway.example",
                                   .port = 18789,
                                   .tls = true,
                                   .bootstrap_token = std::string(kToken)}));
}

// K-34: default ports, absent scheme, optional secrets.
TEST(ScannedCode, FillsInWhatTheUrlLeavesOut) {
  const struct {
    const char* json;
    ScannedGateway gateway;
  } rows[] = {
      {R"({"url":"wss://gw.example"})", {.host = "gw.example", .port = 443, .tls = true}},
      {R"({"url":"WSS://gw.example/x?y#z"})", {.host = "gw.example", .port = 443, .tls = true}},
      {R"({"url":"wss://me:pw@gw.example:8443/"})",
       {.host = "gw.example", .port = 8443, .tls = true}},
      {R"({"url":"wss://gw.example:"})", {.host = "gw.example", .port = 443, .tls = true}},
      {R"({"url":"ws://localhost"})", {.host = "localhost", .port = 18789}},
      {R"({"url":"//127.0.0.1:5"})", {.host = "127.0.0.1", .port = 5}},
      {R"({"url":"ws://[::1]:7"})", {.host = "::1", .port = 7}},
      {R"({"url":"wss://[2001:db8::1]"})", {.host = "2001:db8::1", .port = 443, .tls = true}},
      {R"({"url":"wss://a","token":"T","password":"P","bootstrapToken":5})",
       {.host = "a", .port = 443, .tls = true, .token = "T", .password = "P"}},
      {R"( {"bootstrapToken":"B","url":"wss://a"} )",
       {.host = "a", .port = 443, .tls = true, .bootstrap_token = "B"}},
  };
  for (const auto& row : rows) {
    const auto read = read_setup_code(code_of(row.json));
    ASSERT_TRUE(read) << row.json << ": " << describe(read.error());
    EXPECT_EQ(*read, row.gateway) << row.json;
  }
}

// K-34: plain ws only to the phone itself.
TEST(ScannedCode, RefusesPlaintextToAnyHostThatIsNotLoopback) {
  for (const char* host : {"gateway.example", "192.168.1.10", "10.0.0.1", "[fe80::1]", "0.0.0.0"}) {
    const std::string json = std::string(R"({"url":"ws://)") + host + "\"}";
    EXPECT_EQ(flaw_of(json), SetupCodeFlaw::plaintext_to_far);
  }
  for (const char* host :
       {"localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "[::1]", "[::ffff:127.0.0.1]"}) {
    const std::string json = std::string(R"({"url":"ws://)") + host + "\"}";
    EXPECT_TRUE(read_setup_code(code_of(json))) << json;
  }
}

TEST(ScannedCode, SaysWhatIsWrongWithIt) {
  EXPECT_EQ(flaw_of("not json"), SetupCodeFlaw::not_json);
  EXPECT_EQ(flaw_of("[]"), SetupCodeFlaw::not_json);
  EXPECT_EQ(flaw_of("\"text\""), SetupCodeFlaw::not_json);
  EXPECT_EQ(flaw_of("{\"url\":\"\xff\"}"), SetupCodeFlaw::not_json);
  EXPECT_EQ(flaw_of("{}"), SetupCodeFlaw::no_url);
  EXPECT_EQ(flaw_of(R"({"url":5})"), SetupCodeFlaw::no_url);
  EXPECT_EQ(flaw_of(R"({"host":"a"})"), SetupCodeFlaw::no_url);
  EXPECT_EQ(flaw_of(R"({"url":"gw.example"})"), SetupCodeFlaw::no_host);
  EXPECT_EQ(flaw_of(R"({"url":"gw.example:18789"})"), SetupCodeFlaw::no_host);
  EXPECT_EQ(flaw_of(R"({"url":"wss://"})"), SetupCodeFlaw::no_host);
  EXPECT_EQ(flaw_of(R"({"url":"wss://:443"})"), SetupCodeFlaw::no_host);
  EXPECT_EQ(flaw_of(R"({"url":"wss://[::1"})"), SetupCodeFlaw::no_host);
  EXPECT_EQ(flaw_of(R"({"url":"wss://a b"})"), SetupCodeFlaw::no_host);
  EXPECT_EQ(flaw_of(R"({"url":"https://gw.example"})"), SetupCodeFlaw::foreign_scheme);
  EXPECT_EQ(flaw_of(R"({"url":"wss://a:65536"})"), SetupCodeFlaw::bad_port);
  EXPECT_EQ(flaw_of(R"({"url":"wss://a:1x"})"), SetupCodeFlaw::bad_port);
  EXPECT_EQ(read_setup_code("!!!").error(), SetupCodeFlaw::not_base64);
  EXPECT_EQ(read_setup_code("A").error(), SetupCodeFlaw::not_base64);
  EXPECT_EQ(read_setup_code("").error(), SetupCodeFlaw::not_json);
}

TEST(ScannedCode, IsNotReadBeyondItsBound) {
  const std::string open(kSetupCodeBytesMax, 'A');
  EXPECT_EQ(read_setup_code(open).error(), SetupCodeFlaw::not_json);
  EXPECT_EQ(read_setup_code(open + "A").error(), SetupCodeFlaw::too_long);
  EXPECT_EQ(read_setup_field(open + "A").error(), SetupCodeFlaw::too_long);
  const std::string deep(40'000, '[');
  EXPECT_EQ(read_setup_code(code_of(deep)).error(), SetupCodeFlaw::not_json);
}

// K-35.
TEST(SettingsScreen, AlsoTakesHostPortAndTlsApart) {
  const struct {
    std::string text;
    ScannedGateway gateway;
  } rows[] = {
      {R"({"host":"gw.example","port":1,"bootstrapToken":"B"})",
       {.host = "gw.example", .port = 1, .tls = true, .bootstrap_token = "B"}},
      {R"({"host":"gw.example","tls":true})", {.host = "gw.example", .port = 18789, .tls = true}},
      {R"({"host":"gw.x.ts.net"})", {.host = "gw.x.ts.net", .port = 443, .tls = true}},
      {R"({"host":"localhost","tls":false})", {.host = "localhost", .port = 18789}},
      {code_of(R"({"host":"gw.example"})"), {.host = "gw.example", .port = 18789, .tls = true}},
      {" wss://gw.example:8443 ", {.host = "gw.example", .port = 8443, .tls = true}},
      {R"({"url":"wss://gw.example","host":"other"})",
       {.host = "gw.example", .port = 443, .tls = true}},
  };
  for (const auto& row : rows) {
    const auto read = read_setup_field(row.text);
    ASSERT_TRUE(read) << row.text << ": " << describe(read.error());
    EXPECT_EQ(*read, row.gateway) << row.text;
  }
  EXPECT_EQ(read_setup_field(R"({"host":"gw","tls":false})").error(),
            SetupCodeFlaw::plaintext_to_far);
  EXPECT_EQ(read_setup_field(R"({"host":"gw","port":0})").error(), SetupCodeFlaw::bad_port);
  EXPECT_EQ(read_setup_field(R"({"host":"gw","port":65536})").error(), SetupCodeFlaw::bad_port);
  EXPECT_EQ(read_setup_field(R"({"host":" "})").error(), SetupCodeFlaw::no_host);
  EXPECT_EQ(read_setup_field("ws://gw.example").error(), SetupCodeFlaw::plaintext_to_far);
  EXPECT_EQ(read_setup_field("hello!").error(), SetupCodeFlaw::not_base64);
}

RC_GTEST_PROP(SetupCode, IsReadBackByTheApp, (const std::string& raw)) {
  const std::string token = js::decode_utf8_lossily(raw);
  const auto read =
      read_setup_code(encode_setup_code({.url = "wss://gw", .bootstrap_token = token}));
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->bootstrap_token == token);
}

RC_GTEST_PROP(ScannedCode, NeverStopsTheReader, (const std::string& junk)) {
  (void)read_setup_code(junk);
  (void)read_setup_code(code_of(junk));
  (void)read_setup_field(junk);
  (void)read_setup_code(code_of("{\"url\":\"" + junk + "\"}"));
}

}  // namespace
}  // namespace model::crypto
