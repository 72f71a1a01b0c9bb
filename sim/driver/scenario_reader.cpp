// The scenario as a whole: its keys in an order in which names are known before they are used.
#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/base/nearest.hpp"
#include "sim/driver/item_reader.hpp"
#include "sim/driver/scenario.hpp"
#include "sim/property/property.hpp"

namespace sim {
namespace {

using Kind = ItemReader::Kind;
using yaml::Node;

constexpr std::string_view kDefaultRevision = "2026.3.31";

/// The four groups of a world.
struct Group {
  std::string_view key;
  Kind kind;
  const Form& (*form)();
  std::vector<Item> Scenario::* parts;
};

constexpr auto kGroups = std::to_array<Group>({
    {"gateways", Kind::gateway, gateway_form, &Scenario::gateways},
    {"devices", Kind::device, device_form, &Scenario::devices},
    {"operators", Kind::op, operator_form, &Scenario::operators},
    {"attackers", Kind::attacker, attacker_form, &Scenario::attackers},
});

class Document {
 public:
  Document(const Node& root, const std::string& file) : root_(root), reader_(file) {
    scenario_.file = file;
  }

  std::expected<Scenario, Diagnostics> read() {
    if (root_.kind != Node::Kind::mapping) {
      reader_.complain(root_.at,
                       fmt::format("found {}, expected a scenario: a mapping with title, world, "
                                   "steps and expect",
                                   yaml::describe(root_)));
      return std::unexpected(reader_.diagnostics());
    }
    check_keys();
    read_texts();
    read_policy();
    if (const Node* world = root_.find("world")) {
      scenario_.world = *world;
      read_world(*world);
    }
    introduce_processes();
    if (const Node* steps = root_.find("steps")) read_steps(*steps);
    if (const Node* schedule = root_.find("schedule")) read_schedule(*schedule);
    if (const Node* expect = root_.find("expect")) {
      scenario_.expect = reader_.read_expectations(*expect);
    }
    read_properties("breaks", scenario_.breaks);
    read_properties("holds", scenario_.holds);
    if (!reader_.sound()) {
      Diagnostics diagnostics = reader_.diagnostics();
      std::ranges::stable_sort(diagnostics, {}, &Diagnostic::at);
      return std::unexpected(std::move(diagnostics));
    }
    return std::move(scenario_);
  }

 private:
  void check_keys() {
    std::vector<std::string_view> known;
    for (const Field& field : scenario_fields()) known.push_back(field.name);
    for (const Node::Key& key : root_.keys) {
      if (std::ranges::find(known, key.text) != known.end()) continue;
      std::string hint = model::did_you_mean(key.text, known);
      if (hint.empty()) hint = fmt::format(", expected one of: {}", fmt::join(known, ", "));
      reader_.complain(key.at, fmt::format("unknown key '{}' in a scenario{}", key.text, hint));
    }
    for (const Field& field : scenario_fields()) {
      if (field.needed == Needed::required && root_.find(field.name) == nullptr) {
        reader_.complain(root_.at,
                         fmt::format("a scenario needs '{}': {}", field.name, field.meaning));
      }
    }
  }

  std::string text_of(std::string_view key) {
    const Node* node = root_.find(key);
    if (node == nullptr) return {};
    if (node->kind != Node::Kind::scalar || node->is_null()) {
      reader_.complain(
          node->at, fmt::format("found {}, expected a text as '{}'", yaml::describe(*node), key));
      return {};
    }
    return node->text;
  }

  void read_texts() {
    scenario_.title = text_of("title");
    scenario_.source = text_of("source");
    scenario_.revision = kDefaultRevision;
    if (const std::string revision = text_of("revision"); !revision.empty()) {
      if (reader_.check_field_value("revision", revision, root_.find("revision")->at)) {
        scenario_.revision = revision;
      }
    }
    if (const Node* seed = root_.find("seed")) {
      const char* end = seed->text.data() + seed->text.size();
      const auto [stop, error] = std::from_chars(seed->text.data(), end, scenario_.seed);
      if (seed->text.empty() || error != std::errc() || stop != end) {
        reader_.complain(seed->at, fmt::format("found {}, expected a whole number as seed",
                                               yaml::describe(*seed)));
      }
    }
    if (const Node* fine = root_.find("fine")) {
      scenario_.fine = reader_.read_flag(*fine).value_or(false);
    }
    if (const Node* strict = root_.find("strict")) {
      scenario_.strict = reader_.read_flag(*strict).value_or(false);
    }
  }

