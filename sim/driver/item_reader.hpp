// Reading one step, expectation or part of a world against the vocabulary.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/driver/scenario.hpp"
#include "sim/driver/words.hpp"
#include "sim/driver/yaml_reader.hpp"

namespace sim {

/// What items are read against, and where their mistakes go.
class ItemReader {
 public:
  explicit ItemReader(std::string file) : file_(std::move(file)) {}

  enum class Kind : std::uint8_t { gateway, device, op, attacker, code, list, secret, process };

  /// "a gateway", "a setup code".
  [[nodiscard]] static std::string_view name_of(Kind kind);
  /// Makes a name known. False (and a diagnostic) if it is no name or already taken.
  bool introduce(const std::string& name, Kind kind, Mark at);
  [[nodiscard]] std::optional<Kind> kind_of(std::string_view name) const;

  /// A part of the world whose name is already known. `node` may be null: all defaults.
  [[nodiscard]] Item read_part(const std::string& name, Mark at, const yaml::Node* node,
                               const Form& form);
  [[nodiscard]] std::optional<Item> read_step(const yaml::Node& node);
  /// One expectation or a list of them.
  [[nodiscard]] std::vector<Item> read_expectations(const yaml::Node& node);
  [[nodiscard]] When read_when(const yaml::Node& node);
  /// Texts of a list of scalars, or of one scalar, each with its place.
  struct Word {
    std::string text;
    Mark at;
  };
  [[nodiscard]] std::vector<Word> read_words(const yaml::Node& node, std::string_view expected);
  [[nodiscard]] std::optional<bool> read_flag(const yaml::Node& node);
  /// Checks a policy field or "revision", and a value for it.
  bool check_field(std::string_view field, Mark at);
  bool check_field_value(std::string_view field, std::string_view value, Mark at);

  void complain(Mark at, std::string message);
  [[nodiscard]] bool sound() const { return diagnostics_.empty(); }
  [[nodiscard]] const Diagnostics& diagnostics() const { return diagnostics_; }

 private:
  std::optional<Item> read_expectation(const yaml::Node& node);
  void read_given(Item& item, const Field& field, const yaml::Node& node);
  std::optional<Given> read_value(const Field& field, const yaml::Node& node);
  std::optional<Given> read_number(const Field& field, const yaml::Node& node);
  bool check_reference(std::string_view name, std::span<const Kind> kinds,
                       std::string_view expected, Mark at);
  bool check_filled(const yaml::Node& node);
  bool check_pattern(const yaml::Node& node);
  void read_by(Item& item, const yaml::Node& node);
  void check_required(const Item& item, std::string_view what);
  void unknown_key(const yaml::Node::Key& key, std::string_view where,
                   std::vector<std::string_view> known);
  [[nodiscard]] std::vector<std::string_view> names_of(std::span<const Kind> kinds) const;

  std::string file_;
  Diagnostics diagnostics_;
  std::map<std::string, Kind, std::less<>> names_;
};

}  // namespace sim
