// The scripts behind ./dev test, on results and programs made up for them: a count that cannot say
// "failed" would hide everything else.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/source_dir.hpp"

namespace tests {
namespace {

namespace fs = std::filesystem;

/// A folder of its own for each test, removed afterwards.
class Tools : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "pairlab-tools-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
  }

  /// A program that prints `text` and ends with `status`.
  void program(const std::string& name, const std::string& commands) const {
    write(name, "#!/bin/sh\n" + commands + "\n");
    fs::permissions(folder_ / name, fs::perms::owner_all);
  }

  /// What the script prints, or its status if that is not 0.
  [[nodiscard]] std::string run(const std::string& script, const std::string& arguments) const {
    return shell("'" + (source_dir() / "tests/tools" / script).string() + "' " + arguments);
  }

  [[nodiscard]] std::string shell(const std::string& text) const {
    const std::string command = "cd '" + folder_.string() + "' && " + text + " 2>errors";
    std::FILE* pipe = popen(command.c_str(), "r");
    std::string output;
    std::array<char, 256> buffer{};
    while (std::fgets(buffer.data(), buffer.size(), pipe) != nullptr) output += buffer.data();
    const int status = pclose(pipe);
    if (status != 0) return "status " + std::to_string(WEXITSTATUS(status));
    return output;
  }

  fs::path folder_;
};

constexpr const char* kOneOfEach =
    R"(<?xml version="1.0"?>
<testsuites tests="4" failures="1">
    <testcase name="A" status="run" result="completed" time="0" classname="X" />
    <testcase name="B" status="run" result="completed" time="0" classname="X">
      <failure message="first" type=""></failure>
      <failure message="second" type=""></failure>
    </testcase>
    <testcase name="C" status="run" result="skipped" time="0" classname="X">
      <skipped message="why"/>
    </testcase>
    <testcase name="D" status="notrun" result="suppressed" time="0" classname="X" />
</testsuites>)";

std::string junit(const std::string& name, const std::string& status) {
  return "<testsuite>\n\t<testcase name=\"" + name + "\" classname=\"" + name +
         "\" time=\"0.1\" status=\"" + status + "\">\n\t</testcase>\n</testsuite>\n";
}

TEST_F(Tools, CountEveryCaseOnceHoweverOftenItFails) {
  write("r/ctest.junit", junit("base", "fail"));
  write("r/base.xml", kOneOfEach);
  EXPECT_EQ(run("count_cases.sh", "r"), "1 1\n");
}

TEST_F(Tools, CountAProgramThatDiedAsAFailure) {
  write("r/ctest.junit", junit("base", "fail"));
  EXPECT_EQ(run("count_cases.sh", "r"), "0 1\n");
}

TEST_F(Tools, CountAProgramThatFailedAfterItsCasesAsAFailure) {
  write("r/ctest.junit", junit("base", "fail"));
  write("r/base.xml", R"(<testcase name="A" status="run" result="completed" />)");
  EXPECT_EQ(run("count_cases.sh", "r"), "1 1\n");
}

TEST_F(Tools, CountAProgramThatPasses) {
  write("r/ctest.junit", junit("base.0", "run"));
  write("r/base.0.xml",
        "<testcase name=\"A\" status=\"run\" result=\"completed\" />\n"
        "<testcase name=\"B\" status=\"run\" result=\"completed\" />\n");
  EXPECT_EQ(run("count_cases.sh", "r"), "2 0\n");
}

TEST_F(Tools, CountMissingResultsAsAFailure) {
  write("r/other", "");
  EXPECT_EQ(run("count_cases.sh", "r"), "0 1\n");
}

constexpr const char* kDigest = R"(echo '{"digest":"0123456789abcdef0123456789abcdef"}')";

TEST_F(Tools, FindEqualDigestsEqual) {
  write("scenarios/a.yaml", "");
  write("scenarios/b.yaml", "");
  program("one", kDigest);
  program("two", std::string(kDigest) + "; exit 1");  // an expectation failed: the digest decides
  EXPECT_EQ(run("compare_digests.sh", "3 $PWD/scenarios ./one ./two"), "2 0\n");
}

TEST_F(Tools, FindADifferentDigest) {
  write("scenarios/a.yaml", "");
  program("one", kDigest);
  program("two", R"(echo '{"digest":"0123456789abcdef0123456789abcdee"}')");
  EXPECT_EQ(run("compare_digests.sh", "1 $PWD/scenarios ./one ./two"), "0 1\n");
}

