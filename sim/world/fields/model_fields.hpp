// The fields of the model's values, each with its role in fingerprints: said once, here.
//
// An archive visits them: ar(name, field) is exact (issued names inside count as names), ar.aged is
// compared with a span, ar.shown counts for nothing, ar.key is a world's own key of a connection or
// handler. A new field of a struct belongs here too; a test counts them (tests/sim/world).
#pragma once

#include "model/gateway/gateway.hpp"
#include "model/policy/policy.hpp"
#include "model/store/lifetimes.hpp"
#include "model/store/operation.hpp"
#include "model/wire/connect_params.hpp"

namespace sim {

namespace store = model::store;
namespace gateway = model::gateway;
namespace wire = model::wire;

// --- wire ----------------------------------------------------------------------------------------

template <class Ar>
void fields(Ar& ar, wire::ClientInfo& x) {
  ar("id", x.id);
  ar("displayName", x.display_name);
  ar("version", x.version);
  ar("platform", x.platform);
  ar("deviceFamily", x.device_family);
  ar("modelIdentifier", x.model_identifier);
  ar("mode", x.mode);
  ar("instanceId", x.instance_id);
}
template <class Ar>
void fields(Ar& ar, wire::DeviceProof& x) {
  ar("id", x.id);
  ar("publicKey", x.public_key);
  // Held by handlers and sessions only: what is still to be judged is visited as a whole frame.
  ar.shown("signature", x.signature);
  ar.shown("signedAt", x.signed_at);
  ar.shown("nonce", x.nonce);
}
template <class Ar>
void fields(Ar& ar, wire::ConnectAuth& x) {
  ar("token", x.token);
  ar("bootstrapToken", x.bootstrap_token);
  ar("deviceToken", x.device_token);
  ar("password", x.password);
}
template <class Ar>
void fields(Ar& ar, wire::ConnectParams& x) {
  ar("minProtocol", x.min_protocol);
  ar("maxProtocol", x.max_protocol);
  ar("client", x.client);
  ar("caps", x.caps);
  ar("commands", x.commands);
  ar("permissions", x.permissions);
  ar("pathEnv", x.path_env);
  ar("role", x.role);
  ar("scopes", x.scopes);
  ar("device", x.device);
  ar("auth", x.auth);
  ar("locale", x.locale);
  ar("userAgent", x.user_agent);
}

// --- policy --------------------------------------------------------------------------------------

template <class Ar>
void fields(Ar& ar, model::policy::Policy& x) {
  for (const model::policy::Field& field : model::policy::fields()) {
    std::int32_t index = field.get(x);
    ar(field.name, index);
    if constexpr (Ar::kReads) {
      if (index >= 0 && static_cast<std::size_t>(index) < field.values.size()) {
        field.set(x, static_cast<std::uint8_t>(index));
      }
    }
  }
}

// --- stores --------------------------------------------------------------------------------------

template <class Ar>
void fields(Ar& ar, store::Profile& x) {
  ar("roles", x.roles);
  ar("scopes", x.scopes);
}
template <class Ar>
void fields(Ar& ar, store::BootstrapVerify& x) {
  ar("token", x.token);
  ar("deviceId", x.device_id);
  ar("publicKey", x.public_key);
  ar("role", x.role);
  ar("scopes", x.scopes);
}
template <class Ar>
void fields(Ar& ar, store::BootstrapRevoke& x) {
  ar("token", x.token);
}
template <class Ar>
void fields(Ar& ar, store::BootstrapIssue& x) {
  ar("profile", x.profile);
}
template <class Ar>
void fields(Ar&, store::BootstrapClear&) {}
template <class Ar>
void fields(Ar& ar, store::DeviceRequest& x) {
  ar("deviceId", x.device_id);
  ar("publicKey", x.public_key);
  ar("displayName", x.display_name);
  ar("platform", x.platform);
  ar("deviceFamily", x.device_family);
  ar("clientId", x.client_id);
  ar("clientMode", x.client_mode);
  ar("role", x.role);
  ar("roles", x.roles);
  ar("scopes", x.scopes);
  ar("remoteIp", x.remote_ip);
  ar("silent", x.silent);
}
template <class Ar>
void fields(Ar& ar, store::DeviceApprove& x) {
  ar("requestId", x.request_id);
  ar("callerScopes", x.caller_scopes);
}
template <class Ar>
void fields(Ar& ar, store::DeviceReject& x) {
  ar("requestId", x.request_id);
}
template <class Ar>
void fields(Ar& ar, store::DeviceRemove& x) {
  ar("deviceId", x.device_id);
}
template <class Ar>
void fields(Ar& ar, store::DeviceUpdate& x) {
  ar("deviceId", x.device_id);
  ar("displayName", x.display_name);
  ar("clientId", x.client_id);
  ar("clientMode", x.client_mode);
  ar("role", x.role);
  ar("scopes", x.scopes);
  ar("remoteIp", x.remote_ip);
}
template <class Ar>
void fields(Ar& ar, store::TokenVerify& x) {
  ar("deviceId", x.device_id);
  ar("token", x.token);
  ar("role", x.role);
  ar("scopes", x.scopes);
}
template <class Ar>
void fields(Ar& ar, store::TokenEnsure& x) {
  ar("deviceId", x.device_id);
  ar("role", x.role);
  ar("scopes", x.scopes);
}
template <class Ar>
void fields(Ar& ar, store::TokenRotate& x) {
  ar("deviceId", x.device_id);
  ar("role", x.role);
  ar("scopes", x.scopes);
}
template <class Ar>
void fields(Ar& ar, store::TokenRevoke& x) {
  ar("deviceId", x.device_id);
  ar("role", x.role);
}
template <class Ar>
void fields(Ar& ar, store::NodeRequest& x) {
  ar("nodeId", x.node_id);
  ar("fields", x.fields);
}
template <class Ar>
void fields(Ar& ar, store::NodeApprove& x) {
  ar("requestId", x.request_id);
  ar("callerScopes", x.caller_scopes);
}
template <class Ar>
void fields(Ar& ar, store::NodeReject& x) {
  ar("requestId", x.request_id);
}
template <class Ar>
void fields(Ar& ar, store::NodeUpdate& x) {
  ar("nodeId", x.node_id);
  ar("fields", x.fields);
}
template <class Ar>
void fields(Ar& ar, store::NodeRename& x) {
  ar("nodeId", x.node_id);
  ar("displayName", x.display_name);
}
template <class Ar>
void fields(Ar& ar, store::Answer& x) {
  ar("outcome", x.outcome);
  ar("reason", x.reason);
  ar("missingScope", x.missing_scope);
  ar("created", x.created);
  ar("record", x.record);
  ar("id", x.id);
  ar("count", x.count);
}

// --- gateway: configuration and memory -----------------------------------------------------------

template <class Ar>
void fields(Ar& ar, gateway::TrustedProxyAuth& x) {
  ar("userHeader", x.user_header);
  ar("requiredHeaders", x.required_headers);
  ar("allowUsers", x.allow_users);
}
template <class Ar>
void fields(Ar& ar, gateway::LimiterRules& x) {
  ar("maxAttempts", x.max_attempts);
  ar("window", x.window);
  ar("lockout", x.lockout);
  ar("exemptLoopback", x.exempt_loopback);
}
template <class Ar>
void fields(Ar& ar, gateway::AuthConfig& x) {
  ar("mode", x.mode);
  ar("token", x.token);
  ar("password", x.password);
  ar("trustedProxy", x.trusted_proxy);
  ar("allowTailscale", x.allow_tailscale);
  ar("rateLimit", x.rate_limit);
}
template <class Ar>
void fields(Ar& ar, gateway::ControlUiConfig& x) {
  ar("allowedOrigins", x.allowed_origins);
  ar("allowInsecureAuth", x.allow_insecure_auth);
  ar("dangerouslyDisableDeviceAuth", x.dangerously_disable_device_auth);
  ar("dangerouslyAllowHostHeaderOriginFallback", x.dangerously_allow_host_header_origin_fallback);
}
template <class Ar>
void fields(Ar& ar, gateway::NodesConfig& x) {
  ar("allowCommands", x.allow_commands);
  ar("denyCommands", x.deny_commands);
}
template <class Ar>
void fields(Ar& ar, gateway::TlsConfig& x) {
  ar("enabled", x.enabled);
  ar("fingerprint", x.fingerprint);
}
template <class Ar>
void fields(Ar& ar, gateway::Config& x) {
  ar("auth", x.auth);
  ar("trustedProxies", x.trusted_proxies);
  ar("allowRealIpFallback", x.allow_real_ip_fallback);
  ar("controlUi", x.control_ui);
  ar("nodes", x.nodes);
  ar("tls", x.tls);
  ar("tailscale", x.tailscale);
  ar("bind", x.bind);
  ar("customBindHost", x.custom_bind_host);
  ar("port", x.port);
  ar("publicUrl", x.public_url);
  ar("remoteUrl", x.remote_url);
  ar("maxPreauthConnectionsPerIp", x.max_preauth_connections_per_ip);
  ar("handshakeTimeout", x.handshake_timeout);
  ar("version", x.version);
  ar("configPath", x.config_path);
  ar("stateDir", x.state_dir);
}
template <class Ar>
void fields(Ar& ar, gateway::StartedAuth& x) {
  ar("mode", x.mode);
  ar("token", x.token);
  ar("password", x.password);
  ar("tokenGenerated", x.token_generated);
}
template <class Ar>
void fields(Ar& ar, gateway::Limiter::Key& x) {
  ar("scope", x.scope);
  ar("ip", x.ip);
}

/// A limiter's entries with the rules that their ages are compared with.
struct LimiterEntry {
  gateway::Limiter::Entry entry;
  model::Millis window;
};
template <class Ar>
void fields(Ar& ar, LimiterEntry& x) {
  ar.aged("attempts", x.entry.attempts, x.window);
  ar("locked", x.entry.locked_until);
  ar("window", x.window);
}
template <class Ar>
void fields(Ar& ar, gateway::Limiter& x) {
  gateway::LimiterRules rules = x.rules();
  std::map<gateway::Limiter::Key, LimiterEntry> entries;
  for (const auto& [key, entry] : x.entries()) entries[key] = {entry, rules.window};
  ar("rules", rules);
  ar("entries", entries);
  if constexpr (Ar::kReads) {
    std::map<gateway::Limiter::Key, gateway::Limiter::Entry> restored;
    for (auto& [key, entry] : entries) restored[key] = std::move(entry.entry);
    x = gateway::Limiter(rules, std::move(restored));
  }
}
template <class Ar>
void fields(Ar& ar, gateway::RequestContext& x) {
  ar("peerAddress", x.peer_address);
  ar("headers", x.headers);
}
template <class Ar>
void fields(Ar& ar, gateway::PresenceEntry& x) {
  // Presence is told to clients and read by nobody here: nothing of it can matter later but that
  // the entry is there, which is why all of it is shown.
  ar.shown("host", x.host);
  ar.shown("ip", x.ip);
  ar.shown("version", x.version);
  ar.shown("platform", x.platform);
  ar.shown("deviceFamily", x.device_family);
  ar.shown("modelIdentifier", x.model_identifier);
  ar.shown("mode", x.mode);
  ar.shown("reason", x.reason);
  ar.shown("deviceId", x.device_id);
  ar.shown("instanceId", x.instance_id);
  ar.shown("roles", x.roles);
  ar.shown("scopes", x.scopes);
  ar.shown("ts", x.ts);
}
template <class Ar>
void fields(Ar& ar, gateway::Presence& x) {
  ar.shown("entries", x.entries);
}
template <class Ar>
void fields(Ar& ar, gateway::PendingInvoke& x) {
  ar.key("from", x.from);
  ar("requestId", x.request_id);
  ar("nodeId", x.node_id);
  ar("command", x.command);
  ar("deadline", x.deadline);
}
/// A connection key as a map's value.
struct KeyOfConnection {
  std::string key;
};
template <class Ar>
void fields(Ar& ar, KeyOfConnection& x) {
  ar.key("key", x.key);
}
template <class Ar>
void fields(Ar& ar, gateway::Memory& x) {
  ar.shown("startedAt", x.started_at);
  ar("auth", x.auth);
  ar("limiter", x.limiter);
  ar("browserLimiter", x.browser_limiter);
  ar("preauth", x.preauth);
  ar("presence", x.presence);
  std::map<std::string, KeyOfConnection> node_sessions;
  for (const auto& [node, conn] : x.node_sessions) node_sessions[node].key = conn;
  ar("nodeSessions", node_sessions);
  if constexpr (Ar::kReads) {
    x.node_sessions.clear();
    for (auto& [node, conn] : node_sessions) x.node_sessions[node] = conn.key;
  }
  ar.keyed("nodeOf", x.node_of);
  ar.keyed("invokes", x.invokes);
  ar.shown("seq", x.seq);
  ar.shown("presenceVersion", x.presence_version);
  ar.shown("healthVersion", x.health_version);
  ar.shown("nextTick", x.next_tick);
}
template <class Ar>
void fields(Ar& ar, gateway::Session& x) {
  ar("role", x.role);
  ar("scopes", x.scopes);
  ar("connect", x.connect);
  ar("deviceId", x.device_id);
  ar("presenceKey", x.presence_key);
  ar("nodeId", x.node_id);
  ar("platform", x.platform);
  ar("deviceFamily", x.device_family);
  ar("commands", x.commands);
  ar("reportedIp", x.reported_ip);
  ar("authMethod", x.auth_method);
  ar.shown("connectedAt", x.connected_at);
}
template <class Ar>
void fields(Ar& ar, gateway::Connection& x) {
  ar("id", x.id);
  ar("nonce", x.nonce);
  ar("context", x.context);
  ar.shown("openedAt", x.opened_at);
  ar("stage", x.stage);
  ar("closed", x.closed);
  ar("holdsBudget", x.holds_budget);
  ar("budgetKey", x.budget_key);
  ar("deadline", x.deadline);
  ar.shown("cause", x.cause);
  ar("refusedInARow", x.refused_in_a_row);
  ar.shown("messages", x.messages);
  ar("session", x.session);
}

// --- gateway: handlers ---------------------------------------------------------------------------

template <class Ar>
void fields(Ar&, gateway::Pause&) {}
template <class Ar>
void fields(Ar& ar, gateway::Transact& x) {
  ar("operation", x.operation);
}
template <class Ar>
void fields(Ar& ar, gateway::Look& x) {
  ar("group", x.group);
}
template <class Ar>
void fields(Ar& ar, gateway::AuthState& x) {
  ar("ok", x.ok);
  ar("method", x.method);
  ar("reason", x.reason);
  ar("limited", x.limited);
  ar("sharedProvided", x.shared_provided);
  ar("sharedOk", x.shared_ok);
  ar("bootstrapCandidate", x.bootstrap_candidate);
  ar("deviceTokenCandidate", x.device_token_candidate);
  ar("deviceTokenSource", x.device_token_source);
}
template <class Ar>
void fields(Ar& ar, gateway::PairingGate& x) {
  ar("reason", x.reason);
  ar("silent", x.silent);
  ar("bootstrapSilent", x.bootstrap_silent);
  ar.store_record("request", "devices/pending.json", x.request);
  ar("approved", x.approved);
  ar("resolvedConcurrently", x.resolved_concurrently);
}
template <class Ar>
void fields(Ar& ar, gateway::Handshake& x) {
  ar("stage", x.stage);
  ar("requestId", x.request_id);
  ar("nonce", x.nonce);
  ar("connectionId", x.connection_id);
  ar("context", x.context);
  if constexpr (requires { ar.frame_value("params", model::js::Value()); }) {
    // Until the proof is checked the signature still counts.
    ar.frame_value("params", wire::to_json(*x.params));
  } else {
    ar("params", x.params);
  }
  ar("role", x.role);
  ar("scopes", x.scopes);
  ar("hasDevice", x.has_device);
  ar("bypass", x.bypass);
  ar("auth", x.auth);
  ar("codeConfirmed", x.code_confirmed);
  ar("publicKey", x.public_key);
  ar("gate", x.gate);
  ar("platform", x.platform);
  ar("deviceFamily", x.device_family);
  ar("token", x.token);
  ar("commands", x.commands);
}
template <class Ar>
void fields(Ar& ar, gateway::MethodCall& x) {
  ar("id", x.id);
  ar("method", x.method);
  ar("params", x.params);
  ar("step", x.step);
  ar("scratch", x.scratch);
}
template <class Ar>
void fields(Ar& ar, gateway::HostCommand& x) {
  ar("kind", x.kind);
  ar("stage", x.stage);
  ar("label", x.label);
  ar("profile", x.profile);
  ar("token", x.token);
  ar("requestId", x.request_id);
  ar("callerScopes", x.caller_scopes);
}
template <class Ar>
void fields(Ar& ar, gateway::NodeTouch& x) {
  ar("nodeId", x.node_id);
  ar("instanceId", x.instance_id);
  ar.shown("connectedAt", x.connected_at);
  ar("second", x.second);
}
template <class Ar>
void fields(Ar& ar, gateway::Handler& x) {
  ar.key("conn", x.conn);
  ar("need", x.need);
  ar("machine", x.machine);
}
template <class Ar>
void fields(Ar& ar, gateway::Gateway& x) {
  ar("config", x.config);
  ar("policy", x.policy);
  ar("memory", x.memory);
  ar.keyed("connections", x.connections);
  ar.keyed("handlers", x.handlers);
}

}  // namespace sim
