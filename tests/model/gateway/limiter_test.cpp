#include "model/gateway/limiter.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace model::gateway {
namespace {

constexpr auto kShared = LimitScope::shared_secret;
constexpr auto kDevice = LimitScope::device_token;
const std::string kIp = "203.0.113.9";

Instant at(std::int64_t ms) { return {1'000'000'000'000 + ms}; }

Limiter three() { return Limiter({.max_attempts = 3, .exempt_loopback = false}); }

void fail_times(Limiter& limiter, int times, std::int64_t ms) {
  for (int i = 0; i < times; ++i) limiter.record_failure(kShared, kIp, at(ms));
}

// G-6.
TEST(Limiter, LocksWithTheFailureThatReachesTheMaximum) {
  Limiter limiter = three();
  fail_times(limiter, 2, 0);
  EXPECT_TRUE(limiter.check(kShared, kIp, at(0)));
  fail_times(limiter, 1, 0);
  EXPECT_FALSE(limiter.check(kShared, kIp, at(0)));
  EXPECT_TRUE(limiter.check(kDevice, kIp, at(0)));
  EXPECT_TRUE(limiter.check(kShared, "203.0.113.8", at(0)));
}

TEST(Limiter, ForgetsALockAndItsAttemptsWhenItIsOver) {
  Limiter limiter = three();
  fail_times(limiter, 3, 0);
  EXPECT_FALSE(limiter.check(kShared, kIp, at(299'999)));
  EXPECT_TRUE(limiter.check(kShared, kIp, at(300'000)));
  limiter.record_failure(kShared, kIp, at(300'000));
  EXPECT_TRUE(limiter.check(kShared, kIp, at(300'000)));
}

TEST(Limiter, CountsNothingWhileLocked) {
  Limiter limiter = three();
  fail_times(limiter, 3, 0);
  fail_times(limiter, 5, 299'999);
  EXPECT_TRUE(limiter.check(kShared, kIp, at(300'000)));
}

// Attempts leave the window when now - t >= window.
TEST(Limiter, ForgetsAnAttemptAtTheEndOfItsWindow) {
  for (const bool inside : {true, false}) {
    Limiter limiter = three();
    fail_times(limiter, 2, 0);
    limiter.record_failure(kShared, kIp, at(inside ? 59'999 : 60'000));
    EXPECT_EQ(limiter.check(kShared, kIp, at(60'000)), !inside);
  }
}

TEST(Limiter, ForgetsOnReset) {
  Limiter limiter = three();
  fail_times(limiter, 3, 0);
  limiter.reset(kDevice, kIp);
  EXPECT_FALSE(limiter.check(kShared, kIp, at(1)));
  limiter.reset(kShared, kIp);
  EXPECT_TRUE(limiter.check(kShared, kIp, at(1)));
  EXPECT_EQ(limiter, three());
}

// G-5.
TEST(Limiter, OfBrowsersExemptsNobody) {
  Config config;
  EXPECT_EQ(normal_limiter(config), std::nullopt);
  EXPECT_EQ(browser_limiter(config).rules(), (LimiterRules{.exempt_loopback = false}));
  config.auth.rate_limit = LimiterRules{.max_attempts = 1};
  Limiter normal = normal_limiter(config).value();
  Limiter browser = browser_limiter(config);
  for (const char* ip : {"127.0.0.1", "127.3.2.1", "::1"}) {
    normal.record_failure(kShared, ip, at(0));
    browser.record_failure(kShared, ip, at(0));
    EXPECT_TRUE(normal.check(kShared, ip, at(0))) << ip;
    EXPECT_FALSE(browser.check(kShared, ip, at(0))) << ip;
  }
  EXPECT_TRUE(normal.entries().empty());
  normal.record_failure(kShared, "unknown", at(0));
  EXPECT_FALSE(normal.check(kShared, "unknown", at(0)));
}

// Pruning never changes an answer.
RC_GTEST_PROP(Limiter, AnswersTheSameWhetherPrunedOrNot,
              (const std::vector<std::pair<std::uint8_t, std::uint16_t>>& plan)) {
  Limiter plain({.max_attempts = 2, .window = {1000}, .lockout = {3000}});
  Limiter pruned = plain;
  std::int64_t now = 0;
  for (const auto& [what, wait] : plan) {
    now += wait % 1500;
    const std::string ip = what & 1 ? "203.0.113.1" : "203.0.113.2";
    pruned.prune(at(now));
    switch (what % 5) {
      case 0:
        plain.reset(kShared, ip);
        pruned.reset(kShared, ip);
        break;
      case 1:
      case 2:
        RC_ASSERT(plain.check(kShared, ip, at(now)) == pruned.check(kShared, ip, at(now)));
        break;
      default:
        plain.record_failure(kShared, ip, at(now));
        pruned.record_failure(kShared, ip, at(now));
    }
  }
  RC_ASSERT(plain.check(kShared, "203.0.113.1", at(now)) ==
            pruned.check(kShared, "203.0.113.1", at(now)));
}

}  // namespace
}  // namespace model::gateway
