// What clients came to: sessions, refusals, credentials, attempts, what they were told.
#include "sim/driver/expectations.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/store/views.hpp"
#include "sim/driver/expectation.hpp"

namespace sim::expect {
namespace {

namespace js = model::js;
namespace client = model::client;

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

}  // namespace

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

}  // namespace sim::expect
