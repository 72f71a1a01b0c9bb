// The connect frame of a vector's step, with its possibly wrong device proof
// (tests/vectors/README.md section 5).
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "model/base/time.hpp"
#include "sim/driver/vector.hpp"
#include "sim/driver/vector_symbols.hpp"

namespace sim {

/// What the frame depends on besides the step.
struct ConnectSurroundings {
  const VectorSymbols& symbols;
  model::Instant now;  ///< of the client
  /// Nonce of the challenge on a connection, by the connection's name; empty if there was none.
  std::function<std::string(std::string_view)> nonce_of;
};

/// The text of the request frame; its id is "connect".
[[nodiscard]] std::string connect_frame(const ConnectRequest& step,
                                        const ConnectSurroundings& surroundings);

/// A request frame: `{"type":"req","id":...,"method":...,"params":...}`, params only if given.
[[nodiscard]] std::string request_frame(std::string_view id, std::string_view method,
                                        const std::optional<model::js::Value>& params);

}  // namespace sim
