// A run as a file: JSON lines, a header, one line an action, a footer with the digest.
//
//     {"pairlab":"recording","version":1,"scenario":"scenarios/x.yaml","title":...,"revision":...,
//      "set":["bootstrap.binding=none"],"seed":1}
//     {"n":1,"at":0,"key":"phone: scan","do":"{ by: phone, do: scan, text: ... }","events":[...]}
//     {"digest":"...","actions":312,"virtual_ms":850}
//
// `do` is there for what was done from outside; keys alone name what the world enabled.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/json.hpp"
#include "model/base/result.hpp"
#include "model/base/time.hpp"
#include "sim/world/event.hpp"

namespace sim::trace {

struct RecordingHeader {
  std::string scenario, title, revision;
  std::vector<std::string> set;
  std::uint64_t seed = 1;
  bool operator==(const RecordingHeader&) const = default;
};

struct RecordedAction {
  std::string key;
  std::string step;  ///< the step that does it; empty: the world enabled it
  model::Millis at;  ///< since the world's start
  std::vector<model::js::Value> events;
};

struct Recording {
  RecordingHeader header;
  std::vector<RecordedAction> actions;
  std::string digest;
};

/// One line each, with the newline.
[[nodiscard]] std::string header_line(const RecordingHeader& header);
[[nodiscard]] std::string action_line(std::size_t number, const RecordedAction& action);
[[nodiscard]] std::string footer_line(std::string_view digest, std::size_t actions,
                                      model::Millis virtual_time);

/// Reads a recording back. Errors: "line 3: ..." for what is not as above; a file without a footer
/// is cut off and is refused too.
[[nodiscard]] model::Result<Recording> read_recording(std::string_view text);

}  // namespace sim::trace
