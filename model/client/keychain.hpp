// What the iOS app keeps across restarts: keychain, preferences and two files (client.md section
// 3).
#pragma once

#include <map>
#include <optional>
#include <string>

#include "model/client/device_auth_store.hpp"

namespace model::client {

/// The app-wide secrets, filed under the instance id. There is one of each for the whole app, not
/// one for each gateway. Blank counts as none wherever they are read.
struct Secrets {
  std::string token;            ///< `gateway-token.<instanceId>`
  std::string bootstrap_token;  ///< `gateway-bootstrap-token.<instanceId>`
  std::string password;         ///< `gateway-password.<instanceId>`
  bool operator==(const Secrets&) const = default;
};

/// The gateway that last answered a node session with hello-ok. Its stable id is what C-73 takes
/// for a proof of who issued an unscoped token, so a mere attempt must not get here.
struct LastConnection {
  bool manual = true;
  std::string stable_id;
  bool tls = true;
  std::string host;  ///< manual only
  int port = 0;      ///< manual only
  bool operator==(const LastConnection&) const = default;
};

/// Survives deletion of the app's files, and is not backed up.
struct Keychain {
  std::string instance_id;                 ///< `instanceId`, a UUID made once
  std::map<std::string, Secrets> secrets;  ///< by instance id
  std::string preferred_gateway;           ///< `preferredStableID`
  std::string last_discovered_gateway;     ///< `lastDiscoveredStableID`
  std::optional<LastConnection> last_connection;
  std::map<std::string, std::string> pins;  ///< fingerprint by stable id
  bool operator==(const Keychain&) const = default;
};

struct ManualGateway {
  bool enabled = false;
  std::string host;
  int port = 0;  ///< 0: none given
  bool tls = true;
  bool operator==(const ManualGateway&) const = default;
};

struct Preferences {
  std::string instance_id;
  std::string preferred_gateway;
  std::string last_discovered_gateway;
  ManualGateway manual;
  bool autoconnect = false;  ///< true after the first node connect
  bool onboarding_complete = false;
  bool has_connected_once = false;
  int onboarding_request = 0;  ///< incremented so that the onboarding screen shows again
  std::map<std::string, std::string> client_id_override;  ///< by stable id
  std::string manual_client_id;
  /// Pins of older versions: suite `ai.openclaw.shared`, prefix `gateway.tls.`.
  std::map<std::string, std::string> legacy_pins;
  bool operator==(const Preferences&) const = default;
};

/// Everything that outlives the process.
struct IosDurable {
  Keychain keychain;
  Preferences preferences;
  DeviceAuthStore tokens;  ///< `identity/device-auth.json`
  bool operator==(const IosDurable&) const = default;
};

/// The stored pin of a gateway, or empty. A legacy copy counts.
[[nodiscard]] inline std::string pin_of(const IosDurable& durable, const std::string& stable_id) {
  const auto& pins = durable.keychain.pins;
  if (const auto found = pins.find(stable_id); found != pins.end()) return found->second;
  const auto& legacy = durable.preferences.legacy_pins;
  const auto found = legacy.find(stable_id);
  return found != legacy.end() ? found->second : std::string{};
}

/// Clears one pin, or all; both take the legacy copies with them (section 7).
inline void clear_pin(IosDurable& durable, const std::string& stable_id) {
  durable.keychain.pins.erase(stable_id);
  durable.preferences.legacy_pins.erase(stable_id);
}
inline void clear_pins(IosDurable& durable) {
  durable.keychain.pins.clear();
  durable.preferences.legacy_pins.clear();
}

}  // namespace model::client
