#include "sim/trace/recording.hpp"

#include <fmt/format.h>

namespace sim::trace {
namespace {

namespace js = model::js;

constexpr int kVersion = 1;

std::string text_member(const js::Value& object, std::string_view name) {
  const std::string* text = js::string_member(object, name);
  return text == nullptr ? std::string() : *text;
}

model::Result<RecordingHeader> read_header(const js::Value& line) {
  if (text_member(line, "pairlab") != "recording") return model::fail("this is no recording");
  const auto version = js::number_member(line, "version");
  if (!version || *version != kVersion) {
    return model::fail(fmt::format("a recording of another version, expected {}", kVersion));
  }
  RecordingHeader header{text_member(line, "scenario"),
                         text_member(line, "title"),
                         text_member(line, "revision"),
                         {},
                         1};
  // Seeds use all 64 bits and JSON numbers do not, so they travel as text.
  const std::string seed = text_member(line, "seed");
  if (seed.empty() || seed.size() > 20 ||
      seed.find_first_not_of("0123456789") != std::string::npos) {
    return model::fail("the header has no seed");
  }
  header.seed = 0;
  for (const char digit : seed) {
    header.seed = header.seed * 10 + static_cast<std::uint64_t>(digit - '0');
  }
  if (const js::Array* set = js::array_member(line, "set")) {
    for (const js::Value& each : *set) {
      if (!each.is_string()) return model::fail("'set' is a list of texts");
      header.set.push_back(each.string());
    }
  }
  return header;
}

}  // namespace

std::string header_line(const RecordingHeader& header) {
  js::Array set;
  for (const std::string& each : header.set) set.emplace_back(each);
  return js::dump(js::Object{{"pairlab", "recording"},
                             {"version", kVersion},
                             {"scenario", header.scenario},
                             {"title", header.title},
                             {"revision", header.revision},
                             {"set", set},
                             {"seed", fmt::format("{}", header.seed)}}) +
         "\n";
}

std::string action_line(std::size_t number, const RecordedAction& action) {
  js::Object line{
      {"n", static_cast<std::int64_t>(number)}, {"at", action.at.count}, {"key", action.key}};
  if (!action.step.empty()) line.set("do", action.step);
  line.set("events", js::Array(action.events));
  return js::dump(line) + "\n";
}

std::string footer_line(std::string_view digest, std::size_t actions, model::Millis virtual_time) {
  return js::dump(js::Object{{"digest", digest},
                             {"actions", static_cast<std::int64_t>(actions)},
                             {"virtual_ms", virtual_time.count}}) +
         "\n";
}

model::Result<Recording> read_recording(std::string_view text) {
  Recording recording;
  std::size_t number = 0;
  bool over = false;
  while (!text.empty()) {
    ++number;
    const std::size_t end = std::min(text.find('\n'), text.size());
    const auto line = js::parse(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line) return model::fail(fmt::format("line {}: {}", number, line.error().message));
    if (!line->is_object()) return model::fail(fmt::format("line {}: not an object", number));
    if (over) return model::fail(fmt::format("line {}: something after the digest", number));
    if (number == 1) {
      auto header = read_header(*line);
      if (!header) return model::fail(fmt::format("line 1: {}", header.error().message));
      recording.header = std::move(*header);
      continue;
    }
    if (const std::string* digest = js::string_member(*line, "digest")) {
      recording.digest = *digest;
      over = true;
      continue;
    }
    const auto at = js::number_member(*line, "at");
    const js::Array* events = js::array_member(*line, "events");
    RecordedAction action{text_member(*line, "key"), text_member(*line, "do"), {}, {}};
    if (action.key.empty() || !at || events == nullptr) {
      return model::fail(fmt::format("line {}: an action has key, at and events", number));
    }
    action.at = {js::member(*line, "at")->integer()};
    action.events = *events;
    recording.actions.push_back(std::move(action));
  }
  if (!over) return model::fail("cut off: the last line with the digest is missing");
  return recording;
}

}  // namespace sim::trace
