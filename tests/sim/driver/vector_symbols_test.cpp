// References in inputs, and names in outputs (tests/vectors/README.md sections 2 and 8).
#include "sim/driver/vector_symbols.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/driver/json_map.hpp"

namespace sim {
namespace {

namespace js = model::js;

constexpr model::Instant kStart{1'795'000'000'000};
const std::string kToken = "seeded-device-token-0123456789abcdefghijkl_";
const std::string kOtherToken = "another-device-token-0123456789abcdefghijkl";
const std::string kRequest = "9ed8b3a0-0000-4000-8000-000000000001";

VectorSymbols symbols() { return VectorSymbols({"D0", "OP"}, VectorSecrets{}, kStart); }

js::Value json(const std::string& text) {
  auto value = js::parse(text);
  EXPECT_TRUE(value) << text;
  return value ? *value : js::Value();
}

TEST(VectorSymbols, KnowTheDevicesOfTheTable) {
  const VectorSymbols story = symbols();
  EXPECT_EQ(story.resolve("$D0"),
            "b3a8fb8347a700aabff4f0827f951dd165c1dbcc665929365886cb9bb2be0fa8");
  EXPECT_EQ(story.resolve("$D0.pub"), "rwLMYHfNdDqBMrkyQO0gMKEZ1rw_pDf41cM20ok8C3I");
  EXPECT_EQ(story.resolve("$OP"),
            "042e51b43692e2ee1cbcc2c4ce5aa076a590c616379f5b77fb5d296530fa3dfc");
  EXPECT_EQ(story.resolve("$D7"), std::nullopt);
}

TEST(VectorSymbols, KnowTheSecrets) {
  EXPECT_EQ(symbols().resolve("$SHARED"), "shared-secret-token");
  EXPECT_EQ(symbols().resolve("$PASSWORD"), "shared-secret-password");
  EXPECT_EQ(symbols().resolve("$WRONG"), "wrong-secret");
  EXPECT_EQ(symbols().resolve("SHARED"), std::nullopt);
}

TEST(VectorSymbols, SendAReferenceWithoutAValueVerbatim) {
  const js::Value sent =
      symbols().resolve_values(json(R"({"deviceToken":"$D0.node","x":["$B0"]})"));
  EXPECT_EQ(js::dump(sent), R"({"deviceToken":"$D0.node","x":["$B0"]})");
}

TEST(VectorSymbols, KeepDistinctTokensInTheOrderOfTheirArrival) {
  VectorSymbols story = symbols();
  story.learn_token("D0", "node", kToken);
  story.learn_token("D0", "node", kOtherToken);
  story.learn_token("D0", "node", kToken);  // again: neither listed twice nor the latest
  EXPECT_EQ(story.resolve("$D0.node"), kOtherToken);
  EXPECT_EQ(story.resolve("$D0.node.1"), kToken);
  EXPECT_EQ(story.resolve("$D0.node.2"), kOtherToken);
  EXPECT_EQ(story.resolve("$D0.node.3"), std::nullopt);
  EXPECT_EQ(story.resolve("$D0.operator"), std::nullopt);
}

TEST(VectorSymbols, TellDeviceTokenReferencesFromOthers) {
  const VectorSymbols story = symbols();
  EXPECT_TRUE(story.device_token("$D0.node"));
  EXPECT_TRUE(story.device_token("$D0.operator.2"));
  EXPECT_FALSE(story.device_token("$D0.pub"));
  EXPECT_FALSE(story.device_token("$D0"));
  EXPECT_FALSE(story.device_token("$D7.node"));
  EXPECT_FALSE(story.device_token("$B0"));
  EXPECT_FALSE(story.device_token("$req:D0"));
}

TEST(VectorSymbols, RememberTheRequestShownLast) {
  VectorSymbols story = symbols();
  story.learn_request("D0", "one");
  story.learn_request("D0", "two");
  story.learn_node_request("D0", "three");
  story.learn_node_token("D0", "four");
  EXPECT_EQ(story.resolve("$req:D0"), "two");
  EXPECT_EQ(story.resolve("$nodereq:D0"), "three");
  EXPECT_EQ(story.resolve("$nodetoken:D0"), "four");
  EXPECT_EQ(story.resolve("$req:OP"), std::nullopt);
}

TEST(VectorSymbols, ReplaceKeysAndInstantsOfASeedToo) {
  const js::Value seed = symbols().resolve_seed(
      json(R"({"$D0":{"deviceId":"$D0","createdAtMs":"@-500","ts":"@0","note":"@x"}})"));
  EXPECT_EQ(js::dump(seed),
            R"({"b3a8fb8347a700aabff4f0827f951dd165c1dbcc665929365886cb9bb2be0fa8":)"
            R"({"deviceId":"b3a8fb8347a700aabff4f0827f951dd165c1dbcc665929365886cb9bb2be0fa8",)"
            R"("createdAtMs":1794999999500,"ts":1795000000000,"note":"@x"}})");
}

TEST(VectorSymbols, NameWhatTheModelAnswered) {
  VectorSymbols story = symbols();
  story.learn_bootstrap("B0", "bootstrap-token-0123456789abcdefghijklmnopq");
  js::Value answer{js::Object{{"deviceId", *story.resolve("$D0")},
                              {"publicKey", *story.resolve("$D0.pub")},
                              {"std", "rwLMYHfNdDqBMrkyQO0gMKEZ1rw/pDf41cM20ok8C3I="},
                              {"token", kToken},
                              {"again", kToken},
                              {"other", kOtherToken},
                              {"requestId", kRequest},
                              {"bootstrap", "bootstrap-token-0123456789abcdefghijklmnopq"},
                              {"short", "seeded-operator-token"},
                              {"ts", kStart.ms - 9000},
                              {"count", 26'214'400}}};
  EXPECT_EQ(js::dump(story.name_outputs(answer)),
            R"({"deviceId":"$D0","publicKey":"$D0.pub","std":"$D0.pub:std","token":"$T1",)"
            R"("again":"$T1","other":"$T2","requestId":"$R1","bootstrap":"$B0",)"
            R"("short":"seeded-operator-token","ts":-9000,"count":26214400})");
  EXPECT_EQ(js::dump(story.name_outputs(json("[\"" + kOtherToken + "\"]"))), R"(["$T2"])");
}

TEST(JsonMap, CostsNoStackWhateverTheDepth) {
  js::Value deep = "leaf";
  for (int i = 0; i < 200'000; ++i) deep = js::Array{deep};
  const js::Value mapped =
      map_json(deep, {.text = [](const std::string& text) { return js::Value(text + "!"); }});
  const js::Value* inner = &mapped;
  while (inner->is_array()) inner = &inner->array()[0];
  EXPECT_EQ(inner->string(), "leaf!");
}

}  // namespace
}  // namespace sim
