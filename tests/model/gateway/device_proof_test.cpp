#include "model/gateway/device_proof.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <optional>
#include <string>

#include "model/crypto/base64.hpp"
#include "tests/model/gateway/connect_story.hpp"

namespace model::gateway {
namespace {

using policy::SignatureNormalise;
using policy::SignatureToken;
using test::kAfter;
using test::kDevice;
using test::kNonce;
using test::Shown;
using test::Story;
using wire::DeviceRefusal;

const Instant kNow{1'774'958'400'000};

/// A correct proof by shared token, changed and (unless told otherwise) not signed again.
std::optional<DeviceRefusal> check(const std::function<void(wire::ConnectParams&)>& change,
                                   const policy::Policy& policy = kAfter) {
  wire::ConnectParams params = Story(policy).params_of({.token = "S", .scopes = {"b", "a"}});
  change(params);
  return check_device_proof({.params = params,
                             .scopes = params.effective_scopes(),
                             .nonce = kNonce,
                             .now = kNow,
                             .policy = policy});
}

/// Signs the parameters as they are now, with what K-20 asks for.
void sign(wire::ConnectParams& params, std::string_view version = "v3",
          const crypto::KeyPair& key = kDevice) {
  wire::DeviceProof& device = *params.device;
  device.signature =
      crypto::sign(key, crypto::payload(version, {.device_id = device.id,
                                                  .client_id = params.client.id,
                                                  .client_mode = params.client.mode,
                                                  .role = params.effective_role(),
                                                  .scopes = params.effective_scopes(),
                                                  .signed_at_ms = device.signed_at,
                                                  .token = signature_token(*params.auth, kAfter),
                                                  .nonce = device.nonce,
                                                  .platform = params.client.platform,
                                                  .device_family = params.client.device_family}));
}

TEST(DeviceProof, IsGoodAsMade) {
  EXPECT_EQ(check([](auto&) {}), std::nullopt);
}

// G-21, K-4.
TEST(DeviceProof, NeedsTheIdOfItsKey) {
  for (const std::function<void(wire::DeviceProof&)>& change :
       std::vector<std::function<void(wire::DeviceProof&)>>{
           [](auto& device) { device.id = "not-the-derived-id"; },
           [](auto& device) { device.id += " "; },
           [](auto& device) {
             for (char& c : device.id) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 32) : c;
           },
           [](auto& device) { device.public_key = "!!!"; },
           [](auto& device) { device.public_key = "BEGIN"; },
           [](auto& device) {
             device.public_key =
                 crypto::spell_base64url(crypto::key_pair_of_device("D1").public_key);
           }}) {
    EXPECT_EQ(check([&](auto& params) {
                change(*params.device);
                sign(params);
              }),
              DeviceRefusal::id_mismatch);
  }
}

// K-5 ... K-8.
TEST(DeviceProof, AcceptsEverySpellingOfTheKey) {
  for (const std::string& spelling :
       {crypto::spell_base64(kDevice.public_key), crypto::spell_pem(kDevice.public_key),
        " " + crypto::spell_base64url(kDevice.public_key) + "\n"}) {
    EXPECT_EQ(check([&](auto& params) { params.device->public_key = spelling; }), std::nullopt);
  }
  // K-8: a key of another length has an id, but verifies nothing.
  EXPECT_EQ(check([](auto& params) {
              params.device->public_key = "QUJD";
              params.device->id = crypto::sha256_hex("ABC");
              sign(params);
            }),
            DeviceRefusal::signature_invalid);
}

// G-22, K-24: both sides of both limits.
TEST(DeviceProof, IsAsYoungOrOldAsTwoMinutes) {
  const auto at = [](std::int64_t signed_at) {
    return check([&](auto& params) {
      params.device->signed_at = signed_at;
      sign(params);
    });
  };
  EXPECT_EQ(at(kNow.ms - 120'000), std::nullopt);
  EXPECT_EQ(at(kNow.ms + 120'000), std::nullopt);
  EXPECT_EQ(at(kNow.ms - 120'001), DeviceRefusal::signature_expired);
  EXPECT_EQ(at(kNow.ms + 120'001), DeviceRefusal::signature_expired);
  EXPECT_EQ(at(0), DeviceRefusal::signature_expired);
  EXPECT_EQ(at(std::numeric_limits<std::int64_t>::max()), DeviceRefusal::signature_expired);
}

// G-23, G-24, K-26.
TEST(DeviceProof, CarriesTheNonceOfItsConnection) {
  const auto with = [](std::string nonce) {
    return check([&](auto& params) {
      params.device->nonce = std::move(nonce);
      sign(params);
    });
  };
  EXPECT_EQ(with("  " + std::string(kNonce) + " "), std::nullopt);
  EXPECT_EQ(with(""), DeviceRefusal::nonce_required);
  EXPECT_EQ(with(" \t "), DeviceRefusal::nonce_required);
  EXPECT_EQ(with("00000000-0000-4000-8000-000000000000"), DeviceRefusal::nonce_mismatch);
  EXPECT_EQ(with(std::string(kNonce) + "0"), DeviceRefusal::nonce_mismatch);
}

// The order of G-21 ... G-25: what is wrong in every way gets the first refusal.
TEST(DeviceProof, IsRefusedForTheFirstThingThatIsWrong) {
  int mistakes = 5;
  for (const DeviceRefusal first :
       {DeviceRefusal::id_mismatch, DeviceRefusal::signature_expired, DeviceRefusal::nonce_mismatch,
        DeviceRefusal::signature_invalid}) {
    --mistakes;
    EXPECT_EQ(check([&](auto& params) {
                params.device->signature = "unsigned";
                if (mistakes > 1) params.device->nonce = "other";
                if (mistakes > 2) params.device->signed_at = 0;
                if (mistakes > 3) params.device->id = "other";
              }),
              first);
  }
}

// G-25, K-14, K-15.
TEST(DeviceSignature, MayBeOfVersion3OrVersion2) {
  EXPECT_EQ(check([](auto& params) { sign(params, "v2"); }), std::nullopt);
  for (const char* version : {"v1", "v4", ""}) {
    EXPECT_EQ(check([&](auto& params) { sign(params, version); }),
              DeviceRefusal::signature_invalid);
  }
  // v2 does not cover the platform; v3 does, as normalised.
  EXPECT_EQ(check([](auto& params) {
              sign(params, "v2");
              params.client.platform = "Android";
            }),
            std::nullopt);
  EXPECT_EQ(check([](auto& params) { params.client.platform = "Android"; }),
            DeviceRefusal::signature_invalid);
  EXPECT_EQ(check([](auto& params) { params.client.platform = " IOS "; }), std::nullopt);
  EXPECT_EQ(check([](auto& params) { params.client.device_family = "iPad"; }),
            DeviceRefusal::signature_invalid);
}

TEST(DeviceSignature, CoversRoleScopesClientAndKey) {
  using Change = std::function<void(wire::ConnectParams&)>;
  for (const Change& change : std::vector<Change>{
           [](auto& params) { params.role = "operator"; },
           [](auto& params) { params.role.reset(); },
           [](auto& params) { params.scopes = {{"a", "b"}}; },
           [](auto& params) { params.scopes.reset(); },
           [](auto& params) { params.client.id = "cli"; },
           [](auto& params) { params.client.mode = "cli"; },
           [](auto& params) { params.auth->token = "s"; },
           [](auto& params) { params.auth.reset(); },
           [](auto& params) { params.device->signed_at += 1; },
           [](auto& params) { sign(params, "v3", crypto::key_pair_of_device("D1")); }}) {
    EXPECT_EQ(check(change), DeviceRefusal::signature_invalid);
  }
}

// Section 2, position 5: an absent role is signed as operator.
TEST(DeviceSignature, TakesAnAbsentRoleForOperator) {
  EXPECT_EQ(check([](auto& params) {
              params.role = "operator";
              sign(params);
              params.role.reset();
            }),
            std::nullopt);
}

// K-20 ... K-22, and the variants of threats.md T-2.
TEST(SignatureToken, IsTheFirstPresentInTheOrderOfThePolicy) {
  policy::Policy policy = kAfter;
  EXPECT_EQ(signature_token({}, policy), "");
  EXPECT_EQ(signature_token({.password = "P"}, policy), "");
  const wire::ConnectAuth both{.bootstrap_token = "B", .device_token = "D"};
  EXPECT_EQ(signature_token(both, policy), "D");
  EXPECT_EQ(signature_token({.token = "", .device_token = "D"}, policy), "");
  EXPECT_EQ(signature_token({.token = " S "}, policy), " S ");
  policy.signature_token = SignatureToken::token_bootstrap_device;
  EXPECT_EQ(signature_token(both, policy), "B");
  policy.signature_normalise = SignatureNormalise::trimmed_nonblank;
  EXPECT_EQ(signature_token({.token = " ", .device_token = " D"}, policy), "D");
}

std::optional<DeviceRefusal> check_shown(const Shown& shown, const policy::Policy& policy) {
  const wire::ConnectParams params = Story(policy).params_of(shown);
  return check_device_proof(
      {.params = params, .scopes = shown.scopes, .nonce = kNonce, .now = kNow, .policy = policy});
}

TEST(SignatureToken, MustBeTheOnlyOneUnderPolicySingle) {
  policy::Policy policy = kAfter;
  policy.signature_token = SignatureToken::single;
  EXPECT_EQ(check_shown({.token = "S"}, policy), std::nullopt);
  EXPECT_EQ(check_shown({.token = "D", .device_token = "D"}, policy), std::nullopt);
  EXPECT_EQ(check_shown({.token = "x", .device_token = "D"}, policy),
            DeviceRefusal::signature_invalid);
  EXPECT_EQ(check_shown({.bootstrap = "B", .device_token = "D"}, policy),
            DeviceRefusal::signature_invalid);
}

// P-287a holds: whoever was accepted by a secret has signed that secret.
TEST(SignatureToken, IsTheAcceptedOneUnderPolicyByMethod) {
  policy::Policy policy = kAfter;
  policy.signature_token = SignatureToken::by_method;
  const auto by = [&](const Shown& shown, const char* method) {
    const wire::ConnectParams params = Story(policy).params_of(shown);
    const DeviceProofInput input{
        .params = params, .scopes = shown.scopes, .nonce = kNonce, .now = kNow, .policy = policy};
    EXPECT_EQ(check_device_proof(input), std::nullopt);  // leaves the signature for later
    return !check_signature_of_method(input, method).has_value();
  };
  EXPECT_TRUE(signature_follows_decision(policy));
  EXPECT_FALSE(signature_follows_decision(kAfter));
  const Shown all{.token = "x", .bootstrap = "B", .device_token = "D"};
  for (const char* secret : {"x", "B", "D", ""}) {
    Shown shown = all;
    shown.signed_secret = secret;
    EXPECT_EQ(by(shown, "token"), *secret == 'x') << secret;
    EXPECT_EQ(by(shown, "bootstrap-token"), *secret == 'B') << secret;
    EXPECT_EQ(by(shown, "device-token"), *secret == 'D') << secret;
    EXPECT_EQ(by(shown, "password"), *secret == 'x' || *secret == '\0') << secret;
    EXPECT_EQ(by(shown, "none"), *secret == 'x' || *secret == '\0') << secret;
  }
  EXPECT_TRUE(by({.token = "D", .signed_secret = "D"}, "device-token"));
  EXPECT_TRUE(by({.token = "D", .device_token = " ", .signed_secret = "D"}, "device-token"));
}

TEST(DeviceProof, IsTheSameWithAMemo) {
  crypto::SignatureCache cache(2);
  const wire::ConnectParams params = Story(kAfter).params_of({.token = "S"});
  const std::vector<std::string> scopes;
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(check_device_proof({.params = params,
                                  .scopes = scopes,
                                  .nonce = kNonce,
                                  .now = kNow,
                                  .policy = kAfter,
                                  .cache = &cache}),
              std::nullopt);
  }
  EXPECT_EQ(cache.hits(), 2u);
}

}  // namespace
}  // namespace model::gateway
