// Reset Onboarding (docs/protocol/client.md section 7), by policy app.reset_clears.
#include <string>

#include "model/client/advance.hpp"
#include "model/client/ios_step.hpp"

namespace model::client {
namespace {

void forget_gateways(IosDurable& durable) {
  durable.keychain.preferred_gateway.clear();
  durable.keychain.last_discovered_gateway.clear();
  durable.preferences.preferred_gateway.clear();
  durable.preferences.last_discovered_gateway.clear();
  clear_pins(durable);
}

void forget_secrets(IosStep& step) {
  Keychain& keychain = step.durable().keychain;
  const Secrets held = secrets_of(step.durable());
  const auto tell = [&](const std::string& secret, const char* slot) {
    if (!secret.empty()) step.tell(NoteKind::credential_cleared, Channel(kNodeChannel), slot);
  };
  tell(held.token, "shared_token");
  tell(held.bootstrap_token, "bootstrap_token");
  tell(held.password, "password");
  keychain.secrets.erase(keychain.instance_id);
}

void forget_device_tokens(IosStep& step) {
  for (const char* role : {"node", "operator"}) {
    const std::size_t before = step.durable().tokens.entries().size();
    step.durable().tokens.clear_role_everywhere(role);
    if (step.durable().tokens.entries().size() == before) continue;
    step.tell(NoteKind::credential_cleared, Channel(kNodeChannel),
              std::string("device_token ") + role);
  }
}

}  // namespace

void reset_onboarding(IosStep& step) {
  IosMemory& memory = step.memory();
  for (const std::string_view name : {kOperatorChannel, kNodeChannel}) {
    cancel_loop(step, Channel(name));
    disconnect(step, Channel(name));
  }
  if (memory.probe_due) step.out.emplace_back(Hangup{Channel(kProbeChannel), kCut, {}});
  advance(kOnboarding, memory.onboarding, OnboardingCue::reset);
  // What the app remembers beyond the gateway it used: discovery goes on, and it stays where it is.
  memory = {.launched = true,
            .onboarding = memory.onboarding,
            .background = memory.background,
            .auto_connected = memory.auto_connected,
            .found = memory.found};

  forget_secrets(step);
  IosDurable& durable = step.durable();
  durable.keychain.last_connection.reset();
  Preferences& preferences = durable.preferences;
  preferences.onboarding_complete = preferences.has_connected_once = false;
  preferences.manual.host.clear();
  preferences.manual.enabled = false;
  preferences.autoconnect = false;
  preferences.onboarding_request += 1;
  if (step.policy.reset_clears != policy::ResetClears::credentials_and_connection) {
    forget_gateways(durable);
  }
  if (step.policy.reset_clears == policy::ResetClears::everything) forget_device_tokens(step);
  step.show("Offline");
}

}  // namespace model::client
