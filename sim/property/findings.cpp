// What the shipped releases truly break. A test runs every witness and fails if it no longer
// breaks its property.
#include <algorithm>
#include <array>

#include "sim/property/property.hpp"

namespace sim::property {
namespace {

// clang-format off
constexpr auto kFindings = std::to_array<Finding>({
    {"2026.3.28", "P5.delivered_or_restored", "verification consumes the token before pairing is decided, so a phone that must wait for approval has nothing to come back with (T-5)",
     "scenarios/qr_onboarding_stalls.yaml"},
    {"2026.3.28", "P2.baseline_kept", "a device approved without scopes gets a record without a scope list, so its token never works (D-5, D-6)",
     "scenarios/qr_onboarding_stalls.yaml"},
    {"2026.3.28", "P2.role_approved", "rotation makes a token for any role of a paired device (S-23, T-7 P-1)",
     "scenarios/rotation_mints_any_role.yaml"},
    {"2026.3.28", "P5.one_device", "two processes on one state directory both read the token before either deletes it (T-3)",
     "scenarios/two_gateways_bind_one_code.yaml"},
    {"2026.3.28", "P5.stays_consumed", "another process writes the whole file from what it read before the token was consumed (T-3)",
     "scenarios/openclaw_qr_revives_a_spent_code.yaml"},
    {"2026.3.28", "P-on5", "the app keeps its code after a session that it opened and shows it at every reconnect (T-5)",
     "scenarios/old_app_sends_a_spent_code.yaml"},
    {"2026.3.31", "P2.role_approved", "rotation makes a token for any role of a paired device (S-23, T-7 P-1)",
     "scenarios/rotation_mints_any_role.yaml"},
    {"2026.3.31", "P5.one_device", "two processes on one state directory both read the token before either binds it (T-3)",
     "scenarios/two_gateways_bind_one_code.yaml"},
    {"2026.3.31", "P5.stays_consumed", "another process writes the whole file from what it read before the token was revoked (T-3)",
     "scenarios/openclaw_qr_revives_a_spent_code.yaml"},
    {"2026.3.31", "P5.delivered_or_restored", "the token is revoked before the hello is on its way, and the hello may be lost (client.md 6.5)",
     "scenarios/lost_hello.yaml"},
    {"2026.3.31", "P-285d", "a second handshake of the same phone that looked before the first was approved approves again (I-2)",
     "scenarios/a_phone_races_itself.yaml"},
    {"2026.3.31", "P-285e", "a process that dies between approval and revocation leaves the token good for its device (T-1)",
     "scenarios/crash_before_revocation.yaml"},
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
