// Saying things: notes, and the shape of an answered call.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "model/base/json.hpp"
#include "model/client/output.hpp"
#include "model/wire/frame.hpp"

namespace model::client {

[[nodiscard]] inline Note make_note(NoteKind kind, Channel channel, std::string detail,
                                    std::string secret = {}, std::string gateway = {}) {
  return {.kind = kind,
          .channel = std::move(channel),
          .detail = std::move(detail),
          .secret = std::move(secret),
          .gateway = std::move(gateway),
          .request_id = {},
          .payload = {}};
}

/// Payload of an `answer` note: {ok, payload} or {ok, error}, as the response said.
[[nodiscard]] inline js::Value outcome(const wire::ResponseFrame& response) {
  js::Object outcome{{"ok", response.ok}};
  outcome.set_if("payload", response.payload);
  outcome.set_if("error", response.error);
  return outcome;
}

/// Payload of an `answer` note for a call that the gateway never answered.
[[nodiscard]] inline js::Value failure(std::string why) {
  return js::Object{{"ok", false}, {"error", js::Object{{"message", std::move(why)}}}};
}

/// What a node answers to event `node.invoke.request`: it has done what it was asked, with nothing
/// to show. None if the request names no invocation.
[[nodiscard]] std::optional<wire::RequestFrame> invoke_result(
    const std::optional<js::Value>& request, std::string id);

}  // namespace model::client
