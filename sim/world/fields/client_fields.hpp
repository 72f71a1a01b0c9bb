// The fields of clients, with their roles in fingerprints (see model_fields.hpp).
#pragma once

#include "model/client/client.hpp"

namespace sim {

namespace client = model::client;

// --- what both kinds keep ------------------------------------------------------------------------

template <class Ar>
void fields(Ar& ar, client::Choice& x) {
  ar("token", x.token);
  ar("bootstrapToken", x.bootstrap_token);
  ar("deviceToken", x.device_token);
  ar("password", x.password);
  ar("signatureToken", x.signature_token);
  ar("resolvedDeviceToken", x.resolved_device_token);
  ar("retryMode", x.retry_mode);
}
template <class Ar>
void fields(Ar& ar, client::StoredToken& x) {
  ar("token", x.token);
  ar("role", x.role);
  ar("scopes", x.scopes);
  ar.shown("updatedAt", x.updated_at);
}
template <class Ar>
void fields(Ar& ar, client::DeviceAuthStore::Entry& x) {
  ar("key", x.key);
  ar("value", x.value);
}
template <class Ar>
void fields(Ar& ar, client::DeviceAuthStore& x) {
  std::string device_id = x.device_id();
  std::vector<client::DeviceAuthStore::Entry> entries = x.entries();
  ar("deviceId", device_id);
  ar("entries", entries);
  if constexpr (Ar::kReads) x = client::DeviceAuthStore(device_id, std::move(entries));
}

// --- JavaScript client ---------------------------------------------------------------------------

template <class Ar>
void fields(Ar& ar, client::JsOptions& x) {
  ar("url", x.url);
  ar("token", x.token);
  ar("bootstrapToken", x.bootstrap_token);
  ar("deviceToken", x.device_token);
  ar("password", x.password);
  ar("deviceIdentity", x.device_identity);
  ar("role", x.role);
  ar("scopes", x.scopes);
  ar("clientName", x.client_name);
  ar("mode", x.mode);
  ar("version", x.version);
  ar("platform", x.platform);
  ar("deviceFamily", x.device_family);
  ar("displayName", x.display_name);
  ar("instanceId", x.instance_id);
  ar("pathEnv", x.path_env);
  ar("caps", x.caps);
  ar("commands", x.commands);
  ar("permissions", x.permissions);
  ar("minProtocol", x.min_protocol);
  ar("maxProtocol", x.max_protocol);
  ar("tlsFingerprint", x.tls_fingerprint);
  ar("plaintext", x.plaintext);
  ar("challengeTimeout", x.challenge_timeout);
  ar("requestTimeout", x.request_timeout);
  ar("tickWatchIntervalMin", x.tick_watch_interval_min);
}
template <class Ar>
void fields(Ar& ar, client::JsDurable& x) {
  ar("tokens", x.tokens);
}
template <class Ar>
void fields(Ar& ar, client::PendingCall& x) {
  ar("method", x.method);
  ar("due", x.due);
}
template <class Ar>
void fields(Ar& ar, client::JsMemory& x) {
  ar("stage", x.stage);
  ar("backOff", x.back_off);
  ar("retryPending", x.retry_pending);
  ar("budgetUsed", x.budget_used);
  ar("connectId", x.connect_id);
  ar("sent", x.sent);
  ar("storedTokenHeld", x.stored_token_held);
  ar("refusalCode", x.refusal_code);
  ar.shown("stoppedWhy", x.stopped_why);
  ar("deadline", x.deadline);
  // The watch of a healthy connection never comes due, and a fault that makes one unhealthy
  // restarts it; so neither when it began nor when the last tick was heard can matter.
  ar.shown("watchSince", x.watch_since);
  ar("tickInterval", x.tick_interval);
  ar.shown("lastHeard", x.last_heard);
  ar.keyed("calls", x.calls);
}
template <class Ar>
void fields(Ar& ar, client::JsClient& x) {
  ar("options", x.options);
  ar("durable", x.durable);
  ar("memory", x.memory);
}

// --- iOS app -------------------------------------------------------------------------------------

template <class Ar>
void fields(Ar& ar, client::IosDevice& x) {
  ar("platform", x.platform);
  ar("deviceFamily", x.device_family);
  ar("modelIdentifier", x.model_identifier);
  ar("version", x.version);
  ar("displayName", x.display_name);
  ar("locale", x.locale);
  ar("operatingSystem", x.operating_system);
  ar("caps", x.caps);
  ar("commands", x.commands);
  ar("permissions", x.permissions);
}
template <class Ar>
void fields(Ar& ar, client::Secrets& x) {
  ar("token", x.token);
  ar("bootstrapToken", x.bootstrap_token);
  ar("password", x.password);
}
template <class Ar>
void fields(Ar& ar, client::LastConnection& x) {
  ar("manual", x.manual);
  ar("stableId", x.stable_id);
  ar("tls", x.tls);
  ar("host", x.host);
  ar("port", x.port);
}
template <class Ar>
void fields(Ar& ar, client::Keychain& x) {
  ar("instanceId", x.instance_id);
  ar("secrets", x.secrets);
  ar("preferredGateway", x.preferred_gateway);
  ar("lastDiscoveredGateway", x.last_discovered_gateway);
  ar("lastConnection", x.last_connection);
  ar("pins", x.pins);
}
template <class Ar>
void fields(Ar& ar, client::ManualGateway& x) {
  ar("enabled", x.enabled);
  ar("host", x.host);
  ar("port", x.port);
  ar("tls", x.tls);
}
template <class Ar>
void fields(Ar& ar, client::Preferences& x) {
  ar("instanceId", x.instance_id);
  ar("preferredGateway", x.preferred_gateway);
  ar("lastDiscoveredGateway", x.last_discovered_gateway);
  ar("manual", x.manual);
  ar("autoconnect", x.autoconnect);
  ar("onboardingComplete", x.onboarding_complete);
  ar("hasConnectedOnce", x.has_connected_once);
  ar.shown("onboardingRequest", x.onboarding_request);
  ar("clientIdOverride", x.client_id_override);
  ar("manualClientId", x.manual_client_id);
  ar("legacyPins", x.legacy_pins);
}
template <class Ar>
void fields(Ar& ar, client::IosDurable& x) {
  ar("keychain", x.keychain);
  ar("preferences", x.preferences);
  ar("tokens", x.tokens);
}
template <class Ar>
void fields(Ar& ar, client::SessionOptions& x) {
  ar("role", x.role);
  ar("scopes", x.scopes);
  ar("caps", x.caps);
  ar("commands", x.commands);
  ar("permissions", x.permissions);
  ar("clientId", x.client_id);
  ar("clientMode", x.client_mode);
  ar("displayName", x.display_name);
}
template <class Ar>
void fields(Ar& ar, client::ChannelConfig& x) {
  ar("url", x.url);
  ar("pin", x.pin);
  ar("stableId", x.stable_id);
  ar("token", x.token);
  ar("bootstrapToken", x.bootstrap_token);
  ar("password", x.password);
  ar("options", x.options);
}
template <class Ar>
void fields(Ar& ar, client::IosChannel& x) {
  ar("config", x.config);
  ar("stage", x.stage);
  ar("createdAt", x.created_at);
  ar("idleSince", x.idle_since);
  ar("dialledAt", x.dialled_at);
  ar("paused", x.paused);
  ar("retryPending", x.retry_pending);
  ar("budgetUsed", x.budget_used);
  ar("reconnecting", x.reconnecting);
  ar("backOff", x.back_off);
  ar("reconnectDue", x.reconnect_due);
  ar("sent", x.sent);
  ar("storedTokenHeld", x.stored_token_held);
  ar("connectId", x.connect_id);
  ar.shown("watchSince", x.watch_since);
  ar.shown("lastTick", x.last_tick);
  ar("tickInterval", x.tick_interval);
  ar.keyed("calls", x.calls);
}
template <class Ar>
void fields(Ar& ar, client::GatewayConfig& x) {
  ar("node", x.node);
  ar("manual", x.manual);
}
template <class Ar>
void fields(Ar& ar, client::Loop& x) {
  ar("stage", x.stage);
  ar("captured", x.captured);
  ar("attempt", x.attempt);
  ar("up", x.up);
  ar("clientIdTried", x.client_id_tried);
  ar("since", x.since);
  ar("due", x.due);
}
template <class Ar>
void fields(Ar& ar, client::IosSession& x) {
  ar("loop", x.loop);
  ar("channel", x.channel);
}
template <class Ar>
void fields(Ar& ar, client::Target& x) {
  ar("stableId", x.stable_id);
  ar("url", x.url);
  ar("tls", x.tls);
  ar("manual", x.manual);
}
template <class Ar>
void fields(Ar& ar, client::FoundGateway& x) {
  ar("stableId", x.stable_id);
  ar("url", x.url);
  ar("tlsFingerprint", x.tls_fingerprint);
}
template <class Ar>
void fields(Ar& ar, client::IosMemory& x) {
  ar("launched", x.launched);
  ar("onboarding", x.onboarding);
  ar("active", x.active);
  ar("asked", x.asked);
  ar("shownCertificate", x.shown_certificate);
  ar("probeDue", x.probe_due);
  ar("autoReconnect", x.auto_reconnect);
  ar("pairingPaused", x.pairing_paused);
  ar.shown("pairingRequestId", x.pairing_request_id);
  ar.shown("lastRefusal", x.last_refusal);
  ar("background", x.background);
  ar("autoConnected", x.auto_connected);
  ar("found", x.found);
  ar("node", x.node);
  ar("operator", x.op);
  ar.shown("status", x.status);
}
template <class Ar>
void fields(Ar& ar, client::IosApp& x) {
  ar("device", x.device);
  ar("durable", x.durable);
  ar("memory", x.memory);
}
template <class Ar>
void fields(Ar& ar, client::Client& x) {
  ar("program", x.program);
}

}  // namespace sim
