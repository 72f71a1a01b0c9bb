#include "sim/driver/item_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/base/nearest.hpp"
#include "model/policy/policy.hpp"

namespace sim {
namespace {

using Kind = ItemReader::Kind;

constexpr std::size_t kDiagnosticsMax = 20;
constexpr std::int64_t kSpanMax = 400LL * 24 * 60 * 60 * 1000;

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

const Field* find_field(std::span<const Field> fields, std::string_view name) {
  const auto found = std::ranges::find(fields, name, &Field::name);
  return found == fields.end() ? nullptr : &*found;
}

const Form* find_form(std::span<const Form> forms, std::string_view name) {
  const auto found = std::ranges::find(forms, name, &Form::name);
  return found == forms.end() ? nullptr : &*found;
}

std::vector<std::string_view> names_of_forms(std::span<const Form> forms) {
  std::vector<std::string_view> names;
  for (const Form& form : forms) names.push_back(form.name);
  return names;
}

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

std::string_view name_of_kind(Kind kind) {
  switch (kind) {
    case Kind::gateway:
      return "a gateway";
    case Kind::device:
      return "a device";
    case Kind::op:
      return "an operator";
    case Kind::attacker:
      return "an attacker";
    case Kind::code:
      return "a setup code";
    case Kind::list:
      return "a list";
    case Kind::secret:
      return "a secret";
    case Kind::process:
      return "a process";
  }
  return "something else";
}

bool is_from(std::string_view text) {
  if (text == "local" || text == "local_name" || text == "remote") return true;
  for (const std::string_view prefix : {"remote:", "proxied:"}) {
    if (text.starts_with(prefix) && text.size() > prefix.size()) return true;
  }
  return false;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

std::optional<model::Millis> read_span(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  std::int64_t total = 0;
  bool bare = true;
  while (!text.empty()) {
    std::size_t digits = 0;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
    if (digits == 0 || digits > 12) return std::nullopt;
    const std::int64_t number = *whole_number(text.substr(0, digits));
    text.remove_prefix(digits);
    std::size_t letters = 0;
    while (letters < text.size() && text[letters] >= 'a' && text[letters] <= 'z') ++letters;
    const std::string_view unit = text.substr(0, letters);
    text.remove_prefix(letters);
    std::int64_t factor = 0;
    if (unit == "ms")
      factor = 1;
    else if (unit == "s")
      factor = 1000;
    else if (unit == "m" || unit == "min")
      factor = 60'000;
    else if (unit == "h")
      factor = 3'600'000;
    else if (unit == "d")
      factor = 86'400'000;
    else if (unit.empty() && bare && text.empty())
      factor = 1;
    else
      return std::nullopt;
    if (number > kSpanMax / factor) return std::nullopt;
    total += number * factor;
    if (total > kSpanMax) return std::nullopt;
    bare = false;
  }
  return model::Millis{negative ? -total : total};
}

std::optional<Range> read_range(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with(">=")) {
    const auto least = whole_number(trimmed(text.substr(2)));
    return least ? std::optional(Range{.least = *least}) : std::nullopt;
  }
  if (text.starts_with("<=")) {
    const auto most = whole_number(trimmed(text.substr(2)));
    return most ? std::optional(Range{.least = 0, .most = *most}) : std::nullopt;
  }
  if (const std::size_t dots = text.find(".."); dots != std::string_view::npos) {
    const auto least = whole_number(trimmed(text.substr(0, dots)));
    const auto most = whole_number(trimmed(text.substr(dots + 2)));
    if (!least || !most || *least > *most) return std::nullopt;
    return Range{*least, *most};
  }
  const auto exact = whole_number(text);
  return exact ? std::optional(Range{*exact, *exact}) : std::nullopt;
}

bool is_name(std::string_view text) {
  if (text.empty() || text.size() > 40 || text[0] < 'a' || text[0] > 'z') return false;
  return std::ranges::all_of(
      text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

std::vector<std::string> names_in(std::string_view text) {
  std::vector<std::string> names;
  for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at)) {
    ++at;
    if (at < text.size() && text[at] == '$') {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && ((text[end] >= 'a' && text[end] <= 'z') ||
                                 (text[end] >= '0' && text[end] <= '9') || text[end] == '_')) {
      ++end;
    }
    names.emplace_back(text.substr(at, end - at));
    at = end;
  }
  return names;
}

void ItemReader::complain(Mark at, std::string message) {
  if (diagnostics_.size() >= kDiagnosticsMax) return;
  diagnostics_.push_back({file_, at, std::move(message)});
}

bool ItemReader::introduce(const std::string& name, Kind kind, Mark at) {
  if (!is_name(name)) {
    complain(at, fmt::format("'{}' cannot be a name, expected lower-case letters, digits and '_', "
                             "a letter first",
                             name));
    return false;
  }
  if (const auto taken = kind_of(name)) {
    complain(at, fmt::format("the name '{}' is taken, it is {}", name, name_of_kind(*taken)));
    return false;
  }
  names_.emplace(name, kind);
  return true;
}

std::optional<Kind> ItemReader::kind_of(std::string_view name) const {
  const auto found = names_.find(name);
  if (found == names_.end()) return std::nullopt;
  return found->second;
}

std::vector<std::string_view> ItemReader::names_of(std::span<const Kind> kinds) const {
  std::vector<std::string_view> names;
  for (const auto& [name, kind] : names_) {
    if (std::ranges::find(kinds, kind) != kinds.end()) names.push_back(name);
  }
  return names;
}

void ItemReader::unknown_key(const yaml::Node::Key& key, std::string_view where,
                             std::vector<std::string_view> known) {
  std::string hint = model::did_you_mean(key.text, known);
  if (hint.empty()) hint = fmt::format(", expected one of: {}", fmt::join(known, ", "));
  complain(key.at, fmt::format("unknown key '{}' in {}{}", key.text, where, hint));
}

bool ItemReader::check_reference(std::string_view name, std::span<const Kind> kinds,
                                 std::string_view expected, Mark at) {
  const auto kind = kind_of(name);
  if (kind && std::ranges::find(kinds, *kind) != kinds.end()) return true;
  const auto known = names_of(kinds);
  std::string hint =
      kind ? fmt::format(", it is {}", name_of_kind(*kind)) : model::did_you_mean(name, known);
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
           fmt::format("found {}, expected {}", yaml::describe(node), name_of(field.type)));
  return std::nullopt;
}

std::optional<Given> ItemReader::read_value(const Field& field, const yaml::Node& node) {
  if (field.type == Type::json) {
    if (!check_filled(node)) return std::nullopt;
    return Given{node.at, yaml::to_json(node)};
  }
  if (field.type == Type::texts || field.type == Type::devices) {
    std::vector<std::string> list;
    for (const Word& word : read_words(node, name_of(field.type))) {
      const auto kinds = kinds_of(field.type);
      if (!kinds.empty() && !check_reference(word.text, kinds, "a device", word.at)) continue;
      list.push_back(word.text);
    }
    return Given{node.at, std::move(list)};
  }
  if (node.kind != yaml::Node::Kind::scalar || node.is_null()) {
    complain(node.at, fmt::format("found {}, expected {} as '{}'", yaml::describe(node),
                                  name_of(field.type), field.name));
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
      complain(node.at, fmt::format("found '{}', expected {}", node.text, name_of(field.type)));
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
        if (!check_reference(node.text, kinds, name_of(field.type), node.at)) return std::nullopt;
      }
      break;
  }
  return Given{node.at, node.text};
}

