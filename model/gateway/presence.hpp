// Who is or was connected, as shown in hello-ok and in `presence` events (G-52).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/json.hpp"
#include "model/base/time.hpp"

namespace model::gateway {

struct PresenceEntry {
  std::string host;
  std::optional<std::string> ip, version, platform, device_family, model_identifier, mode, reason,
      device_id, instance_id;
  std::vector<std::string> roles, scopes;  ///< added to, never taken from
  Instant ts;                              ///< of the last update
  bool operator==(const PresenceEntry&) const = default;
};

/// Entries by key (trimmed, lower-cased); expire 5 minutes after their last update, at most 200.
struct Presence {
  std::map<std::string, PresenceEntry> entries;
  bool operator==(const Presence&) const = default;
};

/// Adds or updates; roles and scopes are united with those already there.
void upsert(Presence& presence, std::string_view key, const PresenceEntry& entry, Instant now);

/// The session behind `key` has ended: reason `disconnect`, everything else stays (G-52).
void mark_disconnected(Presence& presence, std::string_view key, Instant now);

/// Entries as hello-ok and `presence` show them, newest first, expired ones left out.
[[nodiscard]] js::Value list(const Presence& presence, Instant now);

}  // namespace model::gateway
