#include "sim/trace/recording.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace sim::trace {
namespace {

using testing::HasSubstr;

const RecordingHeader kHeader{
    "x.yaml", "a story", "2026.3.31", {"bootstrap.binding=none"}, 18'446'744'073'709'551'615u};

std::string file() {
  return header_line(kHeader) +
         action_line(1, {"phone: scan", "{ by: phone, do: scan }", {0}, {}}) +
         action_line(2, {"time: +850 ms", "", {850}, {model::js::Object{{"kind", "time"}}}}) +
         footer_line("00ff", 2, {850});
}

TEST(Recording, ReadsBackWhatWasWritten) {
  const auto recording = read_recording(file());
  ASSERT_TRUE(recording) << recording.error().message;
  EXPECT_EQ(recording->header, kHeader);
  ASSERT_EQ(recording->actions.size(), 2u);
  EXPECT_EQ(recording->actions[0].step, "{ by: phone, do: scan }");
  EXPECT_EQ(recording->actions[1].key, "time: +850 ms");
  EXPECT_EQ(recording->actions[1].at, model::Millis{850});
  EXPECT_EQ(recording->actions[1].events.size(), 1u);
  EXPECT_EQ(recording->digest, "00ff");
}

TEST(Recording, ThatIsCutOffOrOfSomethingElseIsRefusedWithItsLine) {
  const auto why = [](const std::string& text) {
    const auto recording = read_recording(text);
    return recording ? std::string("none") : recording.error().message;
  };
  EXPECT_THAT(why(file().substr(0, file().rfind("{\"digest"))), HasSubstr("cut off"));
  EXPECT_THAT(why("{}\n"), HasSubstr("line 1: this is no recording"));
  EXPECT_THAT(why(header_line(kHeader) + "{\"n\":1}\n"), HasSubstr("line 2: an action has key"));
  EXPECT_THAT(why(header_line(kHeader) + "nonsense\n"), HasSubstr("line 2: "));
  EXPECT_THAT(why(file() + "{}\n"), HasSubstr("line 5: something after the digest"));
  EXPECT_THAT(why(""), HasSubstr("cut off"));
}

RC_GTEST_PROP(Recording, NeverCrashesOnAnyText, (const std::string& text)) {
  (void)read_recording(text);
}

}  // namespace
}  // namespace sim::trace
