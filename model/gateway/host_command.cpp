#include "model/gateway/host_command.hpp"

#include <fmt/format.h>

#include "model/gateway/turn.hpp"
#include "model/store/lifetimes.hpp"
#include "model/store/views.hpp"
#include "model/wire/events.hpp"

namespace model::gateway {

namespace {

using Kind = HostCommandKind;
using Stage = HostCommand::Stage;

/// A command in the middle of a turn.
struct Typing {
  Turn& turn;
  const std::string& handler;
  HostCommand command;

  void wait(Need need) {
    turn.gateway.handlers.insert_or_assign(handler, Handler{"", std::move(need), command});
  }
  void end(HostAnswer answer) {
    turn.gateway.handlers.erase(handler);
    answer.label = command.label;
    answer.kind = command.kind;
    turn.effects.emplace_back(std::move(answer));
  }
};

std::string text_of(const js::Value& record, std::string_view name) {
  const std::string* text = js::string_member(record, name);
  return text == nullptr ? std::string() : *text;
}

/// The transaction for a command that needs no look first.
store::Operation operation_of(const HostCommand& command) {
  switch (command.kind) {
    case Kind::issue_code:
      return store::BootstrapIssue{command.profile};
    case Kind::revoke_code:
      return store::BootstrapRevoke{command.token};
    case Kind::cleanup_codes:
      return store::BootstrapClear{};
    case Kind::approve_direct:
      return store::DeviceApprove{command.request_id, std::vector<std::string>{"operator.admin"}};
    case Kind::approve_chat:
      return store::DeviceApprove{command.request_id, command.caller_scopes};
  }
  return store::BootstrapClear{};
}

/// 12.3: a gateway client that chats needs one of two scopes; a messaging channel has none at all.
bool may_chat(const HostCommand& command) {
  if (!command.caller_scopes) return true;
  for (const std::string& scope : *command.caller_scopes) {
    if (scope == "operator.pairing" || scope == "operator.admin") return true;
  }
  return false;
}

/// `/pair approve [id or latest]`: which request is meant (12.3).
void choose_request(Typing& typing, const store::Documents& devices) {
  const std::vector<js::Value> pending = store::list_pending(devices, typing.turn.now);
  std::string& wanted = typing.command.request_id;
  if (pending.empty()) {
    return typing.end({.text = "No pending device pairing requests."});
  }
  if (wanted.empty() && pending.size() > 1) {
    return typing.end({.text = "Multiple pending requests found. Approve one explicitly:\n"
                               "/pair approve <requestId>\n/pair approve latest"});
  }
  if (wanted.empty() || wanted == "latest") wanted = text_of(pending.front(), "requestId");
  for (const js::Value& request : pending) {
    if (text_of(request, "requestId") != wanted) continue;
    typing.command.stage = Stage::transacting;
    return typing.wait(Transact{operation_of(typing.command)});
  }
  typing.end({.text = "Pairing request not found."});
}

void code_issued(Typing& typing, const store::Answer& answer) {
  const js::Value* profile = js::member(answer.record, "profile");
  std::string roles;
  std::vector<std::string> scopes;
  if (profile != nullptr) {
    if (const js::Array* list = js::array_member(*profile, "roles")) {
      for (const js::Value& role : *list) roles += (roles.empty() ? "" : ",") + role.string();
    }
    if (const js::Array* list = js::array_member(*profile, "scopes")) {
      for (const js::Value& scope : *list) scopes.push_back(scope.string());
    }
  }
  const std::string token = text_of(answer.record, "token");
  typing.turn.fact({.kind = FactKind::bootstrap_issued,
                    .token = token,
                    .detail = roles,
                    .scopes = std::move(scopes)});
  typing.end(
      {.ok = true, .token = token, .expires_at_ms = (typing.turn.now + store::kBootstrapLife).ms});
}

void approved(Typing& typing, const store::Answer& answer) {
  const HostCommand& command = typing.command;
  if (answer.outcome != store::Outcome::ok) {
    typing.turn.fact({.kind = FactKind::approval_refused,
                      .request_id = command.request_id,
                      .detail = answer.missing_scope});
    return typing.end(
        {.text = answer.outcome == store::Outcome::forbidden
                     ? fmt::format("⚠️ Cannot approve a request requiring {}.", answer.missing_scope)
                     : "Pairing request not found."});
  }
  const std::string device = text_of(answer.record, "deviceId");
  const bool chat = command.kind == Kind::approve_chat;
  typing.turn.fact({.kind = FactKind::approved,
                    .device_id = device,
                    .public_key = text_of(answer.record, "publicKey"),
                    .role = text_of(answer.record, "role"),
                    .request_id = command.request_id,
                    .detail = chat ? "chat" : "files",
                    .scopes = store::baseline(answer.record).value_or(store::Strings{})});
  if (chat) {
    typing.turn.broadcast(
        wire::event::kDevicePairResolved,
        wire::device_pair_resolved_payload(command.request_id, device, wire::Decision::approved,
                                           typing.turn.now));
  }
  const std::string name = text_of(answer.record, "displayName");
  const std::string platform = text_of(answer.record, "platform");
  typing.end({.ok = true,
              .text = fmt::format("✅ Paired {}{}.", name.empty() ? device : name,
                                  platform.empty() ? "" : fmt::format(" ({})", platform))});
}

}  // namespace

void start_host_command(Turn& turn, const std::string& handler, HostCommand command) {
  Typing typing{turn, handler, std::move(command)};
  if (typing.command.kind == Kind::approve_chat) {
    if (!may_chat(typing.command)) {
      typing.end(
          {.text = "⚠️ This command requires operator.pairing for internal gateway callers."});
      return;
    }
    typing.command.stage = Stage::listing;
    typing.wait(Look{store::Group::devices});
    return;
  }
  typing.command.stage = Stage::transacting;
  typing.wait(Transact{operation_of(typing.command)});
}

void resume_host_command(Turn& turn, const std::string& handler, Resume resume) {
  Typing typing{turn, handler, std::get<HostCommand>(turn.gateway.handlers.at(handler)->machine)};
  if (const auto* failed = std::get_if<StoreFailed>(&resume)) {
    turn.fact({.kind = FactKind::store_failed, .detail = failed->what});
    return typing.end({.text = failed->what});
  }
  if (const auto* documents = std::get_if<store::Documents>(&resume)) {
    return choose_request(typing, *documents);
  }
  const auto& answer = std::get<store::Answer>(resume);
  switch (typing.command.kind) {
    case Kind::issue_code:
      return code_issued(typing, answer);
    case Kind::revoke_code:
      if (answer.outcome == store::Outcome::ok) {
        turn.fact({.kind = FactKind::bootstrap_revoked,
                   .token = typing.command.token,
                   .detail = "revoked by the host"});
      }
      return typing.end({.ok = answer.outcome == store::Outcome::ok});
    case Kind::cleanup_codes:
      turn.fact({.kind = FactKind::bootstrap_cleared, .detail = std::to_string(answer.count)});
      return typing.end(
          {.ok = true,
           .count = answer.count,
           .text = answer.count == 0
                       ? "No unused setup codes were active."
                       : fmt::format("Invalidated {} unused setup code(s).", answer.count)});
    case Kind::approve_direct:
    case Kind::approve_chat:
      return approved(typing, answer);
  }
}

}  // namespace model::gateway
