// A scripted story with expectations, as read from a file: typed values, each with its place.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/base/json.hpp"
#include "model/base/time.hpp"
#include "model/policy/policy.hpp"
#include "sim/driver/vocabulary.hpp"
#include "sim/driver/yaml_reader.hpp"

namespace sim {

/// How many: both ends count.
struct Range {
  std::int64_t least = 0;
  std::int64_t most = INT64_MAX;
  [[nodiscard]] bool contains(std::int64_t n) const { return least <= n && n <= most; }
  /// "3", "at least 2", "at most 5", "1 to 3"
  [[nodiscard]] std::string text() const;
  bool operator==(const Range&) const = default;
};

/// The value of one key.
struct Given {
  Mark at;
  std::variant<std::string, std::vector<std::string>, bool, std::int64_t, Range, model::Millis,
               model::js::Value>
      value;
};

/// Restricts a step or expectation to some cells of a matrix: "revision" or a policy field, and
/// the values with which it applies.
struct When {
  std::map<std::string, std::vector<std::string>> fields;
  [[nodiscard]] bool empty() const { return fields.empty(); }
};

/// One step, expectation or part of a world: a form of the vocabulary with its keys filled in.
struct Item {
  const Form* form = nullptr;
  Mark at;
  std::string name;  ///< of a part of the world; else empty
  std::string by;    ///< who acts; empty: nobody in particular
  std::map<std::string, Given, std::less<>> given;
  When when;
  // Of steps only.
  std::optional<model::Millis> after, within;
  std::string before;  ///< pause point, a pattern
  std::vector<Item> until, expect;
  yaml::Node source;  ///< as written, for printing it again

  [[nodiscard]] bool has(std::string_view key) const { return given.contains(key); }
  [[nodiscard]] std::string text(std::string_view key, std::string otherwise = {}) const;
  [[nodiscard]] std::vector<std::string> texts(std::string_view key) const;
  [[nodiscard]] bool flag(std::string_view key, bool otherwise) const;
  [[nodiscard]] std::int64_t count(std::string_view key, std::int64_t otherwise) const;
  [[nodiscard]] Range range(std::string_view key, Range otherwise) const;
  [[nodiscard]] model::Millis span(std::string_view key, model::Millis otherwise) const;
  [[nodiscard]] const model::js::Value* json(std::string_view key) const;
  /// Of the key's value, or of the item if it has no such key.
  [[nodiscard]] Mark mark(std::string_view key) const;
};

/// One entry of `schedule:`: a key that must be enabled, or something done from outside.
struct Scheduled {
  Mark at;
  std::variant<std::string, Item> what;
};

/// A property that a scenario names in `breaks:` or `holds:`.
struct NamedProperty {
  Mark at;
  std::string id;
  When when;
};

/// One dimension of `for:`.
struct Dimension {
  std::string field;  ///< "revision" or a policy field
  Mark at;
  std::vector<std::string> values;
};

struct Assignment {
  std::string field, value;
  Mark at;
};

struct Scenario {
  std::string file;  ///< as named by whoever asked
  std::string title, source;
  std::string revision;
  std::uint64_t seed = 1;
  bool strict = false;  ///< known findings fail too
  bool fine = false;    ///< every step of the disk is an action of its own
  std::vector<Assignment> set;
  std::vector<Dimension> matrix;
  std::vector<Item> gateways, devices, operators, attackers;
  std::vector<Item> steps, expect;
  std::vector<Scheduled> schedule;
  std::vector<NamedProperty> breaks, holds;
  yaml::Node world;  ///< as written, for printing it again

  /// The part of the world with this name, or null.
  [[nodiscard]] const Item* part(std::string_view name) const;
};

using Diagnostics = std::vector<Diagnostic>;

/// Reads a scenario. Every mistake that can be told apart is reported, in the order of the file.
[[nodiscard]] std::expected<Scenario, Diagnostics> read_scenario(std::string_view text,
                                                                 const std::string& file);

/// Reads one step from text in flow form ("{ by: phone, do: retry }"), as interactive runs take
/// them, against the names of a scenario.
[[nodiscard]] std::expected<Item, Diagnostics> read_step(std::string_view text,
                                                         const Scenario& scenario);

/// What the command line changes.
struct Overrides {
  std::optional<std::string> revision;
  std::vector<std::string> set;  ///< "FIELD=VALUE"
  std::optional<std::uint64_t> seed;
};

/// One combination that a scenario runs in.
struct Cell {
  model::policy::Preset preset;
  model::policy::Policy policy;
  std::vector<std::string> differences;  ///< from the preset, "FIELD=VALUE"
  std::uint64_t seed = 1;
  std::string label;  ///< "revision 2026.3.28, bootstrap.binding none"; empty without a matrix

  [[nodiscard]] bool matches(const When& when) const;
};

/// The cells of a scenario. Errors: a revision or policy that does not exist or is not supported.
[[nodiscard]] std::expected<std::vector<Cell>, Diagnostics> cells_of(const Scenario& scenario,
                                                                     const Overrides& overrides);

}  // namespace sim
