#include "model/gateway/credentials.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/model/gateway/connect_story.hpp"

namespace model::gateway {
namespace {

using test::kAfter;
using test::kBefore;
using test::Shown;
using test::Story;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kBadProof = "device proof";

// The credential vectors of gateway.md section 6: K-20 ... K-23, G-27 ... G-29f.
TEST(Credentials, DecideAsTheVectorsSay) {
  const struct {
    Shown shown;
    const char* result;
  } rows[] = {
      {{}, "token_missing"},
      {{.token = "S"}, "ok by token"},
      {{.token = "x"}, "token_mismatch"},
      {{.token = "D"}, "ok by device-token"},
      {{.device_token = "D"}, "ok by device-token"},
      {{.device_token = "x"}, "device_token_mismatch"},
      {{.token = "x", .device_token = "D"}, "ok by device-token"},
      {{.token = "x", .device_token = "D", .signed_secret = "D"}, kBadProof},
      {{.token = "x", .device_token = "x"}, "device_token_mismatch"},
      {{.token = "S", .device_token = "x"}, "ok by token"},
      {{.token = "", .device_token = "D", .signed_secret = "D"}, kBadProof},
      {{.token = "", .device_token = "D", .signed_secret = ""}, "ok by device-token"},
      {{.token = " ", .device_token = "D", .signed_secret = " "}, "ok by device-token"},
      {{.token = " S ", .signed_secret = " S "}, "ok by token"},
      {{.token = " S ", .signed_secret = "S"}, kBadProof},
      {{.bootstrap = "B", .device_token = "D", .signed_secret = "D"}, "ok by bootstrap-token"},
      {{.bootstrap = "B", .device_token = "D", .signed_secret = "B"}, kBadProof},
      {{.bootstrap = "B", .device_token = "x"}, "ok by bootstrap-token"},
      {{.bootstrap = "x", .device_token = "D", .signed_secret = "D"}, "ok by device-token"},
      {{.bootstrap = "x", .device_token = "D", .signed_secret = "x"}, kBadProof},
      {{.bootstrap = "x", .device_token = "x"}, "device_token_mismatch"},
      {{.bootstrap = "x"}, "bootstrap_token_invalid"},
      {{.token = "x", .bootstrap = "x"}, "bootstrap_token_invalid"},
      {{.token = "x", .bootstrap = "B", .signed_secret = "x"}, "ok by bootstrap-token"},
      {{.token = "x", .bootstrap = "B", .signed_secret = "B"}, kBadProof},
      {{.token = "S", .bootstrap = "B"}, "ok by token"},
      {{.password = "x", .signed_secret = ""}, "token_missing"},
      {{.device_token = "D", .password = "x"}, "ok by device-token"},
      {{.device_token = "D", .password = "x", .signed_secret = ""}, kBadProof},
      {{.bootstrap = "x", .password = "x"}, "bootstrap_token_invalid"},
  };
  for (const policy::Policy* policy : {&kBefore, &kAfter}) {
    for (const auto& row : rows) {
      const Shown& shown = row.shown;
      EXPECT_EQ(Story(*policy).connect(shown).result, row.result)
          << shown.token.value_or("-") << " " << shown.bootstrap.value_or("-") << " "
          << shown.device_token.value_or("-") << " " << shown.password.value_or("-");
    }
  }
}

// G-29a: what is not needed is not touched.
TEST(Credentials, AfterSharedSuccessAreNotLookedAt) {
  EXPECT_THAT(Story(kAfter).connect({.token = "S", .bootstrap = "B", .device_token = "D"}).asked,
              IsEmpty());
  Story open(kAfter);
  open.config.auth.mode = AuthMode::none;
  const auto told = open.connect({.bootstrap = "B", .device_token = "D"});
  EXPECT_EQ(told.result, "ok by none");
  EXPECT_THAT(told.asked, IsEmpty());
}

// G-29b, and P-5: nothing is asked before the proof is good.
TEST(Credentials, AreAskedForInTheirOrderAndOnlyAfterTheProof) {
  EXPECT_THAT(Story(kAfter).connect({.bootstrap = "x", .device_token = "D"}).asked,
              ElementsAre("bootstrap", "device token"));
  EXPECT_THAT(Story(kAfter).connect({.bootstrap = "B", .device_token = "D"}).asked,
              ElementsAre("bootstrap"));
  EXPECT_THAT(Story(kAfter).connect({.bootstrap = "B", .signed_secret = "no"}).asked, IsEmpty());
}

// G-13: without a device there is neither candidate.
TEST(Credentials, OfADeviceNeedADevice) {
  EXPECT_THAT(Story(kAfter)
                  .connect({.token = "S",
                            .bootstrap = "B",
                            .device_token = "D",
                            .with_device = false,
                            .role = "operator"})
                  .asked,
              IsEmpty());
}

/// A gateway with maxAttempts 3, loopback not exempt.
Story limited(const policy::Policy& policy) {
  Story story(policy);
  story.config.auth.rate_limit = LimiterRules{.max_attempts = 3, .exempt_loopback = false};
  return story;
}

std::vector<std::string> told(Story& story, const std::vector<Shown>& requests) {
  std::vector<std::string> results;
  for (const Shown& shown : requests) results.push_back(story.connect(shown).result);
  return results;
}

std::vector<std::string> times(int count, const char* result) {
  return std::vector<std::string>(static_cast<std::size_t>(count), result);
}

const Shown kWrong{.token = "x"};

// The rate-limit vectors of gateway.md section 6, in both releases.
TEST(RateLimits, AreTheSameForMostStories) {
  for (const policy::Policy* policy : {&kBefore, &kAfter}) {
    Story wrong = limited(*policy);
    EXPECT_THAT(told(wrong, std::vector(5, kWrong)),
                ElementsAre("token_mismatch", "token_mismatch", "token_mismatch", "rate_limited",
                            "rate_limited"));
    EXPECT_EQ(wrong.connect({.device_token = "D"}).result, "rate_limited");
    EXPECT_EQ(wrong.connect({}).result, "token_missing");
    EXPECT_EQ(wrong.connect({.bootstrap = "x"}).result, "bootstrap_token_invalid");

    Story device = limited(*policy);
    EXPECT_THAT(told(device, std::vector(5, Shown{.device_token = "x"})),
                ElementsAre("device_token_mismatch", "device_token_mismatch",
                            "device_token_mismatch", "rate_limited", "rate_limited"));
    EXPECT_EQ(device.connect({.device_token = "D"}).result, "rate_limited");
    EXPECT_EQ(device.connect({.token = "S"}).result, "ok by token");

    Story bootstrap = limited(*policy);
    EXPECT_EQ(told(bootstrap, std::vector(5, Shown{.bootstrap = "x"})),
              times(5, "bootstrap_token_invalid"));
    Story password = limited(*policy);
    EXPECT_EQ(told(password, std::vector(4, Shown{.password = "x"})), times(4, "token_missing"));
    Story without = limited(*policy);
    EXPECT_THAT(told(without, std::vector(4, Shown{.token = "x", .with_device = false})),
                ElementsAre("token_mismatch", "token_mismatch", "token_mismatch", "rate_limited"));
    Story good = limited(*policy);
    EXPECT_EQ(told(good, std::vector(6, Shown{.token = "D"})), times(6, "ok by device-token"));
    // G-29d: shared success leaves the device counter alone.
    Story mixed = limited(*policy);
    EXPECT_THAT(told(mixed, {kWrong, kWrong, {.token = "S"}, kWrong, kWrong}),
                ElementsAre("token_mismatch", "token_mismatch", "ok by token", "token_mismatch",
                            "rate_limited"));
  }
}

// D-10: the older release does not ask the shared limit when a device token may be meant.
TEST(RateLimits, OfTheOlderReleaseAreEvadedByADevice) {
  Story before = limited(kBefore);
  Story after = limited(kAfter);
  (void)told(before, std::vector(5, kWrong));
  (void)told(after, std::vector(5, kWrong));
  EXPECT_EQ(before.connect({.token = "S"}).result, "ok by token");
  EXPECT_EQ(after.connect({.token = "S"}).result, "rate_limited");
}

// [28], G-13: a lock from requests without a device still meets a right token with one.
TEST(RateLimits, OfTheOlderReleaseRefuseARightTokenUnderASharedLock) {
  Story story = limited(kBefore);
  (void)told(story, std::vector(3, Shown{.token = "x", .with_device = false}));
  EXPECT_EQ(story.connect({.token = "S"}).result, "rate_limited");
  story.now = story.now + Millis{300'000};
  EXPECT_EQ(story.connect({.token = "S"}).result, "ok by token");
}

// G-29e.
TEST(RateLimits, OfTheSharedSecretBlockADeviceTokenUnlessABootstrapTokenFailedFirst) {
  const std::vector<Shown> lock(3, Shown{.token = "x", .with_device = false});
  Story story = limited(kAfter);
  (void)told(story, lock);
  const auto blocked = story.connect({.token = "x", .device_token = "D"});
  EXPECT_EQ(blocked.result, "rate_limited");
  EXPECT_THAT(blocked.asked, IsEmpty());
  EXPECT_EQ(story.connect({.token = "x", .bootstrap = "x", .device_token = "D"}).result,
            "ok by device-token");
}

// G-28 (D-11): what a success by device token forgives.
TEST(RateLimits, OfTheSharedSecretAreResetByADeviceTokenInTheNewerReleaseOnly) {
  for (const bool newer : {true, false}) {
    Story story = limited(newer ? kAfter : kBefore);
    const Shown without{.token = "x", .with_device = false};
    (void)told(story, {without, without});
    EXPECT_EQ(story.connect({.token = "x", .device_token = "D"}).result, "ok by device-token");
    EXPECT_EQ(story.connect(without).result, "token_mismatch");
    // [28] is at three now and locked; [31] began again.
    EXPECT_EQ(story.connect(without).result, newer ? "token_mismatch" : "rate_limited");
  }
}

// threats.md M-4: the scope that no release has.
TEST(BootstrapRateLimit, LocksAnAddressThatGuesses) {
  policy::Policy policy = kAfter;
  policy.bootstrap_rate_limit = policy::BootstrapRateLimit::on;
  Story story = limited(policy);
  (void)told(story, std::vector(3, Shown{.bootstrap = "x"}));
  const auto locked = story.connect({.bootstrap = "B"});
  EXPECT_EQ(locked.result, "rate_limited");
  EXPECT_THAT(locked.asked, IsEmpty());
  story.now = story.now + Millis{300'000};
  EXPECT_EQ(story.connect({.bootstrap = "B"}).result, "ok by bootstrap-token");
}

// Without a device-token failure of its own the reason stays: G-28, G-29c.
TEST(DeviceTokenFailure, KeepsAnEarlierReasonOnlyForAFallbackCandidate) {
  const Counting counting{};
  for (const auto source : {DeviceTokenSource::explicit_member, DeviceTokenSource::fallback}) {
    for (const char* earlier : {"token_mismatch", ""}) {
      AuthState state{
          .reason = earlier, .device_token_candidate = "x", .device_token_source = source};
      device_token_answered(state, false, {}, kAfter, counting);
      const bool kept = source == DeviceTokenSource::fallback && *earlier != '\0';
      EXPECT_EQ(state.reason, kept ? earlier : "device_token_mismatch");
    }
  }
}

}  // namespace
}  // namespace model::gateway
