// What a gateway did, as told to timelines and monitors. Nothing of it is on the wire.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace model::gateway {

enum class FactKind : std::uint8_t {
  upgrade_refused,     ///< detail: the HTTP body
  challenged,          ///< token: the nonce
  bootstrap_issued,    ///< token, scopes: the profile's; detail: the profile's roles joined by ','
  bootstrap_verified,  ///< token, device_id, public_key as sent, role, scopes
  bootstrap_refused,   ///< token as presented, device_id
  bootstrap_revoked,   ///< token; detail: why
  bootstrap_cleared,   ///< detail: how many
  device_token_verified,  ///< token, device_id, role
  device_token_refused,   ///< token as presented, device_id, role; detail: inner reason
  request_filed,  ///< request_id, device_id, public_key, role, scopes; detail: created, refreshed,
                  ///< silent
  silently_approved,  ///< request_id, device_id, public_key, role, scopes; token: the bootstrap
                      ///< token if by one; detail: local or bootstrap
  approved,  ///< request_id, device_id, public_key, role, scopes; conn: the approver's; detail:
             ///< entry point
  approval_refused,  ///< request_id; detail
  rejected,          ///< request_id, device_id
  device_removed,    ///< device_id
  token_issued,      ///< token, device_id, role, scopes (a new value was made)
  token_rotated,     ///< token, device_id, role, scopes
  token_revoked,     ///< device_id, role
  hello_sent,  ///< device_id, role, scopes: the session's; token: what the answer delivers; detail:
               ///< the auth method
  refused,     ///< detail: the message; request_id if one was told
  ignored,     ///< a message that changed nothing; detail: why
  session_closed,      ///< device_id, role; detail: code and reason
  node_request_filed,  ///< request_id, device_id: the node id
  node_approved,       ///< request_id, device_id: the node id
  store_failed,        ///< detail: which and why (S-7)
  method_answered,     ///< detail: method and outcome
};

/// The kind's name in timelines and JSON: "silently_approved".
[[nodiscard]] std::string_view name_of(FactKind kind);

/// One fact; members that do not apply are empty.
struct Fact {
  FactKind kind{};
  std::string conn = {};  ///< whose connection, if any
  std::string device_id = {}, public_key = {}, role = {}, token = {}, request_id = {}, detail = {};
  std::vector<std::string> scopes = {};
  bool operator==(const Fact&) const = default;
};

}  // namespace model::gateway
