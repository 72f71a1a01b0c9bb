// The words of the scenario language: every step, expectation and part of a world, with its keys.
//
// One table serves the reader, the messages with nearest names, the JSON Schema for editors and
// the page docs/scenarios.md, so that they cannot disagree.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace sim {

/// What the value of a key is.
enum class Type : std::uint8_t {
  text,     ///< any text
  filled,   ///< a text in which $name stands for an id or secret
  from,     ///< where a client comes from: local, local_name, remote, remote:<address>,
            ///< proxied:<address>
  texts,    ///< a list of texts, or one
  flag,     ///< yes or no
  count,    ///< a whole number from 0 up
  range,    ///< a number, ">= 2", "<= 5" or "1..3"
  span,     ///< a time: 5s, 300ms, 9m59s999ms, 2h, 1d; a bare number is milliseconds
  choice,   ///< one of Field::choices
  device,   ///< a name from `world`
  devices,  ///< a list of devices, or one
  gateway,
  op,        ///< an operator
  party,     ///< a device, operator or attacker
  host,      ///< a party or a gateway: whoever has a clock
  code,      ///< a setup code that an earlier step showed
  list,      ///< a list that an earlier step took
  secret,    ///< a secret that an earlier step learned
  process,   ///< a gateway, or a command that some step gives a process name
  new_code,  ///< a name for the code that this step shows
  new_list,
  new_secret,
  new_process,
  json,      ///< any YAML; $name stands for an id or secret
  pattern,   ///< an action: "rename devices/bootstrap.json"
  path,      ///< a store file: devices/bootstrap.json
  property,  ///< an id of `sim list properties`
};

enum class Needed : std::uint8_t { optional, required };

/// One key.
struct Field {
  std::string_view name;
  Type type;
  std::string_view meaning;
  Needed needed = Needed::optional;
  std::span<const std::string_view> choices = {};
};

/// Who may stand in `by:`.
enum Actor : std::uint8_t { nobody = 1, a_device = 2, an_operator = 4, an_attacker = 8 };

/// One step, expectation or part of a world.
struct Form {
  std::string_view name;     ///< value of `do:`, or the key that tells what it is
  std::string_view meaning;  ///< one sentence
  std::span<const Field> fields;
  std::uint8_t by = nobody;  ///< Actor values; `nobody`: `by:` may be left out
};

/// Values of `do:`.
[[nodiscard]] std::span<const Form> step_forms();
/// Steps that are told by a key of their own: hold, release, wait, expect.
[[nodiscard]] std::span<const Form> short_step_forms();
/// Keys that every step may have, beside `do` and `by`.
[[nodiscard]] std::span<const Field> common_step_fields();
/// Expectations; each is told by the key of its name, which is its first field.
[[nodiscard]] std::span<const Form> expectation_forms();
/// Keys of the parts of a world.
[[nodiscard]] const Form& gateway_form();
[[nodiscard]] const Form& device_form();
[[nodiscard]] const Form& operator_form();
[[nodiscard]] const Form& attacker_form();
/// Keys of a scenario: name and meaning.
[[nodiscard]] std::span<const Field> scenario_fields();
/// Store files, as `path` takes them.
[[nodiscard]] std::span<const std::string_view> store_paths();
/// Verbs of a pattern: "rename", "read", ...
[[nodiscard]] std::span<const std::string_view> pattern_verbs();

/// "a device", "a span such as 5s": what a message says was expected.
[[nodiscard]] std::string_view name_of(Type type);

}  // namespace sim
