#include "model/client/onboarding.hpp"

#include <algorithm>

#include "model/base/address.hpp"
#include "model/client/advance.hpp"
#include "model/client/endpoint.hpp"
#include "model/client/ios_step.hpp"
#include "model/client/swift_text.hpp"
#include "model/crypto/setup_code.hpp"

namespace model::client {
namespace {

constexpr Millis kProbeTimeout{3'000};  // C-34

/// Does a TLS gateway without a pin lead to a question, or to nothing (automatic connects)?
enum class Asking : std::uint8_t { allowed, forbidden };

void move(IosStep& step, OnboardingCue cue) { advance(kOnboarding, step.memory().onboarding, cue); }

Secrets& stored_secrets(IosStep& step) {
  Keychain& keychain = step.durable().keychain;
  return keychain.secrets[keychain.instance_id];
}

Target manual_target(const ManualGateway& manual) {
  const bool tls = manual.tls || !is_loopback_host(manual.host);  // C-33
  const int port =
      manual_port(manual.host, manual.port > 0 ? std::optional(manual.port) : std::nullopt, tls);
  return {.stable_id = manual_stable_id(manual.host, port),
          .url = url_of({.tls = tls, .host = manual.host, .port = port}),
          .tls = tls,
          .manual = true};
}

/// C-36: a discovered gateway must have TLS or a stored pin. With a pin it gets TLS, whatever the
/// unauthenticated text says.
std::optional<Target> found_target(IosStep& step, const FoundGateway& found) {
  auto endpoint = parse_endpoint(found.url);
  if (!endpoint) return std::nullopt;
  if (!endpoint->tls && pin_of(step.durable(), found.stable_id).empty()) return std::nullopt;
  endpoint->tls = true;
  return Target{
      .stable_id = found.stable_id, .url = url_of(*endpoint), .tls = true, .manual = false};
}

const FoundGateway* find_found(IosStep& step, const std::string& stable_id) {
  const auto& found = step.memory().found;
  const auto at = std::ranges::find(found, stable_id, &FoundGateway::stable_id);
  return at != found.end() && !stable_id.empty() ? &*at : nullptr;
}

/// Section 4, last paragraphs: what is handed to the model.
GatewayConfig config_for(IosStep& step, const Target& target) {
  const IosDevice& device = step.app.device;
  const Preferences& preferences = step.durable().preferences;
  std::string client_id = "openclaw-ios";
  if (const auto own = preferences.client_id_override.find(target.stable_id);
      own != preferences.client_id_override.end()) {
    client_id = own->second;
  } else if (!preferences.manual_client_id.empty()) {
    client_id = preferences.manual_client_id;
  }
  const Secrets secrets = secrets_of(step.durable());
  const auto trimmed = [](const std::string& text) { return std::string(swift_trim(text)); };
  return {.node = {.url = target.url,
                   .pin = target.tls ? pin_of(step.durable(), target.stable_id) : std::string{},
                   .stable_id = target.stable_id,
                   .token = trimmed(secrets.token),
                   .bootstrap_token = trimmed(secrets.bootstrap_token),
                   .password = trimmed(secrets.password),
                   .options = {.role = "node",
                               .scopes = {},
                               .caps = device.caps,
                               .commands = device.commands,
                               .permissions = device.permissions,
                               .client_id = client_id,
                               .client_mode = "node",
                               .display_name = device.display_name}},
          .manual = target.manual};
}

void abandon_probe(IosStep& step) {
  IosMemory& memory = step.memory();
  if (memory.probe_due) step.out.emplace_back(Hangup{Channel(kProbeChannel), kCut, {}});
  memory.probe_due.reset();
  memory.shown_certificate.clear();
  memory.asked.reset();
}

void start(IosStep& step, const Target& target) {
  const auto& last = step.durable().keychain.last_connection;
  step.durable().tokens.claim_unscoped(step.policy.token_scope,
                                       last ? last->stable_id : std::string{},
                                       target.stable_id);  // C-73
  step.show("Connecting");
  start_loops(step, config_for(step, target));
}

/// Connects to a gateway, or first asks whether its certificate is to be trusted (C-34). False:
/// asking was forbidden and would have been necessary.
bool choose(IosStep& step, const Target& target, Asking asking = Asking::allowed) {
  const bool unknown = target.tls && pin_of(step.durable(), target.stable_id).empty();
  if (unknown && asking == Asking::forbidden) return false;
  abandon_probe(step);
  if (!unknown) {
    move(step, OnboardingCue::gateway_chosen);
    start(step, target);
    return true;
  }
  move(step, OnboardingCue::unknown_chosen);
  step.memory().asked = target;
  step.memory().probe_due = step.now + kProbeTimeout;
  step.out.emplace_back(Dial{Channel(kProbeChannel), target.url, {}});
  step.show("Reading the gateway's certificate");
  return true;
}

/// C-37: what to connect to at start, best first.
std::vector<Target> automatic_targets(IosStep& step) {
  const IosDurable& durable = step.durable();
  const ManualGateway& manual = durable.preferences.manual;
  std::vector<Target> targets;
  if (manual.enabled && !manual.host.empty()) targets.push_back(manual_target(manual));
  if (const auto& last = durable.keychain.last_connection; last && last->manual && last->tls) {
    targets.push_back({.stable_id = last->stable_id,
                       .url = url_of({.tls = true, .host = last->host, .port = last->port}),
                       .tls = true,
                       .manual = true});
  }
  const auto add_found = [&](const FoundGateway* found) {
    if (found == nullptr) return;
    if (auto target = found_target(step, *found)) targets.push_back(std::move(*target));
  };
  add_found(find_found(step, durable.preferences.preferred_gateway));
  add_found(find_found(step, durable.preferences.last_discovered_gateway));
  if (step.memory().found.size() == 1) add_found(&step.memory().found.front());
  if (!manual.enabled && !manual.host.empty()) targets.push_back(manual_target(manual));
  return targets;
}

void connect_automatically(IosStep& step) {
  IosMemory& memory = step.memory();
  if (!step.durable().preferences.autoconnect || memory.auto_connected || memory.active ||
      memory.asked) {
    return;
  }
  for (const Target& target : automatic_targets(step)) {
    if (choose(step, target, Asking::forbidden)) {
      memory.auto_connected = true;
      return;
    }
  }
}

void keep_manual(IosStep& step, const Endpoint& endpoint) {
  step.durable().preferences.manual = {
      .enabled = true, .host = endpoint.host, .port = endpoint.port, .tls = endpoint.tls};
}

void save(IosStep& step, std::string Secrets::* slot, std::string_view name,
          const std::string& secret, const std::string& gateway) {
  stored_secrets(step).*slot = secret;
  step.tell(NoteKind::credential_stored, Channel(kNodeChannel), std::string(name), secret, gateway);
}

void forget(IosStep& step, std::string Secrets::* slot, std::string_view name) {
  std::string& stored = stored_secrets(step).*slot;
  if (stored.empty()) return;
  stored.clear();
  step.tell(NoteKind::credential_cleared, Channel(kNodeChannel), std::string(name));
}

/// Start-up rule of section 3: preferences win, and a missing side is filled from the other.
void mirror(std::string& preference, std::string& keychain) {
  if (preference.empty()) preference = keychain;
  keychain = preference;
}

}  // namespace

Secrets secrets_of(const IosDurable& durable) {
  const auto found = durable.keychain.secrets.find(durable.keychain.instance_id);
  return found != durable.keychain.secrets.end() ? found->second : Secrets{};
}

void launch(IosStep& step) {
  IosMemory& memory = step.memory();
  if (memory.launched) return;
  memory.launched = true;
  Keychain& keychain = step.durable().keychain;
  Preferences& preferences = step.durable().preferences;
  mirror(preferences.instance_id, keychain.instance_id);
  mirror(preferences.preferred_gateway, keychain.preferred_gateway);
  mirror(preferences.last_discovered_gateway, keychain.last_discovered_gateway);
  if (keychain.instance_id.empty()) {
    keychain.instance_id = preferences.instance_id = step.names.mint(NameKind::instance, "app");
  }
  connect_automatically(step);
}

void scan(IosStep& step, const Scan& scan) {
  const auto code = crypto::read_setup_code(scan.setup_code);
  if (!code) {
    step.show("Setup code not recognized: " + std::string(crypto::describe(code.error())));
    return;
  }
  const Endpoint endpoint{.tls = code->tls, .host = code->host, .port = code->port};
  const std::string url = url_of(endpoint);
  keep_manual(step, endpoint);
  if (code->bootstrap_token && !swift_trim(*code->bootstrap_token).empty()) {  // C-31
    save(step, &Secrets::bootstrap_token, "bootstrap_token", *code->bootstrap_token, url);
    forget(step, &Secrets::token, "shared_token");
    forget(step, &Secrets::password, "password");
  }
  if (code->token) save(step, &Secrets::token, "shared_token", *code->token, url);
  if (code->password) save(step, &Secrets::password, "password", *code->password, url);
  choose(step, manual_target(step.durable().preferences.manual));
}

void choose_discovered(IosStep& step, const std::string& stable_id) {
  const FoundGateway* found = find_found(step, stable_id);
  const auto target = found != nullptr ? found_target(step, *found) : std::nullopt;
  if (!target) {
    step.show(found != nullptr ? "Gateway has no TLS and no stored certificate"
                               : "Gateway not found");
    return;
  }
  Keychain& keychain = step.durable().keychain;
  Preferences& preferences = step.durable().preferences;
  keychain.preferred_gateway = preferences.preferred_gateway = stable_id;  // C-36a
  keychain.last_discovered_gateway = preferences.last_discovered_gateway = stable_id;
  preferences.manual.enabled = false;
  choose(step, *target);
}

void switch_gateway(IosStep& step, const SwitchGateway& other) {
  const auto endpoint = parse_endpoint(other.url);
  if (!endpoint) {
    step.show("Gateway address not usable");
    return;
  }
  keep_manual(step, *endpoint);
  choose(step, manual_target(step.durable().preferences.manual));
}

void enter_secret(IosStep& step, const EnterSecret& entered) {
  if (!entered.token.empty()) save(step, &Secrets::token, "shared_token", entered.token, {});
  if (!entered.password.empty()) save(step, &Secrets::password, "password", entered.password, {});
}

void retry(IosStep& step) {
  IosMemory& memory = step.memory();
  const ManualGateway& manual = step.durable().preferences.manual;
  if (memory.asked) {
    choose(step, Target(*memory.asked));
  } else if (memory.active) {
    const ChannelConfig& node = memory.active->node;
    const auto endpoint = parse_endpoint(node.url);
    choose(step, {.stable_id = node.stable_id,
                  .url = node.url,
                  .tls = endpoint && endpoint->tls,
                  .manual = memory.active->manual});
  } else if (!manual.host.empty()) {
    choose(step, manual_target(manual));
  } else if (find_found(step, step.durable().preferences.preferred_gateway) != nullptr) {
    choose_discovered(step, std::string(step.durable().preferences.preferred_gateway));
  } else {
    step.show("No gateway chosen");
  }
}

void answer_trust(IosStep& step, bool yes) {
  IosMemory& memory = step.memory();
  if (memory.onboarding != OnboardingStage::asking_trust) return;
  if (!yes) {
    move(step, OnboardingCue::declined);
    step.show("Certificate not trusted");
    return;
  }
  const Target target = *memory.asked;
  step.durable().keychain.pins[target.stable_id] = memory.shown_certificate;
  move(step, OnboardingCue::trusted);
  abandon_probe(step);
  start(step, target);
}

void discover(IosStep& step, const Discovered& found) {
  auto& all = step.memory().found;
  const FoundGateway gateway{found.stable_id, found.url, found.tls_fingerprint};
  const auto at = std::ranges::find(all, found.stable_id, &FoundGateway::stable_id);
  if (at != all.end()) {
    *at = gateway;
  } else {
    all.push_back(gateway);
  }
  Keychain& keychain = step.durable().keychain;
  Preferences& preferences = step.durable().preferences;
  if (preferences.preferred_gateway.empty() &&
      preferences.last_discovered_gateway.empty()) {  // C-36a
    keychain.last_discovered_gateway = preferences.last_discovered_gateway = all.front().stable_id;
  }
  connect_automatically(step);
}

void hear_certificate(IosStep& step, const std::string& certificate) {
  IosMemory& memory = step.memory();
  if (memory.onboarding != OnboardingStage::reading_certificate) return;
  if (certificate.empty()) {
    hear_no_certificate(step, "the gateway shows no certificate");
    return;
  }
  step.out.emplace_back(Hangup{Channel(kProbeChannel), kCut, {}});
  memory.probe_due.reset();
  memory.shown_certificate = certificate;
  move(step, OnboardingCue::certificate_read);
  step.show("Trust this gateway?");
  step.tell(NoteKind::trust_asked, Channel(kProbeChannel), certificate);
}

void hear_no_certificate(IosStep& step, const std::string& why) {
  IosMemory& memory = step.memory();
  if (memory.onboarding != OnboardingStage::reading_certificate) return;
  step.out.emplace_back(Hangup{Channel(kProbeChannel), kCut, {}});
  memory.probe_due.reset();
  move(step, OnboardingCue::certificate_unread);
  step.show("Certificate could not be read: " + why);
}

std::string_view name_of(OnboardingStage stage) {
  constexpr auto kNames = std::to_array<std::string_view>(
      {"unconfigured", "reading_certificate", "asking_trust", "halted", "connecting", "connected",
       "awaiting_approval", "needs_credentials"});
  return kNames.at(static_cast<std::size_t>(stage));
}

std::string_view name_of(OnboardingCue cue) {
  constexpr auto kNames = std::to_array<std::string_view>(
      {"gateway_chosen", "unknown_chosen", "certificate_read", "certificate_unread", "trusted",
       "declined", "node_open", "node_lost", "pairing_required", "unauthorized", "reset"});
  return kNames.at(static_cast<std::size_t>(cue));
}

}  // namespace model::client
