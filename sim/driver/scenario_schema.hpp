// The JSON Schema that lets editors complete scenarios, made from the vocabulary.
#pragma once

#include <string>

namespace sim {

/// The text of scenarios/scenario.schema.json, with a final newline.
[[nodiscard]] std::string scenario_schema();

}  // namespace sim
