#include "model/policy/policy.hpp"

#include <array>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/base/nearest.hpp"

namespace model::policy {
namespace {

std::vector<std::string_view> names_of(std::span<const Field> known) {
  std::vector<std::string_view> names;
  for (const Field& field : known) names.push_back(field.name);
  return names;
}

std::vector<std::string_view> names_of(std::span<const Value> known) {
  std::vector<std::string_view> names;
  for (const Value& value : known) names.push_back(value.name);
  return names;
}

/// A value that the program knows by name but does not act on everywhere.
struct Unbuilt {
  std::string_view field;
  std::string_view value;
  std::string_view missing;
};

/// Refused at the start rather than half applied. Whoever builds the missing half deletes the row.
constexpr auto kUnbuilt = std::to_array<Unbuilt>({
    {"bootstrap.silent_pairing", "fresh_baseline_node_if_confirmed",
     "no operator action confirms a setup code"},
    {"pairing.session", "once", "no client keeps the session id of a refusal"},
    {"store.lock", "token_per_file", "the disk keeps all bootstrap tokens in one file"},
    {"store.lock", "datastore", "the disk has files only"},
});

}  // namespace

Result<void> set(Policy& policy, std::string_view field, std::string_view value) {
  for (const Field& known : fields()) {
    if (known.name != field) continue;
    for (std::size_t index = 0; index < known.values.size(); ++index) {
      if (known.values[index].name != value) continue;
      known.set(policy, static_cast<std::uint8_t>(index));
      return {};
    }
    const auto names = names_of(known.values);
    std::string hint = did_you_mean(value, names);
    if (hint.empty()) hint = fmt::format(", expected one of: {}", fmt::join(names, ", "));
    return fail(fmt::format("policy field '{}' has no value '{}'{}", field, value, hint));
  }
  std::string hint = did_you_mean(field, names_of(fields()));
  if (hint.empty()) hint = ", 'sim list policy' names them";
  return fail(fmt::format("unknown policy field '{}'{}", field, hint));
}

Result<void> set(Policy& policy, std::string_view assignment) {
  const std::size_t equals = assignment.find('=');
  if (equals == std::string_view::npos) {
    return fail(fmt::format("expected FIELD=VALUE, found '{}'", assignment));
  }
  return set(policy, assignment.substr(0, equals), assignment.substr(equals + 1));
}

Result<void> supported(const Policy& policy) {
  for (const Field& field : fields()) {
    const std::string_view value = field.values[field.get(policy)].name;
    for (const Unbuilt& row : kUnbuilt) {
      if (row.field == field.name && row.value == value) {
        return fail(fmt::format("{}={} is not supported: {}", field.name, value, row.missing));
      }
    }
  }
  // The token's return ticket is its binding: without one, anybody could use it while it waits.
  if (policy.binding == Binding::none && policy.consume == Consume::on_approval) {
    return fail(
        "bootstrap.consume=on_approval is not supported with bootstrap.binding=none: a token that "
        "waits for approval must be bound to the device that waits");
  }
  return {};
}

std::vector<std::string> differences(const Policy& base, const Policy& policy) {
  std::vector<std::string> result;
  for (const Field& field : fields()) {
    const std::uint8_t index = field.get(policy);
    if (field.get(base) == index) continue;
    result.push_back(fmt::format("{}={}", field.name, field.values[index].name));
  }
  return result;
}

}  // namespace model::policy
