// A run as a story that a person can follow: when, who, what, and why in protocol terms.
//
// Not everything that happens is told: bytes on their way, reads, and turns of an event loop are
// left out, and the writes of one transaction are one line. Secrets show their first four
// characters.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/time.hpp"
#include "sim/world/action.hpp"
#include "sim/world/event.hpp"

namespace sim::trace {

/// How much of an action is told.
enum class Detail : unsigned char {
  brief,  ///< only what sessions and pairings came to: the part before the story begins
  full,
};

/// What ids and secrets are called: device ids, tokens and request ids to names.
using Names = std::map<std::string, std::string, std::less<>>;

/// One line before it is laid out.
struct Line {
  model::Millis at;  ///< since the world's start
  std::string who, what;
};

class Timeline {
 public:
  explicit Timeline(model::Instant start, std::size_t width = 100) : start_(start), width_(width) {}

  /// Names known from now on; later ones are added to earlier ones.
  void name(const std::string& id, const std::string& name) { names_[id] = name; }
  void add(const std::vector<Event>& events, Detail detail = Detail::full);
  /// A line of the teller's own: a heading, a failed expectation.
  void add_note(model::Instant at, std::string who, std::string what);

  [[nodiscard]] const std::vector<Line>& lines() const { return lines_; }
  /// The lines from `first` on, laid out in columns no wider than the width, each with a newline.
  [[nodiscard]] std::string text(std::size_t first = 0) const;

 private:
  struct Teller;
  void tell(const Event& event, Detail detail);
  void put(model::Instant at, std::string who, std::string what);

  model::Instant start_;
  std::size_t width_;
  Names names_;
  Names process_of_;  ///< by connection, as facts tell it
  std::vector<Line> lines_;
  bool last_was_write_ = false;
};

/// "0.850", "12.000", "1:02:03.000": a span as the first column shows it.
[[nodiscard]] std::string clock_text(model::Millis span);

/// Cuts a text into lines of at most `width` columns (UTF-8 characters), at blanks where possible.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t width);

}  // namespace sim::trace
