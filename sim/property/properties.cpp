#include "sim/property/property.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace sim::property {
namespace {

// --- P2: a token never exceeds what was approved
// -----------------------------------------------------

template <std::string PairedFile::* Offence>
Verdict no_offence(const Monitors& monitors, const World&) {
  for (const auto& [disk, file] : monitors.paired) {
    if (!(file.*Offence).empty()) return broken(fmt::format("{} (in {})", file.*Offence, disk));
  }
  return holds();
}

// --- P5: a bootstrap token is good once
// -------------------------------------------------------------

/// Otherwise a photographed code is worth a second device. After a race the disk remembers only
/// the last one, so the monitor keeps whom the token said yes to.
Verdict token_binds_one_device(const Monitors& monitors, const World& world) {
  for (const auto& [token, use] : monitors.bootstrap.tokens) {
    if (use.told_yes.size() < 2) continue;
    const auto& first = *use.told_yes.begin();
    const auto& second = *std::next(use.told_yes.begin());
    if (first.first == second.first) {
      return broken(fmt::format("bootstrap token {} said yes to two keys of {}", shown(token),
                                name_of_device(world, first.first)));
    }
    return broken(fmt::format("bootstrap token {} said yes to {} and {}", shown(token),
                              name_of_device(world, first.first),
                              name_of_device(world, second.first)));
  }
  return holds();
}

template <std::string BootstrapUse::Token::* Offence>
Verdict no_token_offends(const Monitors& monitors, const World&) {
  for (const auto& [token, use] : monitors.bootstrap.tokens) {
    if ((use.*Offence).empty()) continue;
    return broken(fmt::format("bootstrap token {}: {}", shown(token), use.*Offence));
  }
  return holds();
}

Verdict consumed_token_was_worth_it(const Monitors& monitors, const World&) {
  return monitors.undelivered.empty() ? holds() : broken(monitors.undelivered);
}

// --- T-1, T-5 of docs/protocol/threats.md
// -------------------------------------------------------------

Verdict silent_path_gives_a_bare_node(const Monitors& monitors, const World&) {
  const std::string& offence = monitors.silent.beyond_baseline;
  return offence.empty() ? holds() : broken(offence);
}

Verdict silent_path_touches_no_record(const Monitors& monitors, const World&) {
  const std::string& offence = monitors.silent.touched_existing;
  return offence.empty() ? holds() : broken(offence);
}

Verdict silent_approval_ends_the_token(const Monitors& monitors, const World&) {
  for (const auto& [token, use] : monitors.bootstrap.tokens) {
    if (use.used_after_silent.empty()) continue;
    return broken(fmt::format("bootstrap token {} led to a silent approval, then said yes to {}",
                              shown(token), use.used_after_silent));
  }
  return holds();
}

Verdict spent_token_is_not_sent(const Monitors& monitors, const World&) {
  const std::string& offence = monitors.clients.sent_again;
  return offence.empty() ? holds() : broken(offence);
}

constexpr std::string_view kGeneric = "docs/properties.md";
constexpr std::string_view kTest = "tests/sim/property/properties_test.cpp";

// clang-format off
constexpr auto kProperties = std::to_array<Property>({
    {"P2.role_approved", Kind::state, "a device has active tokens only for roles in its paired record", kGeneric, kTest,
     no_offence<&PairedFile::role_not_listed>},
    {"P2.scopes_within", Kind::state, "the scopes of an active token are within what was approved for the device", kGeneric, kTest,
     no_offence<&PairedFile::scopes_beyond>},
    {"P2.baseline_kept", Kind::state, "a device with an active token has an approved scope list, even if an empty one", "docs/properties.md P2, A5; README.md D-5, D-6", kTest,
     no_offence<&PairedFile::baseline_missing>},
    {"P5.one_device", Kind::monitor, "a bootstrap token says yes to at most one device and key", "docs/properties.md P5; threats.md P-362a", kTest,
     token_binds_one_device},
    {"P5.within_profile", Kind::monitor, "a bootstrap token says yes only within the profile that it was issued with", kGeneric, kTest,
     no_token_offends<&BootstrapUse::Token::over_profile>},
    {"P5.stays_consumed", Kind::monitor, "a consumed, revoked or cleared bootstrap token is never good again", "docs/properties.md P5; threats.md P-362b", kTest,
     no_token_offends<&BootstrapUse::Token::came_back>},
    {"P5.delivered_or_restored", Kind::monitor, "a bootstrap token is gone only if its device was answered with hello-ok", "docs/properties.md P5, A1, A6; client.md 6.5", kTest,
     consumed_token_was_worth_it},
    {"P-285c", Kind::monitor, "the silent path of a setup code gives role node without scopes and nothing else", "threats.md T-1", kTest,
     silent_path_gives_a_bare_node},
    {"P-285d", Kind::monitor, "the silent path of a setup code never touches an existing record", "threats.md T-1", kTest,
     silent_path_touches_no_record},
    {"P-285e", Kind::monitor, "a bootstrap token that led to a silent approval never says yes again", "threats.md T-1", kTest,
     silent_approval_ends_the_token},
    {"P-on5", Kind::monitor, "after a hello that answered a bootstrap token the client never sends it again", "threats.md T-5", kTest,
     spent_token_is_not_sent},
});
// clang-format on

}  // namespace

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::state:
      return "state";
    case Kind::monitor:
      return "monitor";
    case Kind::fork:
      return "fork";
    case Kind::reach:
      return "reach";
  }
  return "unknown";
}

std::span<const Property> properties() { return kProperties; }

const Property* find(std::string_view id) {
  const auto found = std::ranges::find(kProperties, id, &Property::id);
  return found == kProperties.end() ? nullptr : &*found;
}

}  // namespace sim::property
