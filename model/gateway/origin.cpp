#include "model/gateway/origin.hpp"

#include <algorithm>
#include <string>

#include "model/base/address.hpp"
#include "model/base/js_string.hpp"
#include "model/base/url.hpp"

namespace model::gateway {

namespace {

std::string trimmed_lower(std::string_view text) { return js::lower_unicode(js::trim(text)); }

}  // namespace

bool checks_origin(const RequestContext& context, bool browser_operator_ui, bool webchat) {
  return browser_operator_ui || webchat || has_origin(context);
}

OriginVerdict check_origin(const RequestContext& context, const Config& config,
                           const policy::Policy& policy) {
  const std::string given = header(context, "origin").value_or("");
  const std::string_view text = js::trim(given);
  if (text.empty() || text == "null") return OriginVerdict::missing_or_invalid;
  const auto url = parse_url(text);
  if (!url) return OriginVerdict::missing_or_invalid;

  const std::string origin = js::lower_ascii(url->origin());
  const auto allows = [&](const std::string& entry) {
    const std::string allowed = trimmed_lower(entry);
    return allowed == "*" || allowed == origin;
  };
  if (std::ranges::any_of(config.control_ui.allowed_origins, allows)) {
    return OriginVerdict::allow_list;
  }
  const std::string host = trimmed_lower(header(context, "host").value_or(""));
  if (config.control_ui.dangerously_allow_host_header_origin_fallback && !host.empty() &&
      js::lower_ascii(url->host_and_port()) == host) {
    return OriginVerdict::host_fallback;
  }
  if (is_loopback_host(url->host) && is_local(context, config, policy)) {
    return OriginVerdict::local_loopback;
  }
  return OriginVerdict::not_allowed;
}

std::string_view refusal_reason(OriginVerdict verdict) {
  switch (verdict) {
    case OriginVerdict::missing_or_invalid:
      return "origin missing or invalid";
    case OriginVerdict::not_allowed:
      return "origin not allowed";
    case OriginVerdict::allow_list:
    case OriginVerdict::host_fallback:
    case OriginVerdict::local_loopback:
      return {};
  }
  return {};
}

}  // namespace model::gateway
