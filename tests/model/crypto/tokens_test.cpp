#include "model/crypto/tokens.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <initializer_list>
#include <string>

#include "model/crypto/base64.hpp"

namespace model::crypto {
namespace {

Bytes32 bytes(std::uint8_t fill) {
  Bytes32 all;
  all.fill(fill);
  return all;
}

constexpr NameKind kKinds[] = {
    NameKind::bootstrap_token, NameKind::device_token,   NameKind::node_token,
    NameKind::device_request,  NameKind::node_request,   NameKind::nonce,
    NameKind::connection,      NameKind::temporary_file, NameKind::canvas_capability,
    NameKind::request,         NameKind::instance,       NameKind::setup_session,
};

// crypto.md section 5.
TEST(Name, HasTheFormOfItsKind) {
  for (const NameKind kind :
       {NameKind::bootstrap_token, NameKind::device_token, NameKind::node_token}) {
    const std::string token = shape_name(kind, bytes(0xfb));
    EXPECT_EQ(token.size(), 43u);
    EXPECT_EQ(decode_base64url_strict(token).value().size(), 32u);
  }
  const std::string capability = shape_name(NameKind::canvas_capability, bytes(0xfb));
  EXPECT_EQ(capability.size(), 24u);
  EXPECT_EQ(decode_base64url_strict(capability).value().size(), 18u);
  for (const std::uint8_t fill : std::initializer_list<std::uint8_t>{0x00, 0x5a, 0xff}) {
    EXPECT_TRUE(is_uuid_v4(shape_name(NameKind::nonce, bytes(fill))));
  }
}

// Pinned: a change here changes every digest of every run.
TEST(Name, IsTheSameInEveryBuild) {
  EXPECT_EQ(shape_name(NameKind::device_token, bytes(0)),
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA_lWmNHvtkXM");
  EXPECT_EQ(shape_name(NameKind::nonce, bytes(0)), "00000000-0000-4000-8000-0b3dd24c60fa");
  EXPECT_EQ(shape_name(NameKind::canvas_capability, bytes(0)), "AAAAAAAAAAAAAAAAVdQk25O6");
}

TEST(Uuid, OfVersion4IsLowerCaseWithHyphens) {
  EXPECT_TRUE(is_uuid_v4("3f0c2a6e-7b1d-4c55-9a0e-2d6f8b7c1e90"));
  for (const char* text :
       {"3F0c2a6e-7b1d-4c55-9a0e-2d6f8b7c1e90", "3f0c2a6e-7b1d-1c55-9a0e-2d6f8b7c1e90",
        "3f0c2a6e-7b1d-4c55-7a0e-2d6f8b7c1e90", "3f0c2a6e-7b1d-4c55-ca0e-2d6f8b7c1e90",
        "3f0c2a6e-7b1d-4c55-9a0e-2d6f8b7c1e9", "3f0c2a6e-7b1d-4c55-9a0e-2d6f8b7c1e900",
        "3f0c2a6e07b1d-4c55-9a0e-2d6f8b7c1e90", "3f0c2a6e-7b1d-4c55-9a0e-2d6f8b7c1e9g"}) {
    EXPECT_FALSE(is_uuid_v4(text)) << text;
  }
}

// The probability that somebody's own text passes is 2^-48 at most.
TEST(Name, IsNotRecognisedInOtherTexts) {
  for (const char* text :
       {"", "shared-secret-token", "Zm9vYmFyLWJvb3RzdHJhcC10b2tlbi0wMDAwMDAwMDA",
        "rwLMYHfNdDqBMrkyQO0gMKEZ1rw_pDf41cM20ok8C3I", "3f0c2a6e-7b1d-4c55-9a0e-2d6f8b7c1e90",
        "00000000-0000-4000-8000-000000000000", "AAAAAAAAAAAAAAAAAAAAAAAA"}) {
    EXPECT_EQ(recognise_name(text), std::nullopt) << text;
  }
}

RC_GTEST_PROP(Name, IsRecognisedAsIssuedAndInNoOtherSpelling, (const Bytes32& derived)) {
  for (const NameKind kind : kKinds) {
    const std::string name = shape_name(kind, derived);
    RC_ASSERT(recognise_name(name) == form_of(kind));
    const std::size_t at = *rc::gen::inRange<std::size_t>(0, name.size());
    const char other = *rc::gen::distinctFrom(
        rc::gen::elementOf(
            std::string("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")),
        name[at]);
    std::string changed = name;
    changed[at] = other;
    RC_ASSERT(recognise_name(changed) == std::nullopt);
    RC_ASSERT(recognise_name(name + "=") == std::nullopt);
    RC_ASSERT(recognise_name(" " + name) == std::nullopt);
    RC_ASSERT(recognise_name(std::string_view(name).substr(1)) == std::nullopt);
  }
}

RC_GTEST_PROP(Name, DiffersWhereTheFirstBytesDiffer, (const Bytes32& a, const Bytes32& b)) {
  RC_PRE(a[0] != b[0]);
  for (const NameKind kind : kKinds) RC_ASSERT(shape_name(kind, a) != shape_name(kind, b));
}

}  // namespace
}  // namespace model::crypto
