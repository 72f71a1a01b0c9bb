// One connection as the network holds it: what is under way in each direction, and how far each end
// has opened or closed. Ordered and reliable until it is not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/base/shared.hpp"
#include "model/gateway/request_context.hpp"

namespace sim {

/// One thing on its way through a connection.
struct Message {
  enum class Kind : std::uint8_t {
    upgrade,   ///< client asks to open (HTTP)
    accepted,  ///< 101: the socket is open
    refused,   ///< another HTTP status; `code`, `bytes` is the body
    text,      ///< a text message, reassembled (W-5)
    binary,    ///< a binary message
    close,     ///< a close frame with `code` and `bytes` as reason
    cut,       ///< the connection broke without a close frame (1006)
  };
  Kind kind = Kind::text;
  int code = 0;
  model::Shared<std::string> bytes;
  bool operator==(const Message&) const = default;
};

struct Link {
  enum class End : std::uint8_t { opening, open, closing, closed };
  std::string peer;     ///< the device or scripted peer that dialled
  std::string channel;  ///< the client's own name for it; empty for a scripted peer
  std::string process;  ///< the gateway process
  model::gateway::RequestContext context;  ///< peer address and headers as the gateway sees them
  End client = End::opening;
  End server = End::opening;
  std::vector<Message> up;                      ///< client to gateway, oldest first
  std::vector<Message> down;                    ///< gateway to client, oldest first
  bool paused_up = false, paused_down = false;  ///< faults: nothing is delivered that way for now
  bool half_open = false;                       ///< fault: both ways lost, nobody is told
  /// What a scripted peer received and its driver has not yet taken.
  std::vector<Message> inbox;
  bool operator==(const Link&) const = default;
};

}  // namespace sim
