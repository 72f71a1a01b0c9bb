// The two tables of docs/protocol/gateway.md 13.6 and 13.7, as far as the stores decide them.
// Columns that the gate adds (which reason is answered) belong to tests of the gateway.
#include <gtest/gtest.h>

#include "tests/model/store/store_words.hpp"

namespace model::store {
namespace {

/// A local device paired as operator with no scopes: the beginning of 13.6.
Store paired(std::string_view release) {
  Store store;
  store.policy = revision(release);
  store.names.pinned = {"id 0", "token 0"};
  DeviceRequest first = asks("pc", "operator", {});
  first.platform = "linux";
  first.silent = true;
  (void)store.run(first);
  EXPECT_EQ(store.run(DeviceApprove{"id 0", Strings{}}).outcome, Outcome::ok);
  return store;
}

struct Step {
  int row;
  Operation operation;
  std::string_view answer;   ///< "ok", "created", "unknown", or the missing scope
  std::string_view pending;  ///< id, role, roles, scopes, silent, isRepair of what waits; "none"
};

DeviceRequest connects(std::string role, Strings scopes, std::string platform = "linux") {
  DeviceRequest request = asks("pc", std::move(role), std::move(scopes));
  request.platform = std::move(platform);
  return request;
}

std::string describe(const Answer& answer) {
  switch (answer.outcome) {
    case Outcome::ok:
      return answer.created ? "created" : "ok";
    case Outcome::forbidden:
      return "missing scope: " + answer.missing_scope;
    case Outcome::unknown:
      return "unknown";
    case Outcome::no:
      return "no";
    case Outcome::invalid:
      return "invalid: " + answer.reason;
  }
  return "?";
}

/// What waits, as the third column of 13.6 says it.
std::string waiting(const Store& store) {
  const auto pending = list_pending(store.files, store.now);
  if (pending.empty()) return "none";
  EXPECT_EQ(pending.size(), 1u);
  std::string text = *js::string_member(pending[0], "requestId");
  for (const std::string_view name : {"role", "roles", "scopes", "silent", "isRepair"}) {
    text += " " + text_at(pending[0], {name});
  }
  return text;
}

void follow(Store& store, const std::vector<Step>& steps) {
  for (int request = 1; request < 9; ++request) {
    store.names.pinned.push_back("id " + std::to_string(request));
  }
  for (const Step& step : steps) {
    store.now = store.now + Millis{10};
    EXPECT_EQ(describe(store.run(step.operation)), step.answer) << "row " << step.row;
    EXPECT_EQ(waiting(store), step.pending) << "row " << step.row;
  }
}

TEST(ScopeAndRoleUpgrades, AccumulateUntilSomebodyRejectsThem) {  // 13.6
  const std::string_view id3 =
      R"(id 3 "node" ["operator","node"] ["operator.read","operator.write"] false true)";
  const std::string_view id5 = R"(id 5 "operator" ["node","operator"] [] false true)";
  const std::vector<Step> steps = {
      {1, connects("operator", {"operator.read"}), "created",
       R"(id 1 "operator" ["operator"] ["operator.read"] false true)"},
      {2, connects("operator", {"operator.read"}), "ok",
       R"(id 1 "operator" ["operator"] ["operator.read"] false true)"},
      {3, connects("operator", {"operator.write"}), "created",
       R"(id 2 "operator" ["operator"] ["operator.read","operator.write"] false true)"},
      {4, connects("node", {}), "created", id3},
      {5, DeviceApprove{"id 3", Strings{"operator.pairing"}}, "missing scope: operator.read", id3},
      {6, DeviceApprove{"id 3", Strings{"operator.admin"}}, "missing scope: operator.read", id3},
      {7, DeviceReject{"id 3"}, "ok", "none"},
      {8, connects("node", {}), "created", R"(id 4 "node" ["node"] [] false true)"},
      {9, connects("operator", {}, "windows"), "created", id5},
      {11, DeviceApprove{"id 5", Strings{"operator.admin"}}, "ok", "none"},
  };
  Store store = paired("2026.3.31");
  follow(store, steps);
  const js::Value& record = *find_paired(store.files, "pc");
  EXPECT_EQ(text_at(record, {"platform"}), R"("windows")");
  EXPECT_EQ(text_at(record, {"role"}), R"("operator")");
  EXPECT_EQ(text_at(record, {"roles"}), R"(["operator","node"])");
  EXPECT_EQ(text_at(record, {"scopes"}), "[]");
  EXPECT_EQ(text_at(record, {"tokens", "node"}), "absent");
  EXPECT_NE(text_at(record, {"tokens", "operator", "rotatedAtMs"}), "absent");
  // Row 12: 2026.3.31 sees no active node token, 2026.3.28 sees the role in the record.
  EXPECT_EQ(effective_roles(record, revision("2026.3.31")), Strings{"operator"});
  EXPECT_EQ(effective_roles(record, revision("2026.3.28")), (Strings{"operator", "node"}));
}

TEST(ScopeAndRoleUpgrades, HaveNoEmptyListsIn28) {  // 13.6, note on its second line
  Store store = paired("2026.3.28");
  follow(store,
         {
             {8, connects("node", {}), "created", R"(id 1 "node" ["node"] absent false true)"},
             {9, connects("operator", {}, "windows"), "created",
              R"(id 2 "operator" ["node","operator"] absent false true)"},
             {11, DeviceApprove{"id 2", Strings{"operator.admin"}}, "ok", "none"},
         });
  EXPECT_EQ(text_at(store.files.second, {"pc", "scopes"}), "absent");
  EXPECT_EQ(store.run(TokenEnsure{"pc", "node", {}}).outcome, Outcome::no) << "row 12: no baseline";
}

struct Call {
  std::string_view row;
  Operation operation;
  Outcome outcome;
  std::string_view scopes;  ///< of the entry that comes back
};

TEST(TokenMethods, OnThatDevice) {  // 13.7
  Store store = paired("2026.3.31");
  const Call calls[] = {
      {"rotate operator", TokenRotate{"pc", "operator", std::nullopt}, Outcome::ok, "[]"},
      {"rotate beyond the baseline", TokenRotate{"pc", "operator", Strings{"operator.admin"}},
       Outcome::no, "absent"},
      {"rotate node", TokenRotate{"pc", "node", std::nullopt}, Outcome::ok, "[]"},
      {"rotate foo", TokenRotate{"pc", "foo", std::nullopt}, Outcome::ok, "[]"},
      {"rotate unknown device", TokenRotate{"mac", "operator", std::nullopt}, Outcome::unknown,
       "absent"},
      {"revoke node", TokenRevoke{"pc", "node"}, Outcome::ok, "[]"},
      {"revoke node again", TokenRevoke{"pc", "node"}, Outcome::ok, "[]"},
      {"revoke bar", TokenRevoke{"pc", "bar"}, Outcome::unknown, "absent"},
  };
  for (const Call& call : calls) {
    store.now = store.now + Millis{10};
    const Answer answer = store.run(call.operation);
    EXPECT_EQ(answer.outcome, call.outcome) << call.row;
    EXPECT_EQ(text_at(answer.record, {"scopes"}), call.scopes) << call.row;
    EXPECT_EQ(store.wrote, call.outcome == Outcome::ok) << call.row;
  }
  const js::Value& record = *find_paired(store.files, "pc");
  EXPECT_EQ(text_at(record, {"tokens", "node", "revokedAtMs"}), std::to_string(store.now.ms - 10))
      << "the second revocation moves the time";
  EXPECT_EQ(effective_roles(record, revision("2026.3.31")), (Strings{"operator", "foo"}));
  EXPECT_EQ(effective_roles(record, revision("2026.3.28")), Strings{"operator"});
  EXPECT_EQ(store.run(DeviceRemove{"pc"}).outcome, Outcome::ok);
  EXPECT_EQ(store.run(DeviceRemove{"pc"}).outcome, Outcome::unknown);
}

}  // namespace
}  // namespace model::store
