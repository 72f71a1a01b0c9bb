// What goes wrong around everybody: connections, disks, clocks.
#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "sim/driver/acts.hpp"
#include "sim/driver/verbs.hpp"

namespace sim {
namespace {

using model::fail;
using Done = model::Result<void>;

/// The connections that a step speaks of: `link`, or all of a party (in one role).
model::Result<std::vector<std::string>> conns_of(const Story& story, const Item& step) {
  const World& world = story.run.world();
  if (step.has("link")) {
    if (world.links.contains(step.text("link"))) return std::vector{step.text("link")};
    return fail(fmt::format("there is no connection {}", step.text("link")));
  }
  if (!step.has("of")) return fail(fmt::format("'{}' needs 'of' or 'link'", step.form->name));
  std::vector<std::string> conns;
  for (const auto& [conn, link] : world.links) {
    if (link->peer != step.text("of")) continue;
    if (step.has("role") && link->channel != step.text("role") &&
        story.ledger.role_of(conn) != step.text("role")) {
      continue;
    }
    if (link->client == Link::End::closed && link->server == Link::End::closed) continue;
    conns.push_back(conn);
  }
  if (conns.empty()) return fail(fmt::format("{} has no connection", step.text("of")));
  return conns;
}

template <class Fault>
Done on_links(Story& story, const Item& step, Fault fault) {
  const auto conns = conns_of(story, step);
  if (!conns) return std::unexpected(conns.error());
  // All of them before the world goes on: one cable carries them.
  for (const std::string& conn : *conns) {
    for (const Action& action : fault(conn)) {
      if (auto done = story.run.perform(action); !done) return done;
    }
  }
  return story.pace == Pace::strict ? Done() : story.settle();
}

std::vector<Action> pausing(const Item& step, const std::string& conn, bool paused) {
  const std::string way = step.text("way", "both");
  std::vector<Action> actions;
  if (way != "down") actions.push_back(PauseLink{conn, true, paused});
  if (way != "up") actions.push_back(PauseLink{conn, false, paused});
  return actions;
}

Done cut(Story& story, const Item& step) {
  return on_links(story, step,
                  [](const std::string& conn) { return std::vector<Action>{CutLink{conn}}; });
}
Done half_open(Story& story, const Item& step) {
  return on_links(story, step,
                  [](const std::string& conn) { return std::vector<Action>{HalfOpen{conn}}; });
}
Done pause(Story& story, const Item& step) {
  return on_links(story, step, [&](const std::string& conn) { return pausing(step, conn, true); });
}
Done resume(Story& story, const Item& step) {
  return on_links(story, step, [&](const std::string& conn) { return pausing(step, conn, false); });
}

template <bool Full>
Done set_full(Story& story, const Item& step) {
  return story.act(SetFull{story.cast.gateway(story.cast.gateway_of(step)).disk, Full});
}
template <bool Unreadable>
Done set_unreadable(Story& story, const Item& step) {
  return story.act(SetUnreadable{story.cast.gateway(story.cast.gateway_of(step)).disk,
                                 step.text("path"), Unreadable});
}

Done step_clock(Story& story, const Item& step) {
  const std::string who = step.text("of");
  if (const auto skew = story.cast.skew.find(who); skew != story.cast.skew.end()) {
    skew->second = skew->second + step.span("span", {});
    return {};
  }
  return story.act(StepClock{who, step.span("span", {})});
}

constexpr auto kVerbs = std::to_array<Verb>({
    {"cut", cut},
    {"pause", pause},
    {"resume", resume},
    {"half_open", half_open},
    {"fill_disk", set_full<true>},
    {"free_disk", set_full<false>},
    {"make_unreadable", set_unreadable<true>},
    {"make_readable", set_unreadable<false>},
    {"step_clock", step_clock},
});

}  // namespace

std::span<const Verb> fault_verbs() { return kVerbs; }

}  // namespace sim
