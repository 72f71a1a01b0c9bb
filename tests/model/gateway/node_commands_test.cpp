// Which commands a node may offer: gateway.md section 9.
#include "model/gateway/node_commands.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace {

using namespace model;
using namespace model::gateway;
using testing::ElementsAre;
using testing::IsEmpty;
using Texts = std::vector<std::string>;

policy::Policy revision(std::string_view name) { return policy::preset(name).value().policy; }

bool allows(std::string_view platform, std::string_view command,
            std::string_view release = "2026.3.31", const Config& config = {}) {
  const Texts allowed = allow_list(platform, config, revision(release));
  return std::ranges::find(allowed, command) != allowed.end();
}

TEST(PlatformId, GoesByPlatformPrefixThenByPartOfTheFamily) {  // section 9, K-12
  struct Case {
    const char* platform;
    std::optional<std::string> family;
    const char* id;
  };
  const Case cases[] = {
      {"iOS 18.4.0", {}, "ios"},       {"  IOS", {}, "ios"},
      {"ﬁos", {}, "unknown"},          {"ÍOS 18", {}, "ios"},
      {"Android 15", {}, "android"},   {"macos 15.4", {}, "macos"},
      {"Mac OS X", {}, "macos"},       {"darwin", {}, "macos"},
      {"Windows 11", {}, "windows"},   {"win32", {}, "windows"},
      {"linux-gnu", {}, "linux"},      {"plan9", {}, "unknown"},
      {"plan9", "iPhone", "ios"},      {"plan9", "my iPad", "ios"},
      {"plan9", "Android", "android"}, {"plan9", "MacBook", "macos"},
      {"plan9", "Windows", "windows"}, {"plan9", "win", "unknown"},
      {"plan9", "Linux", "linux"},     {"linux", "iPhone", "linux"},
      {"", "iphone", "ios"},           {"xios", {}, "unknown"},
  };
  for (const Case& at : cases) {
    EXPECT_EQ(platform_id(at.platform, at.family), at.id)
        << at.platform << ", " << at.family.value_or("no family");
  }
}

TEST(AllowList, HoldsThePlatformsDefaults) {  // section 9, table
  EXPECT_EQ(allow_list("ios", {}, revision("2026.3.31")).size(), 19u);
  EXPECT_EQ(allow_list("android", {}, revision("2026.3.31")).size(), 24u);
  EXPECT_EQ(allow_list("android", {}, revision("2026.3.28")).size(), 25u);
  EXPECT_EQ(allow_list("macos", {}, revision("2026.3.31")).size(), 23u);
  EXPECT_THAT(allow_list("linux", {}, revision("2026.3.31")),
              ElementsAre("system.run.prepare", "system.run", "system.which", "system.notify",
                          "browser.proxy"));
  EXPECT_EQ(allow_list("windows", {}, revision("2026.3.31")),
            allow_list("linux", {}, revision("2026.3.31")));
  EXPECT_EQ(allow_list("unknown", {}, revision("2026.3.31")).size(), 11u);
  EXPECT_TRUE(allows("unknown", "camera.list"));
  EXPECT_FALSE(allows("unknown", "device.info"));
  EXPECT_FALSE(allows("ios", "system.run"));
  EXPECT_TRUE(allows("macos", "system.run"));
}

TEST(AllowList, OffersNothingDangerousByDefault) {  // section 9
  for (const char* platform : {"ios", "android", "macos", "linux", "windows", "unknown"}) {
    for (const char* command : {"camera.snap", "camera.clip", "screen.record", "contacts.add",
                                "calendar.add", "reminders.add", "sms.send", "sms.search"}) {
      EXPECT_FALSE(allows(platform, command)) << platform << " " << command;
    }
  }
  EXPECT_TRUE(allows("android", "sms.search", "2026.3.28"));
}

TEST(AllowList, IsWidenedAndThenNarrowedByConfiguration) {  // section 9
  Config config;
  config.nodes.allow_commands = {" camera.snap ", "  ", "sms.send"};
  config.nodes.deny_commands = {"sms.send", " camera.list "};
  EXPECT_TRUE(allows("ios", "camera.snap", "2026.3.31", config));
  EXPECT_FALSE(allows("ios", "sms.send", "2026.3.31", config));
  EXPECT_FALSE(allows("ios", "camera.list", "2026.3.31", config));
  EXPECT_FALSE(allows("ios", "", "2026.3.31", config));
}

TEST(DeclaredCommands, AreTrimmedAndFilteredWithOrderAndDuplicatesKept) {  // section 9
  EXPECT_THAT(declared_commands(Texts{" b", "a", " ", "x", "b"}, {"a", "b"}),
              ElementsAre("b", "a", "b"));
  EXPECT_THAT(declared_commands(std::nullopt, {"a"}), IsEmpty());
}

TEST(EffectiveCommands, DependOnTheNodeRecordAndTheRevision) {  // section 9
  const js::Value record = js::Object{{"commands", js::Array{"a", 5, " b "}}};
  const js::Value silent_record = js::Object{};
  const Texts declared = {"b", "a", "a"};
  for (const char* release : {"2026.3.28", "2026.3.31"}) {
    const policy::Policy policy = revision(release);
    EXPECT_THAT(effective_commands(declared, &record, policy), ElementsAre("a", "a"));
    EXPECT_THAT(effective_commands(declared, &silent_record, policy), IsEmpty());
  }
  EXPECT_EQ(effective_commands(declared, nullptr, revision("2026.3.28")), declared);
  EXPECT_THAT(effective_commands(declared, nullptr, revision("2026.3.31")), IsEmpty());
}

}  // namespace
