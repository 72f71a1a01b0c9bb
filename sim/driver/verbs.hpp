// Which function carries out which step; one table for each kind of actor.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "model/base/result.hpp"
#include "sim/driver/scenario.hpp"
#include "sim/driver/story.hpp"

namespace sim {

struct Verb {
  std::string_view name;
  model::Result<void> (*act)(Story&, const Item&);
};

[[nodiscard]] std::span<const Verb> host_verbs();      ///< host_acts.cpp
[[nodiscard]] std::span<const Verb> operator_verbs();  ///< operator_acts.cpp
[[nodiscard]] std::span<const Verb> device_verbs();    ///< device_acts.cpp
[[nodiscard]] std::span<const Verb> fault_verbs();     ///< fault_acts.cpp
[[nodiscard]] std::span<const Verb> attacker_verbs();  ///< attacker_acts.cpp

/// The channel on which a program's calls go: of an app its `role`, else the only one.
[[nodiscard]] bool is_ios(const Story& story, const std::string& device);

/// Hands an input to a device and lets the world go on.
[[nodiscard]] model::Result<void> give_input(Story& story, const std::string& device,
                                             model::client::Input input);

/// Starts a command in a process of its own; the n-th of a name is called name.n.
[[nodiscard]] model::Result<void> start_tool(Story& story, const std::string& gateway,
                                             std::string process,
                                             model::gateway::HostCommand command);

}  // namespace sim