  /// A mapping from policy fields; none (and a diagnostic) if it is something else.
  const Node* fields_node(std::string_view key, std::string_view example) {
    const Node* node = root_.find(key);
    if (node == nullptr || node->is_null()) return nullptr;
    if (node->kind == Node::Kind::mapping) return node;
    reader_.complain(node->at,
                     fmt::format("found {}, expected {}", yaml::describe(*node), example));
    return nullptr;
  }

  void read_policy() {
    if (const Node* set = fields_node("set", "set: { bootstrap.binding: none }")) {
      for (std::size_t i = 0; i < set->keys.size(); ++i) {
        const auto& key = set->keys[i];
        const Node& value = set->items[i];
        if (key.text == "revision") {
          reader_.complain(key.at, "'revision' is a key of its own, not a policy field");
        } else if (value.kind != Node::Kind::scalar) {
          reader_.complain(value.at, fmt::format("found {}, expected a value of '{}'",
                                                 yaml::describe(value), key.text));
        } else if (reader_.check_field(key.text, key.at) &&
                   reader_.check_field_value(key.text, value.text, value.at)) {
          scenario_.set.push_back({key.text, value.text, value.at});
        }
      }
    }
    if (const Node* matrix = fields_node("for", "for: { revision: [2026.3.28, 2026.3.31] }")) {
      for (std::size_t i = 0; i < matrix->keys.size(); ++i) {
        const auto& key = matrix->keys[i];
        if (!reader_.check_field(key.text, key.at)) continue;
        Dimension dimension{key.text, key.at, {}};
        for (const auto& word : reader_.read_words(matrix->items[i], "a list of values")) {
          if (!reader_.check_field_value(key.text, word.text, word.at)) continue;
          if (std::ranges::find(dimension.values, word.text) != dimension.values.end()) {
            reader_.complain(word.at, fmt::format("'{}' is given twice", word.text));
          }
          dimension.values.push_back(word.text);
        }
        if (dimension.values.empty() && reader_.sound()) {
          reader_.complain(key.at, fmt::format("'{}' has no values", key.text));
        }
        scenario_.matrix.push_back(std::move(dimension));
      }
    }
  }

  void read_world(const Node& world) {
    if (world.kind != Node::Kind::mapping) {
      reader_.complain(world.at, fmt::format("found {}, expected gateways, devices and operators",
                                             yaml::describe(world)));
      return;
    }
    std::vector<std::string_view> known;
    for (const Group& group : kGroups) known.push_back(group.key);
    for (const Node::Key& key : world.keys) {
      if (std::ranges::find(known, key.text) != known.end()) continue;
      std::string hint = model::did_you_mean(key.text, known);
      if (hint.empty()) hint = fmt::format(", expected one of: {}", fmt::join(known, ", "));
      reader_.complain(key.at, fmt::format("unknown key '{}' in a world{}", key.text, hint));
    }
    // All names first: a device may be configured for a gateway that stands below it.
    struct Named {
      const Group* group;
      std::string name;
      Mark at;
      const Node* node;
    };
    std::vector<Named> parts;
    for (const Group& group : kGroups) {
      const Node* list = world.find(group.key);
      if (list == nullptr || list->is_null()) continue;
      if (list->kind == Node::Kind::mapping) {
        for (std::size_t i = 0; i < list->keys.size(); ++i) {
          parts.push_back({&group, list->keys[i].text, list->keys[i].at, &list->items[i]});
        }
      } else {
        for (const auto& word : reader_.read_words(*list, "names")) {
          parts.push_back({&group, word.text, word.at, nullptr});
        }
      }
    }
    std::vector<bool> good;
    for (const Named& part : parts) {
      good.push_back(reader_.introduce(part.name, part.group->kind, part.at));
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (!good[i]) continue;
      const Named& part = parts[i];
      (scenario_.*part.group->parts)
          .push_back(reader_.read_part(part.name, part.at, part.node, part.group->form()));
    }
    if (scenario_.gateways.empty() && reader_.sound()) {
      reader_.complain(world.at, "a world needs at least one gateway");
    }
    check_disks();
  }

  void check_disks() {
    for (const Item& part : scenario_.gateways) {
      if (!part.has("disk_of")) continue;
      const Item* owner = scenario_.part(part.text("disk_of"));
      if (owner == &part || (owner != nullptr && owner->has("disk_of"))) {
        reader_.complain(
            part.mark("disk_of"),
            fmt::format("'{}' has no state directory of its own to share", part.text("disk_of")));
      }
    }
  }

