#include "sim/driver/acts.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

namespace sim {
namespace {

namespace js = model::js;
namespace client = model::client;
using model::fail;
using model::gateway::HostCommand;
using model::gateway::HostCommandKind;
using Done = model::Result<void>;

constexpr std::string_view kMainChannel = "main";

bool is_ios(const Story& story, const std::string& name) {
  const auto device = story.run.world().devices.find(name);
  return device != story.run.world().devices.end() &&
         std::holds_alternative<client::IosApp>(device->second->client->program);
}

Done input(Story& story, const std::string& device, client::Input what) {
  return story.act(DeviceInput{device, std::move(what)});
}

// --- the host of a gateway
// ---------------------------------------------------------------------------

std::optional<model::store::Profile> profile_of(const Item& step) {
  if (!step.has("roles") && !step.has("scopes")) return std::nullopt;
  model::store::Profile profile{{"node"}, step.texts("scopes")};
  if (step.has("roles")) profile.roles = step.texts("roles");
  return profile;
}

/// Starts a command in a process of its own; the n-th of a name is called name.n.
Done start_tool(Story& story, const std::string& gateway, std::string process,
                HostCommand command) {
  const int count = ++story.tools[process];
  if (count > 1) process = fmt::format("{}.{}", process, count);
  const GatewayRole& role = story.cast.gateway(gateway);
  return story.act(
      StartTool{process, role.disk, std::move(command), role.config, story.cast.policy});
}

Done show_setup_code(Story& story, const Item& step) {
  const std::string gateway = story.cast.gateway_of(step);
  const std::string label = step.text("as");
  story.codes[label] = {gateway, false};
  HostCommand command{.kind = HostCommandKind::issue_code, .label = label};
  command.profile = profile_of(step);
  return story.act(RunHostCommand{gateway, command});
}

Done openclaw_qr(Story& story, const Item& step) {
  const std::string gateway = story.cast.gateway_of(step);
  const std::string label = step.text("as");
  story.codes[label] = {gateway, true};
  HostCommand command{.kind = HostCommandKind::issue_code, .label = label};
  command.profile = profile_of(step);
  return start_tool(story, gateway, step.text("process", label + "_qr"), std::move(command));
}

Done cleanup(Story& story, const Item& step) {
  return story.act(RunHostCommand{story.cast.gateway_of(step),
                                  HostCommand{.kind = HostCommandKind::cleanup_codes}});
}

Done revoke_code(Story& story, const Item& step) {
  const auto token = story.token_of(step.text("what"));
  if (!token) return fail(fmt::format("the code '{}' was not shown yet", step.text("what")));
  HostCommand command{.kind = HostCommandKind::revoke_code};
  command.token = *token;
  return story.act(RunHostCommand{story.cast.gateway_of(step), std::move(command)});
}

Done stop(Story& story, const Item& step) {
  return story.act(StopProcess{story.cast.gateway_of(step)});
}
Done start(Story& story, const Item& step) {
  return story.act(StartProcess{story.cast.gateway_of(step)});
}
Done kill(Story& story, const Item& step) {
  return story.act(KillProcess{step.text("on", story.cast.first_gateway)});
}
Done restart(Story& story, const Item& step) {
  if (auto stopped = stop(story, step); !stopped) return stopped;
  return start(story, step);
}

Done put_file(Story& story, const Item& step) {
  std::string bytes;
  if (const js::Value* content = step.json("content")) {
    auto filled = story.fill_json(*content);
    if (!filled) return std::unexpected(filled.error());
    bytes = js::dump_pretty(*filled);
  } else if (step.has("text")) {
    auto filled = story.fill(step.text("text"));
    if (!filled) return std::unexpected(filled.error());
    bytes = *filled;
  } else {
    return fail("'put_file' needs 'content' or 'text'");
  }
  const GatewayRole& role = story.cast.gateway(story.cast.gateway_of(step));
  return story.act(PutFile{role.disk, step.text("path"), bytes});
}

// --- operators -----------------------------------------------------------------------------------

/// Calls a method and waits for the answer (unless the pace is strict).
model::Result<std::optional<SeenAnswer>> ask(Story& story, const std::string& who,
                                             const std::string& method, js::Value params,
                                             const std::string& channel) {
  const std::size_t before = story.ledger.answers.size();
  if (auto done = input(story, who, client::CallMethod{method, std::move(params), channel});
      !done) {
    return std::unexpected(done.error());
  }
  for (std::size_t i = before; i < story.ledger.answers.size(); ++i) {
    const SeenAnswer& answer = story.ledger.answers[i];
    if (answer.who == who && answer.method == method) return answer;
  }
  return std::nullopt;
}

Done tell(Story& story, const std::string& who, const std::string& method, js::Value params) {
  const auto answer = ask(story, who, method, std::move(params), std::string(kMainChannel));
  return answer ? Done() : std::unexpected(answer.error());
}

/// The newest pending request of a device in an answer of device.pair.list.
std::optional<std::string> request_in(const Story& story, const js::Value& list,
                                      const std::string& party) {
  const js::Array* pending = js::array_member(list, "pending");
  if (pending == nullptr) return std::nullopt;
  const std::string id = story.cast.device_id(party);
  for (const js::Value& request : *pending) {  // newest first (S-19)
    const std::string* device = js::string_member(request, "deviceId");
    const std::string* request_id = js::string_member(request, "requestId");
    if (device != nullptr && request_id != nullptr && *device == id) return *request_id;
  }
  return std::nullopt;
}

/// What the operator believes to be the device's request: as a list showed it, asked for just now
/// unless the step names an earlier one.
model::Result<std::string> request_of(Story& story, const Item& step) {
  if (step.has("request")) return step.text("request");
  const std::string party = step.text("of");
  if (step.has("seen_in")) {
    const auto list = story.lists.find(step.text("seen_in"));
    if (list == story.lists.end()) {
      return fail(fmt::format("the list '{}' was not answered", step.text("seen_in")));
    }
    if (auto request = request_in(story, list->second, party)) return *request;
    return fail(fmt::format("the list '{}' shows no request of {}", step.text("seen_in"), party));
  }
  const auto answer =
      ask(story, step.by, "device.pair.list", js::Object(), std::string(kMainChannel));
  if (!answer) return std::unexpected(answer.error());
  if (!*answer) return fail(fmt::format("{} got no answer to device.pair.list", step.by));
  if (!(*answer)->ok) {
    const std::string* message = js::string_member((*answer)->payload, "message");
    return fail(fmt::format("{} may not list devices: {}", step.by,
                            message == nullptr ? "refused" : *message));
  }
  if (auto request = request_in(story, (*answer)->payload, party)) return *request;
  return fail(fmt::format("no request of {} is pending", party));
}

Done approve(Story& story, const Item& step) {
  const std::string via = step.text("via", "session");
  const std::string gateway = story.cast.gateway_of(step);
  if (via == "chat" || via == "channel") {
    HostCommand command{.kind = HostCommandKind::approve_chat};
    if (step.has("request")) {
      command.request_id = step.text("request");
    } else if (step.flag("latest", false) || !step.has("of")) {
      command.request_id = "latest";
    } else if (const auto request = story.pending_request(gateway, step.text("of"))) {
      command.request_id = *request;
    } else {
      return fail(fmt::format("no request of {} is pending", step.text("of")));
    }
    if (via == "chat") {
      const auto& program = story.run.world().devices.at(step.by)->client->program;
      if (const auto* js_client = std::get_if<client::JsClient>(&program)) {
        command.caller_scopes = js_client->options.scopes;
      }
    }
    return story.act(RunHostCommand{gateway, std::move(command)});
  }
  if (!step.has("of") && !step.has("request")) {
    return fail("'approve' needs 'of': whose request");
  }
  if (via == "files") {
    const auto request = step.has("request") ? std::optional(step.text("request"))
                                             : story.pending_request(gateway, step.text("of"));
    if (!request) return fail(fmt::format("no request of {} is pending", step.text("of")));
    HostCommand command{.kind = HostCommandKind::approve_direct};
    command.request_id = *request;
    command.caller_scopes = std::vector<std::string>{"operator.admin"};
    return start_tool(story, gateway, step.text("process", step.by + "_cli"), std::move(command));
  }
  const auto request = request_of(story, step);
  if (!request) return std::unexpected(request.error());
  return tell(story, step.by, "device.pair.approve", js::Object{{"requestId", *request}});
}

Done reject(Story& story, const Item& step) {
  const auto request = request_of(story, step);
  if (!request) return std::unexpected(request.error());
  return tell(story, step.by, "device.pair.reject", js::Object{{"requestId", *request}});
}

Done remove(Story& story, const Item& step) {
  return tell(story, step.by, "device.pair.remove",
              js::Object{{"deviceId", story.cast.device_id(step.text("of"))}});
}

Done rotate(Story& story, const Item& step) {
  js::Object params{{"deviceId", story.cast.device_id(step.text("of"))},
                    {"role", step.text("role", "node")}};
  if (step.has("scopes")) {
    js::Array scopes;
    for (const std::string& scope : step.texts("scopes")) scopes.emplace_back(scope);
    params.set("scopes", std::move(scopes));
  }
  const auto answer =
      ask(story, step.by, "device.token.rotate", std::move(params), std::string(kMainChannel));
  if (!answer) return std::unexpected(answer.error());
  if (step.has("as") && *answer && (*answer)->ok) {
    if (const std::string* token = js::string_member((*answer)->payload, "token")) {
      story.secrets[step.text("as")] = *token;
    }
  }
  return {};
}

Done revoke(Story& story, const Item& step) {
  return tell(story, step.by, "device.token.revoke",
              js::Object{{"deviceId", story.cast.device_id(step.text("of"))},
                         {"role", step.text("role", "node")}});
}

Done list(Story& story, const Item& step) {
  const auto answer =
      ask(story, step.by, "device.pair.list", js::Object(), std::string(kMainChannel));
  if (!answer) return std::unexpected(answer.error());
  if (step.has("as") && *answer && (*answer)->ok) {
    story.lists[step.text("as")] = (*answer)->payload;
  }
  return {};
}

Done approve_node(Story& story, const Item& step) {
  const auto answer =
      ask(story, step.by, "node.pair.list", js::Object(), std::string(kMainChannel));
  if (!answer) return std::unexpected(answer.error());
  const std::string id = story.cast.device_id(step.text("of"));
  if (*answer && (*answer)->ok) {
    if (const js::Array* pending = js::array_member((*answer)->payload, "pending")) {
      for (const js::Value& request : *pending) {
        const std::string* node = js::string_member(request, "nodeId");
        const std::string* request_id = js::string_member(request, "requestId");
        if (node == nullptr || request_id == nullptr || *node != id) continue;
        return tell(story, step.by, "node.pair.approve", js::Object{{"requestId", *request_id}});
      }
    }
  }
  return fail(fmt::format("no node request of {} is pending", step.text("of")));
}

Done call(Story& story, const Item& step) {
  js::Value params = js::Object();
  if (const js::Value* given = step.json("params")) {
    auto filled = story.fill_json(*given);
    if (!filled) return std::unexpected(filled.error());
    params = std::move(*filled);
  }
  const std::string channel =
      is_ios(story, step.by) ? step.text("role", "operator") : std::string(kMainChannel);
  const auto answer = ask(story, step.by, step.text("method"), std::move(params), channel);
  return answer ? Done() : std::unexpected(answer.error());
}

// --- devices -------------------------------------------------------------------------------------

Done scan(Story& story, const Item& step) {
  if (step.has("text")) {
    auto text = story.fill(step.text("text"));
    if (!text) return std::unexpected(text.error());
    return input(story, step.by, client::Scan{*text});
  }
  if (!step.has("what")) return fail("'scan' needs 'what' or 'text'");
  const auto text = story.text_of(step.text("what"));
  if (!text) return fail(fmt::format("the code '{}' was not shown yet", step.text("what")));
  return input(story, step.by, client::Scan{*text});
}

Done discover(Story& story, const Item& step) {
  const GatewayRole& role = story.cast.gateway(story.cast.gateway_of(step, "to"));
  return input(story, step.by, client::Discovered{role.stable_id, role.url, role.certificate});
}

Done connect(Story& story, const Item& step) {
  if (!is_ios(story, step.by)) return input(story, step.by, client::Launch{});
  // A schedule says the two apart.
  if (story.pace != Pace::strict) {
    if (auto seen = discover(story, step); !seen) return seen;
  }
  const GatewayRole& role = story.cast.gateway(story.cast.gateway_of(step, "to"));
  return input(story, step.by, client::TapConnect{role.stable_id});
}

Done switch_gateway(Story& story, const Item& step) {
  return input(story, step.by,
               client::SwitchGateway{story.cast.gateway(story.cast.gateway_of(step, "to")).url});
}

Done enter_secret(Story& story, const Item& step) {
  client::EnterSecret secret{step.text("token"), step.text("password")};
  if (step.has("of")) {
    const GatewayRole& role = story.cast.gateway(step.text("of"));
    secret = {role.token, role.password};
  }
  return input(story, step.by, std::move(secret));
}

template <class Input>
Done tap(Story& story, const Item& step) {
  return input(story, step.by, Input{});
}
Done trust_certificate(Story& story, const Item& step) {
  return input(story, step.by, client::TapTrust{true});
}
Done refuse_certificate(Story& story, const Item& step) {
  return input(story, step.by, client::TapTrust{false});
}

// --- faults --------------------------------------------------------------------------------------

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

struct Verb {
  std::string_view name;
  Done (*act)(Story&, const Item&);
};

constexpr auto kVerbs = std::to_array<Verb>({
    {"show_setup_code", show_setup_code},
    {"openclaw_qr", openclaw_qr},
    {"cleanup", cleanup},
    {"revoke_code", revoke_code},
    {"approve", approve},
    {"approve_node", approve_node},
    {"reject", reject},
    {"remove", remove},
    {"rotate", rotate},
    {"revoke", revoke},
    {"list", list},
    {"call", call},
    {"scan", scan},
    {"connect", connect},
    {"retry", tap<client::TapRetry>},
    {"reset_onboarding", tap<client::TapReset>},
    {"switch", switch_gateway},
    {"enter_secret", enter_secret},
    {"trust_certificate", trust_certificate},
    {"refuse_certificate", refuse_certificate},
    {"discover", discover},
    {"background", tap<client::Background>},
    {"foreground", tap<client::Foreground>},
    {"quit", tap<client::Quit>},
    {"launch", tap<client::Launch>},
    {"restart", restart},
    {"stop", stop},
    {"start", start},
    {"kill", kill},
    {"put_file", put_file},
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

Done do_step(Story& story, const Item& step) {
  const auto verb = std::ranges::find(kVerbs, step.form->name, &Verb::name);
  if (verb != kVerbs.end()) return verb->act(story, step);
  return do_attack(story, step);
}

}  // namespace sim
