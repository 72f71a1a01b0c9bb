#include "model/wire/frame.hpp"

#include <array>
#include <utility>

#include "model/base/js_string.hpp"
#include "model/wire/schema.hpp"

namespace model::wire {

namespace {

using enum Presence;

constexpr auto kRequestType = std::to_array<std::string_view>({"req"});
constexpr auto kResponseType = std::to_array<std::string_view>({"res"});
constexpr auto kEventType = std::to_array<std::string_view>({"event"});
constexpr Schema kRequestConstant{.shape = Shape::constant, .constants = kRequestType};
constexpr Schema kResponseConstant{.shape = Shape::constant, .constants = kResponseType};
constexpr Schema kEventConstant{.shape = Shape::constant, .constants = kEventType};

// 4.1
constexpr auto kRequestFields = std::to_array<Field>({
    {"type", &kRequestConstant, required},
    {"id", &kNonEmpty, required},
    {"method", &kNonEmpty, required},
    {"params", &kAny, optional},
});
constexpr Schema kRequest{.shape = Shape::object, .fields = kRequestFields};

// 4.4
constexpr auto kErrorFields = std::to_array<Field>({
    {"code", &kNonEmpty, required},
    {"message", &kNonEmpty, required},
    {"details", &kAny, optional},
    {"retryable", &kBoolean, optional},
    {"retryAfterMs", &kInteger0, optional},
});
constexpr Schema kError{.shape = Shape::object, .fields = kErrorFields};

// 4.2
constexpr auto kResponseFields = std::to_array<Field>({
    {"type", &kResponseConstant, required},
    {"id", &kNonEmpty, required},
    {"ok", &kBoolean, required},
    {"payload", &kAny, optional},
    {"error", &kError, optional},
});
constexpr Schema kResponse{.shape = Shape::object, .fields = kResponseFields};

// 4.3
constexpr auto kStateVersionFields = std::to_array<Field>({
    {"presence", &kInteger0, required},
    {"health", &kInteger0, required},
});
constexpr Schema kStateVersion{.shape = Shape::object, .fields = kStateVersionFields};
constexpr auto kEventFields = std::to_array<Field>({
    {"type", &kEventConstant, required},
    {"event", &kNonEmpty, required},
    {"payload", &kAny, optional},
    {"seq", &kInteger0, optional},
    {"stateVersion", &kStateVersion, optional},
});
constexpr Schema kEvent{.shape = Shape::object, .fields = kEventFields};

std::optional<js::Value> member_if(const js::Value& value, std::string_view name) {
  const js::Value* found = js::member(value, name);
  if (found == nullptr) return std::nullopt;
  return *found;
}

/// W-44: the `id` as it stands there, unless there is none or null.
js::Value echoed_id(const js::Value& frame) {
  const js::Value* id = js::member(frame, "id");
  return id == nullptr || id->is_null() ? js::Value("invalid") : *id;
}

RefusedRequest refused(Refusal refusal) { return {.id = {}, .refusal = std::move(refusal)}; }

}  // namespace

std::optional<std::string> decode_message(Opcode opcode, std::string_view bytes) {
  if (opcode == Opcode::binary) return js::decode_utf8_lossily(bytes);
  if (!js::valid_utf8(bytes)) return std::nullopt;
  return std::string(bytes);
}

ReadRequest read_request(std::string_view text) {
  auto frame = js::parse(text);
  if (!frame) return Unparsable{std::move(frame.error().message)};
  if (auto wrong = violations(kRequest, *frame)) {
    return BadRequestFrame{.id = echoed_id(*frame), .text = std::move(*wrong)};
  }
  return RequestFrame{
      .id = *js::string_member(*frame, "id"),
      .method = *js::string_member(*frame, "method"),
      .params = member_if(*frame, "params"),
  };
}

js::Value bad_request_error(const BadRequestFrame& frame) {
  return error_object(ErrorCode::invalid_request, "invalid request frame: " + frame.text);
}

FirstMessage read_first_message(std::string_view text) {
  const ReadRequest read = read_request(text);
  if (std::holds_alternative<Unparsable>(read)) return refused(unparsable());
  // W-35: no answer, even where a usable id is present.
  const auto* request = std::get_if<RequestFrame>(&read);
  if (request == nullptr) return refused(invalid_request_frame());
  if (request->method != "connect") {
    return RefusedRequest{.id = request->id, .refusal = first_request_must_be_connect()};
  }
  auto params = read_connect_params(request->params);
  if (!params) {
    return RefusedRequest{.id = request->id,
                          .refusal = invalid_connect_params(params.error().message)};
  }
  return ConnectRequest{.id = request->id, .params = std::move(*params)};
}

std::optional<GatewayFrame> read_gateway_frame(std::string_view text) {
  const auto frame = js::parse(text);
  if (!frame) return std::nullopt;
  if (conforms(kResponse, *frame)) {
    return ResponseFrame{
        .id = *js::string_member(*frame, "id"),
        .ok = js::member(*frame, "ok")->boolean(),
        .payload = member_if(*frame, "payload"),
        .error = member_if(*frame, "error"),
    };
  }
  if (!conforms(kEvent, *frame)) return std::nullopt;
  EventFrame event{.event = *js::string_member(*frame, "event"),
                   .payload = member_if(*frame, "payload")};
  if (const js::Value* seq = js::member(*frame, "seq")) event.seq = seq->integer();
  if (const js::Value* version = js::member(*frame, "stateVersion")) {
    event.state_version = {.presence = js::member(*version, "presence")->integer(),
                           .health = js::member(*version, "health")->integer()};
  }
  return event;
}

std::string write(const RequestFrame& frame) {
  js::Object json{{"type", "req"}, {"id", frame.id}, {"method", frame.method}};
  json.set_if("params", frame.params);
  return js::dump(json);
}

std::string write_response(const js::Value& id, const std::optional<js::Value>& payload) {
  js::Object json{{"type", "res"}, {"id", id}, {"ok", true}};
  json.set_if("payload", payload);
  return js::dump(json);
}

std::string write_error(const js::Value& id, const js::Value& error) {
  return js::dump(js::Object{{"type", "res"}, {"id", id}, {"ok", false}, {"error", error}});
}

std::string write(const EventFrame& frame) {
  js::Object json{{"type", "event"}, {"event", frame.event}};
  json.set_if("payload", frame.payload);
  if (frame.seq) json.set("seq", *frame.seq);
  if (frame.state_version) {
    json.set("stateVersion", js::Object{{"presence", frame.state_version->presence},
                                        {"health", frame.state_version->health}});
  }
  return js::dump(json);
}

}  // namespace model::wire
