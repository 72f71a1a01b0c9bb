// The device tokens that a client keeps: one file, one entry for each role, or for each gateway and
// role (docs/protocol/client.md 2.7, 3, 8).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/base/time.hpp"
#include "model/policy/policy.hpp"

namespace model::client {

struct StoredToken {
  std::string token;
  std::string role;
  std::vector<std::string> scopes;
  Instant updated_at;
  bool operator==(const StoredToken&) const = default;
};

/// How scopes are kept: C-21 makes them a scopeset, the app only trims, sorts and drops
/// repetitions.
enum class ScopeForm : std::uint8_t { scopeset, trimmed };

/// The slot of a token. C-70: `role`, or `<gateway>` U+001F `role`. The role is trimmed.
/// Every value of the scope but `global` keys by gateway.
[[nodiscard]] std::string slot_key(policy::TokenScope scope, std::string_view gateway,
                                   std::string_view role);

/// Content of `identity/device-auth.json`. Entries stay in the order in which they came.
class DeviceAuthStore {
 public:
  struct Entry {
    std::string key;
    StoredToken value;
    bool operator==(const Entry&) const = default;
  };

  DeviceAuthStore() = default;
  DeviceAuthStore(std::string device_id, std::vector<Entry> entries)
      : device_id_(std::move(device_id)), entries_(std::move(entries)) {}

  /// The token for this device, role and gateway, if there is one (C-20, C-71).
  [[nodiscard]] std::optional<StoredToken> load(policy::TokenScope scope,
                                                std::string_view device_id, std::string_view role,
                                                std::string_view gateway) const;

  /// Writes a token; entries of another device id are dropped as a whole (C-21, C-72).
  void store(policy::TokenScope scope, ScopeForm form, std::string_view device_id,
             std::string_view gateway, StoredToken token);

  /// Removes one slot (C-22). True if there was one.
  bool clear(policy::TokenScope scope, std::string_view device_id, std::string_view role,
             std::string_view gateway);

  /// Removes the slots of this role for every gateway (section 7, *(later)*).
  void clear_role_everywhere(std::string_view role);

  /// C-73: hands what was stored before there were scopes to the gateway that can be proven to have
  /// issued it, once. `last_used` empty: no provable owner, the entries are discarded. `current` is
  /// read by a defect only. Returns the keys that now hold a claimed token.
  std::vector<std::string> claim_unscoped(policy::TokenScope scope, std::string_view last_used,
                                          std::string_view current);

  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  [[nodiscard]] const std::string& device_id() const { return device_id_; }
  [[nodiscard]] bool empty() const { return entries_.empty(); }

  /// The file: 2-space JSON plus newline, version 1.
  [[nodiscard]] std::string encode() const;
  /// C-20: a file that is unreadable, of another version or shape is an empty store; entries
  /// without a string token are skipped.
  [[nodiscard]] static DeviceAuthStore decode(std::string_view content);

  bool operator==(const DeviceAuthStore&) const = default;

 private:
  std::string device_id_;
  std::vector<Entry> entries_;
};

/// C-21: trimmed, blanks and repetitions dropped, sorted; `operator.admin` brings read and write,
/// `operator.write` brings read (docs/protocol/gateway.md, scopeset).
[[nodiscard]] std::vector<std::string> normalise_scopes(ScopeForm form,
                                                        const std::vector<std::string>& scopes);

}  // namespace model::client
