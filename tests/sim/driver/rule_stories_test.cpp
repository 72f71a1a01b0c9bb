// Rules of the specification told as stories in the form of the vectors: each shows both sides of
// its rule on the wire or in the files.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "model/policy/policy.hpp"
#include "sim/driver/conform.hpp"

namespace sim {
namespace {

namespace js = model::js;
using testing::HasSubstr;

constexpr const char* kOld = "2026.3.28";
constexpr const char* kNew = "2026.3.31";

/// A story that has been played.
class Told {
 public:
  /// Steps as JSON, written with ' for ".
  Told(const char* revision, const std::string& steps,
       const std::string& config = "{'auth':{'mode':'token','token':'$SHARED'}}") {
    std::string line = fmt::format(
        "{{'id':'made','revision':'{}','tags':[],'config':{},'devices':['D0','D1','OP'],"
        "'steps':[{}]}}",
        revision, config, steps);
    std::replace(line.begin(), line.end(), '\'', '"');
    const auto value = js::parse(line);
    EXPECT_TRUE(value) << line;
    const auto vector = read_vector(value ? *value : js::Value());
    EXPECT_TRUE(vector) << vector.error().message;
    if (!vector) return;
    auto played = replay(*vector, model::policy::preset(revision)->policy);
    EXPECT_TRUE(played) << played.error().message;
    if (played) replay_ = *played;
  }

  [[nodiscard]] js::Value at(std::size_t step, std::string_view path) const {
    return inside(replay_.observed.array().at(step), path);
  }
  [[nodiscard]] js::Value store(std::string_view path) const {
    return inside(replay_.stores, path);
  }

  /// "ok", the message of a refusal, "nothing" or "not sent".
  [[nodiscard]] std::string answer(std::size_t step) const {
    const js::Value& entry = replay_.observed.array().at(step);
    const js::Value* response = js::member(entry, "response");
    if (response == nullptr) return "not sent";
    if (response->is_null()) return "nothing";
    if (js::member(*response, "ok")->boolean()) return "ok";
    return *js::string_member(*js::member(*response, "error"), "message");
  }
  /// "1008 reason", or "" if the connection stayed open.
  [[nodiscard]] std::string close(std::size_t step) const {
    const js::Value close = at(step, "close");
    if (close.is_null()) return "";
    return fmt::format("{} {}", js::member(close, "code")->integer(),
                       *js::string_member(close, "reason"));
  }

 private:
  /// "response/error/details"; null where there is nothing.
  static js::Value inside(const js::Value& value, std::string_view path) {
    const js::Value* part = &value;
    while (part != nullptr && !path.empty()) {
      const std::size_t slash = path.find('/');
      const std::string_view name = path.substr(0, slash);
      path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
      if (part->is_array()) {
        const std::size_t index = static_cast<std::size_t>(name[0] - '0');
        part = index < part->array().size() ? &part->array()[index] : nullptr;
      } else {
        part = js::member(*part, name);
      }
    }
    return part == nullptr ? js::Value() : *part;
  }

