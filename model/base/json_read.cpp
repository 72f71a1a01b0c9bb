// parse of json.hpp: a reader with its own stack.
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/base/js_number.hpp"
#include "model/base/js_point.hpp"
#include "model/base/js_string.hpp"
#include "model/base/json.hpp"

namespace model::js {

namespace {

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Result<Value> read() {
    if (!document()) return fail(message());
    return std::move(values_.front());
  }

 private:
  /// A container whose closing bracket has not come yet. Its elements are the values from `first`
  /// on; an object's names are the last as many names.
  struct Open {
    std::size_t first;
    bool is_object;
  };

  bool document() {
    // Each round reads one value, then closes whatever it completes.
    while (true) {
      skip_blanks();
      if (at_end()) return wrong("unexpected end of input");
      switch (peek()) {
        case '{':
          ++at_;
          skip_blanks();
          if (accept('}')) {
            values_.emplace_back(Object());
            break;
          }
          open_.push_back({values_.size(), true});
          if (!member_name()) return false;
          continue;
        case '[':
          ++at_;
          skip_blanks();
          if (accept(']')) {
            values_.emplace_back(Array());
            break;
          }
          open_.push_back({values_.size(), false});
          continue;
        case '"': {
          std::string text;
          if (!string(text)) return false;
          values_.emplace_back(std::move(text));
          break;
        }
        case 't':
          if (!word("true", true)) return false;
          break;
        case 'f':
          if (!word("false", false)) return false;
          break;
        case 'n':
          if (!word("null", nullptr)) return false;
          break;
        default:
          if (!number()) return false;
      }
      // A value is complete: go on in its container, or close it, or be done.
      while (true) {
        skip_blanks();
        if (open_.empty()) return at_end() || wrong("unexpected text after the value");
        if (at_end()) return wrong("unexpected end of input");
        const bool is_object = open_.back().is_object;
        if (accept(',')) {
          if (is_object && !member_name()) return false;
          break;
        }
        if (!accept(is_object ? '}' : ']')) {
          return wrong(is_object ? "expected ',' or '}'" : "expected ',' or ']'");
        }
        close();
      }
    }
  }

  void close() {
    const Open done = open_.back();
    open_.pop_back();
    const std::size_t count = values_.size() - done.first;
    const auto first = values_.begin() + static_cast<std::ptrdiff_t>(done.first);
    if (!done.is_object) {
      Array elements(std::make_move_iterator(first), std::make_move_iterator(values_.end()));
      values_.erase(first, values_.end());
      values_.emplace_back(std::move(elements));
      return;
    }
    std::vector<Member> members;
    members.reserve(count);
    const std::size_t first_name = names_.size() - count;
    for (std::size_t i = 0; i < count; ++i) {
      members.push_back({std::move(names_[first_name + i]), std::move(values_[done.first + i])});
    }
    names_.resize(first_name);
    values_.erase(first, values_.end());
    values_.emplace_back(Object::from_members(std::move(members)));
  }

  bool member_name() {
    skip_blanks();
    if (at_end()) return wrong("unexpected end of input");
    if (peek() != '"') return wrong("expected a member name in double quotes");
    std::string name;
    if (!string(name)) return false;
    names_.push_back(std::move(name));
    skip_blanks();
    return accept(':') || wrong(at_end() ? "unexpected end of input" : "expected ':'");
  }

  bool string(std::string& out) {
    ++at_;  // the opening quote
    while (true) {
      const std::size_t begin = at_;
      while (!at_end() && peek() != '"' && peek() != '\\' &&
             static_cast<unsigned char>(peek()) >= 0x20) {
        ++at_;
      }
      out.append(text_, begin, at_ - begin);
      if (at_end()) return wrong("unexpected end of input in a string");
      if (accept('"')) return true;
      if (peek() != '\\') return wrong("control character in a string");
      if (!escape(out)) return false;
    }
  }

