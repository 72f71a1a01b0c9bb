#include "sim/driver/vector_writer.hpp"

namespace sim {

std::string vector_line(const Vector& vector, const Replay& replay) {
  model::js::Value line = vector.source;
  line.edit_object().set("observed", replay.observed);
  line.edit_object().set("stores", replay.stores);
  return model::js::dump(line);
}

}  // namespace sim
