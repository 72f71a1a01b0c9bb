#include "sim/driver/vector.hpp"

#include <fmt/format.h>

#include "sim/driver/fields.hpp"

namespace sim {

namespace js = model::js;

model::Result<Vector> read_vector(const js::Value& line, const VectorSecrets& secrets,
                                  const VectorLimits& limits) {
  Vector vector;
  vector.secrets = secrets;
  vector.source = line;
  Fields fields(line, "vector");
  vector.id = fields.text("id");
  vector.revision = fields.text("revision");
  vector.tags = fields.texts("tags");
  static_cast<void>(fields.optional_text("note"));
  vector.devices = fields.texts("devices");
  if (const js::Value* config = fields.required("config")) {
    auto read = read_vector_config(*config, secrets);
    if (!read) return std::unexpected(read.error());
    vector.config = std::move(*read);
  }
  const js::Array* steps = fields.array("steps");
  if (steps == nullptr) fields.mistake("'steps' is missing");
  if (const js::Array* observed = fields.array("observed")) {
    vector.observed = js::Value(*observed);
    if (steps != nullptr && observed->size() != steps->size()) {
      fields.mistake(fmt::format("{} steps but {} observations", steps->size(), observed->size()));
    }
  }
  if (const js::Value* stores = fields.object("stores")) vector.stores = *stores;
  if (const auto done = fields.finish(); !done) return std::unexpected(done.error());

  if (steps->size() > limits.steps_max) {
    return model::fail(
        fmt::format("vector: {} steps, at most {} are replayed", steps->size(), limits.steps_max));
  }
  for (std::size_t i = 0; i < steps->size(); ++i) {
    auto step = read_vector_step((*steps)[i], fmt::format("step {}", i), limits);
    if (!step) return std::unexpected(step.error());
    vector.kinds.push_back(*js::string_member((*steps)[i], "do"));
    vector.steps.push_back(std::move(*step));
  }
  return vector;
}

}  // namespace sim
