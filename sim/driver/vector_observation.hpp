// What one step of a story let its peers see, in the form of the recording
// (tests/vectors/README.md section 6).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/json.hpp"
#include "sim/driver/scripted_peers.hpp"

namespace sim {

/// How much of a response's payload is recorded.
enum class PayloadShown : std::uint8_t {
  hello_only,  ///< of raw frames, and of methods outside the pairing ones
  whole,  ///< `device.*`, `node.pair.*`, `node.list`, `node.describe`, `node.rename`, `node.invoke`
};
[[nodiscard]] PayloadShown payload_shown(std::string_view method);

/// First response frame among these that came on the connection; none if there is none.
[[nodiscard]] const model::js::Value* find_response(const std::vector<Arrival>& arrivals,
                                                    const std::string& key);

/// The response as recorded: `{id?, ok, payload or error}`.
enum class IdShown : bool { no, yes };
[[nodiscard]] model::js::Value response_entry(const model::js::Value& response, PayloadShown shown,
                                              IdShown id);

/// `{code, reason}` if the connection was closed, else null.
[[nodiscard]] model::js::Value close_entry(const std::vector<Arrival>& arrivals,
                                           const std::string& key);

/// Pairing events `{conn, event, payload}` by connection name, then order of arrival.
[[nodiscard]] model::js::Array event_entries(const std::vector<Arrival>& before,
                                             const std::vector<Arrival>& during);

/// Connections closed, other than the step's own: `{conn, code, reason}`, by name.
[[nodiscard]] model::js::Array closed_entries(const std::vector<Arrival>& arrivals,
                                              const std::string& except_key);

}  // namespace sim
