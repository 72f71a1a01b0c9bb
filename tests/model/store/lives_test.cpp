// What the stores hold moves only along declared arrows: enforced by the code that writes.
#include "model/store/lives.hpp"

#include <gtest/gtest.h>

#include "model/base/check.hpp"

namespace model::store {
namespace {

constexpr Instant kNow{1'795'000'000'000};

Documents codes(js::Object file) { return {js::Value(std::move(file)), js::Object()}; }

js::Value code(std::optional<std::string> device) {
  js::Object record{{"token", "T"}, {"ts", kNow.ms}, {"issuedAtMs", kNow.ms}};
  record.set("profile", js::Object{{"roles", js::Array{"node"}}, {"scopes", js::Array{}}});
  record.set_if("deviceId", device);
  return record;
}

Documents devices(js::Object pending, js::Object paired) {
  return {js::Value(std::move(pending)), js::Value(std::move(paired))};
}

js::Value device_with_token(const char* token, std::optional<std::int64_t> revoked) {
  js::Object entry{{"token", token}, {"role", "node"}};
  if (revoked) entry.set("revokedAtMs", *revoked);
  return js::Object{{"deviceId", "D"}, {"tokens", js::Object{{"node", std::move(entry)}}}};
}

TEST(CodeLife, AllowsBindingOnFirstUse) {
  EXPECT_NO_THROW(check_lives(BootstrapVerify{}, codes({{"T", code({})}}),
                              codes({{"T", code("phone")}}), kNow));
}

TEST(CodeLife, RefusesToWriteATokenThatCameBackFromTheDead) {
  EXPECT_THROW(check_lives(BootstrapVerify{}, codes({}), codes({{"T", code("phone")}}), kNow),
               Broken);
}

TEST(CodeLife, RefusesToWriteABindingThatWasUndone) {
  EXPECT_THROW(
      check_lives(BootstrapVerify{}, codes({{"T", code("phone")}}), codes({{"T", code({})}}), kNow),
      Broken);
}

TEST(RequestLife, AllowsARequestToBeSuperseded) {
  const js::Value request = js::Object{{"requestId", "R"}, {"silent", false}, {"ts", kNow.ms}};
  EXPECT_NO_THROW(check_lives(DeviceRequest{}, devices({{"R", request}}, {}),
                              devices({{"S", request}}, {}), kNow));
}

TEST(TokenLife, RefusesToWriteATokenThatIsNoLongerRevoked) {
  EXPECT_THROW(check_lives(TokenVerify{}, devices({}, {{"D", device_with_token("t", kNow.ms)}}),
                           devices({}, {{"D", device_with_token("t", {})}}), kNow),
               Broken);
}

TEST(TokenLife, AllowsANewTokenAfterARevokedOne) {
  EXPECT_NO_THROW(check_lives(TokenRotate{}, devices({}, {{"D", device_with_token("t", kNow.ms)}}),
                              devices({}, {{"D", device_with_token("u", {})}}), kNow));
}

}  // namespace
}  // namespace model::store