  Replay replay_;
};

const std::string kIssue = "{'do':'issue_bootstrap','as':'B0','profile':null}";
const std::string kPhone =
    "'client':{'id':'openclaw-ios','mode':'node','platform':'iOS 18','version':'1'}";
const std::string kTool = "'client':{'id':'cli','mode':'cli','platform':'linux','version':'1'}";
const std::string kByBootstrap =
    "'auth':{'bootstrapToken':'$B0'},'sign':{'token':'bootstrapToken'}";
const std::string kByShared = "'auth':{'token':'$SHARED'},'sign':{'token':'token'}";

/// A connect step; `rest` replaces nothing and ends the object.
std::string connect(const std::string& conn, const std::string& device, const std::string& role,
                    const std::string& scopes, const std::string& rest) {
  return fmt::format("{{'do':'connect','conn':'{}','device':'{}','role':'{}','scopes':{},{}}}",
                     conn, device, role, scopes, rest);
}
std::string phone(const std::string& conn, const std::string& device = "D0") {
  return connect(conn, device, "node", "[]", "'from':'remote'," + kPhone + "," + kByBootstrap);
}
std::string admin() {
  return connect("op", "OP", "operator", "['operator.admin','operator.pairing']",
                 "'from':'local'," + kTool + "," + kByShared);
}
std::string raw(const std::string& text) {
  return "{'do':'raw_frame','conn':'c','from':'local','text':'" + text + "'}";
}
std::string repeated(const std::string& conn, std::size_t bytes) {
  const std::string prefix = "xxxxxxxxxx";  // no JSON: what is not refused by its size is by this
  return fmt::format(
      "{{'do':'raw_frame','conn':'{}','from':'local',"
      "'repeat':{{'prefix':'{}','unit':'a','count':{}}}}}",
      conn, prefix, bytes - prefix.size());
}

TEST(MessageSize, IsLimitedTo65536BytesBeforeTheHandshake) {  // W-15, W-16
  EXPECT_EQ(Told(kNew, repeated("c", 65'536)).close(0), "1000 ");
  EXPECT_EQ(Told(kNew, repeated("c", 65'537)).close(0), "1009 ");
}

TEST(MessageSize, IsLimitedTo25MebibytesAfterwards) {  // W-17
  const Told story(kNew,
                   admin() + "," + repeated("op", 26'214'400) + "," + repeated("op", 26'214'401));
  EXPECT_EQ(story.close(1), "");
  EXPECT_EQ(story.close(2), "1009 ");
}

TEST(PreauthBudget, RefusesTheSocketBeyondItAndFreesOneAtATime) {  // W-9, W-10
  const std::string config =
      "{'auth':{'mode':'token','token':'$SHARED'},'maxPreauthConnectionsPerIp':2}";
  const auto open = [](const char* conn) {
    return fmt::format("{{'do':'open','conn':'{}','from':'local'}}", conn);
  };
  const Told story(kNew,
                   open("a") + "," + open("b") + "," + open("c") +
                       ",{'do':'disconnect','conn':'a'}," + open("d") + "," + open("e"),
                   config);
  EXPECT_TRUE(story.at(1, "opened").boolean());
  EXPECT_FALSE(story.at(2, "opened").boolean());
  EXPECT_EQ(story.at(2, "httpStatus").integer(), 503);
  EXPECT_TRUE(story.at(4, "opened").boolean());
  EXPECT_FALSE(story.at(5, "opened").boolean());
}

TEST(HandshakeTimer, RunsFromTheOpeningOfTheSocket) {  // W-13, W-20, W-21
  const std::string open = "{'do':'open','conn':'c','from':'local'},";
  const Told early(kNew, open + "{'do':'advance','ms':9979}," + raw("{}"));
  EXPECT_EQ(early.close(2), "1008 invalid request frame");
  const Told late(kNew, open + "{'do':'advance','ms':9990}");
  EXPECT_EQ(late.at(1, "closed/0/code").integer(), 1000);
  EXPECT_EQ(late.at(1, "closed/0/reason").string(), "");
}

TEST(Nonce, BelongsToItsSocketAlone) {  // W-11, W-12, K-27
  const std::string rest = "'from':'local'," + kTool + ",'auth':{'token':'$SHARED'},";
  const Told story(
      kNew,
      "{'do':'open','conn':'a','from':'local'}," +
          connect("b", "D0", "operator", "[]", rest + "'sign':{'token':'token','nonce':'of:a'}") +
          "," + connect("a", "D0", "operator", "[]", rest + "'sign':{'token':'token'}"));
  EXPECT_EQ(story.answer(1), "device nonce mismatch");
  EXPECT_EQ(story.answer(2), "ok");
}

TEST(FirstMessage, ThatIsNoRequestFrameGetsNoAnswer) {  // W-35
  for (const char* text : {"{}", "[]", "null", "{\\'type\\':\\'req\\'}"}) {
    const Told story(kNew, raw(text));
    EXPECT_EQ(story.answer(0), "nothing") << text;
    EXPECT_EQ(story.close(0), "1008 invalid request frame") << text;
  }
}

TEST(FirstMessage, MustBeAConnect) {  // W-36
  const Told story(kNew, raw("{\\'type\\':\\'req\\',\\'id\\':\\'x\\',\\'method\\':\\'health\\'}"));
  EXPECT_EQ(story.answer(0), "invalid handshake: first request must be connect");
  EXPECT_EQ(story.close(0), "1008 invalid handshake: first request must be connect");
}

std::string connect_text(const std::string& params) {
  return raw("{\\'type\\':\\'req\\',\\'id\\':\\'x\\',\\'method\\':\\'connect\\',\\'params\\':" +
             params + "}");
}

TEST(ValidationText, NamesAnUnknownClientTwiceAndANonStringThrice) {  // W-28
  const std::string head = "{\\'minProtocol\\':3,\\'maxProtocol\\':3,\\'client\\':{\\'id\\':";
  const std::string tail = ",\\'version\\':\\'1\\',\\'platform\\':\\'x\\',\\'mode\\':\\'cli\\'}}";
  EXPECT_EQ(Told(kNew, connect_text(head + "\\'nope\\'" + tail)).answer(0),
            "invalid connect params: at /client/id: must be equal to constant; at /client/id: must "
            "match a schema in anyOf");
  EXPECT_EQ(
      Told(kNew, connect_text(head + "5" + tail)).answer(0),
      "invalid connect params: at /client/id: must be string; at /client/id: must be equal to "
      "constant; at /client/id: must match a schema in anyOf");
}

TEST(ValidationText, EscapesPointers) {  // W-30
  EXPECT_THAT(Told(kNew, connect_text("{\\'permissions\\':{\\'x/y~z\\':1}}")).answer(0),
              HasSubstr("at /permissions/x~1y~0z: must be boolean"));
}

TEST(AFragmentedMessage, CountsAsAWhole) {  // W-5
  const std::string text = "{'do':'raw_frame','conn':'c','from':'local','text':'{}'";
  EXPECT_EQ(Told(kNew, text + "}").close(0), Told(kNew, text + ",'fragments':2}").close(0));
}

TEST(RawScopes, AreNotEmptyWhenTheyHoldABlank) {  // G-7, G-33
  const std::string rest = "'from':'remote'," + kPhone + "," + kByBootstrap;
  EXPECT_EQ(Told(kNew, kIssue + "," + connect("c", "D0", "node", "[]", rest)).answer(1), "ok");
  EXPECT_EQ(Told(kNew, kIssue + "," + connect("c", "D0", "node", "[' ']", rest)).answer(1),
            "pairing required");
}

TEST(ClientKinds, DecideTheHintOfARefusal) {  // G-8, G-20
  const auto refused = [](const std::string& client) {
    return Told(kNew,
                "{'do':'connect','conn':'c','device':null,'from':'local','role':'operator',"
                "'auth':{'token':'$WRONG'},'client':{" +
                    client + ",'platform':'x','version':'1'}}");
  };
  EXPECT_EQ(refused("'id':'cli','mode':'cli'").answer(0),
            "unauthorized: gateway token mismatch (set gateway.remote.token to match "
            "gateway.auth.token)");
  EXPECT_EQ(refused("'id':'gateway-client','mode':'backend'").answer(0),
            "unauthorized: gateway token mismatch (provide gateway auth token)");
  EXPECT_EQ(refused("'id':'cli','mode':'cli'").close(0).substr(0, 18), "1008 unauthorized:");
}

TEST(ABootstrapToken, IsUsedBeforePairingIsDecided) {  // G-29g, G-27, S-8, S-9
  const std::string story =
      kIssue + "," +
      connect("c", "D0", "node", "[]", "'from':'remote'," + kPhone + "," + kByBootstrap) + "," +
      phone("d", "D1");
  // The older release has deleted it when pairing is refused, the newer one has bound it.
  const Told older(kOld, story);
  EXPECT_EQ(older.answer(1), "pairing required");
  EXPECT_THAT(older.answer(2), HasSubstr("bootstrap token invalid"));

  const Told newer(kNew, kIssue + "," +
                             connect("c", "D0", "operator", "['operator.read']",
                                     "'from':'remote'," + kPhone + "," + kByBootstrap) +
                             "," + phone("d", "D1"));
  EXPECT_EQ(newer.answer(1), "pairing required");
  EXPECT_EQ(newer.store("devices.bootstrap/$B0/deviceId").string(), "$D0");
  EXPECT_THAT(newer.answer(2), HasSubstr("bootstrap token invalid"));
}

TEST(ThePairingGate, IsSkippedForAControlUiWithoutAuthentication) {  // G-30, G-50
  const auto story = [](const char* client) {
    return Told(kNew,
                connect("c", "D0", "operator", "['operator.read']",
                        fmt::format("'from':'remote','client':{{'id':'{}','mode':'cli',"
                                    "'platform':'x','version':'1'}},'sign':{{}}",
                                    client)),
                "{'auth':{'mode':'none'}}");
  };
  // An unknown device whose gate was skipped gets a session, but no token.
  EXPECT_EQ(story("openclaw-tui").answer(0), "ok");
  EXPECT_TRUE(story("openclaw-tui").at(0, "response/payload/auth").is_null());
  EXPECT_EQ(story("cli").answer(0), "pairing required");
}

TEST(SilentApproval, DependsOnTheReleaseAndOnThePlace) {  // G-33, D-1
  EXPECT_EQ(Told(kOld, kIssue + "," + phone("c")).answer(1), "pairing required");
  EXPECT_EQ(Told(kNew, kIssue + "," + phone("c")).answer(1), "ok");
  const auto by_shared = [](const char* from) {
    return connect("c", "D0", "operator", "[]",
                   fmt::format("'from':'{}',{},{}", from, kTool, kByShared));
  };
  for (const char* revision : {kOld, kNew}) {
    EXPECT_EQ(Told(revision, by_shared("local")).answer(0), "ok");
    EXPECT_EQ(Told(revision, by_shared("remote")).answer(0), "pairing required");
  }
}

TEST(PinnedMetadata, MustBeClaimedAgain) {  // G-41
  const auto as = [](const std::string& conn, const std::string& platform) {
    return connect(conn, "D0", "operator", "[]",
                   "'from':'local','client':{'id':'cli','mode':'cli','version':'1','platform':'" +
                       platform + "'}," + kByShared);
  };
  const Told story(kNew, as("a", "Linux") + "," + as("b", " LINUX ") + "," + as("c", "macOS"));
  EXPECT_EQ(story.answer(1), "ok");
  EXPECT_EQ(story.at(2, "response/error/details/reason").string(), "metadata-upgrade");
  EXPECT_EQ(story.store("devices.paired/$D0/platform").string(), "Linux");
}

TEST(NodeCommands, ChangeTheSessionAndNotTheAnswer) {  // G-51, G-53, section 9
  const std::string node = connect(
      "c", "D0", "node", "[]",
      "'from':'local'," + kPhone + ",'commands':['camera.list','camera.snap']," + kByShared);
  for (const char* revision : {kOld, kNew}) {
    const Told story(revision, admin() + "," + node +
                                   ",{'do':'call','conn':'op','method':'node.list','params':{}}");
    EXPECT_EQ(story.answer(1), "ok");
    const js::Value commands = story.at(2, "response/payload/nodes/0/commands");
    EXPECT_EQ(js::dump(commands), revision == kOld ? R"(["camera.list"])" : "[]");
    EXPECT_TRUE(story.at(2, "response/payload/nodes/0/connected").boolean());
  }
}

TEST(ASilentApproval, IsToldBeforeTheNodeRequestOfTheSameConnect) {  // G-56
  const Told story(kNew, admin() + "," + kIssue + "," + phone("c"));
  EXPECT_EQ(story.at(2, "events/0/event").string(), "device.pair.resolved");
  EXPECT_EQ(story.at(2, "events/1/event").string(), "node.pair.requested");
  EXPECT_TRUE(story.at(2, "events/2").is_null());
}

TEST(ARestart, ForgetsLimitsAndKeepsFiles) {  // G-58
  const std::string config =
      "{'auth':{'mode':'token','token':'$SHARED'},"
      "'rateLimit':{'maxAttempts':1,'exemptLoopback':false}}";
  const std::string wrong =
      "{'do':'connect','conn':'c','device':null,'from':'local','role':'operator',"
      "'auth':{'token':'$WRONG'}," +
      kTool + "}";
  const Told story(kNew, kIssue + "," + wrong + "," + wrong + ",{'do':'restart_gateway'}," + wrong,
                   config);
  EXPECT_THAT(story.answer(1), HasSubstr("token mismatch"));
  EXPECT_THAT(story.answer(2), HasSubstr("too many failed"));
  EXPECT_THAT(story.answer(4), HasSubstr("token mismatch"));
  EXPECT_FALSE(story.store("devices.bootstrap/$B0").is_null());
}

TEST(TheSignature, CoversTheScopesOfTheRequest) {  // K-13
  const auto with = [](const std::string& sign) {
    return Told(kNew, connect("c", "D0", "operator", "['operator.read']",
                              "'from':'local'," + kTool + ",'auth':{'token':'$SHARED'},'sign':{" +
                                  sign + "}"))
        .answer(0);
  };
  EXPECT_EQ(with("'token':'token'"), "ok");
  EXPECT_EQ(with("'token':'token','scopes':[]"), "device signature invalid");
}

TEST(ASeparatorInAField, MakesTwoRequestsSignOneText) {  // K-16
  // The comma joins scopes and is not escaped: two scopes sign the text of one.
  const std::string rest = "'from':'local'," + kTool + ",'auth':{'token':'$SHARED'},";
  EXPECT_EQ(Told(kNew, connect("c", "D0", "operator", "['x','y']",
                               rest + "'sign':{'token':'token','scopes':['x,y']}"))
                .answer(0),
            "ok");
}

TEST(AKeyThatCannotVerify, IsABadSignature) {  // K-19, K-8
  EXPECT_EQ(
      Told(kNew, connect("c", "D0", "operator", "[]",
                         "'from':'local'," + kTool +
                             ",'auth':{'token':'$SHARED'},"
                             "'sign':{'token':'token','publicKey':'short','id':'of-sent-key'}"))
          .answer(0),
      "device signature invalid");
}

TEST(ASetupCode, HoldsAFreshTokenThatLivesTenMinutes) {  // K-32, K-33, S-11
  const Told story(kNew, kIssue + ",{'do':'issue_bootstrap','as':'B1','profile':null}");
  EXPECT_EQ(story.at(0, "issued/expiresAtMs").integer(), 10 + 600'000);
  EXPECT_EQ(story.at(1, "issued/token").string(), "$B1");
  EXPECT_EQ(story.store("devices.bootstrap").object().size(), 2u);
}

TEST(Hello, TellsTheTickInterval) {  // W-19
  EXPECT_EQ(Told(kNew, admin()).at(0, "response/payload/policy/tickIntervalMs").integer(), 30'000);
}

}  // namespace
}  // namespace sim
