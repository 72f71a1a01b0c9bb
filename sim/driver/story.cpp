#include "sim/driver/story.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "model/crypto/setup_code.hpp"
#include "model/store/views.hpp"

namespace sim {
namespace {

namespace js = model::js;

/// What a pattern sees of an action.
struct Seen {
  std::string_view verb;
  std::string_view rest;  ///< path, or name of a timer
  std::string_view process;
  std::string_view conn;  ///< connection or handler
};

Seen look(const World& world, const Action& action) {
  const auto process_of = [&](const std::string& conn) -> std::string_view {
    const auto link = world.links.find(conn);
    return link == world.links.end() ? std::string_view() : std::string_view(link->second->process);
  };
  if (const auto* a = std::get_if<ReadFile>(&action))
    return {"read", a->path, a->process, a->handler};
  if (const auto* a = std::get_if<WriteTemporary>(&action)) {
    return {"write temporary", a->path, a->process, a->handler};
  }
  if (const auto* a = std::get_if<SyncTemporary>(&action)) {
    return {"sync temporary", a->path, a->process, a->handler};
  }
  if (const auto* a = std::get_if<RenameFile>(&action)) {
    return {"rename", a->path, a->process, a->handler};
  }
  if (const auto* a = std::get_if<ContinueHandler>(&action)) {
    return {"continue", a->handler, a->process, a->handler};
  }
  if (const auto* a = std::get_if<FireGatewayTimer>(&action)) {
    return {"timer", a->timer, a->process, {}};
  }
  if (const auto* a = std::get_if<FireClientTimer>(&action)) {
    return {"timer", a->timer, {}, a->device};
  }
  if (const auto* a = std::get_if<DeliverUp>(&action)) {
    return {"deliver up", a->conn, process_of(a->conn), a->conn};
  }
  if (const auto* a = std::get_if<DeliverDown>(&action)) {
    return {"deliver down", a->conn, process_of(a->conn), a->conn};
  }
  return {};
}

}  // namespace

bool matches(const Hold& hold, const World& world, const Action& action) {
  const Seen seen = look(world, action);
  if (seen.verb.empty() || !hold.pattern.starts_with(seen.verb)) return false;
  const std::string_view rest = std::string_view(hold.pattern).substr(seen.verb.size());
  if (!rest.empty() && (rest[0] != ' ' || rest.substr(1) != seen.rest)) return false;
  if (!hold.process.empty() && seen.process != hold.process) return false;
  if (!hold.party.empty() && seen.conn != hold.party && !seen.conn.starts_with(hold.party + "/")) {
    return false;
  }
  return true;
}

Story::Story(const Scenario& scenario_in, const Cell& cell_in)
    : scenario(scenario_in), cell(cell_in), run(World()) {
  Staged staged = stage(scenario, cell);
  cast = std::move(staged.cast);
  run = Run(std::move(staged.world));
  run.hold_back = [this](const World& world, const Action& action) {
    for (Hold& hold : holds) {
      if (!matches(hold, world, action)) continue;
      ++hold.held;
      return true;
    }
    return false;
  };
}

model::Result<void> Story::act(const Action& action) {
  if (auto done = run.perform(action); !done) return done;
  return pace == Pace::strict ? model::Result<void>() : settle();
}

model::Result<bool> Story::step_default() {
  if (ledger.actions() > kActionsMax) {
    return model::fail(fmt::format("more than {} actions in one story", kActionsMax));
  }
  if (++without_time_ > kActionsWithoutTimeMax) {
    return model::fail(fmt::format("no rest after {} actions at one instant", without_time_ - 1));
  }
  if (run.step_default()) return true;
  if (ledger.trust_asked.empty()) return false;
  const std::string device = ledger.trust_asked.front();
  ledger.trust_asked.erase(ledger.trust_asked.begin());
  const Item* part = scenario.part(device);
  if (part == nullptr || part->text("trust") == "by_step") return true;
  if (auto done = run.perform(DeviceInput{device, model::client::TapTrust{true}}); !done) {
    return std::unexpected(done.error());
  }
  return true;
}

model::Result<void> Story::settle() {
  while (true) {
    const auto more = step_default();
    if (!more) return std::unexpected(more.error());
    if (!*more) return {};
  }
}

model::Result<bool> Story::step_time(model::Instant until) {
  const model::Instant now = run.world().now;
  if (now >= until) return false;
  const auto due = next_due(run.world());
  if (due && *due <= now)
    return model::fail("a timer that is due is held back, so time cannot pass");
  const model::Instant next = due ? std::min(*due, until) : until;
  if (auto moved = run.perform(Advance{next - now}); !moved) {
    return std::unexpected(moved.error());
  }
  without_time_ = 0;
  return true;
}

model::Result<void> Story::pass(model::Millis span) {
  const model::Instant until = run.world().now + span;
  while (true) {
    if (auto rest = settle(); !rest) return rest;
    const auto moved = step_time(until);
    if (!moved) return std::unexpected(moved.error());
    if (!*moved) return {};
  }
}

std::optional<std::string> Story::token_of(const std::string& code) const {
  for (const SeenTold& told : ledger.told) {
    if (told.answer.label == code && told.answer.ok && !told.answer.token.empty()) {
      return told.answer.token;
    }
  }
  return std::nullopt;
}

std::optional<std::string> Story::text_of(const std::string& code) const {
  const auto shown = codes.find(code);
  if (shown == codes.end()) return std::nullopt;
  for (const SeenTold& told : ledger.told) {
    if (told.answer.label != code || !told.answer.ok) continue;
    model::crypto::SetupCode setup{cast.gateway(shown->second.gateway).url, told.answer.token, {}};
    if (!shown->second.by_own_process) setup.expires_at = model::Instant{told.answer.expires_at_ms};
    return model::crypto::encode_setup_code(setup);
  }
  return std::nullopt;
}

model::Result<std::string> Story::fill(std::string_view text) const {
  std::string filled;
  std::size_t at = 0;
  const auto word_end = [&](std::size_t from) {
    while (from < text.size() && ((text[from] >= 'a' && text[from] <= 'z') ||
                                  (text[from] >= '0' && text[from] <= '9') || text[from] == '_')) {
      ++from;
    }
    return from;
  };
  while (at < text.size()) {
    if (text[at] != '$') {
      filled += text[at++];
      continue;
    }
    if (at + 1 < text.size() && text[at + 1] == '$') {
      filled += '$';
      at += 2;
      continue;
    }
    const std::size_t end = word_end(at + 1);
    const std::string name(text.substr(at + 1, end - at - 1));
    at = end;
    if (const auto key = cast.keys.find(name); key != cast.keys.end()) {
      if (text.substr(at).starts_with(".key") && word_end(at + 1) == at + 4) {
        filled += model::crypto::spell_base64url(key->second.public_key);
        at += 4;
      } else {
        filled += cast.device_id(name);
      }
    } else if (codes.contains(name)) {
      const auto token = token_of(name);
      if (!token) return model::fail(fmt::format("the code '{}' was not shown yet", name));
      filled += *token;
    } else if (const auto secret = secrets.find(name); secret != secrets.end()) {
      filled += secret->second;
    } else if (const auto gateway = cast.gateways.find(name); gateway != cast.gateways.end()) {
      filled += gateway->second.token;
    } else {
      return model::fail(fmt::format("nothing is known of '${}' yet", name));
    }
  }
  return filled;
}

model::Result<js::Value> Story::fill_json(const js::Value& value) const {
  if (value.is_string()) {
    auto text = fill(value.string());
    if (!text) return std::unexpected(text.error());
    return js::Value(std::move(*text));
  }
  if (value.is_array()) {
    js::Array elements;
    for (const js::Value& element : value.array()) {
      auto filled = fill_json(element);
      if (!filled) return filled;
      elements.push_back(std::move(*filled));
    }
    return js::Value(std::move(elements));
  }
  if (value.is_object()) {
    js::Object members;
    for (const js::Member& member : value.object()) {
      auto name = fill(member.name);
      if (!name) return std::unexpected(name.error());
      auto filled = fill_json(member.value);
      if (!filled) return filled;
      members.set(*name, std::move(*filled));
    }
    return js::Value(std::move(members));
  }
  return value;
}

js::Value Story::store_file(const std::string& gateway, std::string_view path) const {
  const auto disk = run.world().disks.find(cast.gateway(gateway).disk);
  if (disk == run.world().disks.end()) return js::Object();
  const auto file = disk->second->files.find(std::string(path));
  if (file == disk->second->files.end()) return js::Object();
  auto content = js::parse(*file->second.content);
  return content && content->is_object() ? std::move(*content) : js::Value(js::Object());
}

std::optional<std::string> Story::pending_request(const std::string& gateway,
                                                  const std::string& party) const {
  const model::store::Documents files{store_file(gateway, "devices/pending.json"), js::Object()};
  const std::string id = cast.device_id(party);
  for (const js::Value& request :
       model::store::list_pending(files, run.world().clock_of_process(gateway))) {
    const std::string* device = js::string_member(request, "deviceId");
    const std::string* request_id = js::string_member(request, "requestId");
    if (device != nullptr && request_id != nullptr && *device == id) return *request_id;
  }
  return std::nullopt;
}

}  // namespace sim
