#include "sim/driver/scenario.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace sim {
namespace {

constexpr std::size_t kCellsMax = 256;

template <class T>
const T* get(const Item& item, std::string_view key) {
  const auto found = item.given.find(key);
  return found == item.given.end() ? nullptr : std::get_if<T>(&found->second.value);
}

std::string value_name(const model::policy::Policy& policy, std::string_view name) {
  for (const auto& field : model::policy::fields()) {
    if (field.name == name) return std::string(field.values[field.get(policy)].name);
  }
  return {};
}

}  // namespace

std::string Range::text() const {
  if (least == most) return fmt::format("{}", least);
  if (most == INT64_MAX) return fmt::format("at least {}", least);
  if (least == 0) return fmt::format("at most {}", most);
  return fmt::format("{} to {}", least, most);
}

std::string Item::text(std::string_view key, std::string otherwise) const {
  const auto* value = get<std::string>(*this, key);
  return value != nullptr ? *value : std::move(otherwise);
}

std::vector<std::string> Item::texts(std::string_view key) const {
  const auto* value = get<std::vector<std::string>>(*this, key);
  return value != nullptr ? *value : std::vector<std::string>();
}

bool Item::flag(std::string_view key, bool otherwise) const {
  const auto* value = get<bool>(*this, key);
  return value != nullptr ? *value : otherwise;
}

std::int64_t Item::count(std::string_view key, std::int64_t otherwise) const {
  const auto* value = get<std::int64_t>(*this, key);
  return value != nullptr ? *value : otherwise;
}

Range Item::range(std::string_view key, Range otherwise) const {
  const auto* value = get<Range>(*this, key);
  return value != nullptr ? *value : otherwise;
}

model::Millis Item::span(std::string_view key, model::Millis otherwise) const {
  const auto* value = get<model::Millis>(*this, key);
  return value != nullptr ? *value : otherwise;
}

const model::js::Value* Item::json(std::string_view key) const {
  return get<model::js::Value>(*this, key);
}

Mark Item::mark(std::string_view key) const {
  const auto found = given.find(key);
  return found == given.end() ? at : found->second.at;
}

const Item* Scenario::part(std::string_view name) const {
  for (const auto* parts : {&gateways, &devices, &operators, &attackers}) {
    const auto found = std::ranges::find(*parts, name, &Item::name);
    if (found != parts->end()) return &*found;
  }
  return nullptr;
}

bool Cell::matches(const When& when) const {
  return std::ranges::all_of(when.fields, [&](const auto& entry) {
    const auto& [field, values] = entry;
    const std::string own =
        field == "revision" ? std::string(preset.name) : value_name(policy, field);
    return std::ranges::find(values, own) != values.end();
  });
}

std::expected<std::vector<Cell>, Diagnostics> cells_of(const Scenario& scenario,
                                                       const Overrides& overrides) {
  const auto refuse = [](std::string file, Mark at, std::string message) {
    return std::unexpected(Diagnostics{{std::move(file), at, std::move(message)}});
  };
  // What the command line says is not varied by the file.
  std::vector<Dimension> dimensions = scenario.matrix;
  std::erase_if(dimensions, [&](const Dimension& dimension) {
    if (dimension.field == "revision") return overrides.revision.has_value();
    return std::ranges::any_of(overrides.set, [&](const std::string& assignment) {
      return assignment.starts_with(dimension.field + "=");
    });
  });
  std::size_t count = 1;
  for (const Dimension& dimension : dimensions) {
    if (dimension.values.empty()) continue;
    if (dimension.values.size() > kCellsMax / count) {
      return refuse(scenario.file, dimension.at,
                    fmt::format("more than {} combinations", kCellsMax));
    }
    count *= dimension.values.size();
  }

  std::vector<Cell> cells;
  for (std::size_t index = 0; index < count; ++index) {
    std::string revision = overrides.revision.value_or(scenario.revision);
    std::vector<std::pair<const Dimension*, std::string>> chosen;
    std::vector<std::string> label;
    std::size_t rest = index;
    // The first dimension varies slowest, as nested loops in the order of the file would.
    std::size_t below = count;
    for (const Dimension& dimension : dimensions) {
      if (dimension.values.empty()) continue;
      below /= dimension.values.size();
      const std::string& value = dimension.values[rest / below];
      rest %= below;
      label.push_back(fmt::format("{} {}", dimension.field, value));
      if (dimension.field == "revision")
        revision = value;
      else
        chosen.emplace_back(&dimension, value);
    }
    const auto preset = model::policy::preset(revision);
    if (!preset) return refuse("--revision", {}, preset.error().message);
    Cell cell;
    cell.preset = *preset;
    cell.policy = preset->policy;
    cell.label = fmt::format("{}", fmt::join(label, ", "));
    cell.seed = overrides.seed.value_or(scenario.seed);
    Mark blame = {};
    for (const Assignment& assignment : scenario.set) {
      blame = assignment.at;
      const auto set = model::policy::set(cell.policy, assignment.field, assignment.value);
      if (!set) return refuse(scenario.file, assignment.at, set.error().message);
    }
    for (const auto& [dimension, value] : chosen) {
      blame = dimension->at;
      const auto set = model::policy::set(cell.policy, dimension->field, value);
      if (!set) return refuse(scenario.file, dimension->at, set.error().message);
    }
    for (const std::string& assignment : overrides.set) {
      const auto set = model::policy::set(cell.policy, assignment);
      if (!set) return refuse("--set", {}, set.error().message);
    }
    if (const auto supported = model::policy::supported(cell.policy); !supported) {
      return refuse(overrides.set.empty() ? scenario.file : "--set",
                    overrides.set.empty() ? blame : Mark{}, supported.error().message);
    }
    cell.differences = model::policy::differences(preset->policy, cell.policy);
    cells.push_back(std::move(cell));
  }
  return cells;
}

}  // namespace sim
