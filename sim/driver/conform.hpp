// Replaying a recorded story through the world: one loop over its steps, whatever they tell.
#pragma once

#include <cstdint>
#include <string>

#include "model/base/json.hpp"
#include "model/base/result.hpp"
#include "model/base/time.hpp"
#include "model/gateway/request_context.hpp"
#include "model/policy/policy.hpp"
#include "sim/driver/vector.hpp"

namespace sim {

struct ReplayOptions {
  std::uint64_t seed = 1;  ///< of the world: another one gives other tokens, ids and nonces
  model::Instant start{1'795'000'000'000};
  bool digest = false;  ///< also the digest of the run, which costs as much as the run
};

/// What the model did, in the form of the recording (tests/vectors/README.md sections 6-8).
struct Replay {
  model::js::Value observed;  ///< one entry per step
  model::js::Value stores;
  std::string digest;  ///< of the run, bytes included; empty unless asked for
};

/// Plays the steps. What was recorded is not looked at. Errors: the story asks for something that
/// no world can do, or the world does not come to rest.
[[nodiscard]] model::Result<Replay> replay(const Vector& vector,
                                           const model::policy::Policy& policy,
                                           const ReplayOptions& options = {});

/// What a gateway sees of a client that comes from there (section 2).
[[nodiscard]] model::gateway::RequestContext request_context(const Whence& whence);

}  // namespace sim
