// How stores are locked and written, step by step, and what follows a handshake.
#include <gmock/gmock.h>

#include <algorithm>

#include "tests/support/lab.hpp"

namespace {

using tests::Asking;
using tests::Lab;

/// Keys of what could happen next.
std::vector<std::string> next(const Lab& lab) {
  std::vector<std::string> keys;
  for (const sim::Action& action : sim::enabled(lab.run.world())) keys.push_back(sim::key(action));
  return keys;
}

/// Keys of the steps so far that speak of this.
std::vector<std::string> steps_about(const Lab& lab, std::string_view what) {
  std::vector<std::string> keys;
  for (const sim::Step& step : lab.run.steps()) {
    if (step.key.find(what) != std::string::npos) keys.push_back(step.key);
  }
  return keys;
}

sim::RunHostCommand issue(const char* label) {
  return {"gw", {.kind = model::gateway::HostCommandKind::issue_code, .label = label}};
}

/// S-3: a temporary file is written and synced before it takes the place of the old one.
TEST(AStoreFile, IsReplacedInThreeSteps) {
  sim::World world = Lab::world_with_gateway("2026.3.31");
  world.grain = sim::Grain::fine;
  Lab lab{world};
  lab.must(issue("B"));
  lab.rest();
  const auto steps = steps_about(lab, "bootstrap.json");
  ASSERT_EQ(steps.size(), 4u);
  EXPECT_THAT(steps[0], testing::HasSubstr("read"));
  EXPECT_THAT(steps[1], testing::HasSubstr("write"));
  EXPECT_THAT(steps[2], testing::HasSubstr("sync"));
  EXPECT_THAT(steps[3], testing::HasSubstr("rename"));
}

/// S-3: until the rename, readers see the old file.
TEST(AStoreFile, IsTheOldOneUntilTheRename) {
  sim::World world = Lab::world_with_gateway("2026.3.31");
  world.grain = sim::Grain::fine;
  Lab lab{world};
  lab.must(issue("B"));
  while (next(lab).front().find("rename") == std::string::npos) ASSERT_TRUE(lab.run.step_default());
  EXPECT_EQ(lab.run.world().disks.at("home")->files.count("devices/bootstrap.json"), 0u);
  EXPECT_EQ(lab.run.world().disks.at("home")->temporaries.size(), 1u);
  ASSERT_TRUE(lab.run.step_default());
  EXPECT_EQ(lab.run.world().disks.at("home")->files.count("devices/bootstrap.json"), 1u);
  EXPECT_TRUE(lab.run.world().disks.at("home")->temporaries.empty());
}

/// S-1: the lock is given in the order in which it was asked for, and nobody else touches the file.
TEST(AStoreLock, IsFirstComeFirstServed) {
  Lab lab;
  lab.must(issue("first"));
  lab.must(issue("second"));
  const auto keys = next(lab);
  const auto reads = std::count_if(keys.begin(), keys.end(), [](const std::string& key) {
    return key.find("bootstrap.json") != std::string::npos;
  });
  EXPECT_EQ(reads, 1);  // the second waits
  lab.rest();
  EXPECT_EQ(lab.file("devices/bootstrap.json").object().size(), 2u);
  std::vector<std::string> answered;
  for (const sim::Step& step : lab.run.steps()) {
    for (const sim::Event& event : step.events) {
      if (const auto* told = std::get_if<sim::CommandAnswered>(&event.what)) {
        answered.push_back(told->answer.label);
      }
    }
  }
  EXPECT_THAT(answered, testing::ElementsAre("first", "second"));
}

/// W-58: health goes to everybody with a sequence number, the wake words to the new node without.
TEST(ANewNode, HearsHealthAndWhatWakesIt) {
  Lab lab;
  const std::string token = lab.issue();
  lab.open("phone");
  lab.connect("phone", {.device = "phone",
                        .role = "node",
                        .bootstrap = token,
                        .client_id = "openclaw-ios",
                        .mode = "node"});
  lab.rest();
  std::vector<std::string> heard;
  for (const sim::Message& message : lab.run.world().links.at("phone")->inbox) {
    if (message.kind != sim::Message::Kind::text) continue;
    const auto frame = model::js::parse(*message.bytes);
    const std::string* event = model::js::string_member(*frame, "event");
    const bool numbered = model::js::member(*frame, "seq") != nullptr;
    heard.push_back(event == nullptr ? "answer" : *event + (numbered ? " with seq" : ""));
  }
  EXPECT_THAT(heard, testing::ElementsAre("connect.challenge", "answer", "health with seq",
                                          "voicewake.changed"));
}

}  // namespace
