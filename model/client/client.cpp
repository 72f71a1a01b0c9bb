#include "model/client/client.hpp"

#include <algorithm>

namespace model::client {
namespace {

const DeviceAuthStore& store_of(const Client& client) {
  if (const auto* app = std::get_if<IosApp>(&client.program)) return app->durable.tokens;
  return std::get<JsClient>(client.program).durable.tokens;
}

std::optional<std::string> some(const std::string& secret) {
  return secret.empty() ? std::nullopt : std::optional(secret);
}

}  // namespace

Outputs step(Client& client, const Input& input, const crypto::KeyPair& key,
             const policy::Policy& policy, Instant now, NameSource& names) {
  if (auto* app = std::get_if<IosApp>(&client.program)) {
    return step(*app, input, key, policy, now, names);
  }
  return step(std::get<JsClient>(client.program), input, key, now, names);
}

std::map<std::string, Instant> timers(const Client& client) {
  return std::visit([](const auto& program) { return timers(program); }, client.program);
}

void hear_ticks(Client& client, const Channel& channel, Instant now) {
  if (auto* app = std::get_if<IosApp>(&client.program)) {
    IosSession& session = channel == kNodeChannel ? app->memory.node : app->memory.op;
    if (session.open()) session.channel->last_tick = now;
  } else {
    JsMemory& memory = std::get<JsClient>(client.program).memory;
    if (memory.stage == JsStage::open) memory.last_heard = now;
  }
}

std::string session_state(const Client& client, const Channel& channel) {
  if (const auto* app = std::get_if<IosApp>(&client.program)) return session_state(*app, channel);
  return session_state(std::get<JsClient>(client.program));
}

std::optional<std::string> stored_token(const Client& client, const std::string& role,
                                        const std::string& gateway) {
  const auto& entries = store_of(client).entries();
  const auto at = [&](const std::string& key) {
    return std::ranges::find(entries, key, &DeviceAuthStore::Entry::key);
  };
  auto found = entries.end();
  if (!gateway.empty()) found = at(slot_key(policy::TokenScope::per_gateway, gateway, role));
  if (found == entries.end()) found = at(slot_key(policy::TokenScope::global, {}, role));
  if (found == entries.end() && gateway.empty()) {
    found =
        std::ranges::find_if(entries, [&](const auto& entry) { return entry.value.role == role; });
  }
  return found != entries.end() ? std::optional(found->value.token) : std::nullopt;
}

BootstrapHeld bootstrap_held(const Client& client) {
  if (const auto* app = std::get_if<IosApp>(&client.program)) {
    const auto& active = app->memory.active;
    return {.memory = active ? some(active->node.bootstrap_token) : std::nullopt,
            .durable = some(secrets_of(app->durable).bootstrap_token)};
  }
  return {.memory = std::nullopt,
          .durable = some(std::get<JsClient>(client.program).options.bootstrap_token)};
}

}  // namespace model::client