void ItemReader::read_given(Item& item, const Field& field, const yaml::Node& node) {
  if (auto given = read_value(field, node)) item.given.emplace(field.name, std::move(*given));
}

void ItemReader::check_required(const Item& item, std::string_view what) {
  for (const Field& field : item.form->fields) {
    if (field.needed != Needed::required || item.has(field.name)) continue;
    if (item.source.find(field.name) != nullptr) continue;  // given, but wrong: already said
    complain(item.at, fmt::format("{} needs '{}': {}", what, field.name, field.meaning));
  }
}

Item ItemReader::read_part(const std::string& name, Mark at, const yaml::Node* node,
                           const Form& form) {
  Item item;
  item.form = &form;
  item.at = at;
  item.name = name;
  if (node == nullptr || node->is_null()) return item;
  if (node->kind != yaml::Node::Kind::mapping) {
    complain(node->at, fmt::format("found {}, expected the keys of {} '{}'", yaml::describe(*node),
                                   form.name, name));
    return item;
  }
  item.source = *node;
  for (std::size_t i = 0; i < node->keys.size(); ++i) {
    const auto& key = node->keys[i];
    if (const Field* field = find_field(form.fields, key.text)) {
      read_given(item, *field, node->items[i]);
      continue;
    }
    std::vector<std::string_view> known;
    for (const Field& field : form.fields) known.push_back(field.name);
    unknown_key(key, fmt::format("{} '{}'", form.name, name), std::move(known));
  }
  return item;
}

