#include "model/crypto/payload.hpp"

#include <fmt/format.h>

#include "model/base/js_string.hpp"

namespace model::crypto {

std::string normalise_metadata(const std::optional<std::string>& text) {
  return text ? js::lower_ascii(js::trim(*text)) : std::string();
}

std::string payload(std::string_view version, const SignedFields& fields) {
  std::string scopes;
  for (const std::string& scope : fields.scopes) {
    if (&scope != &fields.scopes.front()) scopes.push_back(',');
    scopes.append(scope);
  }
  std::string text = fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}", version, fields.device_id,
                                 fields.client_id, fields.client_mode, fields.role, scopes,
                                 fields.signed_at_ms, fields.token, js::trim(fields.nonce));
  if (version == "v3") {
    text.append("|").append(normalise_metadata(fields.platform));
    text.append("|").append(normalise_metadata(fields.device_family));
  }
  return text;
}

}  // namespace model::crypto
