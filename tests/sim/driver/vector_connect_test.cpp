// The connect frame of a step, and the proofs that are wrong in one way each
// (tests/vectors/README.md section 5; K-4 ... K-24 of docs/protocol/crypto.md).
#include "sim/driver/vector_connect.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/crypto/base64.hpp"
#include "model/crypto/identity.hpp"
#include "model/crypto/payload.hpp"

namespace sim {
namespace {

namespace crypto = model::crypto;
namespace js = model::js;

constexpr model::Instant kStart{1'795'000'000'000};
constexpr model::Instant kNow{1'795'000'000'010};
const std::string kNonce = "11111111-2222-4333-8444-555555555555";
const std::string kOtherNonce = "99999999-2222-4333-8444-555555555555";

js::Value params_of(const ConnectRequest& step) {
  const VectorSymbols symbols({"D0", "D1"}, VectorSecrets{}, kStart);
  const std::string text =
      connect_frame(step, {.symbols = symbols, .now = kNow, .nonce_of = [](std::string_view conn) {
                             return conn == "c0" ? kOtherNonce : kNonce;
                           }});
  const auto frame = js::parse(text);
  EXPECT_TRUE(frame);
  EXPECT_EQ(*js::string_member(*frame, "id"), "connect");
  return *js::member(*frame, "params");
}

ConnectRequest step_with(const Proof& proof) {
  return {.conn = "c1",
          .device = "D0",
          .client = js::Object{{"id", "cli"}, {"mode", "cli"}, {"platform", " MacOS "}},
          .role = js::Value("node"),
          .scopes = js::Value(js::Array{"a", "b"}),
          .auth = js::Object{{"token", "$SHARED"}},
          .proof = proof};
}

std::string device_field(const Proof& proof, std::string_view name) {
  const js::Value params = params_of(step_with(proof));
  const std::string* text = js::string_member(*js::member(params, "device"), name);
  return text == nullptr ? "absent" : *text;
}

/// Does the sent signature verify over this text under D0's key?
bool signs(const Proof& proof, const std::string& text) {
  return crypto::verify("rwLMYHfNdDqBMrkyQO0gMKEZ1rw_pDf41cM20ok8C3I", text,
                        device_field(proof, "signature"));
}

const std::string kId = "b3a8fb8347a700aabff4f0827f951dd165c1dbcc665929365886cb9bb2be0fa8";

std::string text_of(const std::string& version, const std::string& token) {
  return version + "|" + kId + "|cli|cli|node|a,b|1795000000010|" + token + "|" + kNonce;
}

TEST(ConnectFrame, HoldsOnlyWhatTheStepHas) {
  EXPECT_EQ(js::dump(params_of({.conn = "c1"})), R"({"minProtocol":3,"maxProtocol":3})");
  EXPECT_EQ(js::dump(params_of({.conn = "c1",
                                .role = js::Value("node"),
                                .auth = js::Object{{"token", "$SHARED"}, {"password", "$D0.node"}},
                                .protocol_min = 4,
                                .extra = {{"locale", "de"}, {"role", 5}}})),
            R"({"minProtocol":4,"maxProtocol":3,"role":5,)"
            R"("auth":{"token":"shared-secret-token","password":"$D0.node"},"locale":"de"})");
}

TEST(DeviceProof, SignsTheTextOfItsVersion) {
  EXPECT_TRUE(signs({.token = "token"}, text_of("v3", "shared-secret-token") + "|macos|"));
  EXPECT_TRUE(signs({.version = "v2", .token = "token"}, text_of("v2", "shared-secret-token")));
  EXPECT_TRUE(signs({.version = "v1"}, text_of("v1", "")));
  EXPECT_TRUE(signs({.version = "v2", .token = "other"}, text_of("v2", "some-other-token")));
  EXPECT_FALSE(signs({.version = "v2"}, text_of("v2", "shared-secret-token")));
}

TEST(DeviceProof, SignsOtherValuesWhereTheStepSaysSo) {
  const Proof proof{.version = "v3",
                    .scopes = std::vector<std::string>{"x"},
                    .role = "operator",
                    .platform = "ios",
                    .device_family = "iPhone",
                    .client_id = "other",
                    .client_mode = "ui"};
  EXPECT_TRUE(
      signs(proof, "v3|" + kId + "|other|ui|operator|x|1795000000010||" + kNonce + "|ios|iphone"));
}

TEST(DeviceProof, IsSignedByAnotherKeyOnRequest) {
  EXPECT_FALSE(signs({.version = "v2", .key = "D1"}, text_of("v2", "")));
  const js::Value params = params_of(step_with({.version = "v2", .key = "D1"}));
  EXPECT_TRUE(crypto::verify("laDyH3pfaViB0lFlO0adq3fcOrWKhq8Rjjt6TLoTBLw", text_of("v2", ""),
                             *js::string_member(*js::member(params, "device"), "signature")));
}

TEST(DeviceProof, SpellsTheKeyInEachWay) {
  EXPECT_EQ(device_field({}, "publicKey"), "rwLMYHfNdDqBMrkyQO0gMKEZ1rw_pDf41cM20ok8C3I");
  EXPECT_EQ(device_field({.public_key = "std"}, "publicKey"),
            "rwLMYHfNdDqBMrkyQO0gMKEZ1rw/pDf41cM20ok8C3I=");
  EXPECT_THAT(device_field({.public_key = "pem"}, "publicKey"),
              testing::EndsWith("-----END PUBLIC KEY-----\n"));
  EXPECT_EQ(device_field({.public_key = "short"}, "publicKey"), "rwLMYHfNdDqBMrkyQO0gMA");
  EXPECT_EQ(device_field({.public_key = "garbage"}, "publicKey"), "!!!");
  EXPECT_EQ(device_field({.public_key = "device:D1"}, "publicKey"),
            "laDyH3pfaViB0lFlO0adq3fcOrWKhq8Rjjt6TLoTBLw");
}

TEST(DeviceProof, NamesTheDeviceInEachWay) {
  EXPECT_EQ(device_field({}, "id"), kId);
  EXPECT_EQ(device_field({.id = "wrong"}, "id"), "not-the-derived-id");
  EXPECT_EQ(device_field({.id = "upper"}, "id").substr(0, 4), "B3A8");
  EXPECT_EQ(device_field({.id = "device:D1"}, "id").substr(0, 4), "23d3");
  EXPECT_EQ(device_field({.id = "of-sent-key", .public_key = "short"}, "id"),
            *crypto::derive_device_id("rwLMYHfNdDqBMrkyQO0gMA"));
}

TEST(DeviceProof, SendsAndSignsTheNonceInEachWay) {
  EXPECT_EQ(device_field({}, "nonce"), kNonce);
  EXPECT_EQ(device_field({.nonce = "of:c0"}, "nonce"), kOtherNonce);
  EXPECT_EQ(device_field({.nonce = "empty"}, "nonce"), "");
  EXPECT_EQ(device_field({.nonce = "blank"}, "nonce"), "   ");
  EXPECT_EQ(device_field({.nonce = "wrong"}, "nonce"), "00000000-0000-4000-8000-000000000000");
  EXPECT_EQ(device_field({.nonce = "padded"}, "nonce"), "  " + kNonce + " ");
  EXPECT_TRUE(signs({.version = "v2", .nonce = "padded"}, text_of("v2", "")));
}

TEST(DeviceProof, SpellsTheSignatureInEachWay) {
  const std::string whole = crypto::decode_base64_lenient(device_field({}, "signature"));
  ASSERT_EQ(whole.size(), 64u);
  EXPECT_EQ(device_field({.signature = "std"}, "signature"), crypto::encode_base64(whole));
  EXPECT_EQ(device_field({.signature = "hex"}, "signature"), crypto::encode_hex(whole));
  EXPECT_EQ(device_field({.signature = "short"}, "signature"),
            crypto::encode_base64url(whole.substr(0, 32)));
  EXPECT_EQ(device_field({.signature = "text"}, "signature"), "unsigned");
  std::string flipped = whole;
  flipped[0] = static_cast<char>(flipped[0] ^ 1);
  EXPECT_EQ(device_field({.signature = "flip"}, "signature"), crypto::encode_base64url(flipped));
}

TEST(DeviceProof, LeavesOutFieldsAndSkewsItsTime) {
  EXPECT_EQ(device_field({.omit = {"nonce"}}, "nonce"), "absent");
  const js::Value params = params_of(step_with({.skew_ms = -120'001}));
  EXPECT_EQ(js::number_member(*js::member(params, "device"), "signedAt"),
            static_cast<double>(kNow.ms - 120'001));
}

}  // namespace
}  // namespace sim
