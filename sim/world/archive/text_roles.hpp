// What the members of store files and frames contribute to a fingerprint: the one table of roles
// for text (ARCHITECTURE.md, Fingerprints).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "model/base/json.hpp"

namespace sim {

class Describer;

enum class TextRole : std::uint8_t {
  shown,  ///< that a number is there counts, not which
  flag,   ///< whether it is a number other than 0 counts (`revokedAtMs`)
  aged,   ///< an instant compared with a span
};

/// Role of a number by the name of the member that holds it; members not listed are exact.
struct MemberRole {
  std::string_view member;
  TextRole role = TextRole::shown;
  std::int64_t span_ms = 0;  ///< aged: ages beyond this are all the same
};
using Roles = std::span<const MemberRole>;

/// Of values outside store files and frames.
[[nodiscard]] Roles plain_roles();
/// Of a store file, by its path below the state directory.
[[nodiscard]] Roles roles_of_file(std::string_view path);

/// Any JSON value under these roles; deeper than a few dozen levels it counts as its exact text.
void describe_json(Describer& out, const model::js::Value& value, Roles roles, int depth = 0);

/// A store file: its records in no particular order, because no rule looks at where one stands.
void describe_store_text(Describer& out, std::string_view path, const std::string& text);
void describe_store_record(Describer& out, std::string_view path, const model::js::Value& record);

/// A message under way. A connect request's signature counts as (key, signed text, valid or not).
void describe_frame_text(Describer& out, const std::string& text);
/// Parameters of a connect request, the same way.
void describe_connect_params(Describer& out, const model::js::Value& params);

}  // namespace sim
