// Bootstrap tokens: the one-time secret inside a setup code (docs/protocol/gateway.md 10.2).
#pragma once

#include "model/base/names.hpp"
#include "model/base/time.hpp"
#include "model/policy/policy.hpp"
#include "model/store/operation.hpp"

namespace model::store {

/// The profile as issued and as compared: roles trimmed, unique, sorted; scopes a scopeset.
[[nodiscard]] Profile normalised(const Profile& profile);

/// What a setup code is good for if nobody says otherwise (D-4).
[[nodiscard]] Profile default_profile(const policy::Policy& policy);

/// The file as the original's reader sees it: records normalised, completed and reordered, unknown
/// members gone, what is no record dropped, expired tokens dropped (S-5).
[[nodiscard]] js::Object read_bootstrap(const Document& file, Instant now);

/// Does this token serve this device, key, role and scopes? If so it is consumed or bound as the
/// policy says (S-8, S-9). No refusal writes; all look the same to outsiders, and `reason` tells
/// them apart for us: blank-input, unknown-token, outside-profile, bound-elsewhere.
[[nodiscard]] Execution verify_bootstrap(const BootstrapVerify& input, const Documents& files,
                                         const policy::Policy& policy, Instant now);

/// Takes one token away (S-10). `no` if it is not there.
[[nodiscard]] Execution revoke_bootstrap(const BootstrapRevoke& input, const Documents& files,
                                         Instant now);

/// Adds a token (S-11); `id` is the token.
[[nodiscard]] Execution issue_bootstrap(const BootstrapIssue& input, const Documents& files,
                                        const policy::Policy& policy, Instant now,
                                        NameSource& names);

/// Takes all tokens away (S-12); `count` of them were alive.
[[nodiscard]] Execution clear_bootstrap(const Documents& files, Instant now);

}  // namespace model::store
