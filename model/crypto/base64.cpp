#include "model/crypto/base64.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace model::crypto {

namespace {

constexpr std::string_view kUrlAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view kStandardAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kForeign = 0xff;

/// Value of each character in both alphabets at once, kForeign for all others.
constexpr std::array<std::uint8_t, 256> kValues = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(kForeign);
  for (std::size_t i = 0; i < 64; ++i) {
    values[static_cast<unsigned char>(kUrlAlphabet[i])] = static_cast<std::uint8_t>(i);
    values[static_cast<unsigned char>(kStandardAlphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}();

std::uint8_t value_of(char c) { return kValues[static_cast<unsigned char>(c)]; }

std::string encode(std::string_view bytes, std::string_view alphabet) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : bytes) {
    bits = (bits << 8) | static_cast<unsigned char>(c);
    count += 8;
    while (count >= 6) {
      count -= 6;
      text.push_back(alphabet[(bits >> count) & 0x3f]);
    }
    bits &= 0xffff;
  }
  if (count > 0) text.push_back(alphabet[(bits << (6 - count)) & 0x3f]);
  return text;
}

/// Turns groups of six bits into bytes; what does not fill a byte is dropped.
class Collector {
 public:
  void add(std::uint8_t sextet) {
    bits_ = ((bits_ << 6) | sextet) & 0xffff;
    count_ += 6;
    if (count_ >= 8) {
      count_ -= 8;
      bytes_.push_back(static_cast<char>((bits_ >> count_) & 0xff));
    }
  }
  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
  std::uint32_t bits_ = 0;
  int count_ = 0;
};

/// Calls `take(low byte)` for each UTF-16 code unit of a WTF-8 text until it says no. Bytes that
/// begin no character are skipped.
template <class Take>
void for_each_low_byte(std::string_view text, Take take) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t size = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    std::uint32_t point = lead < 0x80 ? lead : lead & (0x7fu >> size);
    for (std::size_t k = 1; k < size && i + k < text.size(); ++k) {
      point = (point << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3fu);
    }
    i += size;
    if (point >= 0x10000 && !take(static_cast<char>(((point - 0x10000) >> 10) & 0xff))) return;
    if (!take(static_cast<char>(point & 0xff))) return;
  }
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string encode_base64url(std::string_view bytes) { return encode(bytes, kUrlAlphabet); }

std::string encode_base64(std::string_view bytes) {
  std::string text = encode(bytes, kStandardAlphabet);
  while (text.size() % 4 != 0) text.push_back('=');
  return text;
}

std::string decode_base64_lenient(std::string_view text) {
  Collector bytes;
  for_each_low_byte(text, [&](char c) {
    if (const std::uint8_t value = value_of(c); value != kForeign) bytes.add(value);
    return c != '=';
  });
  return bytes.take();
}

std::optional<std::string> decode_base64url_strict(std::string_view text) {
  Collector bytes;
  for (const char c : text) {
    const std::uint8_t value = value_of(c);
    if (value == kForeign || c == '+' || c == '/') return std::nullopt;
    bytes.add(value);
  }
  std::string decoded = bytes.take();
  if (encode_base64url(decoded) != text) return std::nullopt;  // left-over character or bits
  return decoded;
}

std::optional<std::string> decode_base64_padded(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string_view body = text;
  for (int i = 0; i < 2 && body.ends_with('='); ++i) body.remove_suffix(1);
  Collector bytes;
  for (const char c : body) {
    const std::uint8_t value = value_of(c);
    if (value == kForeign || c == '-' || c == '_') return std::nullopt;
    bytes.add(value);
  }
  return bytes.take();
}

std::string encode_hex(std::string_view bytes) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text.push_back(kDigits[byte >> 4]);
    text.push_back(kDigits[byte & 0xf]);
  }
  return text;
}

std::optional<std::string> decode_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = hex_digit(text[i]);
    const int low = hex_digit(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes.push_back(static_cast<char>(high * 16 + low));
  }
  return bytes;
}

}  // namespace model::crypto
