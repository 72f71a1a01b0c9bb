#include "model/base/js_string.hpp"

namespace model::js {

std::string lower_unicode(std::string_view text) { return lower_ascii(text); }

std::string normalise_for_policy(std::string_view text) { return lower_ascii(trim(text)); }

}  // namespace model::js
