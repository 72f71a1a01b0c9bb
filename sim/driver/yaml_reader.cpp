#include "sim/driver/yaml_reader.hpp"

#include <algorithm>
#include <optional>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "model/base/js_string.hpp"

namespace sim {

std::string Diagnostic::text() const {
  if (at.line == 0) return fmt::format("{}: {}", file, message);
  return fmt::format("{}:{}:{}: {}", file, at.line, at.column, message);
}

}  // namespace sim

namespace sim::yaml {
namespace {

/// Thrown out of the parser's callbacks, which have no other way to stop it; caught in `read`.
struct Refused {
  Mark at;
  std::string message;
};

Mark mark_of(const YAML::Mark& mark) { return {mark.line + 1, mark.column + 1}; }

/// Builds the tree bottom-up: open collections stand on a stack and move into their parent when
/// they end, so no pointer into a growing vector is kept.
class Builder : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    add(leaf(mark, {}, anchor));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    throw Refused{mark_of(mark), "a scenario has no aliases ('*name'), repeat the text"};
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    check_tag(mark, tag);
    Node node = leaf(mark, value, anchor);
    node.quoted = tag == "!";
    add(std::move(node));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Node::Kind::sequence);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Node::Kind::mapping);
  }
  void OnMapEnd() override { close(); }

  std::optional<Node> root;

 private:
  struct Open {
    Node node;
    bool key_waits = false;  ///< of a mapping: a key was read, its value comes next
  };

  static void check_tag(const YAML::Mark& mark, const std::string& tag) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    throw Refused{mark_of(mark), fmt::format("a scenario has no tags ('{}')", tag)};
  }

  static Node leaf(const YAML::Mark& mark, std::string text, YAML::anchor_t anchor) {
    if (anchor != 0) {
      throw Refused{mark_of(mark), "a scenario has no anchors ('&name'), repeat the text"};
    }
    Node node;
    node.at = mark_of(mark);
    node.text = std::move(text);
    return node;
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            Node::Kind kind) {
    check_tag(mark, tag);
    Node node = leaf(mark, {}, anchor);
    node.kind = kind;
    if (stack_.size() >= kDepthMax) {
      throw Refused{node.at, fmt::format("nested more than {} deep", kDepthMax)};
    }
    if (!stack_.empty() && stack_.back().node.kind == Node::Kind::mapping &&
        !stack_.back().key_waits) {
      throw Refused{node.at, fmt::format("a key is a word, found {}", describe(node))};
    }
    stack_.push_back({std::move(node), false});
  }

  void close() {
    Node node = std::move(stack_.back().node);
    stack_.pop_back();
    add(std::move(node));
  }

  void add(Node node) {
    if (stack_.empty()) {
      root = std::move(node);
      return;
    }
    Open& parent = stack_.back();
    if (parent.node.kind == Node::Kind::sequence || parent.key_waits) {
      parent.node.items.push_back(std::move(node));
      parent.key_waits = false;
      return;
    }
    if (parent.node.keys.size() >= kMembersMax) {
      throw Refused{node.at, fmt::format("more than {} keys in one mapping", kMembersMax)};
    }
    for (const Node::Key& key : parent.node.keys) {
      if (key.text != node.text) continue;
      throw Refused{node.at,
                    fmt::format("'{}' is given twice, first in line {}", node.text, key.at.line)};
    }
    parent.node.keys.push_back({std::move(node.text), node.at});
    parent.key_waits = true;
  }

  std::vector<Open> stack_;
};

bool blank_or_comment(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t\r");
  return first == std::string_view::npos || line[first] == '#';
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i].text == key) return &items[i];
  }
  return nullptr;
}

std::string describe(const Node& node) {
  switch (node.kind) {
    case Node::Kind::sequence:
      return "a list";
    case Node::Kind::mapping:
      return "a mapping";
    case Node::Kind::scalar:
      break;
  }
  if (node.is_null()) return "nothing";
  constexpr std::size_t kShown = 60;
  if (node.text.size() <= kShown) return fmt::format("'{}'", node.text);
  std::size_t cut = kShown;
  while (cut > 0 && (static_cast<unsigned char>(node.text[cut]) & 0xC0) == 0x80) --cut;
  return fmt::format("'{}...'", node.text.substr(0, cut));
}

