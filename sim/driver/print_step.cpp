// Actions from outside as steps: the other direction of acts.cpp, one action a step.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sim/driver/acts.hpp"

namespace sim {
namespace {

namespace js = model::js;
namespace client = model::client;
using model::gateway::HostCommand;
using model::gateway::HostCommandKind;

/// A flow mapping under construction.
class Flow {
 public:
  Flow& add(std::string_view key, std::string_view text) {
    parts_.push_back(fmt::format("{}: {}", key, yaml::quote(text)));
    return *this;
  }
  /// A text in which `$` stands for itself.
  Flow& add_filled(std::string_view key, std::string_view text) {
    std::string escaped;
    for (const char c : text) {
      escaped += c;
      if (c == '$') escaped += '$';
    }
    return add(key, escaped);
  }
  Flow& add_raw(std::string_view key, std::string_view value) {
    parts_.push_back(fmt::format("{}: {}", key, value));
    return *this;
  }
  Flow& add_list(std::string_view key, const std::vector<std::string>& texts) {
    std::vector<std::string> quoted;
    for (const std::string& text : texts) quoted.push_back(yaml::quote(text));
    return add_raw(key, fmt::format("[{}]", fmt::join(quoted, ", ")));
  }
  [[nodiscard]] std::string text() const {
    return fmt::format("{{ {} }}", fmt::join(parts_, ", "));
  }

 private:
  std::vector<std::string> parts_;
};

/// `$` doubled in every text of a value, as JSON.
js::Value escaped(const js::Value& value) {
  const auto escape = [](std::string_view text) {
    std::string result;
    for (const char c : text) {
      result += c;
      if (c == '$') result += '$';
    }
    return result;
  };
  if (value.is_string()) return escape(value.string());
  if (value.is_array()) {
    js::Array elements;
    for (const js::Value& element : value.array()) elements.push_back(escaped(element));
    return elements;
  }
  if (value.is_object()) {
    js::Object members;
    for (const js::Member& member : value.object()) {
      members.set(escape(member.name), escaped(member.value));
    }
    return members;
  }
  return value;
}

struct PrintInput {
  const Story& story;
  const std::string& device;

  [[nodiscard]] Flow step(std::string_view verb) const {
    Flow flow;
    flow.add("by", device).add("do", verb);
    return flow;
  }
  [[nodiscard]] std::string gateway_with(auto matches) const {
    for (const auto& [name, role] : story.cast.gateways) {
      if (matches(role)) return name;
    }
    return story.cast.first_gateway;
  }

  std::string operator()(const client::Launch&) const { return step("launch").text(); }
  std::string operator()(const client::Scan& scan) const {
    return step("scan").add_filled("text", scan.setup_code).text();
  }
  std::string operator()(const client::TapConnect& tap) const {
    return step("connect")
        .add("to", gateway_with([&](const GatewayRole& g) { return g.stable_id == tap.gateway; }))
        .text();
  }
  std::string operator()(const client::TapRetry&) const { return step("retry").text(); }
  std::string operator()(const client::TapTrust& tap) const {
    return step(tap.yes ? "trust_certificate" : "refuse_certificate").text();
  }
  std::string operator()(const client::TapReset&) const { return step("reset_onboarding").text(); }
  std::string operator()(const client::EnterSecret& secret) const {
    return step("enter_secret").add("token", secret.token).add("password", secret.password).text();
  }
  std::string operator()(const client::SwitchGateway& to) const {
    return step("switch")
        .add("to", gateway_with([&](const GatewayRole& g) { return g.url == to.url; }))
        .text();
  }
  std::string operator()(const client::Background&) const { return step("background").text(); }
  std::string operator()(const client::Foreground&) const { return step("foreground").text(); }
  std::string operator()(const client::Quit&) const { return step("quit").text(); }
  std::string operator()(const client::CallMethod& call) const {
    Flow flow = step("call");
    flow.add("method", call.method).add_raw("params", js::dump(escaped(call.params)));
    if (call.channel != "main") flow.add("role", call.channel);
    return flow.text();
  }
  std::string operator()(const client::Discovered& seen) const {
    return step("discover")
        .add("to",
             gateway_with([&](const GatewayRole& g) { return g.stable_id == seen.stable_id; }))
        .text();
  }
  // The rest reaches a client through the network and its timers, never from outside.
  std::string operator()(const auto&) const { return {}; }
};

/// "home_qr" of "home_qr.2": the name that counts up again when the step is done again.
std::string base_name(const std::string& process) { return process.substr(0, process.find('.')); }

struct Print {
  const Story& story;