void ItemReader::read_by(Item& item, const yaml::Node& node) {
  const Form& form = *item.form;
  std::vector<Kind> kinds;
  std::vector<std::string_view> expected;
  if (form.by & a_device) kinds.push_back(Kind::device), expected.push_back("a device");
  if (form.by & an_operator) kinds.push_back(Kind::op), expected.push_back("an operator");
  if (form.by & an_attacker) kinds.push_back(Kind::attacker), expected.push_back("an attacker");
  if (node.kind != yaml::Node::Kind::scalar || node.is_null()) {
    complain(node.at, fmt::format("found {}, expected a name in 'by'", yaml::describe(node)));
    return;
  }
  if (kinds.empty()) {
    complain(node.at, fmt::format("nobody in particular does '{}', leave 'by' out", form.name));
    return;
  }
  if (check_reference(node.text, kinds, fmt::format("{}", fmt::join(expected, " or ")), node.at)) {
    item.by = node.text;
  }
}

std::optional<Item> ItemReader::read_step(const yaml::Node& node) {
  if (node.kind != yaml::Node::Kind::mapping) {
    complain(node.at, fmt::format("found {}, expected a step such as {{ by: phone, do: retry }}",
                                  yaml::describe(node)));
    return std::nullopt;
  }
  Item item;
  item.at = node.at;
  item.source = node;
  if (const yaml::Node* action = node.find("do")) {
    if (action->kind != yaml::Node::Kind::scalar || action->is_null()) {
      complain(action->at, fmt::format("found {}, expected an action", yaml::describe(*action)));
      return std::nullopt;
    }
    item.form = find_form(step_forms(), action->text);
    if (item.form == nullptr) {
      const auto known = names_of_forms(step_forms());
      std::string hint = model::did_you_mean(action->text, known);
      if (hint.empty()) hint = fmt::format(", expected one of: {}", fmt::join(known, ", "));
      complain(action->at, fmt::format("unknown action '{}'{}", action->text, hint));
      return std::nullopt;
    }
  } else {
    for (const Form& form : short_step_forms()) {
      if (node.find(form.name) != nullptr) {
        item.form = &form;
        break;  // `expect` comes last: beside another head it belongs to that step
      }
    }
    if (item.form == nullptr) {
      // Without its head a step is most often one whose head is misspelt.
      std::vector<std::string_view> heads = names_of_forms(short_step_forms());
      heads.insert(heads.begin(), "do");
      for (const auto& key : node.keys) {
        if (const auto hint = model::did_you_mean(key.text, heads); !hint.empty()) {
          complain(key.at, fmt::format("unknown key '{}' in a step{}", key.text, hint));
          return std::nullopt;
        }
      }
      complain(node.at, fmt::format("a step needs one of: {}", fmt::join(heads, ", ")));
      return std::nullopt;
    }
  }
  const std::size_t before = diagnostics_.size();
  const std::string what = fmt::format("'{}'", item.form->name);
  bool named = false;
  // Names that the step introduces count for its own expectations, so those are read last.
  for (const bool later : {false, true}) {
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
      const auto& key = node.keys[i];
      const yaml::Node& value = node.items[i];
      const bool checks = key.text == "expect" || key.text == "until";
      if (checks != later) continue;
      if (key.text == "do") continue;
      if (key.text == "by") {
        named = true;
        read_by(item, value);
      } else if (key.text == "expect") {
        item.expect = read_expectations(value);
      } else if (key.text == "until") {
        item.until = read_expectations(value);
      } else if (key.text == "when") {
        item.when = read_when(value);
      } else if (const Field* field = find_field(item.form->fields, key.text)) {
        read_given(item, *field, value);
      } else if (const Field* common = find_field(common_step_fields(), key.text)) {
        const auto given = read_value(*common, value);
        if (!given) continue;
        if (key.text == "before") item.before = std::get<std::string>(given->value);
        if (key.text == "after") item.after = std::get<model::Millis>(given->value);
        if (key.text == "within") item.within = std::get<model::Millis>(given->value);
      } else {
        std::vector<std::string_view> known{"by", "when", "expect", "until"};
        for (const Field& f : item.form->fields) known.push_back(f.name);
        for (const Field& f : common_step_fields()) known.push_back(f.name);
        unknown_key(key, what, std::move(known));
      }
    }
  }
  check_required(item, what);
  if (!named && (item.form->by & nobody) == 0) {
    complain(item.at, fmt::format("{} needs 'by': who does it", what));
  }
  if (diagnostics_.size() != before) return std::nullopt;
  return item;
}

