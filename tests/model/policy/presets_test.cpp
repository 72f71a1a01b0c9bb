// The release presets against the table of docs/protocol/threats.md section 9 and the differences
// D-1 to D-22 of docs/protocol/README.md.
#include <string_view>

#include <gtest/gtest.h>

#include "model/policy/policy.hpp"

namespace model::policy {
namespace {

struct Row {
  std::string_view field;
  std::string_view before;  ///< 2026.3.28
  std::string_view after;   ///< 2026.3.31
};

constexpr Row kSection9[] = {
    {"bootstrap.silent_pairing", "never", "fresh_baseline_node"},     // D-1
    {"bootstrap.consume", "on_verify", "on_silent_approval"},         // D-2
    {"bootstrap.binding", "none", "raw_key"},                         // D-2
    {"bootstrap.profile_match", "exact", "subset"},                   // D-3
    {"bootstrap.default_profile", "node_only", "node_and_operator"},  // D-4
    {"bootstrap.reverify_write", "always", "always"},                 // n/a in 2026.3.28
    {"bootstrap.rate_limit", "off", "off"},
    {"pairing.session", "none", "none"},
    {"store.lock", "in_process", "in_process"},
    {"store.unreadable", "as_empty", "as_empty"},
    {"scopes.empty_list", "absent", "kept"},         // D-5, D-6
    {"roles.effective", "record", "active_tokens"},  // D-7, D-8, D-18
    {"pairing.merge", "accumulate", "accumulate"},
    {"approve.role_for_scopes", "approval_role", "approval_role"},
    {"locality", "resolved_ip_host_and_proxy", "peer_without_forwarding_headers"},     // D-9
    {"ratelimit.shared_with_device_candidate", "skipped", "applied"},                  // D-10
    {"ratelimit.reset_shared_on_device_token", "no", "yes"},                           // D-11
    {"unbound_scopes.clear_for_trusted_proxy", "control_ui_operator_only", "always"},  // D-12
    {"trusted_proxy.loopback", "allowed", "refused"},                                  // D-13
    {"node.commands", "paired_filter_if_record", "paired_record_required"},            // D-14
    {"node.sms_search", "allowed", "dangerous"},                                       // D-15
    {"rotate.disconnects", "no", "yes"},                                               // D-16
    {"node.list_entry", "short_form", "with_client_and_approval"},                     // D-17
    {"signature.token", "token_device_bootstrap", "token_device_bootstrap"},
    {"signature.normalise", "raw_presence", "raw_presence"},
    {"app.operator_loop", "always", "wait_for_handoff"},                          // D-19
    {"app.clear_bootstrap", "never", "after_node_connect"},                       // D-20
    {"app.reconnect_credentials", "captured", "active_configuration"},            // D-21
    {"app.reset_clears", "credentials_and_connection", "everything_but_tokens"},  // D-22
    {"app.token_scope", "global", "global"},
};

std::string_view value_of(const Policy& policy, std::string_view name) {
  for (const Field& field : fields()) {
    if (field.name == name) return field.values[field.get(policy)].name;
  }
  return "no such field";
}

TEST(PolicyPresets, FollowTheTableOfReleases) {
  ASSERT_EQ(std::size(kSection9), fields().size()) << "a field without a row";
  const Policy before = preset("2026.3.28")->policy;
  const Policy after = preset("2026.3.31")->policy;
  for (const Row& row : kSection9) {
    EXPECT_EQ(value_of(before, row.field), row.before) << row.field;
    EXPECT_EQ(value_of(after, row.field), row.after) << row.field;
  }
}

TEST(PolicyPresets, DefaultToTheReleaseThatRestoredTheHandOff) {
  EXPECT_EQ(preset("2026.3.31")->policy, Policy{});
}

TEST(PolicyPresets, SayTheirOwnVersionInHelloOk) {
  EXPECT_EQ(preset("2026.3.28")->version, "2026.3.28");
  EXPECT_EQ(preset("2026.3.31")->version, "2026.3.31");
}

TEST(PolicyPresets, HardenTheFindings) {
  const Policy hardened = preset("hardened")->policy;
  EXPECT_EQ(value_of(hardened, "bootstrap.silent_pairing"), "never");                       // T-1
  EXPECT_EQ(value_of(hardened, "signature.token"), "by_method");                            // T-2
  EXPECT_EQ(value_of(hardened, "store.lock"), "file_lock");                                 // T-3
  EXPECT_EQ(value_of(hardened, "bootstrap.reverify_write"), "when_binding_changes");        // T-4
  EXPECT_EQ(value_of(hardened, "bootstrap.consume"), "on_approval");                        // T-5
  EXPECT_EQ(value_of(hardened, "pairing.merge"), "per_role");                               // T-6
  EXPECT_EQ(value_of(hardened, "approve.role_for_scopes"), "operator_if_operator_scopes");  // T-6
}

TEST(PolicyPresets, AreFoundByNameOnly) {
  EXPECT_EQ(preset("2026.3.29").error().message,
            "unknown revision '2026.3.29', did you mean '2026.3.28'?");
  EXPECT_EQ(preset("tomorrow").error().message,
            "unknown revision 'tomorrow', expected one of: 2026.3.28, 2026.3.31, hardened");
}

}  // namespace
}  // namespace model::policy
