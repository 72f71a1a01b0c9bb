// Reading the value of one key: the half of ItemReader that knows types.
#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/base/nearest.hpp"
#include "model/policy/policy.hpp"
#include "sim/driver/item_reader.hpp"

namespace sim {
namespace {

using Kind = ItemReader::Kind;

constexpr auto kDevices = std::to_array<Kind>({Kind::device});
constexpr auto kGateways = std::to_array<Kind>({Kind::gateway});
constexpr auto kOperators = std::to_array<Kind>({Kind::op});
constexpr auto kParties = std::to_array<Kind>({Kind::device, Kind::op, Kind::attacker});
constexpr auto kHosts =
    std::to_array<Kind>({Kind::gateway, Kind::device, Kind::op, Kind::attacker});
constexpr auto kCodes = std::to_array<Kind>({Kind::code});
constexpr auto kLists = std::to_array<Kind>({Kind::list});
constexpr auto kSecrets = std::to_array<Kind>({Kind::secret});
constexpr auto kProcesses = std::to_array<Kind>({Kind::gateway, Kind::process});
constexpr auto kFillers = std::to_array<Kind>(
    {Kind::device, Kind::op, Kind::attacker, Kind::code, Kind::list, Kind::secret, Kind::gateway});

/// Which names a reference of this type may stand for; empty if the type is no reference.
std::span<const Kind> kinds_of(Type type) {
  switch (type) {
    case Type::device:
      return kDevices;
    case Type::devices:
    case Type::party:
      return kParties;
    case Type::gateway:
      return kGateways;
    case Type::op:
      return kOperators;
    case Type::host:
      return kHosts;
    case Type::code:
      return kCodes;
    case Type::list:
      return kLists;
    case Type::secret:
      return kSecrets;
    case Type::process:
      return kProcesses;
    default:
      return {};
  }
}

std::optional<Kind> introduced_by(Type type) {
  switch (type) {
    case Type::new_code:
      return Kind::code;
    case Type::new_list:
      return Kind::list;
    case Type::new_secret:
      return Kind::secret;
    default:
      return std::nullopt;
  }
}

bool is_from(std::string_view text) {
  if (text == "local" || text == "local_name" || text == "remote") return true;
  for (const std::string_view prefix : {"remote:", "proxied:"}) {
    if (text.starts_with(prefix) && text.size() > prefix.size()) return true;
  }
  return false;
}

}  // namespace

bool ItemReader::check_reference(std::string_view name, std::span<const Kind> kinds,
                                 std::string_view expected, Mark at) {
  const auto kind = kind_of(name);
  if (kind && std::ranges::find(kinds, *kind) != kinds.end()) return true;
  const auto known = names_of(kinds);
  std::string hint =
      kind ? fmt::format(", it is {}", name_of(*kind)) : model::did_you_mean(name, known);
  if (!kind && hint.empty()) {
    hint = known.empty() ? std::string(", and this story has none")
                         : fmt::format(", known are: {}", fmt::join(known, ", "));
  }
  complain(at, fmt::format("'{}' is not {}{}", name, expected, hint));
  return false;
}

bool ItemReader::check_filled(const yaml::Node& node) {
  bool good = true;
  const auto check = [&](const std::string& text, Mark at) {
    for (const std::string& name : names_in(text)) {
      if (!check_reference(name, kFillers, "a name that '$' can stand before", at)) good = false;
    }
  };
  if (node.kind == yaml::Node::Kind::scalar) check(node.text, node.at);
  for (const auto& key : node.keys) check(key.text, key.at);
  for (const auto& item : node.items) good = check_filled(item) && good;
  return good;
}

bool ItemReader::check_pattern(const yaml::Node& node) {
  for (const std::string_view verb : pattern_verbs()) {
    if (!node.text.starts_with(verb)) continue;
    const std::string_view rest = std::string_view(node.text).substr(verb.size());
    if (rest.empty()) return true;
    if (!rest.starts_with(' ')) continue;
    if (verb == "continue" || verb == "timer" || verb.starts_with("deliver")) return true;
    const auto paths = store_paths();
    const std::string_view path = rest.substr(1);
    if (std::ranges::find(paths, path) != paths.end()) return true;
    std::string hint = model::did_you_mean(path, paths);
    if (hint.empty()) hint = fmt::format(", expected one of: {}", fmt::join(paths, ", "));
    complain(node.at, fmt::format("'{}' is not a store file{}", path, hint));
    return false;
  }
  std::string hint = model::did_you_mean(std::string_view(node.text).substr(0, node.text.find(' ')),
                                         pattern_verbs());
  if (hint.empty()) hint = fmt::format(", expected one of: {}", fmt::join(pattern_verbs(), ", "));
  complain(node.at, fmt::format("'{}' does not begin with an action{}", node.text, hint));
  return false;
}

std::vector<ItemReader::Word> ItemReader::read_words(const yaml::Node& node,
                                                     std::string_view expected) {
  std::vector<Word> words;
  const auto add = [&](const yaml::Node& item) {
    if (item.kind == yaml::Node::Kind::scalar && !item.is_null()) {
      words.push_back({item.text, item.at});
    } else {
      complain(item.at, fmt::format("found {}, expected {}", yaml::describe(item), expected));
    }
  };
  if (node.kind == yaml::Node::Kind::sequence) {
    for (const yaml::Node& item : node.items) add(item);
  } else {
    add(node);
  }
  return words;
}

std::optional<bool> ItemReader::read_flag(const yaml::Node& node) {
  if (node.kind == yaml::Node::Kind::scalar) {
    if (node.text == "yes" || node.text == "true") return true;
    if (node.text == "no" || node.text == "false") return false;
  }
  complain(node.at, fmt::format("found {}, expected yes or no", yaml::describe(node)));
  return std::nullopt;
}

std::optional<Given> ItemReader::read_number(const Field& field, const yaml::Node& node) {
  if (field.type == Type::span) {
    if (const auto span = read_span(node.text)) {
      if (span->count >= 0 || field.meaning.find("negative") != std::string_view::npos) {
        return Given{node.at, *span};
      }
      complain(node.at, fmt::format("found '{}', but '{}' cannot go back", node.text, field.name));
      return std::nullopt;
    }
  } else if (field.type == Type::range) {
    if (const auto range = read_range(node.text)) return Given{node.at, *range};
  } else if (const auto number = whole_number(node.text); number && *number >= 0) {
    return Given{node.at, *number};
  }
  complain(node.at,
           fmt::format("found {}, expected {}", yaml::describe(node), sim::name_of(field.type)));
  return std::nullopt;
}

std::optional<Given> ItemReader::read_value(const Field& field, const yaml::Node& node) {
  if (field.type == Type::json) {
    if (!check_filled(node)) return std::nullopt;
    return Given{node.at, yaml::to_json(node)};
  }
  if (field.type == Type::texts || field.type == Type::devices) {
    std::vector<std::string> list;
    for (const Word& word : read_words(node, sim::name_of(field.type))) {
      const auto kinds = kinds_of(field.type);
      if (!kinds.empty() && !check_reference(word.text, kinds, "a device", word.at)) continue;
      list.push_back(word.text);
    }
    return Given{node.at, std::move(list)};
  }
  if (node.kind != yaml::Node::Kind::scalar || node.is_null()) {
    complain(node.at, fmt::format("found {}, expected {} as '{}'", yaml::describe(node),
                                  sim::name_of(field.type), field.name));
    return std::nullopt;
  }
  switch (field.type) {
    case Type::flag: {
      const auto flag = read_flag(node);
      return flag ? std::optional(Given{node.at, *flag}) : std::nullopt;
    }
    case Type::count:
    case Type::range:
    case Type::span:
      return read_number(field, node);
    case Type::filled:
      if (!check_filled(node)) return std::nullopt;
      break;
    case Type::pattern:
      if (!check_pattern(node)) return std::nullopt;
      break;
    case Type::from:
      if (is_from(node.text)) break;
      complain(node.at,
               fmt::format("found '{}', expected {}", node.text, sim::name_of(field.type)));
      return std::nullopt;
    case Type::choice:
    case Type::path: {
      const auto choices = field.type == Type::path ? store_paths() : field.choices;
      if (std::ranges::find(choices, node.text) != choices.end()) break;
      std::string hint = model::did_you_mean(node.text, choices);
      if (hint.empty()) hint = fmt::format(", expected one of: {}", fmt::join(choices, ", "));
      complain(node.at, fmt::format("'{}' cannot be '{}'{}", field.name, node.text, hint));
      return std::nullopt;
    }
    case Type::new_code:
    case Type::new_list:
    case Type::new_secret:
      if (!introduce(node.text, *introduced_by(field.type), node.at)) return std::nullopt;
      break;
    case Type::new_process:
      if (is_name(node.text)) break;
      complain(node.at, fmt::format("'{}' cannot be a name", node.text));
      return std::nullopt;
    default:
      if (const auto kinds = kinds_of(field.type); !kinds.empty()) {
        if (!check_reference(node.text, kinds, sim::name_of(field.type), node.at))
          return std::nullopt;
      }
      break;
  }
  return Given{node.at, node.text};
}

bool ItemReader::check_field(std::string_view field, Mark at) {
  if (field == "revision") return true;
  std::vector<std::string_view> known{"revision"};
  for (const auto& f : model::policy::fields()) known.push_back(f.name);
  if (std::ranges::find(known, field) != known.end()) return true;
  std::string hint = model::did_you_mean(field, known);
  if (hint.empty()) hint = ", expected 'revision' or a field of 'sim list policy'";
  complain(at, fmt::format("unknown policy field '{}'{}", field, hint));
  return false;
}

bool ItemReader::check_field_value(std::string_view field, std::string_view value, Mark at) {
  if (field == "revision") {
    std::vector<std::string_view> known;
    for (const auto& preset : model::policy::presets()) known.push_back(preset.name);
    if (std::ranges::find(known, value) != known.end()) return true;
    std::string hint = model::did_you_mean(value, known);
    if (hint.empty()) hint = fmt::format(", expected one of: {}", fmt::join(known, ", "));
    complain(at, fmt::format("unknown revision '{}'{}", value, hint));
    return false;
  }
  model::policy::Policy scratch;
  if (const auto set = model::policy::set(scratch, field, value); !set) {
    complain(at, set.error().message);
    return false;
  }
  return true;
}

When ItemReader::read_when(const yaml::Node& node) {
  When when;
  if (node.kind != yaml::Node::Kind::mapping) {
    complain(node.at, fmt::format("found {}, expected when: {{ revision: 2026.3.31 }}",
                                  yaml::describe(node)));
    return when;
  }
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    const auto& key = node.keys[i];
    if (!check_field(key.text, key.at)) continue;
    for (const Word& word : read_words(node.items[i], "a value or a list of values")) {
      if (check_field_value(key.text, word.text, word.at)) {
        when.fields[key.text].push_back(word.text);
      }
    }
  }
  return when;
}

}  // namespace sim
