// A story in progress: the run, who plays in it, what was seen, and what names stand for.
//
// Whoever acts (acts.cpp, attacker.cpp) and whoever checks (expectation.cpp) works on this page.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/json.hpp"
#include "model/base/result.hpp"
#include "sim/driver/cast.hpp"
#include "sim/driver/ledger.hpp"
#include "sim/driver/run.hpp"
#include "sim/driver/scenario.hpp"

namespace sim {

/// A setup code of the story. Its text is known once the command that shows it has ended.
struct ShownCode {
  std::string gateway;
  bool by_own_process = false;  ///< `openclaw qr`: its code does not tell when it expires (K-30)
};

/// An attacker's connection by the name that the story gives it.
struct PeerConn {
  std::string conn;
};

/// An action that the default order leaves undone.
struct Hold {
  Mark at;
  std::string pattern, process, party;
  bool optional = false;
  std::size_t held = 0;  ///< how often it kept an action waiting
};

/// Moves between steps: who lets the world go on, and how far.
enum class Pace : std::uint8_t {
  to_rest,  ///< after each action the world comes to rest, as a person waits for the answer
  strict,   ///< only what is said happens (schedules)
};

class Story {
 public:
  Story(const Scenario& scenario, const Cell& cell);

  const Scenario& scenario;
  const Cell& cell;
  Cast cast;
  Run run;
  Ledger ledger;
  Pace pace = Pace::to_rest;
  std::vector<Hold> holds;

  std::map<std::string, ShownCode> codes;
  std::map<std::string, model::js::Value> lists;  ///< answers of device.pair.list
  std::map<std::string, std::string> secrets;
  std::map<std::string, std::map<std::string, PeerConn>> peers;  ///< attacker, connection name
  std::map<std::string, int> dials;                              ///< of attackers
  std::map<std::string, std::set<std::string>> known;            ///< codes and secrets by attacker
  std::map<std::string, int> tools;                              ///< processes started under a name

  /// Does one action from outside, then lets the world go on as `pace` says.
  model::Result<void> act(const Action& action);
  /// Default order until nothing but time is enabled, people's habits (trusting a certificate when
  /// asked) included.
  model::Result<void> settle();
  /// Lets time pass, settling at every timer.
  model::Result<void> pass(model::Millis span);
  /// One action of the default order, a habit, or false.
  model::Result<bool> step_default();
  /// Moves time to the next timer, but not beyond `until`. False if already there.
  model::Result<bool> step_time(model::Instant until);

  /// Token of a code; none while its command has not answered.
  [[nodiscard]] std::optional<std::string> token_of(const std::string& code) const;
  /// Text of a code as a camera reads it.
  [[nodiscard]] std::optional<std::string> text_of(const std::string& code) const;
  /// `$name` replaced; `$phone` is a device id, `$phone.key` its public key as sent, `$code` a
  /// token, `$secret` a secret. Error: something is not known yet.
  [[nodiscard]] model::Result<std::string> fill(std::string_view text) const;
  [[nodiscard]] model::Result<model::js::Value> fill_json(const model::js::Value& value) const;

  /// Content of a store file, parsed; an empty object if it is missing or no JSON object.
  [[nodiscard]] model::js::Value store_file(const std::string& gateway,
                                            std::string_view path) const;
  /// Newest live pending request of a device, or none.
  [[nodiscard]] std::optional<std::string> pending_request(const std::string& gateway,
                                                           const std::string& party) const;

 private:
  static constexpr std::size_t kActionsMax = 2'000'000;
  static constexpr std::size_t kActionsWithoutTimeMax = 100'000;

  std::size_t without_time_ = 0;
};

/// Does the pattern of a hold or pause point mean this action?
[[nodiscard]] bool matches(const Hold& hold, const World& world, const Action& action);

}  // namespace sim
