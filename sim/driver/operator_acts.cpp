// What operators do over their sessions and at the host.
#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "sim/driver/acts.hpp"
#include "sim/driver/verbs.hpp"

namespace sim {
namespace {

namespace js = model::js;
namespace client = model::client;
using model::fail;
using model::gateway::HostCommand;
using model::gateway::HostCommandKind;
using Done = model::Result<void>;

constexpr std::string_view kMainChannel = "main";

/// Calls a method and waits for the answer (unless the pace is strict).
model::Result<std::optional<SeenAnswer>> ask(Story& story, const std::string& who,
                                             const std::string& method, js::Value params,
                                             const std::string& channel) {
  const std::size_t before = story.ledger.answers.size();
  if (auto done = give_input(story, who, client::CallMethod{method, std::move(params), channel});
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

constexpr auto kVerbs = std::to_array<Verb>({
    {"approve", approve},
    {"approve_node", approve_node},
    {"reject", reject},
    {"remove", remove},
    {"rotate", rotate},
    {"revoke", revoke},
    {"list", list},
    {"call", call},
});

}  // namespace

std::span<const Verb> operator_verbs() { return kVerbs; }

}  // namespace sim
