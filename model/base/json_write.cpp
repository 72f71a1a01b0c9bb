// dump and dump_pretty of json.hpp.
#include <cmath>
#include <string>
#include <vector>

#include "model/base/js_number.hpp"
#include "model/base/json.hpp"

namespace model::js {

namespace {

bool is_lone_surrogate(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]) == 0xed && at + 2 < text.size() &&
         static_cast<unsigned char>(text[at + 1]) >= 0xa0;
}

void append_escape(std::string& out, unsigned unit) {
  static constexpr char kDigits[] = "0123456789abcdef";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out.push_back(kDigits[(unit >> shift) & 0xf]);
}

void append_string(std::string& out, std::string_view text) {
  out.push_back('"');
  std::size_t copied = 0;  // everything before is written
  const auto copy_until = [&](std::size_t end) { out.append(text, copied, end - copied); };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0xed) continue;
    if (byte == 0xed) {
      if (!is_lone_surrogate(text, i)) continue;
      copy_until(i);
      append_escape(out, 0xd000u | (static_cast<unsigned>(text[i + 1]) & 0x3fu) << 6 |
                             (static_cast<unsigned>(text[i + 2]) & 0x3fu));
      i += 2;
      copied = i + 1;
      continue;
    }
    copy_until(i);
    copied = i + 1;
    switch (byte) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        append_escape(out, byte);
    }
  }
  copy_until(text.size());
  out.push_back('"');
}

enum class Layout : bool { compact, pretty };

std::string write(const Value& root, Layout layout) {
  std::string out;
  struct Open {
    const Value* value;
    std::size_t done;  // elements written so far
  };
  std::vector<Open> open;
  const auto new_line = [&] {
    if (layout == Layout::compact) return;
    out.push_back('\n');
    out.append(2 * open.size(), ' ');
  };
  // Writes a scalar whole, and of a container only the opening bracket.
  const auto begin = [&](const Value& value) {
    switch (value.kind()) {
      case Kind::null:
        out += "null";
        return;
      case Kind::boolean:
        out += value.boolean() ? "true" : "false";
        return;
      case Kind::number:
        out += std::isfinite(value.number()) ? to_string(value.number()) : "null";
        return;
      case Kind::string:
        append_string(out, value.string());
        return;
      case Kind::array:
      case Kind::object:
        break;
    }
    out.push_back(value.is_array() ? '[' : '{');
    open.push_back({&value, 0});
  };
  begin(root);
  while (!open.empty()) {
    Open& at = open.back();
    const Value& container = *at.value;
    const bool is_array = container.is_array();
    const std::size_t size = is_array ? container.array().size() : container.object().size();
    if (at.done == size) {
      open.pop_back();
      if (size != 0) new_line();
      out.push_back(is_array ? ']' : '}');
      continue;
    }
    if (at.done != 0) out.push_back(',');
    const std::size_t next = at.done++;
    new_line();
    if (is_array) {
      begin(container.array()[next]);
      continue;
    }
    const Member& member = container.object().begin()[static_cast<std::ptrdiff_t>(next)];
    append_string(out, member.name);
    out += layout == Layout::compact ? ":" : ": ";
    begin(member.value);
  }
  return out;
}

}  // namespace

std::string dump(const Value& value) { return write(value, Layout::compact); }

std::string dump_pretty(const Value& value) { return write(value, Layout::pretty); }

}  // namespace model::js
