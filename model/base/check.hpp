// CHECK states what the author relies on. A failed one is our bug, never the peer's.
#pragma once

#include <stdexcept>
#include <string>

namespace model {

/// A broken assumption inside the program (exit code 3 of `sim`), not bad input.
class Broken : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] void broken_check(const char* expression, const char* file, int line,
                               const std::string& detail = {});

}  // namespace model

#define CHECK(expression)                                                      \
  do {                                                                         \
    if (!(expression)) ::model::broken_check(#expression, __FILE__, __LINE__); \
  } while (false)

#define CHECK_THAT(expression, detail)                                                 \
  do {                                                                                 \
    if (!(expression)) ::model::broken_check(#expression, __FILE__, __LINE__, detail); \
  } while (false)
