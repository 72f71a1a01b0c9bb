// The one way in which a function of this project says no.
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace model {

/// Why something could not be done: a sentence without a full stop, in lower case, ready to be
/// quoted after a location ("scenarios/qr.yaml:14:9: ").
struct Error {
  std::string message;
  bool operator==(const Error&) const = default;
};

/// A value, or the reason why there is none.
template <class T>
using Result = std::expected<T, Error>;

/// Shorthand for returning a refusal: `return fail("no such policy field")`.
[[nodiscard]] inline std::unexpected<Error> fail(std::string message) {
  return std::unexpected(Error{std::move(message)});
}

}  // namespace model
