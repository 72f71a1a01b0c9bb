// The same story with other names: whoever plays it right must play this right too.
//
// Devices (and with them their keys and ids), secrets, labels of bootstrap tokens, seeded tokens
// and request ids, connections, and the numbers of $R and $T symbols become others, in the steps
// and in what was recorded alike. What names decide stays: names keep their length where a limit
// could see it, connections keep their order, and ids keep theirs, since lists are sorted by them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "model/base/json.hpp"
#include "sim/driver/vector.hpp"

namespace sim {

/// Renames vectors, all from one seed. Keeps what it worked out for one vector for the next.
class VectorRenamer {
 public:
  explicit VectorRenamer(std::uint64_t seed) : seed_(seed) {}

  /// Other secrets, of the same lengths.
  [[nodiscard]] VectorSecrets secrets() const;

  /// The vector's line, renamed. A line that is no vector comes back as it is or is refused by
  /// `read_vector`, never here.
  [[nodiscard]] model::js::Value rename(const model::js::Value& line);

  /// Another name for a device, whose id sorts among all texts as the old one's does, and after
  /// `id_before`.
  [[nodiscard]] std::string rename_device(const std::string& device, const std::string& id_before);

 private:
  /// A name that would do, with its id.
  struct Candidate {
    std::string name, id;
  };
  /// Candidates tried so far for one device.
  struct Candidates {
    std::vector<Candidate> fitting;
    int tried = 0;
  };

  std::uint64_t seed_;
  std::map<std::string, Candidates> candidates_;
};

}  // namespace sim