  bool escape(std::string& out) {
    if (at_ + 1 >= text_.size()) {
      at_ = text_.size();
      return wrong("unexpected end of input in a string");
    }
    const char letter = text_[at_ + 1];
    switch (letter) {
      case '"':
      case '\\':
      case '/':
        out.push_back(letter);
        break;
      case 'b':
        out.push_back('\b');
        break;
      case 'f':
        out.push_back('\f');
        break;
      case 'n':
        out.push_back('\n');
        break;
      case 'r':
        out.push_back('\r');
        break;
      case 't':
        out.push_back('\t');
        break;
      case 'u':
        return unicode_escape(out);
      default:
        return wrong("unknown escape in a string");
    }
    at_ += 2;
    return true;
  }

  bool unicode_escape(std::string& out) {
    std::uint32_t unit = 0;
    if (!hex4(at_, unit)) return wrong("expected four hex digits after \\u");
    at_ += 6;
    std::uint32_t low = 0;
    if (unit >= 0xd800 && unit < 0xdc00 && hex4(at_, low) && low >= 0xdc00 && low < 0xe000) {
      at_ += 6;
      unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    }
    append_point(out, unit);
    return true;
  }

  /// Reads "\uXXXX" at `from`, without moving.
  bool hex4(std::size_t from, std::uint32_t& unit) const {
    if (from + 6 > text_.size() || text_[from] != '\\' || text_[from + 1] != 'u') return false;
    unit = 0;
    for (std::size_t i = from + 2; i < from + 6; ++i) {
      const char byte = text_[i];
      std::uint32_t digit = 0;
      if (is_digit(byte)) {
        digit = static_cast<std::uint32_t>(byte - '0');
      } else if (byte >= 'a' && byte <= 'f') {
        digit = static_cast<std::uint32_t>(byte - 'a' + 10);
      } else if (byte >= 'A' && byte <= 'F') {
        digit = static_cast<std::uint32_t>(byte - 'A' + 10);
      } else {
        return false;
      }
      unit = unit << 4 | digit;
    }
    return true;
  }

  bool word(std::string_view spelling, Value value) {
    if (!text_.substr(at_).starts_with(spelling)) return wrong("expected a value");
    at_ += spelling.size();
    values_.push_back(std::move(value));
    return true;
  }

  bool number() {
    const std::size_t begin = at_;
    accept('-');
    if (at_end() || !is_digit(peek())) {
      if (at_ == begin) return wrong("expected a value");
      return wrong("expected a digit");
    }
    if (!accept('0')) digits();
    if (accept('.') && !digits()) return wrong("expected a digit");
    if (accept('e') || accept('E')) {
      if (!accept('+')) accept('-');
      if (!digits()) return wrong("expected a digit");
    }
    values_.emplace_back(*parse_number(text_.substr(begin, at_ - begin)));
    return true;
  }

  bool digits() {
    const std::size_t begin = at_;
    while (!at_end() && is_digit(peek())) ++at_;
    return at_ != begin;
  }

  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  [[nodiscard]] char peek() const { return text_[at_]; }

  bool accept(char wanted) {
    if (at_end() || peek() != wanted) return false;
    ++at_;
    return true;
  }

  void skip_blanks() {
    while (!at_end() && (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t')) {
      ++at_;
    }
  }

  bool wrong(const char* what) {
    what_ = what;
    return false;
  }

  [[nodiscard]] std::string message() const {
    const std::string_view before = text_.substr(0, at_);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
    return fmt::format("{}:{}: {}", line, 1 + code_points(before.substr(line_start)), what_);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  const char* what_ = "";
  std::vector<Open> open_;
  std::vector<Value> values_;
  std::vector<std::string> names_;
};

}  // namespace

Result<Value> parse(std::string_view text, ReadOptions options) {
  if (text.size() > options.bytes_max) {
    return fail(fmt::format("1:1: {} bytes, more than {}", text.size(), options.bytes_max));
  }
  if (!valid_utf8(text)) return fail("1:1: not UTF-8");
  return Reader(text).read();
}

}  // namespace model::js
