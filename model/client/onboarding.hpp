// The app's way from nothing to a paired phone, as a machine (docs/protocol/client.md section 4).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "model/base/machine.hpp"

namespace model::client {

enum class OnboardingStage : std::uint8_t {
  unconfigured,
  reading_certificate,  ///< C-34
  asking_trust,         ///< C-34: waits for the person
  halted,               ///< no certificate could be read, or no consent
  connecting,
  connected,
  awaiting_approval,  ///< 5.3: pairing required
  needs_credentials,  ///< 5.3: unauthorized
};

enum class OnboardingCue : std::uint8_t {
  gateway_chosen,  ///< pinned, or plain loopback
  unknown_chosen,  ///< TLS without a pin
  certificate_read,
  certificate_unread,
  trusted,
  declined,
  node_open,
  node_lost,
  pairing_required,
  unauthorized,
  reset,  ///< section 7
};

// clang-format off
inline constexpr auto kOnboarding = std::to_array<Arrow<OnboardingStage, OnboardingCue>>({
    {OnboardingStage::unconfigured,        OnboardingCue::gateway_chosen,     OnboardingStage::connecting,          "a known gateway"},
    {OnboardingStage::unconfigured,        OnboardingCue::unknown_chosen,     OnboardingStage::reading_certificate, "a gateway without a pin"},
    {OnboardingStage::unconfigured,        OnboardingCue::reset,              OnboardingStage::unconfigured,        "reset"},
    {OnboardingStage::reading_certificate, OnboardingCue::certificate_read,   OnboardingStage::asking_trust,        "the certificate is shown"},
    {OnboardingStage::reading_certificate, OnboardingCue::certificate_unread, OnboardingStage::halted,              "no certificate in time"},
    {OnboardingStage::reading_certificate, OnboardingCue::gateway_chosen,     OnboardingStage::connecting,          "a known gateway instead"},
    {OnboardingStage::reading_certificate, OnboardingCue::unknown_chosen,     OnboardingStage::reading_certificate, "another gateway instead"},
    {OnboardingStage::reading_certificate, OnboardingCue::reset,              OnboardingStage::unconfigured,        "reset"},
    {OnboardingStage::asking_trust,        OnboardingCue::trusted,            OnboardingStage::connecting,          "the person trusts it: pinned"},
    {OnboardingStage::asking_trust,        OnboardingCue::declined,           OnboardingStage::halted,              "the person does not trust it"},
    {OnboardingStage::asking_trust,        OnboardingCue::gateway_chosen,     OnboardingStage::connecting,          "a known gateway instead"},
    {OnboardingStage::asking_trust,        OnboardingCue::unknown_chosen,     OnboardingStage::reading_certificate, "another gateway instead"},
    {OnboardingStage::asking_trust,        OnboardingCue::reset,              OnboardingStage::unconfigured,        "reset"},
    {OnboardingStage::halted,              OnboardingCue::gateway_chosen,     OnboardingStage::connecting,          "a known gateway"},
    {OnboardingStage::halted,              OnboardingCue::unknown_chosen,     OnboardingStage::reading_certificate, "a gateway without a pin"},
    {OnboardingStage::halted,              OnboardingCue::reset,              OnboardingStage::unconfigured,        "reset"},
    {OnboardingStage::connecting,          OnboardingCue::node_open,          OnboardingStage::connected,           "the node session is open"},
    {OnboardingStage::connecting,          OnboardingCue::pairing_required,   OnboardingStage::awaiting_approval,   "pairing required"},
    {OnboardingStage::connecting,          OnboardingCue::unauthorized,       OnboardingStage::needs_credentials,   "unauthorized"},
    {OnboardingStage::connecting,          OnboardingCue::gateway_chosen,     OnboardingStage::connecting,          "chosen again"},
    {OnboardingStage::connecting,          OnboardingCue::unknown_chosen,     OnboardingStage::reading_certificate, "another gateway instead"},
    {OnboardingStage::connecting,          OnboardingCue::reset,              OnboardingStage::unconfigured,        "reset"},
    {OnboardingStage::connected,           OnboardingCue::node_lost,          OnboardingStage::connecting,          "the node session was lost"},
    {OnboardingStage::connected,           OnboardingCue::gateway_chosen,     OnboardingStage::connecting,          "chosen again"},
    {OnboardingStage::connected,           OnboardingCue::unknown_chosen,     OnboardingStage::reading_certificate, "another gateway instead"},
    {OnboardingStage::connected,           OnboardingCue::reset,              OnboardingStage::unconfigured,        "reset"},
    {OnboardingStage::awaiting_approval,   OnboardingCue::gateway_chosen,     OnboardingStage::connecting,          "retry, or another code"},
    {OnboardingStage::awaiting_approval,   OnboardingCue::unknown_chosen,     OnboardingStage::reading_certificate, "another gateway instead"},
    {OnboardingStage::awaiting_approval,   OnboardingCue::reset,              OnboardingStage::unconfigured,        "reset"},
    {OnboardingStage::needs_credentials,   OnboardingCue::node_open,          OnboardingStage::connected,           "the channel's watchdog got in"},
    {OnboardingStage::needs_credentials,   OnboardingCue::gateway_chosen,     OnboardingStage::connecting,          "retry, or another code"},
    {OnboardingStage::needs_credentials,   OnboardingCue::unknown_chosen,     OnboardingStage::reading_certificate, "another gateway instead"},
    {OnboardingStage::needs_credentials,   OnboardingCue::reset,              OnboardingStage::unconfigured,        "reset"},
});
// clang-format on
static_assert(deterministic(kOnboarding), "two arrows leave one stage on one cue");
static_assert(ends_only_in(kOnboarding, {}), "a stage that nobody can leave");

[[nodiscard]] std::string_view name_of(OnboardingStage stage);
[[nodiscard]] std::string_view name_of(OnboardingCue cue);

}  // namespace model::client