std::expected<Node, Diagnostic> read(std::string_view text, const std::string& file) {
  const auto refuse = [&](Mark at, std::string message) {
    return std::unexpected(Diagnostic{file, at, std::move(message)});
  };
  if (text.size() > kBytesMax) {
    return refuse(
        {}, fmt::format("too large: {} bytes, a scenario has at most {}", text.size(), kBytesMax));
  }
  int line = 1;
  bool empty = true;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view content = text.substr(at, end - at);
    if (!model::js::valid_utf8(content)) return refuse({line, 1}, "not UTF-8");
    if (content.find('\0') != std::string_view::npos) return refuse({line, 1}, "a NUL character");
    if (!blank_or_comment(content)) empty = false;
    at = end + 1;
    ++line;
  }
  if (empty) return refuse({1, 1}, "empty, expected a scenario");
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    Builder builder;
    if (!parser.HandleNextDocument(builder) || !builder.root) {
      return refuse({1, 1}, "empty, expected a scenario");
    }
    Builder second;
    if (parser.HandleNextDocument(second)) {
      return refuse(second.root ? second.root->at : Mark{1, 1},
                    "a second document, one file holds one scenario");
    }
    return std::move(*builder.root);
  } catch (const Refused& refused) {
    return refuse(refused.at, refused.message);
  } catch (const YAML::Exception& error) {
    return refuse(error.mark.is_null() ? Mark{1, 1} : mark_of(error.mark),
                  "not YAML: " + error.msg);
  }
}

std::string quote(std::string_view text) {
  const bool plain = !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '/' || c == '$';
  });
  if (plain && text != "null" && text != "true" && text != "false" &&
      !(text.front() >= '0' && text.front() <= '9')) {
    return std::string(text);
  }
  // A JSON string is a YAML scalar in double quotes.
  return model::js::dump(model::js::Value(text));
}

std::string print(const Node& node) {
  std::vector<std::string> parts;
  switch (node.kind) {
    case Node::Kind::scalar:
      if (node.is_null()) return "null";
      // A plain scalar stays plain where that is safe: a number must not become a text.
      return !node.quoted && node.text.find_first_of(" :#,[]{}'\"\n") == std::string::npos
                 ? node.text
                 : quote(node.text);
    case Node::Kind::sequence:
      for (const Node& item : node.items) parts.push_back(print(item));
      return fmt::format("[{}]", fmt::join(parts, ", "));
    case Node::Kind::mapping:
      for (std::size_t i = 0; i < node.keys.size(); ++i) {
        parts.push_back(fmt::format("{}: {}", quote(node.keys[i].text), print(node.items[i])));
      }
      return parts.empty() ? "{}" : fmt::format("{{ {} }}", fmt::join(parts, ", "));
  }
  return {};
}

model::js::Value to_json(const Node& node) {
  switch (node.kind) {
    case Node::Kind::sequence: {
      model::js::Array elements;
      for (const Node& item : node.items) elements.push_back(to_json(item));
      return elements;
    }
    case Node::Kind::mapping: {
      model::js::Object members;
      for (std::size_t i = 0; i < node.keys.size(); ++i) {
        members.set(node.keys[i].text, to_json(node.items[i]));
      }
      return members;
    }
    case Node::Kind::scalar:
      break;
  }
  if (node.quoted) return node.text;
  if (node.is_null()) return nullptr;
  if (node.text == "true") return true;
  if (node.text == "false") return false;
  const char first = node.text.front();
  if (first == '-' || (first >= '0' && first <= '9')) {
    if (const auto number = model::js::parse(node.text); number && number->is_number()) {
      return *number;
    }
  }
  return node.text;
}

}  // namespace sim::yaml
