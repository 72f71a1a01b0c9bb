// Who is shown as connected: gateway.md G-52.
#include "model/gateway/presence.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace {

using namespace model;
using namespace model::gateway;

PresenceEntry phone() {
  return {.host = "Phone",
          .version = "1",
          .mode = "node",
          .reason = "connect",
          .device_id = "d",
          .instance_id = "d",
          .roles = {"node"}};
}

TEST(Presence, ShowsAnEntryMemberByMember) {  // G-52
  Presence presence;
  PresenceEntry entry = phone();
  entry.ip = "203.0.113.10";
  entry.platform = "ios";
  entry.device_family = "iPhone";
  entry.model_identifier = "iPhone17,1";
  entry.scopes = {"operator.read"};
  upsert(presence, "d", entry, Instant{10});
  EXPECT_EQ(
      js::dump(list(presence, Instant{10})),
      R"([{"host":"Phone","ip":"203.0.113.10","version":"1","platform":"ios","deviceFamily":"iPhone",)"
      R"("modelIdentifier":"iPhone17,1","mode":"node","deviceId":"d","roles":["node"],)"
      R"("scopes":["operator.read"],"instanceId":"d","reason":"connect","ts":10,)"
      R"("text":"Node: Phone · mode node"}])");
}

TEST(Presence, KeysAreTrimmedAndLowerCasedAndRolesAndScopesOnlyGrow) {  // G-52
  Presence presence;
  upsert(presence, " D ", phone(), Instant{10});
  PresenceEntry entry = phone();
  entry.roles = {"operator", " node "};
  entry.scopes = {"operator.read"};
  upsert(presence, "d", entry, Instant{20});
  ASSERT_EQ(presence.entries.size(), 1u);
  const PresenceEntry& kept = presence.entries.at("d");
  EXPECT_EQ(kept.roles, (std::vector<std::string>{"node", "operator"}));
  EXPECT_EQ(kept.scopes, (std::vector<std::string>{"operator.read"}));
  EXPECT_EQ(kept.ts, Instant{20});
}

TEST(Presence, ExpiresFiveMinutesAfterTheLastUpdate) {  // G-52
  Presence presence;
  upsert(presence, "d", phone(), Instant{1'000});
  EXPECT_EQ(list(presence, Instant{301'000}).array().size(), 1u);
  EXPECT_EQ(list(presence, Instant{301'001}).array().size(), 0u);
  mark_disconnected(presence, "d", Instant{301'000});
  EXPECT_EQ(list(presence, Instant{301'001}).array().size(), 1u);
}

TEST(Presence, IsNewestFirstAndKeepsAtMostTwoHundred) {  // G-52
  Presence presence;
  for (int i = 0; i < 201; ++i) {
    PresenceEntry entry = phone();
    entry.host = fmt::format("host {}", i);
    upsert(presence, fmt::format("key {}", i), entry, Instant{1'000 + i});
  }
  EXPECT_EQ(presence.entries.size(), 200u);
  EXPECT_FALSE(presence.entries.contains("key 0"));
  const js::Value shown = list(presence, Instant{2'000});
  EXPECT_EQ(*js::string_member(shown.array().front(), "host"), "host 200");
  EXPECT_EQ(*js::string_member(shown.array().back(), "host"), "host 1");
}

TEST(Presence, SaysThatASessionHasGone) {  // G-52, W-57
  Presence presence;
  upsert(presence, "d", phone(), Instant{10});
  mark_disconnected(presence, "D", Instant{20});
  EXPECT_EQ(presence.entries.at("d").reason, "disconnect");
  EXPECT_EQ(presence.entries.at("d").host, "Phone");
  EXPECT_EQ(presence.entries.at("d").ts, Instant{20});
}

}  // namespace
