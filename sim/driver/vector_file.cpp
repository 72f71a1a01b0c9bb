#include "sim/driver/vector_file.hpp"

#include <fmt/format.h>

#include "model/base/js_string.hpp"

namespace sim {

namespace js = model::js;

namespace {

enum class LineEnd : std::uint8_t { complete, too_long, no_more };

/// Reads one line, keeping at most `bytes_max` of it.
LineEnd read_line(std::istream& input, std::size_t bytes_max, std::string& line) {
  line.clear();
  std::streambuf* buffer = input.rdbuf();
  bool any = false, too_long = false;
  constexpr int kEnd = std::char_traits<char>::eof();
  for (int c = buffer->sbumpc(); c != kEnd; c = buffer->sbumpc()) {
    any = true;
    if (c == '\n') break;
    if (line.size() == bytes_max) {
      too_long = true;
    } else {
      line.push_back(static_cast<char>(c));
    }
  }
  if (!any) return LineEnd::no_more;
  return too_long ? LineEnd::too_long : LineEnd::complete;
}

}  // namespace

std::optional<VectorLine> VectorFile::next() {
  std::string line;
  while (true) {
    const LineEnd end = read_line(input_, limits_.line_bytes_max, line);
    if (end == LineEnd::no_more) return std::nullopt;
    ++number_;
    if (end == LineEnd::too_long) {
      return VectorLine{number_, model::fail(fmt::format("a line of more than {} bytes",
                                                         limits_.line_bytes_max))};
    }
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    if (!js::valid_utf8(line)) return VectorLine{number_, model::fail("not UTF-8")};
    auto value = js::parse(line);
    if (!value) return VectorLine{number_, model::fail("not JSON: " + value.error().message)};
    return VectorLine{number_, std::move(*value)};
  }
}

}  // namespace sim
