// Who is at the other end of a connection, as far as its TCP peer and HTTP headers tell
// (docs/protocol/gateway.md section 1).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/gateway/config.hpp"
#include "model/policy/policy.hpp"

namespace model::gateway {

/// What arrived with the upgrade request.
struct RequestContext {
  std::string peer_address;  ///< of the TCP socket, "127.0.0.1" or "::ffff:10.0.0.1"
  std::vector<std::pair<std::string, std::string>> headers;  ///< in the order received
  bool operator==(const RequestContext&) const = default;
};

/// A header's value without the blanks around it; none if the header is absent. Names match in any
/// case. Of a repeated Host the first counts, other repeated headers are joined with ", ".
[[nodiscard]] std::optional<std::string> header(const RequestContext& context,
                                                std::string_view name);

/// Is the address one of gateway.trustedProxies (G-2)? An address that does not parse is none.
[[nodiscard]] bool is_trusted_proxy(std::string_view address, const Config& config);

/// G-1: is this a client on the gateway's own host? Decided as policy.locality says.
[[nodiscard]] bool is_local(const RequestContext& context, const Config& config,
                            const policy::Policy& policy);

/// G-2: the client's address in normal form; none if unknown.
[[nodiscard]] std::optional<std::string> client_ip(const RequestContext& context,
                                                   const Config& config);

/// G-3: the address that is stored as `remoteIp` and shown.
[[nodiscard]] std::optional<std::string> reported_ip(const RequestContext& context,
                                                     const Config& config,
                                                     const policy::Policy& policy);

/// G-4: is there an Origin header that is not blank?
[[nodiscard]] bool has_origin(const RequestContext& context);

/// G-4: the address that rate limits count, `unknown` if there is none. A loopback client with an
/// Origin counts as 198.18.0.1, so that no page in a local browser is exempt.
[[nodiscard]] std::string limiter_ip(const RequestContext& context, const Config& config);

/// W-10: the pre-authentication budget that a connection draws on, `unknown` for all without a
/// client IP.
[[nodiscard]] std::string budget_key(const RequestContext& context, const Config& config);

/// Does the TCP peer live next door: loopback or a private address, and no forwarding header? Only
/// for the variant `fresh_baseline_node_if_private_peer` (threats.md T-1).
[[nodiscard]] bool is_private_peer(const RequestContext& context);

}  // namespace model::gateway
