// The pairing stores of a state directory, in the form of a recording
// (tests/vectors/README.md section 7).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/base/json.hpp"
#include "sim/world/disk.hpp"

namespace sim {

/// The five stores in the order of section 7.
inline constexpr std::string_view kVectorStores[] = {
    "devices.paired", "devices.pending", "devices.bootstrap", "nodes.paired", "nodes.pending"};

/// The path of a store's file: "devices.paired" is devices/paired.json. None: no such store.
[[nodiscard]] std::optional<std::string> store_path(std::string_view store);

/// Their contents as parsed; a file that is missing or does not parse counts as empty. Pending
/// requests are maps still, as in the files.
[[nodiscard]] model::js::Value store_entries(const Disk& disk);

/// Pending maps as lists sorted by device or node (by its name in the story), then by `ts`.
[[nodiscard]] model::js::Value with_sorted_requests(const model::js::Value& stores);

}  // namespace sim
