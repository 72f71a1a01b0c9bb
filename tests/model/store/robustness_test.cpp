// Whatever the files hold, every operation ends, and a refused one writes nothing.
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/model/store/store_words.hpp"

namespace model::store {
namespace {

using rc::Gen;

/// Words that records are made of, so that arbitrary files often come near to real ones.
Gen<std::string> words() {
  return rc::gen::element<std::string>(
      "phone", "r", "B", "T", "node", "operator", "operator.read", "operator.admin", "0", "", " ",
      "token", "ts", "role", "roles", "scopes", "approvedScopes", "tokens", "deviceId", "nodeId",
      "requestId", "publicKey", "profile", "issuedAtMs", "revokedAtMs", "commands", "silent",
      "createdAtMs", "lastUsedAtMs", "isRepair", "\xED\xA0\x80");
}

Gen<js::Value> leaves() {
  return rc::gen::oneOf(
      rc::gen::map(words(), [](std::string word) { return js::Value(std::move(word)); }),
      rc::gen::map(rc::gen::element<std::int64_t>(0, 1, 399'999, 400'000, 700'000, 1'000'000, -1,
                                                  INT64_MAX, INT64_MIN),
                   [](std::int64_t number) { return js::Value(number); }),
      rc::gen::just(js::Value()), rc::gen::just(js::Value(true)), rc::gen::just(js::Value(false)),
      rc::gen::just(json("1e400")));
}

/// Up to six of them: a tree of four levels stays small enough to try thousands.
template <class T>
Gen<std::vector<T>> a_few(const Gen<T>& element) {
  return rc::gen::mapcat(rc::gen::inRange<std::size_t>(0, 7), [element](std::size_t count) {
    return rc::gen::container<std::vector<T>>(count, element);
  });
}

Gen<js::Value> values(int depth) {
  if (depth == 0) return leaves();
  const Gen<js::Value> inner = values(depth - 1);
  return rc::gen::weightedOneOf<js::Value>(
      {{2, leaves()},
       {1, rc::gen::map(a_few(inner),
                        [](std::vector<js::Value> list) { return js::Value(std::move(list)); })},
       {5, rc::gen::map(a_few(rc::gen::pair(words(), inner)),
                        [](const std::vector<std::pair<std::string, js::Value>>& members) {
                          js::Object object;
                          for (const auto& [name, value] : members) object.set(name, value);
                          return js::Value(std::move(object));
                        })}});
}

/// A record that is right in most places: any member may be absent or anything.
Gen<js::Value> records() {
  static const std::vector<std::pair<std::string, js::Value>> kUsual = {
      {"requestId", "r"},
      {"deviceId", "phone"},
      {"nodeId", "phone"},
      {"publicKey", "phone-key"},
      {"token", "T"},
      {"role", "operator"},
      {"roles", json("['operator']")},
      {"scopes", json("['operator.read']")},
      {"approvedScopes", json("['operator.write']")},
      {"commands", json("['system.run']")},
      {"tokens", json("{'operator': {'token': 'T', 'role': 'operator', 'scopes': []}}")},
      {"profile", json("{'roles': ['operator'], 'scopes': ['operator.admin']}")},
      {"issuedAtMs", 999'999},
      {"ts", 999'999}};
  return rc::gen::map(rc::gen::container<std::vector<std::pair<int, js::Value>>>(
                          kUsual.size(), rc::gen::pair(rc::gen::inRange(0, 8), values(2))),
                      [](const std::vector<std::pair<int, js::Value>>& picks) {
                        js::Object record;
                        for (std::size_t i = 0; i < picks.size(); ++i) {
                          if (picks[i].first == 0) continue;
                          record.set(kUsual[i].first,
                                     picks[i].first == 1 ? picks[i].second : kUsual[i].second);
                        }
                        return js::Value(std::move(record));
                      });
}

/// A file that is anything, or one with records under the names that operations ask for.
Gen<js::Value> files_of_any_kind() {
  return rc::gen::oneOf(
      values(4),
      rc::gen::map(rc::gen::tuple(records(), records(), records()), [](const auto& three) {
        return js::Value(js::Object{
            {"r", std::get<0>(three)}, {"phone", std::get<1>(three)}, {"B", std::get<2>(three)}});
      }));
}

Gen<Strings> lists() { return a_few(words()); }

/// One operation of every kind, on names that the files often contain.
std::vector<Operation> operations(const Strings& scopes, const std::string& role) {
  DeviceRequest request = asks("phone", role, scopes);
  request.silent = true;
  DeviceUpdate update;
  update.device_id = "phone";
  update.scopes = scopes;
  const NodeRequest node = {.node_id = "phone", .fields = js::Object{{"commands", "x"}}};
  const NodeUpdate node_update = {.node_id = "phone", .fields = js::Object{{"bins", 1}}};
  return {BootstrapVerify{"T", "phone", "phone-key", role, scopes},
          BootstrapRevoke{"T"},
          BootstrapIssue{Profile{scopes, scopes}},
          BootstrapClear{},
          request,
          DeviceApprove{"r", scopes},
          DeviceApprove{"r", std::nullopt},
          DeviceReject{"r"},
          DeviceRemove{"phone"},
          update,
          TokenVerify{"phone", "T", role, scopes},
          TokenEnsure{"phone", role, scopes},
          TokenRotate{"phone", role, scopes},
          TokenRotate{"phone", role, std::nullopt},
          TokenRevoke{"phone", role},
          node,
          NodeApprove{"r", scopes},
          NodeReject{"r"},
          node_update,
          NodeRename{"phone", "name"}};
}

Gen<policy::Policy> policies() {
  return rc::gen::map(rc::gen::container<std::vector<std::uint8_t>>(
                          policy::fields().size(), rc::gen::arbitrary<std::uint8_t>()),
                      [](const std::vector<std::uint8_t>& picks) {
                        policy::Policy policy;
                        for (std::size_t i = 0; i < picks.size(); ++i) {
                          const policy::Field& field = policy::fields()[i];
                          field.set(policy,
                                    static_cast<std::uint8_t>(picks[i] % field.values.size()));
                        }
                        return policy;
                      });
}

RC_GTEST_PROP(ArbitraryFiles, NeverStopAnyOperationFromEnding, ()) {
  const Documents files = {*files_of_any_kind(), *files_of_any_kind()};
  const policy::Policy policy = *policies();
  const std::string role = *words();
  for (const Operation& operation : operations(*lists(), role)) {
    TestNames names;
    TestNames again;
    const Execution execution = execute(operation, files, policy, Instant{1'000'000}, names);
    const bool ok = execution.answer.outcome == Outcome::ok;
    RC_ASSERT(ok || !execution.write);  // a refusal writes nothing
    if (execution.write) {
      RC_ASSERT(execution.write->first.is_object());
      if (group_of(operation) != Group::bootstrap) RC_ASSERT(execution.write->second.is_object());
      // What was written is read back as it is: nothing is lost on the way through bytes.
      const auto read = read_document(write_document(execution.write->first), policy::Policy{});
      RC_ASSERT(read.has_value());
      RC_ASSERT(write_document(*read) == write_document(execution.write->first));
    }
    const Execution repeated = execute(operation, files, policy, Instant{1'000'000}, again);
    RC_ASSERT(repeated.write == execution.write);  // pure
    RC_ASSERT(repeated.answer == execution.answer);
  }
}

RC_GTEST_PROP(ArbitraryFiles, NeverStopAReader, ()) {
  const Documents files = {*files_of_any_kind(), *files_of_any_kind()};
  const policy::Policy policy = *policies();
  (void)list_pending(files, Instant{1'000'000});
  (void)verify_node_token(files, "phone", "T");
  for (const js::Value& record : list_paired(files)) {
    (void)effective_roles(record, policy);
    const auto base = baseline(record);
    if (base) RC_ASSERT(within("node", {}, base));
  }
}

/// Files that never reach the interesting branches would make the laws above empty.
TEST(ArbitraryFiles, ReachEveryOutcomeAndEveryKindOfWrite) {
  std::set<Outcome> seen;
  std::set<std::string_view> wrote;
  rc::Random random(1);  // always the same files, so that this test never fails by chance
  const auto draw = [&random](const auto& generator) {
    return generator(random.split(), rc::kNominalSize).value();
  };
  for (int round = 0; round < 200; ++round) {
    const Documents files = {draw(files_of_any_kind()), draw(files_of_any_kind())};
    for (const Operation& operation : operations(draw(lists()), "operator")) {
      TestNames names;
      const Execution execution =
          execute(operation, files, policy::Policy{}, Instant{1'000'000}, names);
      seen.insert(execution.answer.outcome);
      if (execution.write) wrote.insert(name_of(operation));
    }
  }
  EXPECT_EQ(seen.size(), 5u);
  EXPECT_EQ(wrote.size(), std::variant_size_v<Operation>);
}

TEST(DeepFiles, CostNoStack) {
  std::string deep = "{'phone': {'approvedScopes': [], 'tokens': {'node': {'scopes': [], 'x': ";
  for (int i = 0; i < 200'000; ++i) deep += "[";
  for (int i = 0; i < 200'000; ++i) deep += "]";
  deep += "}}}}";
  Store store;
  store.files.second = json(deep);
  EXPECT_EQ(store.run(TokenRotate{"phone", "node", std::nullopt}).outcome, Outcome::ok);
  EXPECT_EQ(store.run(TokenRevoke{"phone", "node"}).outcome, Outcome::ok);
}

TEST(LongFiles, CostNoMoreThanTheirLength) {
  js::Object pending;
  std::vector<js::Member> members;
  for (int i = 0; i < 20'000; ++i) {
    const std::string id = "r" + std::to_string(i);
    members.push_back({id, js::Value(js::Object{{"requestId", id},
                                                {"deviceId", "phone"},
                                                {"roles", js::Value(js::Array{js::Value(id)})},
                                                {"ts", std::int64_t{1'000'000}}})});
  }
  Store store;
  store.files.first = js::Value(js::Object::from_members(std::move(members)));
  const Answer answer = store.run(asks("phone", "node", {}));
  EXPECT_EQ(answer.outcome, Outcome::ok);
  EXPECT_EQ(store.files.first.object().size(), 1u);
}

}  // namespace
}  // namespace model::store
