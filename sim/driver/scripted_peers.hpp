// The devices and operators of a recorded story: connections by name, what is sent on them, and
// what arrived. Nothing here knows what a story is about.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/json.hpp"
#include "model/base/result.hpp"
#include "model/gateway/request_context.hpp"
#include "sim/driver/run.hpp"

namespace sim {

/// One message that reached a scripted peer.
struct Arrival {
  std::string conn;  ///< its name in the story
  std::string key;   ///< the connection itself: a name may be used again after a close
  Message message;
  std::optional<model::js::Value> frame;  ///< of a text message that is JSON
};

/// The scripted peers of one gateway process. The run must outlive them, and must not move.
class ScriptedPeers {
 public:
  ScriptedPeers(Run& run, std::string process);
  ~ScriptedPeers();
  ScriptedPeers(const ScriptedPeers&) = delete;
  ScriptedPeers& operator=(const ScriptedPeers&) = delete;

  /// Is there an open connection of this name?
  [[nodiscard]] bool is_open(const std::string& conn) const;
  /// The connection that has this name now, or had it last; empty if none ever had.
  [[nodiscard]] std::string key_of(const std::string& conn) const;
  /// Nonce of the latest challenge on a connection of this name; empty if there was none.
  [[nodiscard]] std::string nonce_of(std::string_view conn) const;

  /// Opens a connection under a name that has none open and comes to rest.
  model::Result<void> open(const std::string& conn, model::gateway::RequestContext context);
  /// HTTP status with which the upgrade of the latest connection of this name was refused.
  [[nodiscard]] std::optional<int> refused(const std::string& conn) const;
  /// Sends one message and comes to rest.
  model::Result<void> send(const std::string& conn, Message message);
  /// Closes with 1000 and comes to rest; what still arrives there is nobody's.
  model::Result<void> hang_up(const std::string& conn);
  /// To rest. A node's peer answers every `node.invoke.request` at once with what it handled, and
  /// that exchange leaves no arrival.
  model::Result<void> settle();

  /// What arrived since the last call, in order.
  [[nodiscard]] std::vector<Arrival> take();

 private:
  struct Peer {
    std::string name, nonce;
    bool open = false;
    int refused = 0;
    std::uint32_t answers = 0;  ///< invokes answered so far
  };
  void arrived(const std::string& key, const Message& message);
  bool keep_private(const std::string& key, Peer& peer, const model::js::Value& frame);

  Run& run_;
  std::string process_;
  std::map<std::string, Peer> peers_;               ///< by connection key
  std::map<std::string, std::string> key_of_name_;  ///< the latest
  std::map<std::string, std::uint32_t> opened_;     ///< by name: how many so far
  std::vector<Arrival> arrivals_;
  std::vector<std::pair<std::string, std::string>> answers_;  ///< frames to send, by connection key
};

}  // namespace sim
