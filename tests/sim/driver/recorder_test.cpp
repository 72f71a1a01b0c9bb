// What was done prints as a recording and as a scenario; both do it again, to the digest.
#include "sim/driver/recorder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/sim/driver/telling.hpp"
#include "tests/support/source_dir.hpp"

namespace sim {
namespace {

using testing::HasSubstr;

struct Recorded {
  CellResult result;
  std::string recording, scenario;
};

Recorded record(const Scenario& scenario, const Cell& cell) {
  Recorder recorder;
  Recorded recorded;
  ScriptOptions options;
  options.on_action = [&](const Story& story, const Step& step, bool) {
    recorder.on_action(story, step);
  };
  options.on_end = [&](const Story& story, const CellResult& result) {
    recorded.recording = recorder.recording(story, result);
    recorded.scenario = recorder.scenario(story, result.broken);
  };
  recorded.result = play(scenario, cell, options);
  return recorded;
}

TEST(Recorder, EveryScenarioPrintsAsASchedulethatReplaysToTheSameDigest) {
  std::size_t played = 0;
  for (const auto& entry : std::filesystem::directory_iterator(tests::source_dir() / "scenarios")) {
    if (entry.path().extension() != ".yaml") continue;
    const std::string file = "scenarios/" + entry.path().filename().string();
    const auto scenario = read_scenario(tests::read_source(file), file);
    ASSERT_TRUE(scenario) << scenario.error().front().text();
    const auto cells = cells_of(*scenario, {});
    ASSERT_TRUE(cells);
    for (const Cell& cell : *cells) {
      const Recorded recorded = record(*scenario, cell);
      const auto again = read_scenario(recorded.scenario, "again.yaml");
      ASSERT_TRUE(again) << again.error().front().text() << "\n" << recorded.scenario;
      const auto same = cells_of(*again, {});
      ASSERT_TRUE(same);
      const CellResult result = play(*again, same->front());
      EXPECT_TRUE(result.passed()) << file << "\n" << tests::failures(result) << recorded.scenario;
      EXPECT_EQ(result.digest, recorded.result.digest) << file;
      ++played;
    }
  }
  EXPECT_GE(played, 3u);
}

TEST(Recorder, PrintsEveryKindOfStepSoThatItReplays) {
  const Scenario scenario = tests::read(tests::onboarded(
      "  - { by: mallory, do: photograph, what: code }\n"
      "  - { by: mallory, do: present, bootstrap: code }\n"
      "  - { by: mallory, do: send, text: 'not $$JSON', conn: other }\n"
      "  - { by: mallory, do: open, conn: other }\n"
      "  - { by: mallory, do: send, text: 'not $$JSON \"at\" all', conn: other }\n"
      "  - { do: openclaw_qr, as: second }\n"
      "  - { by: tablet, do: scan, what: second }\n"
      "  - { do: cut, of: phone, within: 5s }\n"
      "  - { do: pause, of: phone, way: down }\n"
      "  - { do: resume, of: phone }\n"
      "  - { do: half_open, of: tablet }\n"
      "  - { do: fill_disk }\n"
      "  - { do: free_disk }\n"
      "  - { do: make_unreadable, path: nodes/paired.json }\n"
      "  - { do: make_readable, path: nodes/paired.json }\n"
      "  - { do: put_file, path: nodes/pending.json, content: { '$phone': { a: [1, '$$'] } } }\n"
      "  - { do: step_clock, of: home, span: -5s }\n"
      "  - { by: ann, do: list }\n"
      "  - { by: ann, do: rotate, of: phone }\n"
      "  - { by: phone, do: switch, to: home }\n"
      "  - { by: phone, do: enter_secret, of: home }\n"
      "  - { by: phone, do: reset_onboarding }\n"
      "  - { do: cleanup }\n"
      "  - { do: kill, on: home }\n"
      "  - { do: start, within: 3s }\n"));
  const auto cells = cells_of(scenario, {});
  Scenario without = scenario;
  // A step that cannot be done ends a story: this one has no such connection.
  std::erase_if(without.steps, [](const Item& step) {
    return step.form->name == "send" && step.text("text") == "not $$JSON";
  });
  const Recorded recorded = record(without, cells->front());
  EXPECT_TRUE(recorded.result.passed()) << tests::failures(recorded.result);
  const auto again = read_scenario(recorded.scenario, "again.yaml");
  ASSERT_TRUE(again) << again.error().front().text() << "\n" << recorded.scenario;
  const auto same = cells_of(*again, {});
  const CellResult result = play(*again, same->front());
  EXPECT_TRUE(result.passed()) << tests::failures(result);
  EXPECT_EQ(result.digest, recorded.result.digest);
}

TEST(Recorder, ARecordingReadsBack) {
  const Scenario scenario = tests::read(tests::onboarded(""));
  const auto cells = cells_of(scenario, {});
  const Recorded recorded = record(scenario, cells->front());
  const auto recording = trace::read_recording(recorded.recording);
  ASSERT_TRUE(recording) << recording.error().message;
  EXPECT_EQ(recording->digest, recorded.result.digest);
  EXPECT_EQ(recording->actions.size(), recorded.result.actions);
  EXPECT_EQ(recording->header.revision, "2026.3.31");
  EXPECT_THAT(recording->actions.front().step, HasSubstr("do: launch"));
}

}  // namespace
}  // namespace sim