std::vector<Item> ItemReader::read_expectations(const yaml::Node& node) {
  std::vector<Item> expectations;
  if (node.kind == yaml::Node::Kind::sequence) {
    for (const yaml::Node& each : node.items) {
      if (auto item = read_expectation(each)) expectations.push_back(std::move(*item));
    }
  } else if (auto item = read_expectation(node)) {
    expectations.push_back(std::move(*item));
  }
  return expectations;
}

std::optional<Item> ItemReader::read_expectation(const yaml::Node& node) {
  if (node.kind != yaml::Node::Kind::mapping) {
    complain(node.at,
             fmt::format("found {}, expected an expectation such as {{ of: phone, session: open }}",
                         yaml::describe(node)));
    return std::nullopt;
  }
  Item item;
  item.at = node.at;
  item.source = node;
  // The form in which every key is known, else the first whose name is a key: `code`, `role` and
  // others may also stand in expectations of another name.
  std::size_t fewest = SIZE_MAX;
  for (const Form& form : expectation_forms()) {
    if (node.find(form.name) == nullptr) continue;
    std::size_t strange = 0;
    for (const auto& key : node.keys) {
      if (key.text != "when" && find_field(form.fields, key.text) == nullptr) ++strange;
    }
    if (strange < fewest) {
      fewest = strange;
      item.form = &form;
    }
  }
  if (item.form == nullptr) {
    const auto known = names_of_forms(expectation_forms());
    for (const auto& key : node.keys) {
      if (key.text == "of" || key.text == "on") continue;
      if (const auto hint = model::did_you_mean(key.text, known); !hint.empty()) {
        complain(key.at, fmt::format("unknown key '{}' in an expectation{}", key.text, hint));
        return std::nullopt;
      }
    }
    complain(node.at, fmt::format("an expectation needs one of: {}", fmt::join(known, ", ")));
    return std::nullopt;
  }
  const std::size_t before = diagnostics_.size();
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    const auto& key = node.keys[i];
    if (key.text == "when") {
      item.when = read_when(node.items[i]);
    } else if (const Field* field = find_field(item.form->fields, key.text)) {
      read_given(item, *field, node.items[i]);
    } else {
      std::vector<std::string_view> known{"when"};
      for (const Field& f : item.form->fields) known.push_back(f.name);
      unknown_key(key, fmt::format("the expectation '{}'", item.form->name), std::move(known));
    }
  }
  check_required(item, fmt::format("the expectation '{}'", item.form->name));
  if (diagnostics_.size() != before) return std::nullopt;
  return item;
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
