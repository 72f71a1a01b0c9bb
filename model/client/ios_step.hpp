// One step of the app under way: what all its parts look at and add to.
#pragma once

#include <string>
#include <utility>

#include "model/client/ios_app.hpp"
#include "model/client/notes.hpp"

namespace model::client {

struct IosStep {
  IosApp& app;
  const crypto::KeyPair& key;
  const policy::Policy& policy;
  Instant now;
  NameSource& names;
  Outputs out;

  [[nodiscard]] IosMemory& memory() { return app.memory; }
  [[nodiscard]] IosDurable& durable() { return app.durable; }
  [[nodiscard]] std::string device_id() const { return crypto::device_id(key.public_key); }
  [[nodiscard]] IosSession& session(const Channel& name) {
    return name == kNodeChannel ? app.memory.node : app.memory.op;
  }
  void tell(NoteKind kind, const Channel& channel, std::string detail, std::string secret = {},
            std::string gateway = {}) {
    out.emplace_back(
        make_note(kind, channel, std::move(detail), std::move(secret), std::move(gateway)));
  }
  void show(std::string status) {
    tell(NoteKind::status, Channel(kNodeChannel), status);
    app.memory.status = std::move(status);
  }
};

// --- channels (ios_channel.cpp). `channel` is the one that `name` names.

/// Connects unless it is open or on its way. True: it is open already.
bool connect(IosStep& step, IosChannel& channel, const Channel& name);
[[nodiscard]] News hear_opened(IosStep& step, IosChannel& channel, const Opened& opened);
[[nodiscard]] News hear_text(IosStep& step, IosChannel& channel, const Received& received);
[[nodiscard]] News hear_loss(IosStep& step, IosChannel& channel, const Channel& name,
                             std::string why);
/// `timer` without the channel's name: "watchdog".
[[nodiscard]] News hear_timer(IosStep& step, IosChannel& channel, const Channel& name,
                              std::string_view timer);
void call(IosStep& step, IosChannel& channel, const CallMethod& call);
/// Ends the channel; its session forgets it.
void shut_down(IosStep& step, IosChannel& channel, const Channel& name);

// --- loops and sessions (ios_loops.cpp)

/// Starts both loops anew with a configuration (5.1).
void start_loops(IosStep& step, GatewayConfig config);
/// Cancels a loop; its channel stays.
void cancel_loop(IosStep& step, const Channel& name);
/// Shuts a session's channel down, if there is one.
void disconnect(IosStep& step, const Channel& name);
void hear_news(IosStep& step, const Channel& name, const ChannelNews& news);
void hear_loop_timer(IosStep& step, const Channel& name);
/// The app came to the foreground.
void hear_foreground(IosStep& step);

// --- the person and the surroundings (onboarding.cpp, reset.cpp)

void launch(IosStep& step);
void scan(IosStep& step, const Scan& scan);
void choose_discovered(IosStep& step, const std::string& stable_id);
void switch_gateway(IosStep& step, const SwitchGateway& other);
void enter_secret(IosStep& step, const EnterSecret& entered);
void retry(IosStep& step);
void answer_trust(IosStep& step, bool yes);
void discover(IosStep& step, const Discovered& found);
void hear_certificate(IosStep& step, const std::string& certificate);
void hear_no_certificate(IosStep& step, const std::string& why);
void reset_onboarding(IosStep& step);

}  // namespace model::client
