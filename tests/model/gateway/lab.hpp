// A gateway on a bench: sessions put in by hand, stores in memory, and a loop that meets every need
// at once. Tests say who calls what and read back frames, closes and facts in order.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/json.hpp"
#include "model/gateway/session.hpp"
#include "model/gateway/turn.hpp"
#include "model/policy/policy.hpp"
#include "model/store/operation.hpp"

namespace tests {

/// Names in the order in which they are asked for: "token-1", "request-2".
class CountingNames final : public model::NameSource {
 public:
  std::string mint(model::NameKind kind, std::string_view whom) override;

 private:
  int issued_ = 0;
};

class Lab {
 public:
  explicit Lab(std::string_view revision = "2026.3.31");

  /// A connection whose handshake is done, with a device of the same name as the connection.
  model::gateway::Session& join(const std::string& conn, std::string_view role,
                                std::vector<std::string> scopes);
  /// An operator with these scopes, each given without its "operator." prefix.
  void operator_joins(const std::string& conn, const std::vector<std::string>& scopes);
  /// A node, registered as one (G-54); its touch of the node record (G-55) is carried out.
  model::gateway::Session& node_joins(const std::string& conn, std::string_view platform,
                                      std::vector<std::string> commands);
  /// The session of `conn`, for changing.
  model::gateway::Session& session(const std::string& conn);

  /// One text message of `conn`, and everything that follows from it.
  void says(const std::string& conn, std::string_view text);
  /// A request with id "1"; returns the answer without type and id, as text.
  std::string call(const std::string& conn, std::string_view method,
                   std::string_view params = "{}");
  /// The answer's payload; fails the test if the call was refused.
  model::js::Value payload(const std::string& conn, std::string_view method,
                           std::string_view params = "{}");
  /// The message of the refusal; "ok" if there was none.
  std::string refusal(const std::string& conn, std::string_view method,
                      std::string_view params = "{}");

  /// Runs something on a Turn of its own and then every handler until none waits.
  template <class Run>
  void turn(Run run) {
    model::gateway::Turn at(gateway, now, names);
    run(at);
    take(at);
    drain();
  }
  /// Meets the needs of all handlers, in key order, until there are none.
  void drain();

  model::gateway::Gateway gateway;
  model::Instant now{1'000'000};
  CountingNames names;
  std::map<model::store::Group, model::store::Documents> files;
  bool store_fails = false;

  /// What has left the gateway since the last `clear`: "conn < text", "conn x 4001 reason".
  std::vector<std::string> lines;
  std::vector<model::gateway::Fact> facts;
  void clear();
  /// Frames that went to `conn`, in order.
  [[nodiscard]] std::vector<std::string> frames(const std::string& conn) const;
  /// Facts of a kind.
  [[nodiscard]] std::vector<model::gateway::Fact> facts_of(model::gateway::FactKind kind) const;

 private:
  void take(model::gateway::Turn& turn);
  model::gateway::Resume meet(const model::gateway::Need& need);
  int messages_ = 0;
};

/// JSON text written with ' for ", to keep tests readable.
[[nodiscard]] model::js::Value json(std::string_view text);
[[nodiscard]] std::string quoted(std::string_view text);

}  // namespace tests
