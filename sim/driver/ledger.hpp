// What a story has seen so far, kept so that expectations can count it: connect attempts,
// refusals, closes, events, answers, what gateways did, writes. Each entry knows after how many
// actions it was seen, so "since this step began" is a comparison.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/base/json.hpp"
#include "model/gateway/fact.hpp"
#include "sim/driver/run.hpp"

namespace sim {

/// A connect frame that a client sent.
struct SeenAttempt {
  std::size_t action;
  std::string conn, who, role;
  std::string sent;  ///< bootstrap, device_token, shared_token, password, nothing
};
/// A refused connect that reached its client.
struct SeenRefusal {
  std::size_t action;
  std::string conn, who, role, code, message, request_id;
};
/// A hello-ok that reached its client.
struct SeenHello {
  std::size_t action;
  std::string conn, who, role;
  model::js::Value auth;
};
/// The end of a connection as the client saw it; 1006: without a close frame.
struct SeenClose {
  std::size_t action;
  std::string conn, who;
  int code = 0;
  std::string reason;
};
struct SeenEvent {
  std::size_t action;
  std::string who, name;
  model::js::Value payload;
};
/// An answer to a method call.
struct SeenAnswer {
  std::size_t action;
  std::string who, method;
  bool ok = false;
  model::js::Value payload;  ///< or the error object
};
struct SeenFact {
  std::size_t action;
  std::string process;
  model::gateway::Fact fact;
};
struct SeenWrite {
  std::size_t action;
  std::string disk, path;
};
/// What a command at a gateway's host answered.
struct SeenTold {
  std::size_t action;
  std::string process, disk;
  model::gateway::HostAnswer answer;
};

class Ledger {
 public:
  /// Takes in the events of one action; `world` is the world after it.
  void update(const World& world, const Step& step);

  [[nodiscard]] std::size_t actions() const { return actions_; }

  std::vector<SeenAttempt> attempts;
  std::vector<SeenRefusal> refusals;
  std::vector<SeenHello> hellos;
  std::vector<SeenClose> closes;
  std::vector<SeenEvent> events;
  std::vector<SeenAnswer> answers;
  std::vector<SeenFact> facts;
  std::vector<SeenWrite> writes;
  std::vector<SeenTold> told;
  std::map<std::string, std::string> status;  ///< what a device's screen says
  /// Devices whose person is being asked about a certificate, oldest first.
  std::vector<std::string> trust_asked;

  /// Role of the latest connect frame on a connection.
  [[nodiscard]] std::string role_of(const std::string& conn) const;

 private:
  void sent_up(const World& world, const std::string& conn, const std::string& text);
  void received(const World& world, const std::string& conn, const Message& message);

  std::size_t actions_ = 0;
  std::set<std::string> device_tokens_;
  std::map<std::string, std::string> role_of_;
  std::map<std::string, std::string> disk_of_tool_;
  std::map<std::pair<std::string, std::string>, std::string> method_of_;  ///< (conn, id)
};

/// "phone" of "phone/1".
[[nodiscard]] std::string peer_of(std::string_view conn);

}  // namespace sim
