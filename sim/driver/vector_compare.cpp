#include "sim/driver/vector_compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace sim {

namespace js = model::js;

namespace {

constexpr std::size_t kNoParent = static_cast<std::size_t>(-1);

/// Where in a value something stands; a chain, so that paths are spelt only where values differ.
struct Place {
  std::size_t parent = kNoParent;
  std::string_view member;  ///< empty and no index: the top
  std::size_t index = 0;
  bool is_index = false;
};

/// A pair that is still to be compared. Null: no such member on that side.
struct Pair {
  const js::Value* expected = nullptr;
  const js::Value* got = nullptr;
  std::size_t place = 0;
};

/// 'R' or 'T' if the text is `$R<n>` or `$T<n>`, else 0.
char symbol_class(std::string_view text) {
  if (text.size() < 3 || text[0] != '$' || (text[1] != 'R' && text[1] != 'T')) return 0;
  const std::string_view number = text.substr(2);
  const bool digits =
      std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits ? text[1] : '\0';
}

class Comparison {
 public:
  explicit Comparison(std::size_t differences_max) : differences_max_(differences_max) {}

  void compare(std::optional<std::size_t> step, const js::Value* expected, const js::Value* got) {
    step_ = step;
    places_.assign(1, Place{});
    pairs_.assign(1, Pair{expected, got, 0});
    while (!pairs_.empty() && differences_.size() < differences_max_) {
      const Pair pair = pairs_.back();
      pairs_.pop_back();
      compare_pair(pair);
    }
  }

  std::vector<Difference> take() { return std::move(differences_); }

 private:
  void compare_pair(const Pair& pair) {
    if (pair.expected == nullptr || pair.got == nullptr) return differ(pair);
    if (pair.expected->kind() != pair.got->kind()) return differ(pair);
    switch (pair.expected->kind()) {
      case js::Kind::object:
        return compare_objects(pair);
      case js::Kind::array:
        return compare_arrays(pair);
      case js::Kind::string:
        if (!same_text(pair.expected->string(), pair.got->string())) differ(pair);
        return;
      default:
        if (!(*pair.expected == *pair.got)) differ(pair);
    }
  }

  // Parts are put on the stack last first, so that the first difference is found first.

  void compare_objects(const Pair& pair) {
    const js::Object& expected = pair.expected->object();
    const js::Object& got = pair.got->object();
    if (says_the_opposite(expected, got)) return differ(pair);
    std::vector<Pair> parts;
    for (const js::Member& member : expected) {
      const js::Value* other = find_member(got, member.name);
      parts.push_back({&member.value, other, put({pair.place, member.name, 0, false})});
    }
    for (const js::Member& member : got) {
      if (has_counterpart(expected, member.name)) continue;
      parts.push_back({nullptr, &member.value, put({pair.place, member.name, 0, false})});
    }
    pairs_.insert(pairs_.end(), parts.rbegin(), parts.rend());
  }

  void compare_arrays(const Pair& pair) {
    const js::Array& expected = pair.expected->array();
    const js::Array& got = pair.got->array();
    const std::size_t size = std::max(expected.size(), got.size());
    std::vector<Pair> parts;
    for (std::size_t i = 0; i < size; ++i) {
      parts.push_back({i < expected.size() ? &expected[i] : nullptr,
                       i < got.size() ? &got[i] : nullptr, put({pair.place, {}, i, true})});
    }
    pairs_.insert(pairs_.end(), parts.rbegin(), parts.rend());
  }

  /// A yes beside a no: the answers as a whole tell more than their parts.
  static bool says_the_opposite(const js::Object& expected, const js::Object& got) {
    const js::Value* yes = expected.find("ok");
    const js::Value* no = got.find("ok");
    return yes != nullptr && no != nullptr && yes->is_bool() && no->is_bool() &&
           yes->boolean() != no->boolean();
  }

  /// A member name may be a symbol too; then it is the other side's symbol that it stands for.
  const js::Value* find_member(const js::Object& got, const std::string& name) {
    if (symbol_class(name) == 0) return got.find(name);
    if (const auto bound = to_got_.find(name); bound != to_got_.end()) {
      return got.find(bound->second);
    }
    const js::Value* same = got.find(name);
    return same != nullptr && same_text(name, name) ? same : nullptr;
  }

  bool has_counterpart(const js::Object& expected, const std::string& name) const {
    const auto bound = to_expected_.find(name);
    return expected.contains(bound == to_expected_.end() ? name : bound->second);
  }

  bool same_text(const std::string& expected, const std::string& got) {
    const char kind = symbol_class(expected);
    if (kind == 0 || kind != symbol_class(got)) return expected == got;
    const auto forth = to_got_.emplace(expected, got).first;
    const auto back = to_expected_.emplace(got, expected).first;
    return forth->second == got && back->second == expected;
  }

  std::size_t put(Place place) {
    places_.push_back(place);
    return places_.size() - 1;
  }

  void differ(const Pair& pair) {
    std::vector<const Place*> chain;
    for (std::size_t at = pair.place; at != kNoParent; at = places_[at].parent) {
      if (places_[at].parent != kNoParent) chain.push_back(&places_[at]);
    }
    Difference difference{.step = step_};
    for (auto place = chain.rbegin(); place != chain.rend(); ++place) {
      if ((*place)->is_index) {
        difference.path += fmt::format("[{}]", (*place)->index);
        difference.shape += "[]";
        continue;
      }
      const std::string dot = difference.path.empty() ? "" : ".";
      const bool is_key = (*place)->member.starts_with('$');
      difference.path += fmt::format("{}{}", dot, (*place)->member);
      difference.shape += fmt::format("{}{}", dot, is_key ? "*" : (*place)->member);
    }
    if (pair.expected != nullptr) difference.expected = *pair.expected;
    if (pair.got != nullptr) difference.got = *pair.got;
    differences_.push_back(std::move(difference));
  }

  std::size_t differences_max_;
  std::vector<Difference> differences_;
  std::optional<std::size_t> step_;
  std::vector<Place> places_;
  std::vector<Pair> pairs_;
  std::map<std::string, std::string> to_got_, to_expected_;
};

}  // namespace

std::vector<Difference> compare(const Vector& vector, const Replay& replay,
                                std::size_t differences_max) {
  Comparison comparison(differences_max);
  if (vector.observed) {
    const js::Array& expected = vector.observed->array();
    const js::Array& got = replay.observed.array();
    for (std::size_t i = 0; i < std::max(expected.size(), got.size()); ++i) {
      comparison.compare(i, i < expected.size() ? &expected[i] : nullptr,
                         i < got.size() ? &got[i] : nullptr);
    }
  }
  if (vector.stores) comparison.compare(std::nullopt, &*vector.stores, &replay.stores);
  return comparison.take();
}

std::string without_symbol_numbers(const std::string& text) {
  std::string kept;
  for (std::size_t i = 0; i < text.size(); ++i) {
    kept.push_back(text[i]);
    const bool symbol =
        text[i] == '$' && i + 1 < text.size() && (text[i + 1] == 'R' || text[i + 1] == 'T');
    if (!symbol) continue;
    kept.push_back(text[++i]);
    while (i + 1 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '9') ++i;
  }
  return kept;
}

}  // namespace sim
