// May a page from this origin talk to the gateway (docs/protocol/gateway.md G-10, G-11)?
#pragma once

#include <cstdint>
#include <string_view>

#include "model/gateway/request_context.hpp"

namespace model::gateway {

enum class OriginVerdict : std::uint8_t {
  allow_list,          ///< named in gateway.controlUi.allowedOrigins, or `*` is
  host_fallback,       ///< equals the Host header, and that is allowed to count
  local_loopback,      ///< a loopback page of a local client
  missing_or_invalid,  ///< refused
  not_allowed,         ///< refused
};

/// G-10: is the origin looked at, for a client of these kinds?
[[nodiscard]] bool checks_origin(const RequestContext& context, bool browser_operator_ui,
                                 bool webchat);

/// G-11, first match.
[[nodiscard]] OriginVerdict check_origin(const RequestContext& context, const Config& config,
                                         const policy::Policy& policy);

/// `reason` of the refusal W-40; empty if the origin is accepted.
[[nodiscard]] std::string_view refusal_reason(OriginVerdict verdict);

}  // namespace model::gateway
