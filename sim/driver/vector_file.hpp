// A file of vectors, one JSON text a line, read line by line.
#pragma once

#include <cstddef>
#include <istream>
#include <optional>
#include <string>

#include "model/base/json.hpp"
#include "model/base/result.hpp"
#include "sim/driver/vector.hpp"

namespace sim {

/// One line that is not blank: its JSON value, or why there is none.
struct VectorLine {
  std::size_t number = 0;  ///< from 1
  model::Result<model::js::Value> value;
};

class VectorFile {
 public:
  explicit VectorFile(std::istream& input, VectorLimits limits = {})
      : input_(input), limits_(limits) {}

  /// The next line; none at the end. A line beyond the limit is skipped and named.
  [[nodiscard]] std::optional<VectorLine> next();

 private:
  std::istream& input_;
  VectorLimits limits_;
  std::size_t number_ = 0;
};

}  // namespace sim
