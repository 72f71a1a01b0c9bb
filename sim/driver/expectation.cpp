#include "sim/driver/expectation.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/store/views.hpp"

namespace sim {
namespace {

namespace js = model::js;
namespace client = model::client;
using Unmet = std::optional<std::string>;

Unmet but(std::string expected, std::string found) {
  return fmt::format("expected {}, but {}", expected, found);
}

bool is_code(std::string_view text) {
  return text.find('_') != std::string_view::npos && std::ranges::all_of(text, [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
         });
}

std::string in_role(const Item& item) {
  return item.has("role") ? fmt::format(" as {}", item.text("role")) : std::string();
}

/// The last of the entries about a party (and role) after `since`.
template <class Entry>
const Entry* last_of(const std::vector<Entry>& entries, const Item& item, std::size_t since) {
  for (auto entry = entries.rbegin(); entry != entries.rend() && entry->action > since; ++entry) {
    if (entry->who != item.text("of")) continue;
    if constexpr (requires { entry->role; }) {
      if (item.has("role") && entry->role != item.text("role")) continue;
    }
    return &*entry;
  }
  return nullptr;
}

std::string times(std::int64_t n) {
  if (n == 0) return "never";
  if (n == 1) return "once";
  return fmt::format("{} times", n);
}

std::string short_json(const js::Value& value) {
  std::string text = js::dump(value);
  if (text.size() > 300) text = text.substr(0, 297) + "...";
  return text;
}

// --- clients -------------------------------------------------------------------------------------

/// State of a scripted peer's latest connection, from what it saw.
std::string peer_state(const Story& story, const std::string& who) {
  const auto dials = story.dials.find(who);
  if (dials == story.dials.end()) return "none";
  const std::string conn = fmt::format("{}/{}", who, dials->second);
  const auto link = story.run.world().links.find(conn);
  const bool over =
      link == story.run.world().links.end() || link->second->client == Link::End::closed;
  const auto on_conn = [&](const auto& entry) { return entry.conn == conn; };
  if (!over && std::ranges::any_of(story.ledger.hellos, on_conn)) return "open";
  if (std::ranges::any_of(story.ledger.refusals, on_conn)) return "refused";
  return over ? "closed" : "connecting";
}

std::string state_of(const Story& story, const Item& item) {
  const auto device = story.run.world().devices.find(item.text("of"));
  if (device == story.run.world().devices.end()) return peer_state(story, item.text("of"));
  const client::Client& program = *device->second->client;
  const bool ios = std::holds_alternative<client::IosApp>(program.program);
  const std::string state =
      client::session_state(program, ios ? item.text("role", "node") : "main");
  return state == "idle" ? "none" : state;
}

Unmet session(const Story& story, const Item& item, std::size_t) {
  const std::string wanted = item.text("session");
  const std::string state = state_of(story, item);
  const bool met = wanted == "closed" ? state != "open" && state != "connecting" : state == wanted;
  if (met) return std::nullopt;
  return but(fmt::format("session {} of {}{}", wanted, item.text("of"), in_role(item)),
             fmt::format("its session is {}", state));
}

Unmet refusal(const Story& story, const Item& item, std::size_t since) {
  const std::string wanted = item.text("refusal");
  const SeenRefusal* last = last_of(story.ledger.refusals, item, since);
  const std::string expected =
      wanted == "none" ? fmt::format("no refusal of {}{}", item.text("of"), in_role(item))
                       : fmt::format("refusal {} of {}{}", wanted, item.text("of"), in_role(item));
  if (last == nullptr) {
    if (wanted == "none") return std::nullopt;
    const std::string state = state_of(story, item);
    return but(expected, fmt::format("it was not refused, its session is {}", state));
  }
  const std::string found = fmt::format("it was refused with {} ({})", last->code, last->message);
  if (wanted == "none") return but(expected, found);
  const bool met =
      is_code(wanted) ? last->code == wanted : last->message.find(wanted) != std::string::npos;
  return met ? std::nullopt : but(expected, found);
}

Unmet bootstrap(const Story& story, const Item& item, std::size_t) {
  const auto& program = *story.run.world().devices.at(item.text("of"))->client;
  const client::BootstrapHeld held = client::bootstrap_held(program);
  std::string state = "none";
  if (held.memory && held.durable)
    state = "both";
  else if (held.memory)
    state = "memory";
  else if (held.durable)
    state = "keychain";
  if (state == item.text("bootstrap")) return std::nullopt;
  const auto told = [](const std::string& where) {
    if (where == "none") return std::string("nowhere");
    return where == "both" ? std::string("in memory and keychain") : "in " + where;
  };
  return but(
      fmt::format("{} to hold a bootstrap token {}", item.text("of"), told(item.text("bootstrap"))),
      fmt::format("it holds one {}", told(state)));
}

/// Would the gateway accept the token now? Asked of the store itself, on a copy of its files.
std::string verdict_on(const Story& story, const Item& item, const std::string& token) {
  const std::string gateway = story.cast.gateway_of(item);
  const std::string role = item.text("role", "node");
  const model::store::Documents files{story.store_file(gateway, "devices/pending.json"),
                                      story.store_file(gateway, "devices/paired.json")};
  NameCounts counts;
  DerivedNames names(0, "expectation", counts);  // verification mints no names
  const auto done = model::store::execute(
      model::store::TokenVerify{story.cast.device_id(item.text("of")), token, role, {}}, files,
      story.cell.policy, story.run.world().clock_of_process(gateway), names);
  return done.answer.outcome == model::store::Outcome::ok ? std::string() : done.answer.reason;
}

Unmet token(const Story& story, const Item& item, std::size_t) {
  const std::string role = item.text("role", "node");
  const std::string of = item.text("of");
  const auto& program = *story.run.world().devices.at(of)->client;
  const auto kept = client::stored_token(program, role, {});
  const std::string wanted = item.text("token");
  if ((wanted == "kept") != kept.has_value()) {
    return but(fmt::format("{} to {} a {} token", of, wanted == "kept" ? "keep" : "have no", role),
               kept ? "it keeps one" : "it has none");
  }
  if (!kept || !item.has("works")) return std::nullopt;
  const std::string reason = verdict_on(story, item, *kept);
  if (reason.empty() == item.flag("works", true)) return std::nullopt;
  return but(
      fmt::format("the {} token of {} {}", role, of,
                  item.flag("works", true) ? "to work" : "not to work"),
      reason.empty() ? "it does" : fmt::format("{} says {}", story.cast.gateway_of(item), reason));
}

Unmet sent(const Story& story, const Item& item, std::size_t since) {
  const SeenAttempt* last = last_of(story.ledger.attempts, item, since);
  const std::string expected =
      fmt::format("{} to have sent {} last{}", item.text("of"), item.text("sent"), in_role(item));
  if (last == nullptr) return but(expected, "it did not try to connect");
  if (last->sent == item.text("sent")) return std::nullopt;
  return but(expected, fmt::format("it sent {}", last->sent));
}

Unmet attempts(const Story& story, const Item& item, std::size_t since) {
  const auto count = std::ranges::count_if(story.ledger.attempts, [&](const SeenAttempt& each) {
    return each.action > since && each.who == item.text("of") &&
           (!item.has("role") || each.role == item.text("role"));
  });
  const Range range = item.range("attempts", {});
  if (range.contains(count)) return std::nullopt;
  return but(
      fmt::format("{} connect attempts of {}{}", range.text(), item.text("of"), in_role(item)),
      fmt::format("there were {}", count));
}

Unmet status(const Story& story, const Item& item, std::size_t) {
  const auto shown = story.ledger.status.find(item.text("of"));
  const std::string text = shown == story.ledger.status.end() ? "" : shown->second;
  if (text.find(item.text("status")) != std::string::npos) return std::nullopt;
  return but(fmt::format("the screen of {} to say '{}'", item.text("of"), item.text("status")),
             text.empty() ? "it says nothing" : fmt::format("it says '{}'", text));
}

Unmet closed(const Story& story, const Item& item, std::size_t since) {
  const SeenClose* last = last_of(story.ledger.closes, item, since);
  const Range range = item.range("closed", {});
  const std::string expected =
      fmt::format("a connection of {} closed with {}{}", item.text("of"), range.text(),
                  item.has("reason") ? " " + item.text("reason") : "");
  if (last == nullptr) return but(expected, "none was closed");
  if (range.contains(last->code) && last->reason.find(item.text("reason")) != std::string::npos) {
    return std::nullopt;
  }
  return but(expected, fmt::format("the last one was closed with {}{}{}", last->code,
                                   last->reason.empty() ? "" : " ", last->reason));
}

Unmet event(const Story& story, const Item& item, std::size_t since) {
  js::Value part;
  if (const js::Value* with = item.json("with")) {
    auto filled = story.fill_json(*with);
    if (!filled) return but("event " + item.text("event"), filled.error().message);
    part = std::move(*filled);
  }
  std::int64_t named = 0;
  std::int64_t count = 0;
  for (const SeenEvent& each : story.ledger.events) {
    if (each.action <= since || each.who != item.text("of") || each.name != item.text("event")) {
      continue;
    }
    ++named;
    if (part.is_null() || has_at_least(each.payload, part)) ++count;
  }
  const Range range = item.range("times", {.least = 1});
  if (range.contains(count)) return std::nullopt;
  return but(fmt::format("event {} at {} {} times{}", item.text("event"), item.text("of"),
                         range.text(), part.is_null() ? "" : " with " + short_json(part)),
             count == named ? fmt::format("it came {}", times(count))
                            : fmt::format("it came {}, {} with other contents", times(count),
                                          times(named - count)));
}

Unmet answer(const Story& story, const Item& item, std::size_t since) {
  const SeenAnswer* last = nullptr;
  for (const SeenAnswer& each : story.ledger.answers) {
    if (each.action > since && each.who == item.text("of") && each.method == item.text("answer")) {
      last = &each;
    }
  }
  const bool ok = item.flag("ok", true);
  const std::string expected = fmt::format("{} of {} {}{}", item.text("answer"), item.text("of"),
                                           ok ? "to be accepted" : "to be refused",
                                           item.has("message") ? ": " + item.text("message") : "");
  if (last == nullptr) return but(expected, "it was not answered");
  const std::string* message = js::string_member(last->payload, "message");
  if (last->ok != ok) {
    return but(expected,
               last->ok ? "it was accepted"
                        : fmt::format("it was refused: {}", message == nullptr ? "" : *message));
  }
  if (item.has("message") &&
      (message == nullptr || message->find(item.text("message")) == std::string::npos)) {
    return but(expected, fmt::format("the message is '{}'", message == nullptr ? "" : *message));
  }
  if (const js::Value* has = item.json("has")) {
    const auto filled = story.fill_json(*has);
    if (!filled) return but(expected, filled.error().message);
    if (!has_at_least(last->payload, *filled)) {
      return but(fmt::format("{} with {}", expected, short_json(*filled)),
                 fmt::format("it is {}", short_json(last->payload)));
    }
  }
  return std::nullopt;
}

// --- gateways ------------------------------------------------------------------------------------

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
  const auto issued = js::number_member(record, "ts");
  const double now = static_cast<double>(story.run.world().clock_of_process(gateway).ms);
  return !issued || now - *issued <= static_cast<double>(kBootstrapLife);
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

struct Check {
  std::string_view name;
  Unmet (*check)(const Story&, const Item&, std::size_t);
};

constexpr auto kChecks = std::to_array<Check>({
    {"session", session}, {"refusal", refusal},   {"bootstrap", bootstrap}, {"token", token},
    {"sent", sent},       {"attempts", attempts}, {"status", status},       {"closed", closed},
    {"paired", paired},   {"pending", pending},   {"codes", codes},         {"code", code},
    {"file", file},       {"event", event},       {"writes", writes},       {"fact", fact},
    {"answer", answer},   {"told", told},         {"sessions", sessions},   {"process", process},
});

}  // namespace

std::optional<std::string> unmet(const Story& story, const Item& expectation, std::size_t since) {
  const auto check = std::ranges::find(kChecks, expectation.form->name, &Check::name);
  if (check == kChecks.end()) {
    return fmt::format("nobody knows how to check '{}'", expectation.form->name);
  }
  return check->check(story, expectation, since);
}

bool has_at_least(const js::Value& whole, const js::Value& part) {
  if (part.is_object()) {
    if (!whole.is_object()) return false;
    return std::ranges::all_of(part.object(), [&](const js::Member& member) {
      const js::Value* own = js::member(whole, member.name);
      return own != nullptr && has_at_least(*own, member.value);
    });
  }
  if (part.is_array()) {
    if (!whole.is_array() || whole.array().size() != part.array().size()) return false;
    for (std::size_t i = 0; i < part.array().size(); ++i) {
      if (!has_at_least(whole.array()[i], part.array()[i])) return false;
    }
    return true;
  }
  return js::same_json(whole, part);
}

const js::Value* value_at(const js::Value& value, std::string_view place) {
  const js::Value* at = &value;
  while (!place.empty() && at != nullptr) {
    if (place[0] == '.') {
      place.remove_prefix(1);
      continue;
    }
    if (place.starts_with("['")) {
      const std::size_t end = place.find("']");
      if (end == std::string_view::npos) return nullptr;
      at = js::member(*at, place.substr(2, end - 2));
      place.remove_prefix(end + 2);
    } else if (place[0] == '[') {
      const std::size_t end = place.find(']');
      if (end == std::string_view::npos || !at->is_array()) return nullptr;
      std::size_t index = 0;
      const auto [stop, error] = std::from_chars(place.data() + 1, place.data() + end, index);
      if (error != std::errc() || stop != place.data() + end) return nullptr;
      at = index < at->array().size() ? &at->array()[index] : nullptr;
      place.remove_prefix(end + 1);
    } else {
      const std::size_t end = std::min(place.find_first_of(".["), place.size());
      at = js::member(*at, place.substr(0, end));
      place.remove_prefix(end);
    }
  }
  return at;
}

}  // namespace sim
