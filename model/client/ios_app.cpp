#include "model/client/ios_app.hpp"

#include <fmt/format.h>

#include "model/client/ios_step.hpp"

namespace model::client {
namespace {

/// Hands one input to the part of the app that it concerns.
class Dispatch {
 public:
  explicit Dispatch(IosStep& step) : step_(step), memory_(step.memory()) {}

  void operator()(const Launch&) { launch(step_); }
  void operator()(const Scan& input) { started(), scan(step_, input); }
  void operator()(const TapConnect& input) { started(), choose_discovered(step_, input.gateway); }
  void operator()(const TapRetry&) { started(), retry(step_); }
  void operator()(const TapTrust& input) { answer_trust(step_, input.yes); }
  void operator()(const TapReset&) { started(), reset_onboarding(step_); }
  void operator()(const EnterSecret& input) { started(), enter_secret(step_, input); }
  void operator()(const SwitchGateway& input) { started(), switch_gateway(step_, input); }
  void operator()(const Discovered& input) { started(), discover(step_, input); }
  void operator()(const Background&) { memory_.background = true; }
  void operator()(const Foreground&) {
    memory_.background = false;
    hear_foreground(step_);
  }

  void operator()(const Quit&) {
    for (const std::string_view name : {kOperatorChannel, kNodeChannel}) {
      const IosSession& session = step_.session(Channel(name));
      if (!session.channel || session.channel->stage == ChannelStage::idle) continue;
      if (session.open()) step_.tell(NoteKind::session_lost, Channel(name), "program ended");
      step_.out.emplace_back(Hangup{Channel(name), kCut, {}});
    }
    if (memory_.probe_due) step_.out.emplace_back(Hangup{Channel(kProbeChannel), kCut, {}});
    memory_ = {};
  }

  void operator()(const CallMethod& input) {
    if (IosSession* session = session_of(input.channel); session != nullptr && session->open()) {
      call(step_, *session->channel, input);
      return;
    }
    Note note = make_note(NoteKind::answer, input.channel, input.method);
    note.payload = failure("gateway not connected");
    step_.out.emplace_back(std::move(note));
  }

  void operator()(const Opened& input) {
    if (input.channel == kProbeChannel) {
      hear_certificate(step_, input.certificate);
    } else if (IosChannel* channel = channel_of(input.channel)) {
      pass(input.channel, hear_opened(step_, *channel, input));
    }
  }
  void operator()(const DialFailed& input) { gone(input.channel, input.why); }
  void operator()(const Closed& input) {
    gone(input.channel, fmt::format("{} {}", input.code, input.reason));
  }
  void operator()(const Received& input) {
    if (IosChannel* channel = channel_of(input.channel)) {
      pass(input.channel, hear_text(step_, *channel, input));
    }
  }

  void operator()(const TimerDue& input) {
    const std::size_t dot = input.timer.find('.');
    if (dot == std::string::npos) return;
    const Channel name = input.timer.substr(0, dot);
    const std::string timer = input.timer.substr(dot + 1);
    if (name == kProbeChannel) {
      if (memory_.probe_due && step_.now >= *memory_.probe_due)
        hear_no_certificate(step_, "no answer");
    } else if (session_of(name) != nullptr && timer == "loop") {
      hear_loop_timer(step_, name);
    } else if (IosChannel* channel = channel_of(name)) {
      pass(name, hear_timer(step_, *channel, name, timer));
    }
  }

 private:
  /// A person who does something with the app has started it.
  void started() { launch(step_); }

  IosSession* session_of(const Channel& name) {
    if (name != kNodeChannel && name != kOperatorChannel) return nullptr;
    return &step_.session(name);
  }
  IosChannel* channel_of(const Channel& name) {
    IosSession* session = session_of(name);
    return session != nullptr && session->channel ? &*session->channel : nullptr;
  }
  void pass(const Channel& name, const News& news) {
    if (news) hear_news(step_, name, *news);
  }
  void gone(const Channel& name, const std::string& why) {
    if (name == kProbeChannel) {
      if (memory_.probe_due) hear_no_certificate(step_, why);
    } else if (IosChannel* channel = channel_of(name)) {
      pass(name, hear_loss(step_, *channel, name, why));
    }
  }

  IosStep& step_;
  IosMemory& memory_;
};

std::string node_state(const IosMemory& memory) {
  switch (memory.onboarding) {
    case OnboardingStage::asking_trust:
      return "asking";
    case OnboardingStage::halted:
      return "stopped";
    case OnboardingStage::reading_certificate:
      return "connecting";
    default:
      return memory.last_refusal.empty() ? "waiting" : "refused";
  }
}

}  // namespace

Outputs step(IosApp& app, const Input& input, const crypto::KeyPair& key,
             const policy::Policy& policy, Instant now, NameSource& names) {
  IosStep step{.app = app, .key = key, .policy = policy, .now = now, .names = names, .out = {}};
  std::visit(Dispatch(step), input);
  return std::move(step.out);
}

std::map<std::string, Instant> timers(const IosApp& app) {
  std::map<std::string, Instant> running;
  const auto add = [&](const IosSession& session, std::string_view name) {
    if (session.channel) running.merge(timers(*session.channel, Channel(name)));
    if (session.loop.due) running.emplace(fmt::format("{}.loop", name), *session.loop.due);
  };
  add(app.memory.node, kNodeChannel);
  add(app.memory.op, kOperatorChannel);
  if (app.memory.probe_due) running.emplace("probe.timeout", *app.memory.probe_due);
  return running;
}

std::string session_state(const IosApp& app, const Channel& channel) {
  const IosMemory& memory = app.memory;
  const bool node = channel != kOperatorChannel;
  const IosSession& session = node ? memory.node : memory.op;
  if (session.open()) return "open";
  switch (session.loop.stage) {
    case LoopStage::off:
      return node && memory.onboarding != OnboardingStage::unconfigured ? node_state(memory)
                                                                        : "idle";
    case LoopStage::connecting:
      return "connecting";
    case LoopStage::paused:
    case LoopStage::ended:
      return "stopped";
    default:
      return node ? node_state(memory) : "waiting";
  }
}

}  // namespace model::client