  /// A hold may name the process of a command that a later step runs.
  void introduce_processes() {
    for (const std::string_view section : {"steps", "schedule"}) {
      const Node* steps = root_.find(section);
      if (steps == nullptr) continue;
      for (const Node& step : steps->items) {
        const Node* action = step.find("do");
        if (action == nullptr) continue;
        const Node* process = step.find("process");
        const Node* as = step.find("as");
        const Node* by = step.find("by");
        const Node* via = step.find("via");
        Node name;
        if (process != nullptr) {
          name = *process;
        } else if (action->text == "openclaw_qr" && as != nullptr) {
          name = *as;
          name.text += "_qr";
        } else if (action->text == "approve" && by != nullptr && via != nullptr &&
                   via->text == "files") {
          name = *by;
          name.text += "_cli";
        }
        if (is_name(name.text) && !reader_.kind_of(name.text)) {
          reader_.introduce(name.text, Kind::process, name.at);
        }
      }
    }
  }

  void read_steps(const Node& steps) {
    if (steps.is_null()) return;
    if (steps.kind != Node::Kind::sequence) {
      reader_.complain(steps.at,
                       fmt::format("found {}, expected a list of steps", yaml::describe(steps)));
      return;
    }
    for (const Node& node : steps.items) {
      if (auto step = reader_.read_step(node)) scenario_.steps.push_back(std::move(*step));
    }
  }

  void read_schedule(const Node& schedule) {
    if (schedule.is_null()) return;
    if (schedule.kind != Node::Kind::sequence) {
      reader_.complain(schedule.at, fmt::format("found {}, expected a list of action keys",
                                                yaml::describe(schedule)));
      return;
    }
    for (const Node& node : schedule.items) {
      if (node.kind == Node::Kind::scalar && !node.is_null()) {
        scenario_.schedule.push_back({node.at, node.text});
      } else if (auto step = reader_.read_step(node)) {
        scenario_.schedule.push_back({node.at, std::move(*step)});
      }
    }
  }

  void read_properties(std::string_view key, std::vector<NamedProperty>& named) {
    const Node* list = root_.find(key);
    if (list == nullptr || list->is_null()) return;
    const auto read_one = [&](const Node& node) {
      NamedProperty property{node.at, node.text, {}};
      if (node.kind == Node::Kind::mapping) {
        for (std::size_t i = 0; i < node.keys.size(); ++i) {
          if (node.keys[i].text == "property")
            property.id = node.items[i].text;
          else if (node.keys[i].text == "when")
            property.when = reader_.read_when(node.items[i]);
          else
            reader_.complain(node.keys[i].at,
                             fmt::format("unknown key '{}' in '{}', expected property and when",
                                         node.keys[i].text, key));
        }
      } else if (node.kind != Node::Kind::scalar || node.is_null()) {
        reader_.complain(node.at,
                         fmt::format("found {}, expected a property's id", yaml::describe(node)));
        return;
      }
      std::vector<std::string_view> known;
      for (const auto& p : property::properties()) known.push_back(p.id);
      if (std::ranges::find(known, property.id) == known.end()) {
        std::string hint = model::did_you_mean(property.id, known);
        if (hint.empty()) hint = ", 'sim list properties' names them";
        reader_.complain(node.at, fmt::format("unknown property '{}'{}", property.id, hint));
        return;
      }
      named.push_back(std::move(property));
    };
    if (list->kind == Node::Kind::sequence) {
      for (const Node& node : list->items) read_one(node);
    } else {
      read_one(*list);
    }
  }

  const Node& root_;
  ItemReader reader_;
  Scenario scenario_;
};

}  // namespace

std::expected<Scenario, Diagnostics> read_scenario(std::string_view text, const std::string& file) {
  const auto root = yaml::read(text, file);
  if (!root) return std::unexpected(Diagnostics{root.error()});
  return Document(*root, file).read();
}

std::expected<Item, Diagnostics> read_step(std::string_view text, const Scenario& scenario) {
  const auto root = yaml::read(text, "step");
  if (!root) return std::unexpected(Diagnostics{root.error()});
  ItemReader reader("step");
  for (const Group& group : kGroups) {
    for (const Item& part : scenario.*group.parts) {
      reader.introduce(part.name, group.kind, part.at);
    }
  }
  const auto introduce = [&](const Item& step) {
    if (step.has("as")) {
      for (const Field& field : step.form->fields) {
        if (field.name != "as") continue;
        if (field.type == Type::new_code) reader.introduce(step.text("as"), Kind::code, step.at);
        if (field.type == Type::new_list) reader.introduce(step.text("as"), Kind::list, step.at);
        if (field.type == Type::new_secret)
          reader.introduce(step.text("as"), Kind::secret, step.at);
      }
    }
  };
  for (const Item& step : scenario.steps) introduce(step);
  for (const Scheduled& entry : scenario.schedule) {
    if (const Item* step = std::get_if<Item>(&entry.what)) introduce(*step);
  }
  auto step = reader.read_step(*root);
  if (!step) return std::unexpected(reader.diagnostics());
  return std::move(*step);
}

}  // namespace sim
