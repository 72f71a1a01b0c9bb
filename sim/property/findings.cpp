// What the shipped releases truly break. A test runs every witness and fails if it no longer
// breaks its property.
#include <algorithm>
#include <array>

#include "sim/property/property.hpp"

namespace sim::property {
namespace {

// clang-format off
constexpr auto kFindings = std::to_array<Finding>({
    {"2026.3.28", "P5.delivered_or_restored", "verification consumes the token before pairing is decided, so the phone that must wait for approval has nothing to come back with (T-5)",
     "scenarios/qr_onboarding_stalls.yaml"},
    {"2026.3.28", "P2.baseline_kept", "a device approved without scopes gets a record without a scope list, so its token never works (D-5, D-6)",
     "scenarios/qr_onboarding_stalls.yaml"},
});
// clang-format on

}  // namespace

std::span<const Finding> findings() { return kFindings; }

const Finding* find_finding(std::string_view revision, std::string_view property) {
  const auto found = std::ranges::find_if(kFindings, [&](const Finding& finding) {
    return finding.revision == revision && finding.property == property;
  });
  return found == kFindings.end() ? nullptr : &*found;
}

}  // namespace sim::property
