// Equality, digests and fingerprints of worlds: three notions, never mixed.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/lab.hpp"

namespace {

using tests::Asking;
using tests::Lab;

Asking with_code(const std::string& device, const std::string& token) {
  return {.device = device,
          .role = "node",
          .bootstrap = token,
          .client_id = "openclaw-ios",
          .mode = "node"};
}

/// One onboarding, told in order of the given connections.
Lab onboard(std::vector<std::string> order, model::Instant start = {1'795'000'000'000}) {
  Lab lab("2026.3.31", 7, start);
  const std::string first = lab.issue();
  const std::string second = lab.issue();
  for (const std::string& who : order) lab.open(who);
  for (const std::string& who : order) {
    lab.connect(who, with_code(who, who == "ann" ? first : second));
    lab.rest();
  }
  return lab;
}

/// A world at each step of a run, as fingerprints.
std::vector<model::Hash128> fingerprints_of_story(model::Instant start) {
  std::vector<model::Hash128> seen;
  Lab lab("2026.3.31", 7, start);
  lab.run.after_action = [&](const sim::World& world, const sim::Step&) {
    seen.push_back(sim::fingerprint(world));
  };
  const std::string token = lab.issue();
  lab.open("ann");
  lab.connect("ann", with_code("ann", token));
  lab.rest();
  lab.pass(1'000);
  return seen;
}

TEST(Fingerprint, IsEqualWhicheverOfTwoDevicesConnectedFirst) {
  const Lab one = onboard({"ann", "bob"});
  const Lab two = onboard({"bob", "ann"});
  ASSERT_EQ(one.file("devices/paired.json").object().size(), 2u);
  EXPECT_EQ(sim::fingerprint(one.run.world()), sim::fingerprint(two.run.world()));
}

TEST(Fingerprint, DiffersWhereSomethingStillMatters) {
  const Lab both = onboard({"ann", "bob"});
  const Lab one = onboard({"ann"});
  EXPECT_NE(sim::fingerprint(both.run.world()), sim::fingerprint(one.run.world()));
}

TEST(Fingerprint, OfTheSameStoryAnHourLaterIsEqualAtEveryStep) {
  const auto now = fingerprints_of_story({1'795'000'000'000});
  const auto later = fingerprints_of_story({1'795'003'600'000});
  ASSERT_GT(now.size(), 30u);
  EXPECT_EQ(now, later);
}

TEST(Fingerprint, TellsARecordJustAliveFromOneJustDead) {
  // A bootstrap token lives 600,000 ms inclusive (S-5).
  Lab alive;
  (void)alive.issue();
  Lab dead = alive;
  alive.pass(600'000);
  dead.pass(600'001);
  EXPECT_NE(sim::fingerprint(alive.run.world()), sim::fingerprint(dead.run.world()));
  Lab long_dead = dead;
  long_dead.pass(50'000);
  EXPECT_EQ(sim::fingerprint(dead.run.world()), sim::fingerprint(long_dead.run.world()));
}

TEST(SerialisedWorld, ReadsBackToTheSameWorld) {
  const Lab lab = onboard({"ann", "bob"});
  const std::string text = sim::serialise(lab.run.world());
  const auto back = sim::deserialise(text);
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(*back, lab.run.world());
  EXPECT_EQ(sim::fingerprint(*back), sim::fingerprint(lab.run.world()));
}

TEST(SerialisedWorld, SaysWhatIsWrongWithATextThatIsNone) {
  EXPECT_FALSE(sim::deserialise("{"));
  const auto empty = sim::deserialise("{}");
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.error().message, "not a world: /start is missing");
}

TEST(World, CopiesAreIndependent) {
  Lab lab;
  (void)lab.issue();
  const sim::World before = lab.run.world();
  (void)lab.issue();
  EXPECT_NE(before, lab.run.world());
  EXPECT_EQ(lab.file("devices/bootstrap.json").object().size(), 2u);
}

/// Two devices and two operators' worth of choices, picked by rank.
sim::World busy_world() {
  Lab lab("2026.3.31", 3);
  const std::string token = lab.issue();
  for (const char* who : {"ann", "bob"}) {
    lab.open(who);
    lab.connect(who, with_code(who, token));
  }
  return lab.run.world();
}

RC_GTEST_PROP(Apply, GivesEqualWorldsFromEqualWorlds, (const std::vector<std::uint8_t>& ranks)) {
  static const sim::World start = busy_world();
  sim::World one = start;
  sim::World two = sim::deserialise(sim::serialise(start)).value();
  for (const std::uint8_t rank : ranks) {
    const auto actions = sim::enabled(one);
    if (actions.empty()) break;
    const sim::Action& action = actions[rank % actions.size()];
    RC_ASSERT(sim::apply(one, action).has_value());
    RC_ASSERT(sim::apply(two, action).has_value());
    RC_ASSERT(one == two);
  }
}

RC_GTEST_PROP(Run, ReplaysItsKeysToTheSameDigest, (const std::vector<std::uint8_t>& ranks)) {
  static const sim::World start = busy_world();
  sim::Run first(start);
  std::vector<std::string> keys;
  for (const std::uint8_t rank : ranks) {
    const auto actions = sim::enabled(first.world());
    if (actions.empty()) break;
    keys.push_back(sim::key(actions[rank % actions.size()]));
    RC_ASSERT(first.perform(actions[rank % actions.size()]).has_value());
  }
  sim::Run second(start);
  for (const std::string& key : keys) {
    const auto action = second.find_enabled(key);
    RC_ASSERT(action.has_value());
    RC_ASSERT(second.perform(*action).has_value());
  }
  RC_ASSERT(second.digest() == first.digest());
  RC_ASSERT(second.world() == first.world());
}

}  // namespace
