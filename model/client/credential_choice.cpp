#include "model/client/credential_choice.hpp"

namespace model::client {
namespace {

using Secret = std::optional<std::string>;

/// An empty secret is none.
Secret some(const Secret& secret) { return secret && !secret->empty() ? secret : std::nullopt; }

std::string signed_secret(const Choice& choice) {
  if (choice.token) return *choice.token;
  return choice.bootstrap_token.value_or("");
}

}  // namespace

Choice choose_javascript(const Credentials& held, Attempt attempt, EndpointTrust trust) {
  const Secret token = some(held.token);
  const Secret bootstrap = some(held.bootstrap_token);
  const Secret explicit_token = some(held.explicit_device_token);
  const Secret password = some(held.password);
  const Secret stored = some(held.stored_device_token);

  Choice choice;
  choice.retry_mode = attempt == Attempt::retry_with_stored_token && !explicit_token && token &&
                      stored && trust == EndpointTrust::trusted;
  const bool stored_may_stand_alone = !token && !password && (!bootstrap || stored);
  if (explicit_token) {
    choice.resolved_device_token = explicit_token;
  } else if (choice.retry_mode || stored_may_stand_alone) {
    choice.resolved_device_token = stored;
  }
  choice.token = token ? token : choice.resolved_device_token;
  if (!token && !choice.resolved_device_token) choice.bootstrap_token = bootstrap;
  choice.device_token = choice.retry_mode ? stored : choice.resolved_device_token;
  choice.password = password;
  choice.signature_token = signed_secret(choice);
  return choice;
}

Choice choose_swift(const Credentials& held, Attempt attempt, EndpointTrust trust) {
  const Secret token = some(held.token);
  const Secret bootstrap = some(held.bootstrap_token);
  const Secret password = some(held.password);
  const Secret stored = some(held.stored_device_token);

  Choice choice;
  choice.retry_mode = attempt == Attempt::retry_with_stored_token && token && stored &&
                      trust == EndpointTrust::trusted;
  if (token) {
    choice.token = token;
    if (choice.retry_mode) choice.device_token = stored;
  } else if (!password && stored) {
    choice.token = stored;
    choice.resolved_device_token = stored;
  } else if (bootstrap) {
    choice.bootstrap_token = bootstrap;
  } else {
    choice.password = password;
  }
  choice.signature_token = signed_secret(choice);
  return choice;
}

}  // namespace model::client
