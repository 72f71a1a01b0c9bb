// Fresh names, derived and never drawn.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "model/base/names.hpp"

namespace sim {

/// How many names each (kind, who asked, for whom) has had. Lives in the world, outside every
/// process, so that a restart or a second process never issues a name twice.
struct NameCounts {
  std::map<std::string, std::uint32_t> counts;
  bool operator==(const NameCounts&) const = default;
};

/// Derives names for one asker: SHA-256 of (seed, kind, asker, whom, count), in the kind's form.
class DerivedNames : public model::NameSource {
 public:
  DerivedNames(std::uint64_t seed, std::string asker, NameCounts& counts)
      : seed_(seed), asker_(std::move(asker)), counts_(counts) {}
  [[nodiscard]] std::string mint(model::NameKind kind, std::string_view whom) override;

 private:
  std::uint64_t seed_;
  std::string asker_;
  NameCounts& counts_;
};

}  // namespace sim
