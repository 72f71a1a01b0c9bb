// The single checks behind expectation.hpp, one for each word of the vocabulary.
#pragma once

#include <optional>
#include <string>

#include "sim/driver/scenario.hpp"
#include "sim/driver/story.hpp"

namespace sim::expect {

/// Nothing if met, else "expected ..., but ...".
using Unmet = std::optional<std::string>;

// Of clients (client_expectations.cpp).
[[nodiscard]] Unmet session(const Story& story, const Item& item, std::size_t since);
[[nodiscard]] Unmet refusal(const Story& story, const Item& item, std::size_t since);
[[nodiscard]] Unmet bootstrap(const Story& story, const Item& item, std::size_t since);
[[nodiscard]] Unmet token(const Story& story, const Item& item, std::size_t since);
[[nodiscard]] Unmet sent(const Story& story, const Item& item, std::size_t since);
[[nodiscard]] Unmet attempts(const Story& story, const Item& item, std::size_t since);
[[nodiscard]] Unmet status(const Story& story, const Item& item, std::size_t since);
[[nodiscard]] Unmet closed(const Story& story, const Item& item, std::size_t since);
[[nodiscard]] Unmet event(const Story& story, const Item& item, std::size_t since);
[[nodiscard]] Unmet answer(const Story& story, const Item& item, std::size_t since);
// Of gateways (gateway_expectations.cpp).
[[nodiscard]] Unmet paired(const Story& story, const Item& item, std::size_t since);
[[nodiscard]] Unmet pending(const Story& story, const Item& item, std::size_t since);
[[nodiscard]] Unmet codes(const Story& story, const Item& item, std::size_t since);
[[nodiscard]] Unmet code(const Story& story, const Item& item, std::size_t since);
[[nodiscard]] Unmet file(const Story& story, const Item& item, std::size_t since);
[[nodiscard]] Unmet writes(const Story& story, const Item& item, std::size_t since);
[[nodiscard]] Unmet fact(const Story& story, const Item& item, std::size_t since);
[[nodiscard]] Unmet told(const Story& story, const Item& item, std::size_t since);
[[nodiscard]] Unmet sessions(const Story& story, const Item& item, std::size_t since);
[[nodiscard]] Unmet process(const Story& story, const Item& item, std::size_t since);
// Shared wording.
[[nodiscard]] Unmet but(const std::string& expected, const std::string& found);
/// "never", "once", "3 times".
[[nodiscard]] std::string times(std::int64_t n);
/// A value as a message shows it.
[[nodiscard]] std::string short_json(const model::js::Value& value);

}  // namespace sim::expect