  static Flow step(std::string_view verb) {
    Flow flow;
    flow.add("do", verb);
    return flow;
  }
  [[nodiscard]] std::string gateway_of_disk(const std::string& disk) const {
    for (const auto& [name, role] : story.cast.gateways) {
      if (role.disk == disk) return name;
    }
    return disk;
  }
  [[nodiscard]] std::string an_operator_name() const {
    return story.scenario.operators.empty() ? std::string("nobody")
                                            : story.scenario.operators.front().name;
  }
  static void add_profile(Flow& flow, const HostCommand& command) {
    if (!command.profile) return;
    flow.add_list("roles", command.profile->roles).add_list("scopes", command.profile->scopes);
  }

  std::string operator()(const DeviceInput& a) const {
    return std::visit(PrintInput{story, a.device}, a.input);
  }
  std::string operator()(const RunHostCommand& a) const {
    const HostCommand& command = a.command;
    switch (command.kind) {
      case HostCommandKind::issue_code: {
        Flow flow = step("show_setup_code");
        flow.add("as", command.label).add("on", a.process);
        add_profile(flow, command);
        return flow.text();
      }
      case HostCommandKind::cleanup_codes:
        return step("cleanup").add("on", a.process).text();
      case HostCommandKind::revoke_code: {
        for (const auto& [label, shown] : story.codes) {
          if (story.token_of(label) == command.token) {
            return step("revoke_code").add("what", label).add("on", a.process).text();
          }
        }
        return {};
      }
      case HostCommandKind::approve_direct:
      case HostCommandKind::approve_chat: {
        Flow flow;
        flow.add("by", an_operator_name()).add("do", "approve");
        flow.add("via", command.caller_scopes ? "chat" : "channel");
        if (command.request_id == "latest")
          flow.add_raw("latest", "yes");
        else
          flow.add("request", command.request_id);
        return flow.text();
      }
    }
    return {};
  }
  std::string operator()(const StartTool& a) const {
    if (a.command.kind == HostCommandKind::issue_code) {
      Flow flow = step("openclaw_qr");
      flow.add("as", a.command.label).add("on", gateway_of_disk(a.disk));
      flow.add("process", base_name(a.process));
      add_profile(flow, a.command);
      return flow.text();
    }
    Flow flow;
    flow.add("by", an_operator_name()).add("do", "approve").add("via", "files");
    flow.add("request", a.command.request_id).add("process", base_name(a.process));
    return flow.text();
  }
  std::string operator()(const StopProcess& a) const {
    return step("stop").add("on", a.process).text();
  }
  std::string operator()(const KillProcess& a) const {
    return step("kill").add("on", a.process).text();
  }
  std::string operator()(const StartProcess& a) const {
    return step("start").add("on", a.process).text();
  }
  std::string operator()(const PutFile& a) const {
    return step("put_file")
        .add("path", a.path)
        .add("on", gateway_of_disk(a.disk))
        .add_filled("text", a.content)
        .text();
  }
  static std::string name_of_conn(const std::string& conn) {
    return "c" + conn.substr(conn.rfind('/') + 1);
  }
  std::string operator()(const PeerOpen& a) const {
    Flow flow;
    flow.add("by", peer_of(a.conn)).add("do", "open").add("to", a.process);
    flow.add("conn", name_of_conn(a.conn));
    js::Object headers;
    for (const auto& [name, value] : a.context.headers) headers.set(name, value);
    flow.add_raw("headers", js::dump(escaped(headers)));
    return flow.text();
  }
  std::string operator()(const PeerSend& a) const {
    Flow flow;
    flow.add("by", peer_of(a.conn)).add("do", "send").add("conn", name_of_conn(a.conn));
    flow.add_filled("text", *a.message.bytes);
    return flow.text();
  }
  std::string operator()(const PeerClose& a) const {
    Flow flow;
    flow.add("by", peer_of(a.conn)).add("do", "close").add("conn", name_of_conn(a.conn));
    return flow.text();
  }
  std::string operator()(const CutLink& a) const { return step("cut").add("link", a.conn).text(); }
  std::string operator()(const PauseLink& a) const {
    return step(a.paused ? "pause" : "resume")
        .add("link", a.conn)
        .add("way", a.up ? "up" : "down")
        .text();
  }
  std::string operator()(const HalfOpen& a) const {
    return step("half_open").add("link", a.conn).text();
  }
  std::string operator()(const SetUnreadable& a) const {
    return step(a.unreadable ? "make_unreadable" : "make_readable")
        .add("path", a.path)
        .add("on", gateway_of_disk(a.disk))
        .text();
  }
  std::string operator()(const SetFull& a) const {
    return step(a.full ? "fill_disk" : "free_disk").add("on", gateway_of_disk(a.disk)).text();
  }
  std::string operator()(const StepClock& a) const {
    return step("step_clock")
        .add("of", a.who)
        .add_raw("span", fmt::format("{}ms", a.by.count))
        .text();
  }
  std::string operator()(const auto&) const { return {}; }
};

}  // namespace

std::string print_step(const Story& story, const Action& action) {
  return std::visit(Print{story}, action);
}

}  // namespace sim
