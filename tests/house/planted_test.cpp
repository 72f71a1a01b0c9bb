// Each house rule on text that breaks it, beside text that looks alike and does not.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/house/determinism.hpp"
#include "tests/house/globals.hpp"
#include "tests/house/layers.hpp"
#include "tests/house/pages.hpp"

namespace tests::house {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> found(const Complaints& complaints) {
  std::vector<std::string> texts;
  for (const Complaint& complaint : complaints) {
    EXPECT_FALSE(complaint.instead.empty());
    texts.push_back(std::to_string(complaint.line) + " " + complaint.found);
  }
  return texts;
}

// --- reading
// ---------------------------------------------------------------------------------------

TEST(HouseTokens, LeaveOutCommentsAndTheContentOfText) {
  std::vector<std::string> seen;
  for (const Token& token :
       tokens("int a; // double\n/* float\n */ f(\"rand()\", '\\'', R\"x(time())\" )x\");")) {
    seen.push_back(std::to_string(token.line) + std::string(token.text));
  }
  EXPECT_THAT(seen,
              ElementsAre("1int", "1a", "1;", "3f", "3(", "3", "3,", "3", "3,", "3", "3)", "3;"));
}

TEST(HouseTokens, KeepNumbersWhole) {
  std::vector<std::string_view> seen;
  for (const Token& token : tokens("1'000 0x1Fp-3 1e+5 .5 a+1")) seen.push_back(token.text);
  EXPECT_THAT(seen, ElementsAre("1'000", "0x1Fp-3", "1e+5", ".5", "a", "+", "1"));
}

TEST(HouseTokens, SurviveTextThatNeverEnds) {
  for (const char* text : {"\"abc", "'", "/* x", "R\"x(abc", "#include <x", "\\", "1e+", "\"\\"}) {
    EXPECT_LE(tokens(text).size(), 3U) << text;
  }
}

TEST(HousePaths, LieWithinAFolderOrShareAStem) {
  EXPECT_TRUE(within("model/base/json.cpp", "model/base/json"));
  EXPECT_TRUE(within("model/base/json_writer.cpp", "model/base/json"));
  EXPECT_TRUE(within("sim/cli/main.cpp", "sim/cli"));
  EXPECT_FALSE(within("sim/client/main.cpp", "sim/cli"));
  EXPECT_FALSE(within("model/base/jsonish.cpp", "model/base/json"));
}

// --- layers
// ----------------------------------------------------------------------------------------

TEST(HouseLayers, RefuseEveryIncludeThatPointsUp) {
  const struct {
    const char* from;
    const char* to;
  } wrong[] = {
      {"model/base/a.hpp", "model/wire/b.hpp"},      {"model/base/a.hpp", "model/policy/b.hpp"},
      {"model/wire/a.hpp", "model/store/b.hpp"},     {"model/wire/a.hpp", "model/crypto/b.hpp"},
      {"model/store/a.cpp", "model/gateway/b.hpp"},  {"model/gateway/a.cpp", "model/client/b.hpp"},
      {"model/client/a.cpp", "model/gateway/b.hpp"}, {"model/base/a.hpp", "sim/world/b.hpp"},
      {"sim/world/a.cpp", "reports/b.hpp"},          {"sim/world/a.cpp", "sim/driver/b.hpp"},
      {"sim/driver/a.cpp", "sim/cli/b.hpp"},         {"reports/a.cpp", "sim/cli/b.hpp"},
      {"reports/a.cpp", "tests/support/b.hpp"},      {"fuzz/a.cpp", "reports/b.hpp"},
      {"tests/model/base/a.cpp", "sim/cli/b.hpp"},   {"model/new/a.cpp", "model/base/b.hpp"},
  };
  for (const auto& [from, to] : wrong) {
    const Source source{from, std::string("#pragma once\n#include \"") + to + "\"  // why\n"};
    EXPECT_THAT(found(check_layers(source)),
                ElementsAre(HasSubstr(std::string("2 #include \"") + to)))
        << from;
  }
}

TEST(HouseLayers, AllowWhatPointsDown) {
  const struct {
    const char* from;
    const char* to;
  } right[] = {
      {"model/wire/a.hpp", "model/base/b.hpp"},     {"model/store/a.hpp", "model/policy/b.hpp"},
      {"model/gateway/a.hpp", "model/store/b.hpp"}, {"model/client/a.hpp", "model/wire/b.hpp"},
      {"sim/world/a.hpp", "model/client/b.hpp"},    {"sim/driver/a.hpp", "sim/world/b.hpp"},
      {"sim/cli/a.cpp", "reports/b.hpp"},           {"reports/a.cpp", "sim/trace/b.hpp"},
      {"tests/sim/cli/a.cpp", "sim/cli/b.hpp"},     {"tests/sim/world/a.cpp", "sim/world/b.hpp"},
  };
  for (const auto& [from, to] : right) {
    EXPECT_THAT(check_layers({from, std::string("#include \"") + to + "\"\n#include <map>\n"}),
                IsEmpty());
  }
}

TEST(HouseLayers, WantThePathFromTheRoot) {
  EXPECT_THAT(found(check_layers({"model/base/a.cpp", "#include \"a.hpp\""})),
              ElementsAre("1 #include \"a.hpp\""));
}

TEST(HouseLayers, KeepInputAndOutputOutOfTheModel) {
  EXPECT_THAT(
      found(check_layers({"model/wire/a.cpp", "\n#include <fstream>\n#include <iostream>"})),
      ElementsAre("2 #include <fstream>", "3 #include <iostream>"));
  EXPECT_THAT(check_layers({"sim/cli/a.cpp", "#include <fstream>"}), IsEmpty());
}

TEST(HouseLayers, IgnoreIncludesInCommentsAndText) {
  EXPECT_THAT(check_layers({"model/base/a.cpp",
                            "// #include \"sim/world/b.hpp\"\n"
                            "auto x = \"#include <fstream>\";"}),
              IsEmpty());
}

// --- determinism
// -----------------------------------------------------------------------------------

TEST(HouseDeterminism, RefusesEveryWayToDiffer) {
  for (const char* bad : {
           "auto t = std::chrono::system_clock::now();",
           "auto t = std::chrono::steady_clock::now();",
           "auto t = time(nullptr);",
           "auto t = std::time(nullptr);",
           "auto t = ::time(nullptr);",
           "gettimeofday(&tv, nullptr);",
           "return clock();",
           "int r = rand();",
           "srand(1);",
           "std::random_device device;",
           "std::mt19937 generator(1);",
           "std::uniform_int_distribution<int> die(1, 6);",
           "std::ranges::shuffle; std::shuffle(a, b, g);",
           "RAND_bytes(out, 32);",
           "std::unordered_map<int, int> m;",
           "std::unordered_set<int> s;",
           "auto h = std::hash<int>{}(3);",
           "auto p = reinterpret_cast<std::uintptr_t>(x);",
           "std::map<const Node*, int> order;",
           "std::set<Node*> order;",
           "double x;",
           "float f(int);",
           "auto x = 0.5;",
           "auto x = 1e9;",
           "std::thread worker;",
           "std::atomic<int> n;",
           "auto f = std::async(g);",
           "thread_local int n = 0;",
           "const char* e = std::getenv(\"HOME\");",
           "const char* e = getenv(\"HOME\");",
           "assert(x > 0);",
           "#include <random>",
           "#include <chrono>\n#include <ctime>",
           "#include <unordered_map>",
           "#include <cmath>",
           "#include <thread>",
           "#include <cassert>",
       }) {
    for (const char* path : {"model/store/a.cpp", "sim/world/a.cpp"}) {
      EXPECT_THAT(check_determinism({path, bad}), testing::SizeIs(1)) << path << ": " << bad;
    }
  }
}

TEST(HouseDeterminism, LeavesAloneWhatOnlyLooksAlike) {
  EXPECT_THAT(found(check_determinism({"sim/world/a.cpp", R"(
      // time(nullptr), rand(), double
      const char* text = "double time(nullptr) 0.5";
      Instant time() const;
      Result<Instant> time(Host host);
      auto t = world.time(home) + host->clock() + Clock::time(3) + names.random(2);
      std::map<std::string, const Node*> by_name;
      std::set<std::pair<int, int>> pairs;
      auto n = 0x1E5 + 1'000'000 + 60u;
      Hash128 hash = model::hash(value);
      int time = 3;
      auto thread = reply.thread;
      static_assert(sizeof(int) == 4);
      )"})),
              IsEmpty());
}

TEST(HouseDeterminism, HasItsExceptionsAndNoOthers) {
  EXPECT_THAT(check_determinism({"model/base/js_number.cpp", "double x = 0.5;"}), IsEmpty());
  EXPECT_THAT(check_determinism({"model/base/json_read.cpp", "double x = 0.5;"}), IsEmpty());
  EXPECT_THAT(check_determinism({"model/base/hash.cpp", "double x;"}), testing::SizeIs(1));
  EXPECT_THAT(check_determinism({"model/base/js_number.cpp", "rand();"}), testing::SizeIs(1));
  EXPECT_THAT(check_determinism({"sim/cli/main.cpp", "std::getenv(\"HOME\"); steady_clock c;"}),
              IsEmpty());
  EXPECT_THAT(check_determinism({"sim/cli/main.cpp", "std::unordered_map<int, int> m;"}),
              testing::SizeIs(1));
  EXPECT_THAT(check_determinism({"sim/driver/explore.cpp", "std::thread t;"}), IsEmpty());
  EXPECT_THAT(check_determinism({"sim/driver/explore.cpp", "steady_clock c;"}), testing::SizeIs(1));
  EXPECT_THAT(check_determinism({"tests/a.cpp", "double x;"}), IsEmpty());
}

// --- globals
// ---------------------------------------------------------------------------------------

TEST(HouseGlobals, RefuseEveryVariableThatOutlivesACall) {
  for (const char* bad : {
           "int counter = 0;",
           "static int counter;",
           "inline std::map<int, int> cache;",
           "namespace a { namespace { std::string last{\"x\"}; } }",
           "namespace a::b { template <class T> inline T slot = {}; }",
           "struct A { static int count; };",
           "class A { public: inline static int count = 0; };",
           "void f() { static int calls = 0; }",
           "void f() { if (x) { static std::map<int, int> memo; } }",
           "int f() { static Memo memo(3); return memo.n; }",
           "auto x = [] { return 3; };",
           "struct A { int f() { static int n; return n; } };",
           "bool operator==(A a, A b) { static int n = 0; return true; }",
           "[[maybe_unused]] int last = 3;",
           "A::A(int x) : b_{x}, c_(x) { static int n = 0; }",
           "void f() { run([&] { static int n = 0; }); }",
           "int A::count = 0;",
       }) {
    EXPECT_THAT(check_globals({"sim/world/a.cpp", bad}), testing::SizeIs(1)) << bad;
  }
}

TEST(HouseGlobals, LeaveAloneConstantsFunctionsAndMembers) {
  EXPECT_THAT(found(check_globals({"model/store/a.hpp", R"(
      #define CHECK(x) do { static int y; } while (false)
      using namespace std;
      namespace fs = std::filesystem;
      inline constexpr int kMax = 3;
      constexpr auto kTable = std::to_array<Row>({{1, 2}, {3, 4}});
      const std::vector<int> kNames = {1, 2};
      enum class Stage : std::uint8_t { a = 1, b };
      enum Old { c = 2 };
      struct A {
        int x = 0;
        std::string name{"x"};
        static constexpr int kMax = 3;
        static A make(int x = 3);
        A& operator=(const A&) = default;
        bool operator==(const A&) const = default;
        bool operator<(const A& other) const { return x < other.x; }
        A() : x{3}, name("y") {}
       private:
        int y_ = 0;
      };
      struct A;
      class B final : public A { int z = 3; };
      template <class T> concept Small = sizeof(T) < 8;
      template <class T> T twice(T x) { T y = x; return y + x; }
      template <class T, class U = std::vector<T>> struct C { U u = {}; };
      static int helper(int x) { static const std::vector<int> kOnce = {1}; return kOnce[0]; }
      static void declared(int x);
      std::string f(const std::string& text = "x", int n = 3);
      A::A(int x) : x{x} {}
      auto g() -> int { for (int i = 0; i < 3; ++i) { auto y = i; } return 3; }
      int operator+(A a, A b) { int x = 3; return x; }
      extern template class std::vector<int>;
      static_assert(true);
      TEST(A, B) { int x = 3; }
      )"})),
              IsEmpty());
}

TEST(HouseGlobals, LookAtTheWorldAndTheModelOnly) {
  EXPECT_THAT(check_globals({"sim/cli/main.cpp", "volatile std::sig_atomic_t interrupted = 0;"}),
              IsEmpty());
  EXPECT_THAT(check_globals({"tests/a.cpp", "int n = 0;"}), IsEmpty());
}

// --- pages
// -----------------------------------------------------------------------------------------

TEST(HousePlaces, RefuseMachinesAndRegistries) {
  EXPECT_THAT(found(check_places({"a.md", "see\n/home/ann/x and\nhttps://registry.npmjs.org/y"})),
              ElementsAre("2 /home/", "3 registry.npmjs.org"));
  EXPECT_THAT(check_places({"a.md", "the page docs/home/x, ${root}/work/y"}), IsEmpty());
}

TEST(HouseLists, RefuseWhatNothingBuilds) {
  const std::vector<Source> all = {
      {"model/base/CMakeLists.txt", "pairlab_library(NAME base SOURCES hash.cpp HEADERS hash.hpp)"},
      {"model/base/hash.cpp", ""},
      {"model/base/hash.hpp", ""},
      {"model/base/rehash.cpp", ""},
      {"model/base/h.cpp", ""},
      {"model/base/h.hpp", ""},
      {"tests/model/words.hpp", ""},
      {"model/base/deep/hash.cpp", ""},
      {"sim/CMakeLists.txt", "file(GLOB sources *.cpp)\nadd_library(x deep/a.cpp)"},
      {"sim/deep/a.cpp", ""},
  };
  EXPECT_THAT(
      found(check_lists(all)),
      ElementsAre("1 file(GLOB", "1 a file that nothing builds", "1 a file that nothing builds",
                  "1 a file that nothing builds", "1 a file that nothing builds"));
}

TEST(HouseLengths, TellTheLongestFirst) {
  const std::vector<Source> all = {
      {"a.cpp", "1\n2\n3\n"}, {"b.cpp", "1\n2\n3\n4\n"}, {"c.cpp", "1\n2\n"}};
  EXPECT_THAT(found(long_files(all, 2)), ElementsAre("4 4 lines", "3 3 lines"));
}

}  // namespace
}  // namespace tests::house
