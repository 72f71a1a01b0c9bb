// What gateways came to: pairings, codes, files, writes, facts, sessions.
#include "sim/driver/expectations.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/store/views.hpp"
#include "sim/driver/expectation.hpp"

namespace sim::expect {
namespace {

namespace js = model::js;

/// Names of these device ids, sorted, unknown ones cut short.
std::vector<std::string> names_of(const Story& story, const std::vector<std::string>& ids) {
  std::vector<std::string> names;
  for (const std::string& id : ids) {
    const std::string name = story.cast.name_of(id);
    names.push_back(name.empty() ? "device " + id.substr(0, 4) + "…" : name);
  }
  std::ranges::sort(names);
  return names;
}

Unmet same_names(std::vector<std::string> wanted, const std::vector<std::string>& found,
                 const std::string& what) {
  std::ranges::sort(wanted);
  if (wanted == found) return std::nullopt;
  const auto told = [](const std::vector<std::string>& names) {
    return names.empty() ? std::string("nobody") : fmt::format("{}", fmt::join(names, ", "));
  };
  return but(fmt::format("{}: {}", what, told(wanted)), fmt::format("it is {}", told(found)));
}

constexpr std::int64_t kBootstrapLife = 600'000;  // S-5; alive at exactly this age

/// The record of a bootstrap token in a gateway's file, or null.
const js::Value* record_of(const js::Value& file, const std::string& token) {
  for (const js::Member& member : file.object()) {
    const std::string* inside = js::string_member(member.value, "token");
    if (member.name == token || (inside != nullptr && *inside == token)) return &member.value;
  }
  return nullptr;
}

bool is_alive(const Story& story, const std::string& gateway, const js::Value& record) {
  const js::Value* issued = js::member(record, "ts");
  if (issued == nullptr || !issued->is_number()) return true;
  return story.run.world().clock_of_process(gateway).ms - issued->integer() <= kBootstrapLife;
}

}  // namespace

Unmet paired(const Story& story, const Item& item, std::size_t) {
  const std::string gateway = story.cast.gateway_of(item);
  std::vector<std::string> ids;
  const js::Value file = story.store_file(gateway, "devices/paired.json");
  for (const js::Member& record : file.object()) ids.push_back(record.name);
  return same_names(item.texts("paired"), names_of(story, ids), "paired with " + gateway);
}

Unmet pending(const Story& story, const Item& item, std::size_t) {
  const std::string gateway = story.cast.gateway_of(item);
  const model::store::Documents files{story.store_file(gateway, "devices/pending.json"),
                                      js::Object()};
  std::vector<std::string> ids;
  for (const js::Value& request :
       model::store::list_pending(files, story.run.world().clock_of_process(gateway))) {
    const std::string* id = js::string_member(request, "deviceId");
    ids.push_back(id == nullptr ? std::string() : *id);
  }
  return same_names(item.texts("pending"), names_of(story, ids), "pending at " + gateway);
}

Unmet codes(const Story& story, const Item& item, std::size_t) {
  const std::string gateway = story.cast.gateway_of(item);
  const js::Value file = story.store_file(gateway, "devices/bootstrap.json");
  std::int64_t alive = 0;
  for (const js::Member& member : file.object()) {
    if (is_alive(story, gateway, member.value)) ++alive;
  }
  const Range range = item.range("codes", {});
  if (range.contains(alive)) return std::nullopt;
  return but(fmt::format("{} live setup codes at {}", range.text(), gateway),
             fmt::format("there are {}", alive));
}

Unmet code(const Story& story, const Item& item, std::size_t) {
  const std::string what = item.text("what");
  const auto shown = story.codes.find(what);
  const std::string gateway = item.has("on") || shown == story.codes.end()
                                  ? story.cast.gateway_of(item)
                                  : shown->second.gateway;
  const std::string expected = fmt::format("the code '{}' to be {}{}", what, item.text("code"),
                                           item.has("to") ? " to " + item.text("to") : "");
  const auto secret = story.token_of(what);
  if (!secret) return but(expected, "it was not shown yet");
  const js::Value file = story.store_file(gateway, "devices/bootstrap.json");
  const js::Value* record = record_of(file, *secret);
  std::string state = "gone";
  std::string to;
  if (record != nullptr) {
    const std::string* device = js::string_member(*record, "deviceId");
    state = !is_alive(story, gateway, *record) ? "expired"
            : device == nullptr                ? "unbound"
                                               : "bound";
    if (device != nullptr) to = names_of(story, {*device}).front();
  }
  if (state == item.text("code") && (!item.has("to") || item.text("to") == to)) return std::nullopt;
  return but(expected, fmt::format("it is {}{}", state, to.empty() ? "" : " to " + to));
}

Unmet file(const Story& story, const Item& item, std::size_t) {
  const std::string gateway = story.cast.gateway_of(item);
  const std::string path = item.text("file");
  const auto place = story.fill(item.text("at"));
  if (!place) return but("something in " + path, place.error().message);
  const js::Value content = [&]() -> js::Value {
    const auto& files = story.run.world().disks.at(story.cast.gateway(gateway).disk)->files;
    const auto found = files.find(path);
    if (found == files.end()) return js::Object();
    auto parsed = js::parse(*found->second.content);
    return parsed ? std::move(*parsed) : js::Value(*found->second.content);
  }();
  const js::Value* found = value_at(content, *place);
  const std::string where =
      fmt::format("{}{}{} of {}", item.text("at"), item.has("at") ? " in " : "", path, gateway);
  if (item.has("absent")) {
    const bool wanted = item.flag("absent", true);
    if (wanted == (found == nullptr)) return std::nullopt;
    return but(
        fmt::format("{} in {}", wanted ? "nothing" : "something", where),
        found == nullptr ? "nothing stands there" : fmt::format("it is {}", short_json(*found)));
  }
  for (const std::string_view key : {"is", "has"}) {
    const js::Value* given = item.json(key);
    if (given == nullptr) continue;
    const auto wanted = story.fill_json(*given);
    if (!wanted) return but(where, wanted.error().message);
    const std::string expected =
        fmt::format("{} to {} {}", where, key == "is" ? "be" : "have", short_json(*wanted));
    if (found == nullptr) return but(expected, "nothing stands there");
    const bool met = key == "is" ? js::same_json(*found, *wanted) : has_at_least(*found, *wanted);
    if (!met) return but(expected, fmt::format("it is {}", short_json(*found)));
  }
  return found == nullptr ? but(where + " to be there", "nothing stands there") : std::nullopt;
}

Unmet writes(const Story& story, const Item& item, std::size_t since) {
  const std::string gateway = story.cast.gateway_of(item);
  const std::string& disk = story.cast.gateway(gateway).disk;
  const auto count = std::ranges::count_if(story.ledger.writes, [&](const SeenWrite& each) {
    return each.action > since && each.disk == disk &&
           (!item.has("path") || each.path == item.text("path"));
  });
  const Range range = item.range("writes", {});
  if (range.contains(count)) return std::nullopt;
  return but(
      fmt::format("{} writes of {} at {}", range.text(), item.text("path", "files"), gateway),
      fmt::format("there were {}", count));
}

Unmet fact(const Story& story, const Item& item, std::size_t since) {
  const std::string id = item.has("of") ? story.cast.device_id(item.text("of")) : std::string();
  const auto count = std::ranges::count_if(story.ledger.facts, [&](const SeenFact& each) {
    return each.action > since && model::gateway::name_of(each.fact.kind) == item.text("fact") &&
           (!item.has("on") || each.process == item.text("on")) &&
           (id.empty() || each.fact.device_id == id) &&
           each.fact.detail.find(item.text("detail")) != std::string::npos;
  });
  const Range range = item.range("times", {.least = 1});
  if (range.contains(count)) return std::nullopt;
  return but(fmt::format("{}{} {} times", item.text("fact"),
                         item.has("of") ? " of " + item.text("of") : "", range.text()),
             fmt::format("it happened {}", times(count)));
}

Unmet told(const Story& story, const Item& item, std::size_t since) {
  const SeenTold* last = nullptr;
  for (const SeenTold& each : story.ledger.told) {
    if (each.action <= since) continue;
    if (item.has("on") && each.disk != story.cast.gateway(item.text("on")).disk) continue;
    last = &each;
  }
  const std::string expected = fmt::format("a command to answer '{}'", item.text("told"));
  if (last == nullptr) return but(expected, "none has answered");
  if (last->answer.text.find(item.text("told")) != std::string::npos) return std::nullopt;
  return but(expected, fmt::format("the last one answered '{}'", last->answer.text));
}

Unmet sessions(const Story& story, const Item& item, std::size_t) {
  const std::string gateway = story.cast.gateway_of(item);
  const std::string id = item.has("of") ? story.cast.device_id(item.text("of")) : std::string();
  std::int64_t count = 0;
  for (const auto& [conn, connection] :
       story.run.world().processes.at(gateway)->gateway.connections) {
    if (!connection->session || connection->closed) continue;
    const auto& open = **connection->session;
    if (!id.empty() && open.device_id != id) continue;
    if (item.has("role") && open.role != item.text("role")) continue;
    ++count;
  }
  const Range range = item.range("sessions", {});
  if (range.contains(count)) return std::nullopt;
  return but(fmt::format("{} open sessions{} at {}", range.text(),
                         item.has("of") ? " of " + item.text("of") : "", gateway),
             fmt::format("there are {}", count));
}

Unmet process(const Story& story, const Item& item, std::size_t) {
  const std::string gateway = story.cast.gateway_of(item);
  const std::string state =
      story.run.world().processes.at(gateway)->running ? "running" : "stopped";
  if (state == item.text("process")) return std::nullopt;
  return but(fmt::format("{} to be {}", gateway, item.text("process")), "it is " + state);
}

}  // namespace sim::expect
