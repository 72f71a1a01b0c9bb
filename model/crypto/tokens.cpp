#include "model/crypto/tokens.hpp"

#include <cstddef>

#include "model/base/check.hpp"
#include "model/crypto/base64.hpp"

namespace model::crypto {

namespace {

/// How many bytes of a form are derived, and how many check them.
struct Layout {
  std::size_t derived;
  std::size_t check;
  std::string_view domain;  ///< keeps a check of one form from being one of another
};

Layout layout_of(NameForm form) {
  switch (form) {
    case NameForm::token:
      return {24, 8, "pairlab name: token|"};
    case NameForm::uuid:
      return {10, 6, "pairlab name: uuid|"};
    case NameForm::capability:
      return {12, 6, "pairlab name: capability|"};
  }
  CHECK(false);
}

std::string with_check(std::string bytes, NameForm form) {
  const Layout layout = layout_of(form);
  CHECK(bytes.size() == layout.derived);
  const Bytes32 digest = sha256(std::string(layout.domain).append(bytes));
  return bytes.append(as_text(digest).substr(0, layout.check));
}

bool certified(std::string_view bytes, NameForm form) {
  const Layout layout = layout_of(form);
  return bytes.size() == layout.derived + layout.check &&
         with_check(std::string(bytes.substr(0, layout.derived)), form) == bytes;
}

/// 16 bytes in the usual groups of 4, 2, 2, 2 and 6.
std::string spell_uuid(std::string_view bytes) {
  std::string text = encode_hex(bytes);
  for (const std::size_t at : {std::size_t{8}, std::size_t{13}, std::size_t{18}, std::size_t{23}}) {
    text.insert(at, 1, '-');
  }
  return text;
}

std::optional<std::string> read_uuid(std::string_view text) {
  if (!is_uuid_v4(text)) return std::nullopt;
  std::string digits;
  for (const char c : text) {
    if (c != '-') digits.push_back(c);
  }
  return decode_hex(digits);
}

}  // namespace

NameForm form_of(NameKind kind) {
  switch (kind) {
    case NameKind::bootstrap_token:
    case NameKind::device_token:
    case NameKind::node_token:
      return NameForm::token;
    case NameKind::canvas_capability:
      return NameForm::capability;
    case NameKind::device_request:
    case NameKind::node_request:
    case NameKind::nonce:
    case NameKind::connection:
    case NameKind::temporary_file:
    case NameKind::request:
    case NameKind::instance:
    case NameKind::setup_session:
      return NameForm::uuid;
  }
  CHECK(false);
}

std::string shape_name(NameKind kind, const Bytes32& derived) {
  const NameForm form = form_of(kind);
  std::string bytes(as_text(derived).substr(0, layout_of(form).derived));
  if (form != NameForm::uuid) return encode_base64url(with_check(std::move(bytes), form));
  bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x40);  // version 4
  bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);  // the variant of RFC 4122
  return spell_uuid(with_check(std::move(bytes), form));
}

std::optional<NameForm> recognise_name(std::string_view text) {
  // By length first: this runs over every string of a world, and most are none.
  const auto recognised = [](const std::optional<std::string>& bytes, NameForm form) {
    return bytes && certified(*bytes, form) ? std::optional(form) : std::nullopt;
  };
  if (text.size() == 43) return recognised(decode_base64url_strict(text), NameForm::token);
  if (text.size() == 36) return recognised(read_uuid(text), NameForm::uuid);
  if (text.size() == 24) return recognised(decode_base64url_strict(text), NameForm::capability);
  return std::nullopt;
}

bool is_uuid_v4(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (c != '-') return false;
    } else if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
      return false;
    }
  }
  return text[14] == '4' && std::string_view("89ab").find(text[19]) != std::string_view::npos;
}

}  // namespace model::crypto
