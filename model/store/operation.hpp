// What can be asked of a store, as values, and what it answers.
//
// A store is one or two JSON files and a lock inside one process (docs/protocol/gateway.md
// section 10). Whoever runs an operation (sim/world) takes the lock, reads the files, calls
// `execute`, writes back what it returned, gives the lock back and hands the answer on. So each
// read and each rename can be a place where somebody else goes first, while what an operation
// *decides* stands here, as a function of file content, time and policy.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/base/json.hpp"
#include "model/base/names.hpp"
#include "model/base/time.hpp"
#include "model/policy/policy.hpp"

namespace model::store {

/// Files that share a lock.
enum class Group : std::uint8_t { bootstrap, devices, nodes };

/// A file's content as parsed; an empty object where the file is missing or unreadable and the
/// policy says that this reads as empty (S-2).
using Document = js::Value;

/// The files of one group. `bootstrap.json` is `first` alone; the pairing stores have
/// `pending.json` as `first` and `paired.json` as `second`.
struct Documents {
  Document first;
  Document second;
  bool operator==(const Documents&) const = default;
};

/// Roles and scopes that a bootstrap token may be used for.
struct Profile {
  std::vector<std::string> roles;
  std::vector<std::string> scopes;
  bool operator==(const Profile&) const = default;
};

// --- bootstrap store (section 10.2) --------------------------------------------------------------

struct BootstrapVerify {  ///< S-8, S-9
  std::string token, device_id, public_key, role;
  std::vector<std::string> scopes;
  bool operator==(const BootstrapVerify&) const = default;
};
struct BootstrapRevoke {  ///< S-10
  std::string token;
  bool operator==(const BootstrapRevoke&) const = default;
};
struct BootstrapIssue {            ///< S-11
  std::optional<Profile> profile;  ///< none: the policy's default profile
  bool operator==(const BootstrapIssue&) const = default;
};
struct BootstrapClear {  ///< S-12
  bool operator==(const BootstrapClear&) const = default;
};

// --- device pairing store (section 10.3) ---------------------------------------------------------

struct DeviceRequest {  ///< S-13
  std::string device_id, public_key;
  std::optional<std::string> display_name, platform, device_family, client_id, client_mode, role;
  std::optional<std::vector<std::string>> roles, scopes;
  std::optional<std::string> remote_ip;
  bool silent = false;
  bool operator==(const DeviceRequest&) const = default;
};
struct DeviceApprove {  ///< S-16
  std::string request_id;
  std::optional<std::vector<std::string>> caller_scopes;  ///< none: no caller scopes given at all
  bool operator==(const DeviceApprove&) const = default;
};
struct DeviceReject {  ///< S-17
  std::string request_id;
  bool operator==(const DeviceReject&) const = default;
};
struct DeviceRemove {  ///< S-18
  std::string device_id;
  bool operator==(const DeviceRemove&) const = default;
};
struct DeviceUpdate {  ///< S-20; an absent member erases
  std::string device_id;
  std::optional<std::string> display_name, client_id, client_mode, role;
  std::optional<std::vector<std::string>> scopes;
  std::optional<std::string> remote_ip;
  bool operator==(const DeviceUpdate&) const = default;
};
struct TokenVerify {  ///< S-21
  std::string device_id, token, role;
  std::vector<std::string> scopes;
  bool operator==(const TokenVerify&) const = default;
};
struct TokenEnsure {  ///< S-22
  std::string device_id, role;
  std::vector<std::string> scopes;
  bool operator==(const TokenEnsure&) const = default;
};
struct TokenRotate {  ///< S-23
  std::string device_id, role;
  std::optional<std::vector<std::string>> scopes;
  bool operator==(const TokenRotate&) const = default;
};
struct TokenRevoke {  ///< S-24
  std::string device_id, role;
  bool operator==(const TokenRevoke&) const = default;
};

// --- node pairing store (section 10.4) -----------------------------------------------------------

struct NodeRequest {  ///< S-30
  std::string node_id;
  js::Object
      fields;  ///< the other members, in the order in which they are written, absent ones left out
  bool operator==(const NodeRequest& other) const;
};
struct NodeApprove {  ///< S-31
  std::string request_id;
  std::vector<std::string> caller_scopes;
  bool operator==(const NodeApprove&) const = default;
};
struct NodeReject {  ///< S-32
  std::string request_id;
  bool operator==(const NodeReject&) const = default;
};
struct NodeUpdate {  ///< S-34; members replace only when present
  std::string node_id;
  js::Object fields;
  bool operator==(const NodeUpdate& other) const;
};
struct NodeRename {  ///< S-35
  std::string node_id, display_name;
  bool operator==(const NodeRename&) const = default;
};

/// Everything that runs under a lock and may write.
using Operation = std::variant<BootstrapVerify, BootstrapRevoke, BootstrapIssue, BootstrapClear,
                               DeviceRequest, DeviceApprove, DeviceReject, DeviceRemove,
                               DeviceUpdate, TokenVerify, TokenEnsure, TokenRotate, TokenRevoke,
                               NodeRequest, NodeApprove, NodeReject, NodeUpdate, NodeRename>;

/// The lock and files that an operation works on.
[[nodiscard]] Group group_of(const Operation& operation);

/// A short name for timelines and action keys: "verify bootstrap token", "approve device request".
[[nodiscard]] std::string_view name_of(const Operation& operation);

/// How an operation ended.
enum class Outcome : std::uint8_t {
  ok,         ///< did what it was asked; `record` and the other members tell
  no,         ///< refused without a reason that anybody is told (verification, unknown token)
  unknown,    ///< no such request, device, role or node
  forbidden,  ///< the caller lacks `missing_scope`
  invalid,    ///< the input breaks a rule that the original throws on; `reason` is its text
};

/// What the store says. Members that do not apply stay empty.
///
/// | operation       | ok: record                       | ok: id     | otherwise |
/// | BootstrapVerify | the token's record afterwards    | token      | no |
/// | BootstrapRevoke | the record that is gone          | token      | no |
/// | BootstrapIssue  | the new record                   | token      | |
/// | BootstrapClear  |                                  |            | |
/// | DeviceRequest   | the pending request              | request id | invalid: blank device id |
/// | DeviceApprove   | the paired device                | request id | unknown, forbidden |
/// | DeviceReject    | the request that is gone         | request id | unknown |
/// | DeviceRemove    | the device that is gone          | device id  | unknown |
/// | DeviceUpdate    | the paired device                | device id  | unknown |
/// | TokenVerify     | the token entry                  | token      | no |
/// | TokenEnsure     | the entry, new or as it stood    | token      | no |
/// | TokenRotate     | the new entry                    | token      | unknown, no |
/// | TokenRevoke     | the revoked entry                | token      | unknown |
/// | NodeRequest     | the pending request              | request id | invalid: blank node id |
/// | NodeApprove     | the node, with its token         | request id | unknown, forbidden |
/// | NodeReject      | the request that is gone         | request id | unknown |
/// | NodeUpdate      | the node                         | node id    | unknown |
/// | NodeRename      | the node                         | node id    | invalid: blank name; unknown
/// |
///
/// Any operation may also be `invalid` where a damaged record makes the original throw.
struct Answer {
  Outcome outcome = Outcome::no;
  std::string reason;         ///< inner reason, never shown to clients: "scope-mismatch" (S-21),
                              ///< "unknown-device-or-role" (S-23)
  std::string missing_scope;  ///< with `forbidden`
  bool created = false;       ///< requests: new or replaced, not merely refreshed
  js::Value record;  ///< the pending request, paired record, token entry or issued record concerned
  std::string id;    ///< request id, device id, node id or token concerned
  std::int64_t count = 0;  ///< BootstrapClear: how many were alive
  bool operator==(const Answer&) const = default;
};

/// Result of an operation: what to write, if anything, and the answer.
struct Execution {
  std::optional<Documents> write;
  Answer answer;
};

/// Runs one operation on the files' content as read at `now` (the host's clock).
/// Pure: the same arguments and names give the same result.
[[nodiscard]] Execution execute(const Operation& operation, const Documents& files,
                                const policy::Policy& policy, Instant now, NameSource& names);

}  // namespace model::store
