#include "model/client/retry.hpp"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "model/client/tick_watch.hpp"

namespace model::client {
namespace {

std::vector<std::int64_t> delays(const DoublingBackOff& curve, int count) {
  std::vector<std::int64_t> all;
  for (Millis delay = curve.first; count > 0; --count, delay = next_delay(curve, delay)) {
    all.push_back(delay.count);
  }
  return all;
}

TEST(BackOff, DoublesUpToThirtySeconds) {  // C-17, C-52
  EXPECT_EQ(delays(kJavaScriptBackOff, 7),
            (std::vector<std::int64_t>{1000, 2000, 4000, 8000, 16'000, 30'000, 30'000}));
  EXPECT_EQ(delays(kChannelBackOff, 8),
            (std::vector<std::int64_t>{500, 1000, 2000, 4000, 8000, 16'000, 30'000, 30'000}));
}

TEST(BackOff, OfALoopGrowsBySeventyPercentUpToEightSeconds) {  // section 5.2
  const std::vector<std::int64_t> expected = {850, 1445, 2457, 4177, 7100, 8000, 8000};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(loop_sleep(static_cast<int>(i) + 1).count, expected[i]);
  }
  EXPECT_EQ(loop_sleep(1'000'000).count, 8000);
}

constexpr const char* kBothPause[] = {"AUTH_TOKEN_MISSING",
                                      "AUTH_BOOTSTRAP_TOKEN_INVALID",
                                      "AUTH_PASSWORD_MISSING",
                                      "AUTH_PASSWORD_MISMATCH",
                                      "AUTH_RATE_LIMITED",
                                      "PAIRING_REQUIRED",
                                      "CONTROL_UI_DEVICE_IDENTITY_REQUIRED",
                                      "DEVICE_IDENTITY_REQUIRED"};
constexpr const char* kOnlySwiftPauses[] = {"AUTH_TOKEN_NOT_CONFIGURED",
                                            "AUTH_PASSWORD_NOT_CONFIGURED"};
constexpr const char* kNobodyPauses[] = {"",
                                         "AUTH_DEVICE_TOKEN_MISMATCH",
                                         "DEVICE_AUTH_SIGNATURE_EXPIRED",
                                         "DEVICE_AUTH_NONCE_MISMATCH",
                                         "AUTH_REQUIRED",
                                         "CONTROL_UI_ORIGIN_NOT_ALLOWED"};

TEST(Pause, IsForTheListedCodes) {  // C-16, C-17, C-53, C-55
  for (const char* code : kBothPause) {
    EXPECT_TRUE(pauses_javascript({.code = code})) << code;
    EXPECT_TRUE(pauses_swift({.code = code})) << code;
  }
  for (const char* code : kOnlySwiftPauses) {
    EXPECT_FALSE(pauses_javascript({.code = code})) << code;
    EXPECT_TRUE(pauses_swift({.code = code})) << code;
  }
  for (const char* code : kNobodyPauses) {
    EXPECT_FALSE(pauses_javascript({.code = code})) << code;
    EXPECT_FALSE(pauses_swift({.code = code})) << code;
  }
}

TEST(Pause, OfATokenMismatchDependsOnTheRetry) {  // C-16, C-53
  const std::string_view code = "AUTH_TOKEN_MISMATCH";
  constexpr auto far = EndpointTrust::untrusted;
  constexpr auto near = EndpointTrust::trusted;
  EXPECT_TRUE(pauses_javascript({.code = code, .trust = far}));
  EXPECT_FALSE(pauses_javascript({.code = code, .trust = near}));
  EXPECT_TRUE(pauses_javascript({.code = code, .budget_used = true, .trust = near}));
  EXPECT_FALSE(
      pauses_javascript({.code = code, .retry_pending = true, .budget_used = true, .trust = near}));
  EXPECT_FALSE(pauses_swift({.code = code, .trust = far}));
  EXPECT_TRUE(pauses_swift({.code = code, .budget_used = true, .trust = far}));
  EXPECT_FALSE(
      pauses_swift({.code = code, .retry_pending = true, .budget_used = true, .trust = near}));
}

RetryCase good_case() {
  return {.offer = {.code = "AUTH_TOKEN_MISMATCH"},
          .token_held = true,
          .stored_token_held = true,
          .trust = EndpointTrust::trusted};
}

TEST(StoredTokenRetry, NeedsEveryCondition) {  // C-13
  EXPECT_TRUE(earns_retry(good_case()));
  RetryCase used = good_case();
  used.budget_used = true;
  EXPECT_FALSE(earns_retry(used));
  RetryCase sent = good_case();
  sent.device_token_sent = true;
  EXPECT_FALSE(earns_retry(sent));
  RetryCase no_token = good_case();
  no_token.token_held = false;
  EXPECT_FALSE(earns_retry(no_token));
  RetryCase no_stored = good_case();
  no_stored.stored_token_held = false;
  EXPECT_FALSE(earns_retry(no_stored));
  RetryCase far = good_case();
  far.trust = EndpointTrust::untrusted;
  EXPECT_FALSE(earns_retry(far));
}

TEST(StoredTokenRetry, IsOfferedByCodeFlagOrStep) {  // C-13
  RetryCase given = good_case();
  given.offer = {.code = "AUTH_PASSWORD_MISMATCH"};
  EXPECT_FALSE(earns_retry(given));
  given.offer = {.code = "X", .can_retry_with_device_token = true};
  EXPECT_TRUE(earns_retry(given));
  given.offer = {.code = "X", .recommended_next_step = "retry_with_device_token"};
  EXPECT_TRUE(earns_retry(given));
}

TEST(TickWatch, NoticesSilenceAtTheFirstCheckBeyondTheTolerance) {
  const Instant start{1000};
  EXPECT_EQ(silence_noticed_at(start, {100}, start, {200}), Instant{1300});
  EXPECT_EQ(silence_noticed_at(start, {100}, Instant{1099}, {200}), Instant{1300});
  EXPECT_EQ(silence_noticed_at(start, {100}, Instant{1100}, {200}), Instant{1400});
}

TEST(TickWatch, PollsOnAGrid) {
  EXPECT_EQ(next_poll(Instant{500}, {1000}, Instant{500}), Instant{1500});
  EXPECT_EQ(next_poll(Instant{500}, {1000}, Instant{1499}), Instant{1500});
  EXPECT_EQ(next_poll(Instant{500}, {1000}, Instant{1500}), Instant{2500});
}

}  // namespace
}  // namespace model::client
