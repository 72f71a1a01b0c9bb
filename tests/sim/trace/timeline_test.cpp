#include "sim/trace/timeline.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace sim::trace {
namespace {

using model::gateway::FactKind;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr model::Instant kStart{1'795'000'000'000};

Event at(std::int64_t ms, auto what) { return {kStart + model::Millis{ms}, std::move(what)}; }

TEST(Timeline, SaysWhenWhoAndWhatInColumns) {
  Timeline timeline(kStart, 80);
  timeline.name("d1", "phone");
  timeline.add({at(850, GatewayFact{"home",
                                    {.kind = FactKind::silently_approved,
                                     .device_id = "d1",
                                     .role = "node",
                                     .token = "T0123456789"}})});
  EXPECT_EQ(timeline.text(),
            "    0.850  home        approves phone silently as node with no scopes: a fresh\n"
            "                       node with a bootstrap token\n");
}

TEST(Timeline, ShortensSecretsToFourCharacters) {
  Timeline timeline(kStart);
  timeline.add(
      {at(0, ClientNote{"phone",
                        {.kind = model::client::NoteKind::credential_stored,
                         .detail = "device_token node",
                         .secret = "abcdefghijklmnop"}}),
       at(0,
          Sent{
              "phone/1",
              true,
              {Message::Kind::text, 0,
               std::string(
                   R"({"type":"req","method":"connect","params":{"role":"node","auth":{"bootstrapToken":"qrstuvwxyz012345"}}})")}}),
       at(0, CommandAnswered{"home", {.token = "zyxwvutsrq", .text = "code: zyxwvutsrq"}})});
  const std::string text = timeline.text();
  EXPECT_THAT(text, HasSubstr("abcd…"));
  EXPECT_THAT(text, HasSubstr("shows bootstrap token qrst…"));
  EXPECT_THAT(text, Not(HasSubstr("efgh")));
  EXPECT_THAT(text, Not(HasSubstr("uvwx")));
  EXPECT_THAT(text, Not(HasSubstr("zyxwv")));
}

TEST(Timeline, TellsTheWritesOfOneTransactionInOneLine) {
  Timeline timeline(kStart);
  timeline.add({at(0, FileWritten{"home", "devices/pending.json", std::string("{}")})});
  timeline.add({at(0, FileWritten{"home", "devices/paired.json", std::string("{}")})});
  timeline.add({at(1, FileWritten{"home", "devices/bootstrap.json", std::string("{}")})});
  ASSERT_EQ(timeline.lines().size(), 2u);
  EXPECT_EQ(timeline.lines()[0].what, "writes devices/pending.json, devices/paired.json");
}

TEST(Timeline, LeavesTheWayThereOutWhenItIsBrief) {
  Timeline timeline(kStart);
  timeline.add({at(0, Did{"ann", "ann: launch"}), at(0, GatewayFact{"home",
                                                                    {.kind = FactKind::hello_sent,
                                                                     .device_id = "a",
                                                                     .role = "operator",
                                                                     .detail = "token"}})},
               Detail::brief);
  ASSERT_EQ(timeline.lines().size(), 1u);
  EXPECT_THAT(timeline.lines()[0].what, HasSubstr("hello-ok to a… as operator"));
}

TEST(Timeline, PrintsNoControlCharacterOfAPeer) {
  Timeline timeline(kStart);
  timeline.add({at(0, Sent{"m/1",
                           true,
                           {Message::Kind::text, 0,
                            std::string("{\"type\":\"req\",\"method\":\"a\\u001b[31mb\"}")}})});
  EXPECT_THAT(timeline.text(), Not(HasSubstr("\x1b")));
}

TEST(Clock, ShowsMillisecondsAndOnlyTheUnitsThatItNeeds) {
  EXPECT_EQ(clock_text({0}), "0.000");
  EXPECT_EQ(clock_text({59'999}), "59.999");
  EXPECT_EQ(clock_text({60'000}), "1:00.000");
  EXPECT_EQ(clock_text({3'600'000}), "1:00:00.000");
}

TEST(Wrap, CutsAtBlanksAndLongWordsAnywhere) {
  EXPECT_THAT(wrap("one two three", 9), ElementsAre("one two", "three"));
  EXPECT_THAT(wrap("abcdefghijkl", 8), ElementsAre("abcdefgh", "ijkl"));
  EXPECT_THAT(wrap("", 10), ElementsAre(""));
  EXPECT_THAT(wrap("………………… ……", 8), ElementsAre("…………………", "……"));
}

RC_GTEST_PROP(Wrap, KeepsEveryWordAndNeverExceedsTheWidth, ()) {
  const auto words = *rc::gen::container<std::vector<std::string>>(
      rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange('a', 'z'))));
  const auto width = *rc::gen::inRange<std::size_t>(8, 60);
  std::string text;
  std::string letters;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : " ") + word;
    letters += word;
  }
  std::string kept;
  for (const std::string& line : wrap(text, width)) {
    RC_ASSERT(line.size() <= width);
    for (const char c : line) {
      if (c != ' ') kept += c;
    }
  }
  RC_ASSERT(kept == letters);
}

}  // namespace
}  // namespace sim::trace
