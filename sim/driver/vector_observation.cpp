#include "sim/driver/vector_observation.hpp"

#include <algorithm>
#include <array>

#include "model/base/js_string.hpp"

namespace sim {

namespace js = model::js;

namespace {

constexpr int kClosedWithoutFrame = 1006;

bool is_close(const Message& message) {
  return message.kind == Message::Kind::close || message.kind == Message::Kind::cut;
}

int close_code(const Message& message) {
  return message.kind == Message::Kind::cut ? kClosedWithoutFrame : message.code;
}

std::string close_reason(const Message& message) {
  return message.kind == Message::Kind::cut ? std::string() : *message.bytes;
}

js::Value hello_entry(const js::Value& hello) {
  js::Object entry;
  for (const std::string_view name : {"type", "protocol", "auth", "policy"}) {
    if (const js::Value* value = js::member(hello, name)) entry.set(name, *value);
  }
  if (const js::Value* snapshot = js::member(hello, "snapshot")) {
    if (const js::Value* mode = js::member(*snapshot, "authMode")) entry.set("authMode", *mode);
  }
  return js::Value(std::move(entry));
}

bool is_recorded_event(std::string_view name) {
  constexpr std::array<std::string_view, 5> kRecorded = {
      "device.pair.requested", "device.pair.resolved", "node.pair.requested", "node.pair.resolved",
      "shutdown"};
  return std::find(kRecorded.begin(), kRecorded.end(), name) != kRecorded.end();
}

/// Sorts by a string member in plain code-unit order; equal ones keep their order.
void sort_by_text(js::Array& entries, std::string_view name) {
  std::stable_sort(entries.begin(), entries.end(), [&](const js::Value& a, const js::Value& b) {
    return js::utf16_less(*js::string_member(a, name), *js::string_member(b, name));
  });
}

}  // namespace

PayloadShown payload_shown(std::string_view method) {
  constexpr std::array<std::string_view, 4> kWhole = {"node.list", "node.describe", "node.rename",
                                                      "node.invoke"};
  const bool whole = method.starts_with("device.") || method.starts_with("node.pair.") ||
                     std::find(kWhole.begin(), kWhole.end(), method) != kWhole.end();
  return whole ? PayloadShown::whole : PayloadShown::hello_only;
}

const js::Value* find_response(const std::vector<Arrival>& arrivals, const std::string& key) {
  for (const Arrival& arrival : arrivals) {
    if (arrival.key != key || !arrival.frame) continue;
    const std::string* type = js::string_member(*arrival.frame, "type");
    if (type != nullptr && *type == "res") return &*arrival.frame;
  }
  return nullptr;
}

js::Value response_entry(const js::Value& response, PayloadShown shown, IdShown id) {
  js::Object entry;
  for (const std::string_view name : {"id", "ok"}) {
    if (name == "id" && id == IdShown::no) continue;
    if (const js::Value* value = js::member(response, name)) entry.set(name, *value);
  }
  if (const js::Value* payload = js::member(response, "payload")) {
    const std::string* type = js::string_member(*payload, "type");
    if (type != nullptr && *type == "hello-ok") {
      entry.set("payload", hello_entry(*payload));
    } else if (shown == PayloadShown::whole) {
      entry.set("payload", *payload);
    }
  }
  if (const js::Value* error = js::member(response, "error")) entry.set("error", *error);
  return js::Value(std::move(entry));
}

js::Value close_entry(const std::vector<Arrival>& arrivals, const std::string& key) {
  for (const Arrival& arrival : arrivals) {
    if (arrival.key != key || !is_close(arrival.message)) continue;
    return js::Value(js::Object{{"code", close_code(arrival.message)},
                                {"reason", close_reason(arrival.message)}});
  }
  return {};
}

js::Array event_entries(const std::vector<Arrival>& before, const std::vector<Arrival>& during) {
  js::Array entries;
  for (const auto* arrivals : {&before, &during}) {
    for (const Arrival& arrival : *arrivals) {
      if (!arrival.frame) continue;
      const std::string* name = js::string_member(*arrival.frame, "event");
      if (name == nullptr || !is_recorded_event(*name)) continue;
      js::Object entry{{"conn", arrival.conn}, {"event", *name}};
      if (const js::Value* payload = js::member(*arrival.frame, "payload")) {
        entry.set("payload", *payload);
      }
      entries.emplace_back(std::move(entry));
    }
  }
  sort_by_text(entries, "conn");
  return entries;
}

js::Array closed_entries(const std::vector<Arrival>& arrivals, const std::string& except_key) {
  js::Array entries;
  for (const Arrival& arrival : arrivals) {
    if (arrival.key == except_key || !is_close(arrival.message)) continue;
    entries.emplace_back(js::Object{{"conn", arrival.conn},
                                    {"code", close_code(arrival.message)},
                                    {"reason", close_reason(arrival.message)}});
  }
  sort_by_text(entries, "conn");
  return entries;
}

}  // namespace sim
