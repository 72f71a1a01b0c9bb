// The lives of what the stores hold, as machines: bootstrap tokens, pairing requests, device
// tokens.
//
// `execute` holds every operation against these tables before anything is written: a record that
// moves along an arrow that is not here is our bug (CHECK). Diagrams are drawn from the same rows.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "model/base/machine.hpp"
#include "model/base/time.hpp"
#include "model/store/operation.hpp"

namespace model::store {

// --- bootstrap token (section 10.2) --------------------------------------------------------------

enum class CodeStage : std::uint8_t { absent, unbound, bound };
enum class CodeCue : std::uint8_t {
  issued,         ///< S-11
  bound_on_use,   ///< S-9, first use
  used_unbound,   ///< policy bootstrap.binding = none without consumption
  spent_on_use,   ///< S-8
  used_again,     ///< S-9, by the same device
  taken_away,     ///< S-10, S-12
  found_expired,  ///< S-5: dropped by whoever writes next
};

// clang-format off
inline constexpr auto kCodeLife = std::to_array<Arrow<CodeStage, CodeCue>>({
    {CodeStage::absent,  CodeCue::issued,        CodeStage::unbound, "issued"},
    {CodeStage::unbound, CodeCue::bound_on_use,  CodeStage::bound,   "verified for the first time: bound (S-9)"},
    {CodeStage::unbound, CodeCue::used_unbound,  CodeStage::unbound, "verified, not bound (binding = none)"},
    {CodeStage::unbound, CodeCue::spent_on_use,  CodeStage::absent,  "verified and deleted (S-8)"},
    {CodeStage::unbound, CodeCue::taken_away,    CodeStage::absent,  "revoked or cleared"},
    {CodeStage::unbound, CodeCue::found_expired, CodeStage::absent,  "10 minutes are over"},
    {CodeStage::bound,   CodeCue::used_again,    CodeStage::bound,   "verified again by the same device"},
    {CodeStage::bound,   CodeCue::spent_on_use,  CodeStage::absent,  "verified and deleted (S-8)"},
    {CodeStage::bound,   CodeCue::taken_away,    CodeStage::absent,  "revoked or cleared"},
    {CodeStage::bound,   CodeCue::found_expired, CodeStage::absent,  "10 minutes are over"},
});
// clang-format on
static_assert(deterministic(kCodeLife), "two arrows leave one stage on one cue");
static_assert(ends_only_in(kCodeLife, {}), "a stage that nobody can leave");

// --- device pairing request (section 10.3) -------------------------------------------------------

enum class RequestStage : std::uint8_t { absent, silent, waiting };
enum class RequestCue : std::uint8_t {
  filed_silent,   ///< S-13 new or replace; the gateway may approve it by itself
  filed,          ///< S-13 new or replace; a person must
  refreshed,      ///< S-13 refresh, as silent as before
  made_loud,      ///< S-13 refresh of a silent request by one that is not
  made_silent,    ///< policy pairing.merge = replace: the latest connect alone decides
  approved,       ///< S-16
  rejected,       ///< S-17
  superseded,     ///< S-13 replace
  found_expired,  ///< S-5
  withdrawn,      ///< with its device, where the policy takes pending requests along
};

// clang-format off
inline constexpr auto kRequestLife = std::to_array<Arrow<RequestStage, RequestCue>>({
    {RequestStage::absent,  RequestCue::filed_silent,  RequestStage::silent,  "filed, silent"},
    {RequestStage::absent,  RequestCue::filed,         RequestStage::waiting, "filed, for a person to approve"},
    {RequestStage::silent,  RequestCue::refreshed,     RequestStage::silent,  "asked again"},
    {RequestStage::silent,  RequestCue::made_loud,     RequestStage::waiting, "asked again, not silently"},
    {RequestStage::silent,  RequestCue::approved,      RequestStage::absent,  "approved"},
    {RequestStage::silent,  RequestCue::rejected,      RequestStage::absent,  "rejected"},
    {RequestStage::silent,  RequestCue::superseded,    RequestStage::absent,  "replaced by a merged request"},
    {RequestStage::silent,  RequestCue::found_expired, RequestStage::absent,  "5 minutes are over"},
    {RequestStage::silent,  RequestCue::withdrawn,     RequestStage::absent,  "its device is removed"},
    {RequestStage::waiting, RequestCue::refreshed,     RequestStage::waiting, "asked again"},
    {RequestStage::waiting, RequestCue::made_silent,   RequestStage::silent,  "asked again, silently (merge = replace)"},
    {RequestStage::waiting, RequestCue::approved,      RequestStage::absent,  "approved"},
    {RequestStage::waiting, RequestCue::rejected,      RequestStage::absent,  "rejected"},
    {RequestStage::waiting, RequestCue::superseded,    RequestStage::absent,  "replaced by a merged request"},
    {RequestStage::waiting, RequestCue::found_expired, RequestStage::absent,  "5 minutes are over"},
    {RequestStage::waiting, RequestCue::withdrawn,     RequestStage::absent,  "its device is removed"},
});
// clang-format on
static_assert(deterministic(kRequestLife), "two arrows leave one stage on one cue");
static_assert(ends_only_in(kRequestLife, {}), "a stage that nobody can leave");

// --- device token (section 10.3) -----------------------------------------------------------------

enum class TokenStage : std::uint8_t { absent, active, revoked };
enum class TokenCue : std::uint8_t {
  minted,          ///< S-16, S-22, S-23: a new value
  used,            ///< S-21, or untouched
  revoked,         ///< S-24
  device_removed,  ///< S-18
};

// clang-format off
inline constexpr auto kTokenLife = std::to_array<Arrow<TokenStage, TokenCue>>({
    {TokenStage::absent,  TokenCue::minted,         TokenStage::active,  "issued"},
    {TokenStage::active,  TokenCue::minted,         TokenStage::active,  "replaced: approval, rotation, other scopes"},
    {TokenStage::active,  TokenCue::used,           TokenStage::active,  "used"},
    {TokenStage::active,  TokenCue::revoked,        TokenStage::revoked, "revoked"},
    {TokenStage::active,  TokenCue::device_removed, TokenStage::absent,  "its device is removed"},
    {TokenStage::revoked, TokenCue::minted,         TokenStage::active,  "issued anew"},
    {TokenStage::revoked, TokenCue::used,           TokenStage::revoked, "left alone"},
    {TokenStage::revoked, TokenCue::revoked,        TokenStage::revoked, "revoked again"},
    {TokenStage::revoked, TokenCue::device_removed, TokenStage::absent,  "its device is removed"},
});
// clang-format on
static_assert(deterministic(kTokenLife), "two arrows leave one stage on one cue");
static_assert(ends_only_in(kTokenLife, {}), "a stage that nobody can leave");

[[nodiscard]] std::string_view name_of(CodeStage stage);
[[nodiscard]] std::string_view name_of(CodeCue cue);
[[nodiscard]] std::string_view name_of(RequestStage stage);
[[nodiscard]] std::string_view name_of(RequestCue cue);
[[nodiscard]] std::string_view name_of(TokenStage stage);
[[nodiscard]] std::string_view name_of(TokenCue cue);

/// Holds what an operation is about to write against the tables: each record of `before` and
/// `after` must have moved along an arrow. Throws Broken (CHECK) if one has not.
void check_lives(const Operation& operation, const Documents& before, const Documents& after,
                 Instant now);

}  // namespace model::store
