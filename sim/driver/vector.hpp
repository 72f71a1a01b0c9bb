// A conformance vector: a short story of steps, and what a real gateway did
// (tests/vectors/README.md; section numbers below are of that page).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "model/base/json.hpp"
#include "model/base/result.hpp"
#include "model/base/time.hpp"
#include "model/gateway/config.hpp"
#include "model/store/operation.hpp"

namespace sim {

/// What the references $SHARED, $PASSWORD and $WRONG stand for (section 2).
struct VectorSecrets {
  std::string shared = "shared-secret-token";
  std::string password = "shared-secret-password";
  std::string wrong = "wrong-secret";
  bool operator==(const VectorSecrets&) const = default;
};

/// Where a client comes from, as its upgrade request tells (section 2).
struct Whence {
  std::string from = "local";         ///< local, local-name, remote, remote:<text>
  std::optional<std::string> origin;  ///< the Origin header
  std::vector<std::pair<std::string, std::string>> headers;  ///< added, or in place of the above
};

/// How a device proof is made (section 5); the defaults make a correct one.
struct Proof {
  std::string version = "v3";
  std::string token = "none";      ///< name of the auth field that is signed, none, other
  std::optional<std::string> key;  ///< device whose private key signs; none: the device itself
  std::string nonce = "own";       ///< own, wrong, blank, empty, padded, of:<conn>
  std::int64_t skew_ms = 0;        ///< signedAt = now + this
  std::string id = "own";          ///< own, wrong, upper, of-sent-key, device:<name>
  std::string public_key = "base64url";  ///< base64url, std, pem, short, garbage, device:<name>
  std::string signature = "base64url";   ///< base64url, std, hex, short, flip, text
  /// Values used in the signed text only.
  std::optional<std::vector<std::string>> scopes;
  std::optional<std::string> role, platform, device_family, client_id, client_mode;
  std::vector<std::string> omit;  ///< fields left out of `device`
};

struct IssueBootstrap {
  std::string as;
  std::optional<model::store::Profile> profile;
};
struct RevokeBootstrap {
  std::string token;
};
struct ClearBootstrap {};
struct OpenConnection {
  std::string conn;
  Whence whence;
};
struct ConnectRequest {
  std::string conn;
  Whence whence;
  std::optional<std::string> device;
  /// Request parameters as they stand in the step; absent ones stay absent.
  std::optional<model::js::Value> client, role, scopes, caps, commands, auth;
  model::js::Value protocol_min = 3, protocol_max = 3;
  model::js::Object extra;
  Proof proof;
};
struct RawFrame {
  std::string conn;
  Whence whence;
  std::string bytes;
  bool binary = false;
};
struct Call {
  std::string conn, method;
  std::optional<model::js::Value> params;
};
struct LetTimePass {
  model::Millis span;
};
struct Disconnect {
  std::string conn;
};
struct RestartGateway {};
struct SeedStore {
  std::string store;
  model::js::Value value;
};

using VectorStep =
    std::variant<IssueBootstrap, RevokeBootstrap, ClearBootstrap, OpenConnection, ConnectRequest,
                 RawFrame, Call, LetTimePass, Disconnect, RestartGateway, SeedStore>;

struct Vector {
  std::string id, revision;
  std::vector<std::string> tags;
  model::gateway::Config config;
  std::vector<std::string> devices;
  std::vector<VectorStep> steps;
  /// The `do` of each step.
  std::vector<std::string> kinds;
  /// What was recorded; absent in a story that nobody has played yet.
  std::optional<model::js::Value> observed, stores;
  VectorSecrets secrets;
  /// The line as it was read: `--record` writes it back with other observations.
  model::js::Value source;
};

/// Limits of what is read: a vector file comes from outside.
struct VectorLimits {
  std::size_t line_bytes_max = 16u << 20;
  std::size_t steps_max = 10'000;
  std::size_t frame_bytes_max = 32u << 20;     ///< of one raw frame, built up
  model::Millis advance_max{100'000'000'000};  ///< of one step; three years
};

/// The story in one JSON value. Errors name step and field, without a location.
[[nodiscard]] model::Result<Vector> read_vector(const model::js::Value& line,
                                                const VectorSecrets& secrets = {},
                                                const VectorLimits& limits = {});

/// One step (section 4).
[[nodiscard]] model::Result<VectorStep> read_vector_step(const model::js::Value& step,
                                                         const std::string& what,
                                                         const VectorLimits& limits);

/// The gateway's configuration (section 3).
[[nodiscard]] model::Result<model::gateway::Config> read_vector_config(
    const model::js::Value& config, const VectorSecrets& secrets);

}  // namespace sim
