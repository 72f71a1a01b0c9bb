#include "model/store/node_store.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "model/base/js_string.hpp"
#include "model/store/pairing_files.hpp"
#include "model/store/record.hpp"
#include "model/store/views.hpp"

namespace model::store {
namespace {

/// Commands that run programs: only an administrator lets a node offer them (S-31).
constexpr std::array<std::string_view, 3> kRunsPrograms = {"system.run.prepare", "system.run",
                                                           "system.which"};

/// Members of a request that become members of the node, in this order.
constexpr std::array<std::string_view, 11> kMetadata = {
    "displayName",     "platform", "version",  "coreVersion", "uiVersion", "deviceFamily",
    "modelIdentifier", "caps",     "commands", "permissions", "remoteIp"};

Execution refused(Outcome outcome, std::string reason = {}) {
  return {.write = std::nullopt, .answer = {.outcome = outcome, .reason = std::move(reason)}};
}

Execution written(const PairingFiles& store, js::Value record, std::string id,
                  bool created = false) {
  return {.write = store.content(),
          .answer = {.outcome = Outcome::ok,
                     .created = created,
                     .record = std::move(record),
                     .id = std::move(id)}};
}

std::optional<std::string> scope_for(const js::Value& request) {
  const Strings commands = strings_of(js::member(request, "commands"));
  const bool runs_programs = std::ranges::any_of(commands, [](const std::string& command) {
    return std::ranges::find(kRunsPrograms, command) != kRunsPrograms.end();
  });
  if (runs_programs) return "operator.admin";
  if (!commands.empty()) return "operator.write";
  return std::nullopt;
}

}  // namespace

Execution request_node(const NodeRequest& input, const Documents& files, Instant now,
                       NameSource& names) {
  PairingFiles store(files, now);
  const std::string node_id(js::trim(input.node_id));
  if (node_id.empty()) return refused(Outcome::invalid, "nodeId required");
  for (const js::Member& request : store.pending) {
    const std::string* node = js::string_member(request.value, "nodeId");
    if (node == nullptr || *node != node_id) continue;
    const std::string* id = js::string_member(request.value, "requestId");
    return {.write = std::nullopt,
            .answer = {.outcome = Outcome::ok,
                       .record = request.value,
                       .id = id != nullptr ? *id : request.name}};
  }
  const std::string id = names.mint(NameKind::node_request, node_id);
  js::Object record;
  record.set("requestId", id);
  record.set("nodeId", node_id);
  for (const js::Member& field : input.fields) record.set(field.name, field.value);
  record.set("isRepair", store.find_paired(node_id) != nullptr);
  record.set("ts", now.ms);
  const js::Value result(std::move(record));
  store.pending.set(id, result);
  return written(store, result, id, /*created=*/true);
}

Execution approve_node(const NodeApprove& input, const Documents& files, Instant now,
                       NameSource& names) {
  PairingFiles store(files, now);
  const js::Value* pending = store.find_pending(input.request_id);
  if (pending == nullptr) return refused(Outcome::unknown);
  const js::Value request = *pending;
  if (const auto needed = scope_for(request)) {
    if (auto missing = missing_scope("operator", {*needed}, input.caller_scopes)) {
      return {.write = std::nullopt,
              .answer = {.outcome = Outcome::forbidden, .missing_scope = *std::move(missing)}};
    }
  }
  const std::string node_id = property_key(js::member(request, "nodeId"));
  const js::Value* created = member(store.find_paired(node_id), "createdAtMs");
  js::Object node;
  copy_member(node, &request, "nodeId");
  node.set("token", names.mint(NameKind::node_token, node_id));
  for (const std::string_view name : kMetadata) copy_member(node, &request, name);
  node.set("createdAtMs", nullish(created) ? js::Value(now.ms) : *created);
  node.set("approvedAtMs", now.ms);
  const js::Value record(std::move(node));
  store.pending.erase(input.request_id);
  store.paired.set(node_id, record);
  return written(store, record, input.request_id);
}

Execution reject_node(const NodeReject& input, const Documents& files, Instant now) {
  PairingFiles store(files, now);
  const js::Value* pending = store.find_pending(input.request_id);
  if (pending == nullptr) return refused(Outcome::unknown);
  const js::Value request = *pending;
  store.pending.erase(input.request_id);
  return written(store, request, input.request_id);
}

Execution update_node(const NodeUpdate& input, const Documents& files, Instant now) {
  PairingFiles store(files, now);
  const std::string node_id(js::trim(input.node_id));
  const js::Value* existing = store.find_paired(node_id);
  if (existing == nullptr) return refused(Outcome::unknown);
  js::Object record = spread(existing);
  for (const js::Member& field : input.fields) {
    if (!field.value.is_null()) record.set(field.name, field.value);
  }
  const js::Value result(std::move(record));
  store.paired.set(node_id, result);
  return written(store, result, node_id);
}

Execution rename_node(const NodeRename& input, const Documents& files, Instant now) {
  PairingFiles store(files, now);
  const std::string node_id(js::trim(input.node_id));
  const std::string_view name = js::trim(input.display_name);
  if (name.empty()) return refused(Outcome::invalid, "displayName required");
  const js::Value* existing = store.find_paired(node_id);
  if (existing == nullptr) return refused(Outcome::unknown);
  js::Object record = spread(existing);
  record.set("displayName", name);
  const js::Value result(std::move(record));
  store.paired.set(node_id, result);
  return written(store, result, node_id);
}

}  // namespace model::store
