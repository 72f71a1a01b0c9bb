// docs/protocol/wire.md sections 9 and 13.
#include "model/wire/hello.hpp"

#include <gtest/gtest.h>

#include <set>

namespace model::wire {
namespace {

TEST(Hello, HasItsMembersInOrder) {
  Snapshot snapshot;
  snapshot.state_version = {.presence = 3, .health = 1};
  snapshot.uptime_ms = 42;
  snapshot.config_path = "/c";
  snapshot.state_dir = "/s";
  snapshot.auth_mode = AuthMode::trusted_proxy;
  Hello hello{.server_version = "2026.3.31", .connection_id = "id", .snapshot = to_json(snapshot)};
  js::Value json = to_json(hello);
  json.edit_object().set("features", nullptr);  // long, and looked at below
  EXPECT_EQ(
      js::dump(json),
      R"({"type":"hello-ok","protocol":3,"server":{"version":"2026.3.31","connId":"id"},"features":null,)"
      R"("snapshot":{"presence":[],"health":{},"stateVersion":{"presence":3,"health":1},"uptimeMs":42,)"
      R"("configPath":"/c","stateDir":"/s","sessionDefaults":{"defaultAgentId":"main","mainKey":"main",)"
      R"("mainSessionKey":"agent:main:main","scope":"per-sender"},"authMode":"trusted-proxy"},)"
      R"("policy":{"maxPayload":26214400,"maxBufferedBytes":52428800,"tickIntervalMs":30000}})");
}

TEST(Hello, CarriesTokenAndCanvasWhereThereAreSome) {
  Hello hello{
      .canvas_host_url = "http://h/__openclaw__/cap/x",
      .auth = IssuedToken{.device_token = "D", .role = "node", .scopes = {}, .issued_at_ms = 9}};
  const js::Value json = to_json(hello);
  std::vector<std::string> names;
  for (const js::Member& member : json.object()) names.push_back(member.name);
  EXPECT_EQ(names, (std::vector<std::string>{"type", "protocol", "server", "features", "snapshot",
                                             "canvasHostUrl", "auth", "policy"}));
  EXPECT_EQ(js::dump(*js::member(json, "auth")),
            R"({"deviceToken":"D","role":"node","scopes":[],"issuedAtMs":9})");
}

TEST(Hello, TellsOfAnUpdateIfKnown) {
  Snapshot snapshot;
  snapshot.update_available = UpdateAvailable{"1", "2", "stable"};
  EXPECT_EQ(js::dump(*js::member(to_json(snapshot), "updateAvailable")),
            R"({"currentVersion":"1","latestVersion":"2","channel":"stable"})");
}

TEST(Hello, AdvertisesMethodsAndEvents) {  // section 13
  const auto methods = method_names();
  EXPECT_EQ(methods.size(), 111u);
  EXPECT_EQ(methods.front(), "health");
  EXPECT_EQ(methods.back(), "chat.send");
  EXPECT_EQ(std::set<std::string_view>(methods.begin(), methods.end()).size(), methods.size());
  const js::Value json = to_json(Hello{});
  const js::Value* features = js::member(json, "features");
  EXPECT_EQ(js::array_member(*features, "methods")->size(), 111u);
  EXPECT_EQ(js::array_member(*features, "events")->size(), 24u);
}

}  // namespace
}  // namespace model::wire
