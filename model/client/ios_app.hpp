// The iOS app (docs/protocol/client.md sections 3-8): what it is, what it keeps, what it remembers.
//
// Before and after PR #58382 are one program here; they differ by the policy fields `app.*`.
//
// Simplified: the reachability preflight (C-32) succeeds whenever dialling does, and knows no
// tailnets; the system trusts every certificate (the app asks for a pin anyway); keep-alive pings
// are not frames; the background lease is over at once, and a session survives the background until
// its connection is lost.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/base/names.hpp"
#include "model/base/time.hpp"
#include "model/client/ios_channel.hpp"
#include "model/client/ios_loops.hpp"
#include "model/client/keychain.hpp"
#include "model/client/onboarding.hpp"
#include "model/client/output.hpp"
#include "model/crypto/identity.hpp"
#include "model/policy/policy.hpp"

namespace model::client {

inline constexpr std::string_view kNodeChannel = "node";
inline constexpr std::string_view kOperatorChannel = "operator";
inline constexpr std::string_view kProbeChannel = "probe";

/// What the phone and this build of the app are (C-56, C-59).
struct IosDevice {
  std::string platform = "iOS 26.3.1";
  std::string device_family = "iPhone";
  std::string model_identifier = "iPhone17,1";
  std::string version = "2026.3.30";
  std::string display_name = "iPhone";
  std::string locale = "en_US";
  std::string operating_system = "Version 26.3.1 (Build 23D8133)";
  std::vector<std::string> caps = {"canvas", "camera", "location"};
  std::vector<std::string> commands = {"canvas.present", "canvas.hide",  "canvas.navigate",
                                       "camera.list",    "location.get", "device.info"};
  std::vector<std::pair<std::string, bool>> permissions = {{"camera", true}};
  bool operator==(const IosDevice&) const = default;
};

/// A gateway that the person or the app chose.
struct Target {
  std::string stable_id;
  std::string url;  ///< as dialled
  bool tls = true;
  bool manual = true;
  bool operator==(const Target&) const = default;
};

/// A gateway that discovery shows.
struct FoundGateway {
  std::string stable_id;
  std::string url;
  std::string tls_fingerprint;  ///< unauthenticated text: never a pin, never against one (C-36)
  bool operator==(const FoundGateway&) const = default;
};

/// Gone when the app is killed.
struct IosMemory {
  bool launched = false;
  OnboardingStage onboarding = OnboardingStage::unconfigured;
  std::optional<GatewayConfig> active;  ///< the active configuration
  std::optional<Target> asked;          ///< whose certificate is read or shown (C-34)
  std::string shown_certificate;
  std::optional<Instant> probe_due;  ///< C-34: 3 s
  bool auto_reconnect = true;
  bool pairing_paused = false;
  std::string pairing_request_id;
  std::string last_refusal;  ///< words of the node session's last refusal, until it opens
  bool background = false;
  bool auto_connected = false;      ///< the one automatic connect of this start is spent (C-37)
  std::vector<FoundGateway> found;  ///< in the order of discovery
  IosSession node, op;
  std::string status;
  bool operator==(const IosMemory&) const = default;
};

struct IosApp {
  IosDevice device;
  IosDurable durable;
  IosMemory memory;
  bool operator==(const IosApp&) const = default;
};

[[nodiscard]] Outputs step(IosApp& app, const Input& input, const crypto::KeyPair& key,
                           const policy::Policy& policy, Instant now, NameSource& names);
[[nodiscard]] std::map<std::string, Instant> timers(const IosApp& app);
[[nodiscard]] std::string session_state(const IosApp& app, const Channel& channel);

/// The secrets kept under the app's instance id; empty ones if there are none.
[[nodiscard]] Secrets secrets_of(const IosDurable& durable);

}  // namespace model::client
