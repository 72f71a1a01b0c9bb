// The same story with other names: whoever plays it right must play this right too.
//
// Devices (and with them their keys and ids), secrets, labels of bootstrap tokens, seeded tokens
// and request ids, connections, and the numbers of $R and $T symbols become others, in the steps
// and in what was recorded alike. What names decide stays: names keep their length where a limit
// could see it, connections keep their order, and ids keep theirs, since lists are sorted by them.
#pragma once

#include <cstdint>
#include <string>

#include "model/base/json.hpp"
#include "sim/driver/vector.hpp"

namespace sim {

/// Other secrets, of the same lengths.
[[nodiscard]] VectorSecrets renamed_secrets(std::uint64_t seed);

/// The vector's line, renamed. A line that is no vector comes back as it is or is refused by
/// `read_vector`, never here.
[[nodiscard]] model::js::Value rename_vector(const model::js::Value& line, std::uint64_t seed);

}  // namespace sim
