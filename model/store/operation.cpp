#include "model/store/operation.hpp"

#include <type_traits>
#include <variant>

#include "model/store/bootstrap_store.hpp"
#include "model/store/device_store.hpp"
#include "model/store/lives.hpp"
#include "model/store/node_store.hpp"
#include "model/store/record.hpp"

namespace model::store {
namespace {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};

/// Where an operation works and what a person calls it.
struct Kind {
  Group group;
  std::string_view name;
};

Kind kind_of(const Operation& operation) {
  return std::visit(
      Overloaded{
          [](const BootstrapVerify&) { return Kind{Group::bootstrap, "verify bootstrap token"}; },
          [](const BootstrapRevoke&) { return Kind{Group::bootstrap, "revoke bootstrap token"}; },
          [](const BootstrapIssue&) { return Kind{Group::bootstrap, "issue bootstrap token"}; },
          [](const BootstrapClear&) { return Kind{Group::bootstrap, "clear bootstrap tokens"}; },
          [](const DeviceRequest&) { return Kind{Group::devices, "request device pairing"}; },
          [](const DeviceApprove&) { return Kind{Group::devices, "approve device request"}; },
          [](const DeviceReject&) { return Kind{Group::devices, "reject device request"}; },
          [](const DeviceRemove&) { return Kind{Group::devices, "remove device"}; },
          [](const DeviceUpdate&) { return Kind{Group::devices, "update device"}; },
          [](const TokenVerify&) { return Kind{Group::devices, "verify device token"}; },
          [](const TokenEnsure&) { return Kind{Group::devices, "ensure device token"}; },
          [](const TokenRotate&) { return Kind{Group::devices, "rotate device token"}; },
          [](const TokenRevoke&) { return Kind{Group::devices, "revoke device token"}; },
          [](const NodeRequest&) { return Kind{Group::nodes, "request node pairing"}; },
          [](const NodeApprove&) { return Kind{Group::nodes, "approve node request"}; },
          [](const NodeReject&) { return Kind{Group::nodes, "reject node request"}; },
          [](const NodeUpdate&) { return Kind{Group::nodes, "update node"}; },
          [](const NodeRename&) { return Kind{Group::nodes, "rename node"}; },
      },
      operation);
}

Execution dispatch(const Operation& operation, const Documents& files, const policy::Policy& policy,
                   Instant now, NameSource& names) {
  return std::visit(
      Overloaded{
          [&](const BootstrapVerify& in) { return verify_bootstrap(in, files, policy, now); },
          [&](const BootstrapRevoke& in) { return revoke_bootstrap(in, files, now); },
          [&](const BootstrapIssue& in) { return issue_bootstrap(in, files, policy, now, names); },
          [&](const BootstrapClear&) { return clear_bootstrap(files, now); },
          [&](const DeviceRequest& in) { return request_device(in, files, policy, now, names); },
          [&](const DeviceApprove& in) { return approve_device(in, files, policy, now, names); },
          [&](const DeviceReject& in) { return reject_device(in, files, now); },
          [&](const DeviceRemove& in) { return remove_device(in, files, now); },
          [&](const DeviceUpdate& in) { return update_device(in, files, policy, now); },
          [&](const TokenVerify& in) { return verify_token(in, files, now); },
          [&](const TokenEnsure& in) { return ensure_token(in, files, now, names); },
          [&](const TokenRotate& in) { return rotate_token(in, files, now, names); },
          [&](const TokenRevoke& in) { return revoke_token(in, files, now); },
          [&](const NodeRequest& in) { return request_node(in, files, now, names); },
          [&](const NodeApprove& in) { return approve_node(in, files, now, names); },
          [&](const NodeReject& in) { return reject_node(in, files, now); },
          [&](const NodeUpdate& in) { return update_node(in, files, now); },
          [&](const NodeRename& in) { return rename_node(in, files, now); },
      },
      operation);
}

}  // namespace

bool NodeRequest::operator==(const NodeRequest& other) const {
  return node_id == other.node_id && js::Value(fields) == js::Value(other.fields);
}

bool NodeUpdate::operator==(const NodeUpdate& other) const {
  return node_id == other.node_id && js::Value(fields) == js::Value(other.fields);
}

Group group_of(const Operation& operation) { return kind_of(operation).group; }

std::string_view name_of(const Operation& operation) { return kind_of(operation).name; }

Execution execute(const Operation& operation, const Documents& files, const policy::Policy& policy,
                  Instant now, NameSource& names) {
  try {
    Execution done = dispatch(operation, files, policy, now, names);
    if (done.write) check_lives(operation, files, *done.write, now);
    return done;
  } catch (const Thrown& thrown) {
    return {.write = std::nullopt,
            .answer = {.outcome = Outcome::invalid, .reason = thrown.message}};
  }
}

}  // namespace model::store
