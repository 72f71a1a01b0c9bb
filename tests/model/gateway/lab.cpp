#include "tests/model/gateway/lab.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "model/base/check.hpp"

namespace tests {

using namespace model;
using namespace model::gateway;

std::string CountingNames::mint(NameKind kind, std::string_view) {
  const bool token = kind == NameKind::device_token || kind == NameKind::node_token;
  return fmt::format("{}-{}", token ? "token" : "request", ++issued_);
}

Lab::Lab(std::string_view revision) {
  gateway.policy = policy::preset(revision).value().policy;
  gateway.memory.edit().started_at = Instant{now.ms - 5'000};
  for (const auto group : {store::Group::bootstrap, store::Group::devices, store::Group::nodes}) {
    files[group] = {.first = js::Object{}, .second = js::Object{}};
  }
}

Session& Lab::join(const std::string& conn, std::string_view role,
                   std::vector<std::string> scopes) {
  Session session;
  session.role = role;
  session.scopes = std::move(scopes);
  session.connect.client = {.id = role == "node" ? "openclaw-ios" : "gateway-client",
                            .version = "1.0",
                            .platform = "linux",
                            .mode = role == "node" ? "node" : "ui"};
  session.connect.device = wire::DeviceProof{.id = conn};
  session.connect.scopes = session.scopes;
  session.device_id = conn;
  session.platform = "linux";
  session.auth_method = "token";
  session.connected_at = now;
  if (role == "node") session.node_id = conn;
  Connection connection;
  connection.id = "id of " + conn;
  connection.opened_at = now;
  connection.stage = ConnectionStage::connected;
  connection.session = Shared<Session>(std::move(session));
  gateway.connections.insert_or_assign(conn, Shared<Connection>(std::move(connection)));
  return this->session(conn);
}

void Lab::operator_joins(const std::string& conn, const std::vector<std::string>& scopes) {
  std::vector<std::string> full;
  for (const std::string& scope : scopes) full.push_back("operator." + scope);
  join(conn, "operator", std::move(full));
}

Session& Lab::node_joins(const std::string& conn, std::string_view platform,
                         std::vector<std::string> commands) {
  Session& session = join(conn, "node", {});
  session.platform = platform;
  session.connect.client.platform = platform;
  session.commands = std::move(commands);
  turn([&](Turn& at) { register_node(at, conn, this->session(conn), conn + " touch"); });
  return this->session(conn);
}

Session& Lab::session(const std::string& conn) {
  return gateway.connections.at(conn).edit().session->edit();
}

void Lab::says(const std::string& conn, std::string_view text) {
  const HandlerKey key = fmt::format("{}#{}", conn, ++messages_);
  turn([&](Turn& at) { receive_session_message(at, conn, key, text); });
}

std::string Lab::call(const std::string& conn, std::string_view method, std::string_view params) {
  const std::size_t before = frames(conn).size();
  says(conn, fmt::format(R"({{"type":"req","id":"1","method":"{}","params":{}}})", method,
                         quoted(params)));
  const std::vector<std::string> after = frames(conn);
  for (std::size_t i = before; i < after.size(); ++i) {
    const std::string prefix = R"({"type":"res","id":"1",)";
    if (after[i].starts_with(prefix)) return "{" + after[i].substr(prefix.size());
  }
  return "no answer";
}

js::Value Lab::payload(const std::string& conn, std::string_view method, std::string_view params) {
  const std::string answer = call(conn, method, params);
  const Result<js::Value> parsed = js::parse(answer);
  const js::Value* payload = parsed ? js::member(*parsed, "payload") : nullptr;
  EXPECT_NE(payload, nullptr) << method << ": " << answer;
  return payload == nullptr ? js::Value() : *payload;
}

std::string Lab::refusal(const std::string& conn, std::string_view method,
                         std::string_view params) {
  const std::string answer = call(conn, method, params);
  const Result<js::Value> parsed = js::parse(answer);
  const js::Value* error = parsed ? js::member(*parsed, "error") : nullptr;
  if (error == nullptr) return parsed ? "ok" : answer;
  const std::string* message = js::string_member(*error, "message");
  return message == nullptr ? answer : *message;
}

void Lab::drain() {
  while (!gateway.handlers.empty()) {
    const HandlerKey key = gateway.handlers.begin()->first;
    const Handler handler = *gateway.handlers.begin()->second;
    Resume resume = meet(handler.need);
    Turn at(gateway, now, names);
    if (std::holds_alternative<NodeTouch>(handler.machine)) {
      resume_node_touch(at, key, std::move(resume));
    } else {
      resume_method_call(at, key, std::move(resume));
    }
    take(at);
  }
}

Resume Lab::meet(const Need& need) {
  CHECK(!std::holds_alternative<std::monostate>(need));  // else it would wait for ever
  if (std::holds_alternative<Pause>(need)) return Continue{};
  if (store_fails) return StoreFailed{"ENOSPC: no space left on device"};
  if (const auto* look = std::get_if<Look>(&need)) return files.at(look->group);
  const store::Operation& operation = std::get<Transact>(need).operation;
  store::Documents& documents = files.at(store::group_of(operation));
  store::Execution execution = store::execute(operation, documents, *gateway.policy, now, names);
  if (execution.write) documents = *execution.write;
  return execution.answer;
}

void Lab::take(Turn& turn) {
  for (Effect& effect : turn.effects) {
    if (const auto* send = std::get_if<Send>(&effect)) {
      lines.push_back(send->conn + " < " + send->text);
    } else if (const auto* close = std::get_if<Close>(&effect)) {
      lines.push_back(fmt::format("{} x {} {}", close->conn, close->code, close->reason));
    } else if (auto* fact = std::get_if<Fact>(&effect)) {
      facts.push_back(std::move(*fact));
    }
  }
}

void Lab::clear() {
  lines.clear();
  facts.clear();
}

std::vector<std::string> Lab::frames(const std::string& conn) const {
  std::vector<std::string> out;
  const std::string prefix = conn + " < ";
  for (const std::string& line : lines) {
    if (line.starts_with(prefix)) out.push_back(line.substr(prefix.size()));
  }
  return out;
}

std::vector<Fact> Lab::facts_of(FactKind kind) const {
  std::vector<Fact> out;
  std::ranges::copy_if(facts, std::back_inserter(out),
                       [&](const Fact& fact) { return fact.kind == kind; });
  return out;
}

std::string quoted(std::string_view text) {
  std::string out(text);
  std::ranges::replace(out, '\'', '"');
  return out;
}

js::Value json(std::string_view text) { return js::parse(quoted(text)).value(); }

}  // namespace tests
