// What the gateway host's own tools ask of the stores: `openclaw qr` (in a process of its own),
// `/pair`, `/pair qr`, `/pair cleanup`, `/pair approve` and `openclaw devices approve` (sections
// 10.2, 12.3 of docs/protocol/gateway.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/gateway/need.hpp"

namespace model::gateway {

class Turn;

enum class HostCommandKind : std::uint8_t {
  issue_code,      ///< a fresh bootstrap token (`openclaw qr`, `/pair`, `/pair qr`)
  revoke_code,     ///< one bootstrap token
  cleanup_codes,   ///< `/pair cleanup`, also `clear` and `revoke`
  approve_direct,  ///< on the files, with [operator.admin]: the command line's local fallback, no
                   ///< broadcast
  approve_chat,    ///< `/pair approve` with the caller scopes given, none from a messaging channel
};

/// One command in progress: one store transaction, then an answer for whoever typed it.
struct HostCommand {
  enum class Stage : std::uint8_t { asked, transacting, listing, done };
  HostCommandKind kind{};
  Stage stage = Stage::asked;
  std::string label;                      ///< what the caller calls it ("B0", "code")
  std::optional<store::Profile> profile;  ///< issue_code: none = the default
  std::string token;                      ///< revoke_code
  std::string request_id;                 ///< approvals; "latest" selects the newest (chat)
  std::optional<std::vector<std::string>> caller_scopes;
  bool operator==(const HostCommand&) const = default;
};

/// What the person at the host reads when the command ends.
struct HostAnswer {
  std::string label = {};
  HostCommandKind kind{};
  bool ok = false;
  std::string token = {};  ///< issue_code: the token
  std::int64_t expires_at_ms = 0;
  std::int64_t count = 0;  ///< cleanup_codes: how many were alive
  std::string text = {};   ///< as the original words it
  bool operator==(const HostAnswer&) const = default;
};

/// Starts a command under the handler key given; it ends with a HostAnswer among the effects.
void start_host_command(Turn& turn, const std::string& handler, HostCommand command);

/// Resumes it with what it waited for.
void resume_host_command(Turn& turn, const std::string& handler, Resume resume);

}  // namespace model::gateway