TEST_F(Tools, FindADigestThatDiffersInTheLastRepeatOnly) {
  write("scenarios/a.yaml", "");
  program("one", "echo x >>runs; [ $(wc -l <runs) -lt 5 ] && " + std::string(kDigest) +
                     " || echo '{\"digest\":\"ffff456789abcdef0123456789abcdef\"}'");
  EXPECT_EQ(run("compare_digests.sh", "4 $PWD/scenarios ./one"), "1 0\n");
  fs::remove(folder_ / "runs");
  EXPECT_EQ(run("compare_digests.sh", "5 $PWD/scenarios ./one"), "0 1\n");
}

TEST_F(Tools, FindNoDigestToBeTrouble) {
  write("scenarios/a.yaml", "");
  program("one", "echo hello");
  EXPECT_EQ(run("compare_digests.sh", "1 $PWD/scenarios ./one"), "0 1\n");
  program("one", std::string(kDigest) + "; exit 3");
  EXPECT_EQ(run("compare_digests.sh", "1 $PWD/scenarios ./one"), "0 1\n");
}

TEST_F(Tools, TolerateThatThereAreNoScenarios) {
  EXPECT_EQ(run("compare_digests.sh", "1 $PWD/scenarios ./one"), "0 0\n");
}

// --- rules ---

/// Every observable rule of the specification is cited by a test or a vector's tag.
TEST_F(Tools, FindEveryRuleCitedOrExcused) {
  EXPECT_THAT(run("rules.sh", "2>&1"), testing::EndsWith(" 0 neither\n"));
}

class Rules : public Tools {
 protected:
  void SetUp() override {
    Tools::SetUp();
    write("docs/protocol/wire.md", "| W-1 | a rule |\n**W-2 A rule.** as W-9 says\n");
    write("docs/protocol/crypto.md", "### K-1 A rule\n");
    write("docs/protocol/gateway.md", "| G-1 | a rule |\n");
    write("tests/a_test.cpp", "// W-1, K-1\n");
    write("tests/vectors/x.jsonl",
          "{\"id\":\"x\",\"tags\":[\"hand\",\"G-1-2\"],\"note\":\"W-2\"}\n");
  }
};

TEST_F(Rules, NameWhatNobodyCites) {
  EXPECT_EQ(shell("'" + (source_dir() / "tests/tools/rules.sh").string() + "' . || true"),
            "docs/protocol/wire.md:2: W-2 is cited by no test and no vector's tag\n"
            "4 rules: 3 cited, 0 excused, 1 neither\n");
  EXPECT_EQ(run("rules.sh", "."), "status 1");
}

TEST_F(Rules, AcceptAnExcuse) {
  write("tests/tools/rules_excused.txt", "W-2 cannot be seen\n");
  EXPECT_EQ(run("rules.sh", "."), "4 rules: 3 cited, 1 excused, 0 neither\n");
}

TEST_F(Rules, RefuseAnExcuseThatIsNone) {
  write("tests/tools/rules_excused.txt", "W-2 cannot be seen\nW-1 is cited\n");
  EXPECT_EQ(run("rules.sh", "."), "status 1");
  write("tests/tools/rules_excused.txt", "W-2 cannot be seen\nW-3 is not stated\n");
  EXPECT_EQ(run("rules.sh", "."), "status 1");
}

// --- completion
// ------------------------------------------------------------------------------------

TEST_F(Tools, CompleteCommandsFlagsRevisionsAndFiles) {
  write("qr.yaml", "");
  write("qr.txt", "");
  write("qr/deep.yaml", "");
  program("complete", "exec bash -c 'source " +
                          (source_dir() / "sim/cli/completion/sim.bash").string() +
                          "; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _sim; "
                          "echo \"${COMPREPLY[*]}\"' sh \"$@\"");
  EXPECT_EQ(shell("./complete sim r"), "run\n");
  EXPECT_EQ(shell("./complete sim run --rev"), "--revision\n");
  EXPECT_EQ(shell("./complete sim run --revision 2026.3.3"), "2026.3.31\n");
  EXPECT_EQ(shell("./complete sim run q"), "qr.yaml qr\n");
  EXPECT_EQ(shell("./complete sim list pol"), "policy\n");
}

}  // namespace
}  // namespace tests
