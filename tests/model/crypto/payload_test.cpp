#include "model/crypto/payload.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "model/crypto/base64.hpp"
#include "model/crypto/identity.hpp"

namespace model::crypto {
namespace {

KeyPair key_of(std::string_view seed_hex) {
  const std::string bytes = decode_hex(seed_hex).value();
  Bytes32 seed;
  std::copy_n(bytes.begin(), seed.size(), seed.begin());
  return key_pair(seed);
}

TEST(Payload, OfExampleAIsSignedAsThere) {
  const KeyPair key = key_of("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
  const SignedFields fields{.device_id = device_id(key.public_key),
                            .client_id = "openclaw-ios",
                            .client_mode = "node",
                            .role = "node",
                            .signed_at_ms = 1774958400000,
                            .token = "Zm9vYmFyLWJvb3RzdHJhcC10b2tlbi0wMDAwMDAwMDA",
                            .nonce = "3f0c2a6e-7b1d-4c55-9a0e-2d6f8b7c1e90",
                            .platform = "iOS 26.3.1",
                            .device_family = "iPhone"};
  const std::string v2 = payload("v2", fields);
  const std::string v3 = payload("v3", fields);
  EXPECT_EQ(v2,
            "v2|56475aa75463474c0285df5dbf2bcab73da651358839e9b77481b2eab107708c|openclaw-ios|node|"
            "node||1774958400000|Zm9vYmFyLWJvb3RzdHJhcC10b2tlbi0wMDAwMDAwMDA|"
            "3f0c2a6e-7b1d-4c55-9a0e-2d6f8b7c1e90");
  EXPECT_EQ(sha256_hex(v2), "6ec8d9b26fb6a8a87e449e41ee0b1acd612dabd92cfe9317a067846df67cc208");
  EXPECT_EQ(sign(key, v2),
            "g3DikXhD-qqP7-7mbj6pXVAFx84DgigU_qFyKrQxtLwXrdkFsVN-loptvrJffJ3pV-VBc7TRLoxa-"
            "WRFHgDaBQ");
  EXPECT_EQ(v3, "v3" + v2.substr(2) + "|ios 26.3.1|iphone");
  EXPECT_EQ(sha256_hex(v3), "1a77b6db92ca883cc37b7128e8fd76947d7c61dda3420271f34371b28c86ad48");
  EXPECT_EQ(sign(key, v3),
            "ITlIXkmSRfuigLTd7fAmqh2YWoskqBpWBTwLDDGKWNSBoUaYmMJ84GJxdEdk0LT-"
            "KkhwdOVYaObsV4W5aYE3DA");
}

TEST(Payload, OfExampleBIsSignedAsThere) {
  const KeyPair key = key_of("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
  const SignedFields fields{.device_id = device_id(key.public_key),
                            .client_id = "cli",
                            .client_mode = "cli",
                            .role = "operator",
                            .scopes = {"operator.admin", "operator.read"},
                            .signed_at_ms = 1774958400123,
                            .token = "shared-secret-token",
                            .nonce = "11111111-2222-4333-8444-555555555555",
                            .platform = "  LiNuX "};
  const std::string v2 = payload("v2", fields);
  const std::string v3 = payload("v3", fields);
  EXPECT_EQ(v2,
            "v2|21fe31dfa154a261626bf854046fd2271b7bed4b6abe45aa58877ef47f9721b9|cli|cli|operator|"
            "operator.admin,operator.read|1774958400123|shared-secret-token|"
            "11111111-2222-4333-8444-555555555555");
  EXPECT_EQ(sign(key, v2),
            "W9nqJXQKT6PurMmBULOTZBIti8vT5o5l569qwHNQigznSJPlRdtYAIGloaKUCqISRX77YhiG24j0ca6PCFNN"
            "Bg");
  EXPECT_EQ(v3, "v3" + v2.substr(2) + "|linux|");
  EXPECT_EQ(sha256_hex(v3), "b716a5bb392ddf92c940188a5db950304a0ea95bc3a11837b192cf23539825e7");
  EXPECT_EQ(sign(key, v3),
            "Uh3T-aQzHXjq6sANSOjZUs7D5eug1jPHxMtTEDsjjur1iaqBvCeIo9tMtViBzMvRPooeCvVYNxH9yLJlWutf"
            "AA");
}

TEST(Payload, OfExampleCIsSignedAsThere) {
  const KeyPair key = key_of(std::string(64, 'f'));
  const SignedFields fields{.device_id = device_id(key.public_key),
                            .client_id = "gateway-client",
                            .client_mode = "backend",
                            .role = "operator",
                            .scopes = {"operator.write"},
                            .nonce = "nonce-with-|pipe",
                            .platform =
                                "\xc3\x84PPLE \xc3\x84"
                                "bc",
                            .device_family = "Mac\tPro"};
  const std::string v2 = payload("v2", fields);
  const std::string v3 = payload("v3", fields);
  EXPECT_EQ(v2,
            "v2|af822958f2d75afb91f8a8f4da253230d63bebf8c3ce8fa9a2e275c2cd35456e|gateway-client|"
            "backend|operator|operator.write|0||nonce-with-|pipe");
  EXPECT_EQ(sha256_hex(v2), "9afaa3303e976704f4b6543997aeb49932030628c82d24d3007a937d108964e3");
  EXPECT_EQ(sign(key, v2),
            "GyhrWP4Xwe-dV89iTXLqBwZm6WbVKn5BXAYJqXDmfMozVKttK3zZpo0IAqeYx8LlskKm4NhtxGZZ3E1I1rxe"
            "Dg");
  EXPECT_EQ(v3, "v3" + v2.substr(2) +
                    "|\xc3\x84pple \xc3\x84"
                    "bc|mac\tpro");
  EXPECT_EQ(sha256_hex(v3), "5b88415d733774ff0a92d130b088b664eeaca55be2bb632d67d1b6d0804bfed4");
  EXPECT_EQ(sign(key, v3),
            "qUY7Hkuw8ruURSQNI3LtJDwfsihpW3I8IwJsBNSdNZsagLSozmZvLBlzaaon2AN_q2nuGMk0_"
            "Mlge7Gnzy-PCA");
}

// Section 2, field 6: as sent, in the order sent, duplicates kept, nothing trimmed.
TEST(Payload, KeepsTheScopesAsSent) {
  const SignedFields fields{.role = "operator", .scopes = {"b", " a ", "b", ""}};
  EXPECT_EQ(payload("v2", fields), "v2||||operator|b, a ,b,|0||");
}

// K-21, K-22 and K-26: the token goes in raw, the nonce trimmed.
TEST(Payload, TrimsTheNonceAndNotTheToken) {
  const SignedFields fields{.token = " S ", .nonce = " \tn\xc2\xa0 "};
  EXPECT_EQ(payload("v2", fields), "v2||||||0| S |n");
}

TEST(Payload, OfAnotherVersionHasTheFieldsOfVersion2) {
  const SignedFields fields{.platform = "p", .device_family = "f"};
  EXPECT_EQ(payload("v1", fields), "v1||||||0||");
  EXPECT_EQ(payload("v3", fields), "v3||||||0|||p|f");
}

// K-11.
TEST(Metadata, IsTrimmedAndLoweredInAsciiOnly) {
  EXPECT_EQ(normalise_metadata(std::nullopt), "");
  EXPECT_EQ(normalise_metadata("  LiNuX "), "linux");
  EXPECT_EQ(normalise_metadata("\xe2\x80\xa8"
                               "Mac  OS\xef\xbb\xbf"),
            "mac  os");
  EXPECT_EQ(normalise_metadata("\xc3\x84PPLE"), "\xc3\x84pple");
}

}  // namespace
}  // namespace model::crypto
