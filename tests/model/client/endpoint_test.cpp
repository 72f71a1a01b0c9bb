#include "model/client/endpoint.hpp"

#include <gtest/gtest.h>

#include <string>

#include "model/client/swift_text.hpp"
#include "model/client/trust.hpp"

namespace model::client {
namespace {

constexpr auto kLoopbackOnly = PlaintextPolicy::loopback_only;
constexpr auto kPrivateAllowed = PlaintextPolicy::private_allowed;

TEST(Endpoint, HasSchemeHostAndPort) {
  EXPECT_EQ(parse_endpoint("wss://GW.Example:1234/path?x#y"),
            (Endpoint{.tls = true, .host = "gw.example", .port = 1234}));
  EXPECT_EQ(parse_endpoint("wss://gw.example"),
            (Endpoint{.tls = true, .host = "gw.example", .port = 443}));
  EXPECT_EQ(parse_endpoint("ws://[::1]:18789"),
            (Endpoint{.tls = false, .host = "::1", .port = 18789}));
  EXPECT_EQ(parse_endpoint("http://gw.example"), std::nullopt);
  EXPECT_EQ(parse_endpoint("gw.example"), std::nullopt);
  EXPECT_EQ(parse_endpoint("ws://:80"), std::nullopt);
  EXPECT_EQ(parse_endpoint("ws://gw.example:65536"), std::nullopt);
  EXPECT_EQ(url_of({.tls = true, .host = "fd00::1", .port = 443}), "wss://[fd00::1]:443");
}

TEST(Endpoint, IsNotDialledInPlainTextBeyondLoopback) {  // C-2
  EXPECT_EQ(refuse_endpoint("ws://127.0.0.1:18789", "", kLoopbackOnly), std::nullopt);
  EXPECT_EQ(refuse_endpoint("ws://localhost", "", kLoopbackOnly), std::nullopt);
  EXPECT_EQ(refuse_endpoint("wss://gw.example", "", kLoopbackOnly), std::nullopt);
  EXPECT_EQ(refuse_endpoint("ws://gw.example:18789", "", kLoopbackOnly),
            "SECURITY ERROR: Cannot connect to \"gw.example\" over plaintext ws://.");
  EXPECT_TRUE(refuse_endpoint("ws://192.168.1.2", "", kLoopbackOnly));
  EXPECT_FALSE(refuse_endpoint("ws://192.168.1.2", "", kPrivateAllowed));
  EXPECT_FALSE(refuse_endpoint("ws://gw.example", "", kPrivateAllowed));
  EXPECT_TRUE(refuse_endpoint("ws://8.8.8.8", "", kPrivateAllowed));
}

TEST(Endpoint, WithAFingerprintNeedsTls) {  // C-1
  EXPECT_EQ(refuse_endpoint("ws://127.0.0.1:18789", "aa", kLoopbackOnly),
            "gateway tls fingerprint requires wss:// gateway url");
  EXPECT_FALSE(refuse_endpoint("wss://gw.example", "aa", kLoopbackOnly));
}

TEST(Endpoint, IsTrustedForARetryOnLoopbackOrPinned) {  // C-12
  EXPECT_TRUE(trusted_for_retry("ws://127.0.0.1:18789", ""));
  EXPECT_TRUE(trusted_for_retry("wss://gw.example", "sha256:AA"));
  EXPECT_FALSE(trusted_for_retry("wss://gw.example", ""));
  EXPECT_FALSE(trusted_for_retry("ws://192.168.1.2", ""));
}

TEST(Endpoint, EnteredByHandHasADefaultPort) {  // C-33
  EXPECT_EQ(manual_port("gw.example", 1234, true), 1234);
  EXPECT_EQ(manual_port("box.tail.ts.net", std::nullopt, true), 443);
  EXPECT_EQ(manual_port("box.tail.ts.net", std::nullopt, false), 18789);
  EXPECT_EQ(manual_port("gw.example", std::nullopt, true), 18789);
  EXPECT_EQ(manual_stable_id("GW.Example", 18789), "manual|gw.example|18789");
}

TEST(Fingerprint, IsNormalised) {  // C-3
  EXPECT_EQ(normalise_fingerprint("  SHA256: AA:bb cc "), "aabbcc");
  EXPECT_EQ(normalise_fingerprint("sha-256 AABB"), "aabb");
  EXPECT_EQ(normalise_fingerprint("AA:BB"), "aabb");
  EXPECT_EQ(normalise_fingerprint("none"), "e");
}

TEST(Fingerprint, FaultsAreTold) {  // C-3
  EXPECT_EQ(fingerprint_fault("sha256:AA", "aa"), "");
  EXPECT_EQ(fingerprint_fault("aa", "ab"), "gateway tls fingerprint mismatch");
  EXPECT_EQ(fingerprint_fault("aa", ""), "gateway tls fingerprint unavailable");
  EXPECT_EQ(fingerprint_fault("xyz", "aa"), "gateway tls fingerprint missing");
}

TEST(Certificate, IsDecidedByTheFirstMatch) {  // C-35
  using enum CertificateAnswer;
  EXPECT_EQ(decide({.pin = "aa", .certificate = "AA", .system_trusts = false}), accept);
  EXPECT_EQ(decide({.pin = "aa", .certificate = "bb", .first_use_allowed = true}), refuse);
  EXPECT_EQ(decide({.certificate = "bb", .first_use_allowed = true, .system_trusts = false}),
            accept_and_store);
  EXPECT_EQ(decide({.certificate = "bb"}), accept);
  EXPECT_EQ(decide({.certificate = "bb", .system_trusts = false}), refuse);
  EXPECT_EQ(decide({.certificate = "bb", .system_trusts = false, .required = false}), accept);
}

TEST(SwiftTrim, TakesNextLineAndLeavesTheByteOrderMark) {  // C-84
  EXPECT_EQ(swift_trim("\xC2\x85 a \xE3\x80\x80\n"), "a");
  EXPECT_EQ(swift_trim("\xEF\xBB\xBF"
                       "a"),
            "\xEF\xBB\xBF"
            "a");
  EXPECT_EQ(swift_trim(" \t\r\n"), "");
}

}  // namespace
}  // namespace model::client
