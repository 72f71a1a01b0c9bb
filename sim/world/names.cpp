#include "sim/world/names.hpp"

#include <fmt/format.h>

#include "model/crypto/sha256.hpp"
#include "model/crypto/tokens.hpp"

namespace sim {

std::string DerivedNames::mint(model::NameKind kind, std::string_view whom) {
  const std::string pair = fmt::format("{}|{}|{}", static_cast<int>(kind), asker_, whom);
  const std::uint32_t count = ++counts_.counts[pair];
  return model::crypto::shape_name(
      kind, model::crypto::sha256(fmt::format("pairlab name|{}|{}|{}", seed_, pair, count)));
}

}  // namespace sim
