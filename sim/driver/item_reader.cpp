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

}  // namespace

std::string_view ItemReader::name_of(Kind kind) {
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
    complain(at, fmt::format("the name '{}' is taken, it is {}", name, name_of(*taken)));
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

}  // namespace sim
