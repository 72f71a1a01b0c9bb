#include "sim/driver/yaml_reader.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace sim::yaml {
namespace {

using model::js::Value;

Node good(const std::string& text) {
  auto node = read(text, "x.yaml");
  if (!node) ADD_FAILURE() << node.error().text();
  return node ? std::move(*node) : Node();
}

std::string complaint(const std::string& text) {
  const auto node = read(text, "x.yaml");
  return node ? "none" : node.error().text();
}

TEST(Yaml, EveryNodeKnowsItsPlace) {
  const Node node = good("title: x\nsteps:\n  - { by: phone }\n");
  EXPECT_EQ(node.at, (Mark{1, 1}));
  EXPECT_EQ(node.keys[1].at, (Mark{2, 1}));
  EXPECT_EQ(node.find("steps")->items[0].at, (Mark{3, 5}));
  EXPECT_EQ(node.find("steps")->items[0].find("by")->at, (Mark{3, 11}));
}

TEST(Yaml, RefusesWhatAScenarioNeverNeeds) {
  EXPECT_EQ(complaint("a: &x 1\n"),
            "x.yaml:1:4: a scenario has no anchors ('&name'), repeat the text");
  EXPECT_EQ(complaint("a: !!int 1\n"),
            "x.yaml:1:4: a scenario has no tags ('tag:yaml.org,2002:int')");
  EXPECT_EQ(complaint("a: 1\na: 2\n"), "x.yaml:2:1: 'a' is given twice, first in line 1");
  EXPECT_EQ(complaint("[a]: 1\n"), "x.yaml:1:1: a key is a word, found a list");
  EXPECT_EQ(complaint(""), "x.yaml:1:1: empty, expected a scenario");
  EXPECT_EQ(complaint("# only a comment\n"), "x.yaml:1:1: empty, expected a scenario");
  EXPECT_EQ(complaint("a: 1\n---\nb: 1\n"),
            "x.yaml:3:1: a second document, one file holds one scenario");
}

TEST(Yaml, RefusesTextThatIsNoTextWithItsLine) {
  EXPECT_EQ(complaint("a: 1\nb: \xff\n"), "x.yaml:2:1: not UTF-8");
  EXPECT_EQ(complaint(std::string("a: 1\n\0", 6)), "x.yaml:2:1: a NUL character");
}

TEST(Yaml, IsBoundedInSizeDepthAndWidth) {
  EXPECT_TRUE(read("a: " + std::string(kBytesMax - 3, 'x'), "x.yaml").has_value());
  EXPECT_FALSE(read("a: " + std::string(kBytesMax - 2, 'x'), "x.yaml").has_value());

  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_TRUE(read(nested(kDepthMax), "x.yaml").has_value());
  EXPECT_FALSE(read(nested(kDepthMax + 1), "x.yaml").has_value());
  EXPECT_FALSE(read(std::string(500'000, '['), "x.yaml").has_value());

  const auto wide = [](std::size_t keys) {
    std::string text;
    for (std::size_t i = 0; i < keys; ++i) text += "k" + std::to_string(i) + ": 1\n";
    return text;
  };
  EXPECT_TRUE(read(wide(kMembersMax), "x.yaml").has_value());
  EXPECT_FALSE(read(wide(kMembersMax + 1), "x.yaml").has_value());
}

TEST(Yaml, PlainScalarsAreWhatTheyLookLikeAndQuotedOnesAreTexts) {
  EXPECT_EQ(to_json(good("12")), Value(12));
  EXPECT_EQ(to_json(good("'12'")), Value("12"));
  EXPECT_EQ(to_json(good("true")), Value(true));
  EXPECT_EQ(to_json(good("yes")), Value("yes"));
  EXPECT_EQ(to_json(good("~")), Value(nullptr));
  EXPECT_EQ(to_json(good("2026.3.31")), Value("2026.3.31"));
  EXPECT_EQ(to_json(good("[1, {a: b}]")),
            Value(model::js::Array{1, model::js::Object{{"a", "b"}}}));
}

TEST(Yaml, PrintsOnOneLineWhatReadsBack) {
  const Node node =
      good("world:\n  gateways: [home]\n  devices: { phone: { skew: -5s, at: 'a: b' } }\n");
  const std::string line = print(node);
  EXPECT_EQ(line.find('\n'), std::string::npos);
  EXPECT_EQ(to_json(good(line)), to_json(node)) << line;
}

RC_GTEST_PROP(Yaml, AQuotedTextReadsBackAsItself, (const std::string& bytes)) {
  std::string text;
  for (const char c : bytes) {
    if (static_cast<unsigned char>(c) < 0x80 && c != '\0') text += c;
  }
  const auto node = read("- " + quote(text), "x.yaml");
  RC_ASSERT(node.has_value());
  RC_ASSERT(node->items[0].text == text);
}

RC_GTEST_PROP(Yaml, NeverCrashesOnAnyText, (const std::string& text)) {
  (void)read(text, "x.yaml");
}

}  // namespace
}  // namespace sim::yaml
