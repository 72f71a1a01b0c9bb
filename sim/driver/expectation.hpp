// What a story must have come to: one expectation against the world and what was seen.
#pragma once

#include <optional>
#include <string>

#include "sim/driver/scenario.hpp"
#include "sim/driver/story.hpp"

namespace sim {

/// Nothing if the expectation is met, else the rest of the sentence after its place: "expected
/// session open of phone, but it is stopped". Counts and "last" things are those after the first
/// `since` actions.
[[nodiscard]] std::optional<std::string> unmet(const Story& story, const Item& expectation,
                                               std::size_t since);

/// Has `whole` at least what `part` has? Objects may have further members, arrays may not have
/// further elements.
[[nodiscard]] bool has_at_least(const model::js::Value& whole, const model::js::Value& part);

/// The value at a place such as "a.b[0].c"; null if there is none. A dot inside brackets or quotes
/// belongs to the name: a['x.y'].
[[nodiscard]] const model::js::Value* value_at(const model::js::Value& value,
                                               std::string_view place);

}  // namespace sim
