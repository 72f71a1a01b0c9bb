#include "sim/driver/expectation.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "sim/driver/expectations.hpp"

namespace sim {

namespace expect {

Unmet but(const std::string& expected, const std::string& found) {
  return fmt::format("expected {}, but {}", expected, found);
}

std::string times(std::int64_t n) {
  if (n == 0) return "never";
  if (n == 1) return "once";
  return fmt::format("{} times", n);
}

std::string short_json(const model::js::Value& value) {
  std::string text = model::js::dump(value);
  if (text.size() > 300) text = text.substr(0, 297) + "...";
  return text;
}

}  // namespace expect

namespace {

namespace js = model::js;

struct Check {
  std::string_view name;
  expect::Unmet (*check)(const Story&, const Item&, std::size_t);
};

constexpr auto kChecks = std::to_array<Check>({
    {"session", expect::session},   {"refusal", expect::refusal}, {"bootstrap", expect::bootstrap},
    {"token", expect::token},       {"sent", expect::sent},       {"attempts", expect::attempts},
    {"status", expect::status},     {"closed", expect::closed},   {"paired", expect::paired},
    {"pending", expect::pending},   {"codes", expect::codes},     {"code", expect::code},
    {"file", expect::file},         {"event", expect::event},     {"writes", expect::writes},
    {"fact", expect::fact},         {"answer", expect::answer},   {"told", expect::told},
    {"sessions", expect::sessions}, {"process", expect::process},
});

}  // namespace

std::optional<std::string> unmet(const Story& story, const Item& expectation, std::size_t since) {
  const auto check = std::ranges::find(kChecks, expectation.form->name, &Check::name);
  if (check == kChecks.end()) {
    return fmt::format("nobody knows how to check '{}'", expectation.form->name);
  }
  return check->check(story, expectation, since);
}

bool has_at_least(const js::Value& whole, const js::Value& part) {
  if (part.is_object()) {
    if (!whole.is_object()) return false;
    return std::ranges::all_of(part.object(), [&](const js::Member& member) {
      const js::Value* own = js::member(whole, member.name);
      return own != nullptr && has_at_least(*own, member.value);
    });
  }
  if (part.is_array()) {
    if (!whole.is_array() || whole.array().size() != part.array().size()) return false;
    for (std::size_t i = 0; i < part.array().size(); ++i) {
      if (!has_at_least(whole.array()[i], part.array()[i])) return false;
    }
    return true;
  }
  return js::same_json(whole, part);
}

const js::Value* value_at(const js::Value& value, std::string_view place) {
  const js::Value* at = &value;
  while (!place.empty() && at != nullptr) {
    if (place[0] == '.') {
      place.remove_prefix(1);
      continue;
    }
    if (place.starts_with("['")) {
      const std::size_t end = place.find("']");
      if (end == std::string_view::npos) return nullptr;
      at = js::member(*at, place.substr(2, end - 2));
      place.remove_prefix(end + 2);
    } else if (place[0] == '[') {
      const std::size_t end = place.find(']');
      if (end == std::string_view::npos || !at->is_array()) return nullptr;
      std::size_t index = 0;
      const auto [stop, error] = std::from_chars(place.data() + 1, place.data() + end, index);
      if (error != std::errc() || stop != place.data() + end) return nullptr;
      at = index < at->array().size() ? &at->array()[index] : nullptr;
      place.remove_prefix(end + 1);
    } else {
      const std::size_t end = std::min(place.find_first_of(".["), place.size());
      at = js::member(*at, place.substr(0, end));
      place.remove_prefix(end);
    }
  }
  return at;
}

}  // namespace sim
