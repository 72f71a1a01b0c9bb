// Reading vectors: what is accepted, and how what is not is named.
#include "sim/driver/vector.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "sim/driver/conform.hpp"
#include "sim/driver/vector_file.hpp"

namespace sim {
namespace {

namespace js = model::js;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

std::string line_with(const std::string& steps, const std::string& config = R"({"auth":{}})") {
  return R"({"id":"made/up","revision":"2026.3.31","tags":["hand"],"config":)" + config +
         R"(,"devices":["D0"],"steps":)" + steps + "}";
}

model::Result<Vector> read(const std::string& line, const VectorLimits& limits = {}) {
  const auto value = js::parse(line);
  EXPECT_TRUE(value) << line;
  return read_vector(*value, {}, limits);
}

std::string mistake_in(const std::string& line, const VectorLimits& limits = {}) {
  const auto vector = read(line, limits);
  return vector ? "accepted" : vector.error().message;
}

TEST(VectorReader, ReadsAStoryWithoutObservations) {
  const auto vector = read(line_with(R"([{"do":"issue_bootstrap","as":"B0","profile":null},
      {"do":"advance","ms":5}])"));
  ASSERT_TRUE(vector) << vector.error().message;
  EXPECT_EQ(vector->id, "made/up");
  EXPECT_THAT(vector->kinds, ElementsAre("issue_bootstrap", "advance"));
  EXPECT_EQ(std::get<LetTimePass>(vector->steps[1]).span.count, 5);
  EXPECT_FALSE(vector->observed);
  EXPECT_FALSE(vector->stores);
}

TEST(VectorReader, FillsInWhatAConnectStepLeavesOut) {
  const auto vector = read(line_with(R"([{"do":"connect","conn":"c","device":"D0","client":{}}])"));
  ASSERT_TRUE(vector) << vector.error().message;
  const auto& connect = std::get<ConnectRequest>(vector->steps[0]);
  EXPECT_EQ(connect.whence.from, "local");
  EXPECT_EQ(connect.proof.version, "v3");
  EXPECT_EQ(connect.proof.token, "none");
  EXPECT_EQ(connect.protocol_min.integer(), 3);
  EXPECT_FALSE(connect.role);
}

TEST(VectorReader, ResolvesTheSecretsOfTheConfiguration) {
  const auto vector = read(line_with(
      "[]",
      R"({"auth":{"mode":"password","password":"$PASSWORD"},"rateLimit":{"maxAttempts":3}})"));
  ASSERT_TRUE(vector) << vector.error().message;
  EXPECT_EQ(vector->config.auth.password, "shared-secret-password");
  ASSERT_TRUE(vector->config.auth.rate_limit);
  EXPECT_EQ(vector->config.auth.rate_limit->max_attempts, 3);
  EXPECT_TRUE(vector->config.auth.rate_limit->exempt_loopback);
}

TEST(VectorReader, NamesStepFieldAndNearestKnownName) {
  EXPECT_EQ(mistake_in(line_with(R"([{"do":"advance","ms":1},{"do":"conect"}])")),
            "step 1 (conect): unknown step 'conect', did you mean 'connect'?");
  EXPECT_EQ(mistake_in(line_with(R"([{"do":"advance","ms":1,"mss":2}])")),
            "step 0 (advance): unknown field 'mss', did you mean 'ms'?");
  EXPECT_EQ(mistake_in(line_with(R"([{"do":"advance"}])")), "step 0 (advance): 'ms' is missing");
  EXPECT_EQ(mistake_in(line_with(R"([{"do":"advance","ms":1.5}])")),
            "step 0 (advance): 'ms' must be a whole number from 0 to 100000000000, not 1.5");
  EXPECT_EQ(mistake_in(line_with(R"([{"do":"seed_store","store":"devices.pared","value":{}}])")),
            "step 0 (seed_store): unknown store 'devices.pared', did you mean 'devices.paired'?");
  EXPECT_EQ(mistake_in(line_with("[]", R"({"auth":{"mode":"tokens"}})")),
            "config, auth: unknown mode 'tokens': token, password, none or trusted-proxy");
  EXPECT_EQ(mistake_in("[]"), "vector: expected an object, found an array");
  EXPECT_EQ(mistake_in(R"({"id":5})"), "vector: 'id' must be a string, not a number");
}

TEST(VectorReader, RefusesUnknownWordsOfAProof) {
  const auto with_sign = [](const std::string& sign) {
    return mistake_in(line_with(
        R"([{"do":"connect","conn":"c","device":"D0","from":"local","client":{},"sign":)" + sign +
        "}]"));
  };
  EXPECT_EQ(with_sign(R"({"nonce":"of:c1","id":"device:D1","publicKey":"pem"})"), "accepted");
  EXPECT_THAT(with_sign(R"({"nonce":"blanc"})"), HasSubstr("did you mean 'blank'?"));
  EXPECT_THAT(with_sign(R"({"token":"secret"})"), HasSubstr("unknown token 'secret'"));
  EXPECT_THAT(with_sign(R"({"signature":"pem"})"), HasSubstr("unknown signature 'pem'"));
}

TEST(VectorReader, TakesExactlyOneFormOfARawFrame) {
  const auto with = [](const std::string& fields) {
    return mistake_in(line_with(R"([{"do":"raw_frame","conn":"c","from":"local")" + fields + "}]"));
  };
  EXPECT_EQ(with(R"(,"text":"")"), "accepted");
  EXPECT_EQ(with(R"(,"base64":"Iv8i","binary":true)"), "accepted");
  EXPECT_THAT(with(""), HasSubstr("exactly one of text, base64, repeat"));
  EXPECT_THAT(with(R"(,"text":"a","base64":"Iv8i")"), HasSubstr("exactly one of"));
}

TEST(VectorReader, BuildsUpARepeatedFrameWithinItsLimit) {
  const std::string line = line_with(
      R"([{"do":"raw_frame","conn":"c","repeat":{"prefix":"<","unit":"ab","count":3,"suffix":">"}}])");
  const auto vector = read(line, {.frame_bytes_max = 6});
  ASSERT_TRUE(vector) << vector.error().message;
  EXPECT_EQ(std::get<RawFrame>(vector->steps[0]).bytes, "<ababab>");
  EXPECT_THAT(mistake_in(line, {.frame_bytes_max = 5}), HasSubstr("more than 5 bytes"));
}

TEST(VectorReader, CountsStepsAndObservations) {
  EXPECT_THAT(mistake_in(line_with(R"([{"do":"restart_gateway"},{"do":"restart_gateway"}])"),
                         {.steps_max = 1}),
              HasSubstr("2 steps, at most 1"));
  EXPECT_THAT(mistake_in(R"({"id":"x","revision":"r","tags":[],"config":{},"devices":[],
                            "steps":[],"observed":[{}]})"),
              HasSubstr("0 steps but 1 observations"));
}

TEST(VectorFile, NamesLinesThatAreNotJsonAndGoesOn) {
  std::istringstream input("{\"a\":1}\n\nhello\n\xff\n{\"b\":2}");
  VectorFile file(input);
  const auto first = file.next();
  ASSERT_TRUE(first && first->value);
  EXPECT_EQ(first->number, 1u);
  const auto second = file.next();
  ASSERT_TRUE(second);
  EXPECT_EQ(second->number, 3u);
  ASSERT_FALSE(second->value);
  EXPECT_THAT(second->value.error().message, HasSubstr("not JSON: 1:1"));
  const auto third = file.next();
  ASSERT_TRUE(third && !third->value);
  EXPECT_EQ(third->value.error().message, "not UTF-8");
  const auto last = file.next();
  ASSERT_TRUE(last && last->value);
  EXPECT_EQ(last->number, 5u);
  EXPECT_FALSE(file.next());
}

TEST(VectorFile, SkipsALineBeyondTheLimit) {
  std::istringstream input("[1,2]\n[1]\n");
  VectorFile file(input, {.line_bytes_max = 4});
  const auto first = file.next();
  ASSERT_TRUE(first && !first->value);
  EXPECT_EQ(first->value.error().message, "a line of more than 4 bytes");
  const auto second = file.next();
  ASSERT_TRUE(second && second->value);
  EXPECT_FALSE(file.next());
}

TEST(Whence, BecomesTheHeadersOfSectionTwo) {
  EXPECT_THAT(request_context({.from = "local"}).headers,
              ElementsAre(Pair("Host", "127.0.0.1:18789")));
  EXPECT_THAT(request_context({.from = "local-name"}).headers,
              ElementsAre(Pair("Host", "gateway.example:18789")));
  EXPECT_THAT(
      request_context({.from = "remote"}).headers,
      ElementsAre(Pair("Host", "gateway.example:18789"), Pair("X-Forwarded-For", "203.0.113.10")));
  EXPECT_THAT(
      request_context({.from = "remote:10.0.0.1, unknown", .origin = "https://ui.example"}).headers,
      ElementsAre(Pair("Host", "gateway.example:18789"),
                  Pair("X-Forwarded-For", "10.0.0.1, unknown"),
                  Pair("Origin", "https://ui.example")));
}

TEST(Whence, LetsHeadersAddOrReplaceWhateverTheirCase) {
  const auto context =
      request_context({.from = "local", .headers = {{"host", "other"}, {"X-User", "alice"}}});
  EXPECT_THAT(context.headers, ElementsAre(Pair("Host", "other"), Pair("X-User", "alice")));
  EXPECT_EQ(context.peer_address, "127.0.0.1");
}

}  // namespace
}  // namespace sim
