// The house rules, read from the sources themselves (docs in CONTRIBUTING.md).

#include <gtest/gtest.h>

#include <iostream>
#include <sstream>

#include "tests/house/determinism.hpp"
#include "tests/house/globals.hpp"
#include "tests/house/layers.hpp"
#include "tests/house/pages.hpp"

namespace tests::house {
namespace {

std::string lines(const Complaints& complaints) {
  std::ostringstream text;
  for (const Complaint& complaint : complaints) text << "\n" << complaint;
  return text.str();
}

template <class Check>
Complaints over_sources(Check check) {
  Complaints all;
  for (const Source& source : repository()) {
    if (!is_cpp(source)) continue;
    const Complaints some = check(source);
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

TEST(House, IsWhereTheTestsLook) {
  ASSERT_GT(repository().size(), 20U);
  const auto has = [](std::string_view path) {
    for (const Source& source : repository()) {
      if (source.path == path) return !source.text.empty();
    }
    return false;
  };
  EXPECT_TRUE(has("CMakeLists.txt"));
  EXPECT_TRUE(has("model/base/hash.cpp"));
  EXPECT_TRUE(has("tests/house/house_test.cpp"));
  EXPECT_TRUE(has(".ci/run"));
}

TEST(House, DependenciesPointOneWay) {
  const Complaints complaints = over_sources(check_layers);
  EXPECT_TRUE(complaints.empty()) << lines(complaints);
}

TEST(House, NothingInAWorldDiffersBetweenRuns) {
  const Complaints complaints = over_sources(check_determinism);
  EXPECT_TRUE(complaints.empty()) << lines(complaints);
}

TEST(House, NoVariableOutlivesACallAndChanges) {
  const Complaints complaints = over_sources(check_globals);
  EXPECT_TRUE(complaints.empty()) << lines(complaints);
}

TEST(House, BuildsOnAStrangersMachine) {
  Complaints complaints;
  for (const Source& source : repository()) {
    const Complaints some = check_places(source);
    complaints.insert(complaints.end(), some.begin(), some.end());
  }
  EXPECT_TRUE(complaints.empty()) << lines(complaints);
}

TEST(House, EveryFileIsOnAList) {
  const Complaints complaints = check_lists(repository());
  EXPECT_TRUE(complaints.empty()) << lines(complaints);
}

TEST(House, FilesCanBeReadAtASitting) {  // tells, does not fail
  const Complaints found = long_files(repository(), 400);
  if (!found.empty()) std::cout << "files over 400 lines:" << lines(found) << "\n";
}

}  // namespace
}  // namespace tests::house
