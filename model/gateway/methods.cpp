#include "model/gateway/methods.hpp"

#include <string>
#include <utility>

#include "model/base/check.hpp"
#include "model/store/record.hpp"
#include "model/wire/errors.hpp"
#include "model/wire/limits.hpp"

namespace model::gateway {
namespace {

constexpr std::size_t kThrownUnitsMax = 240;

void answered(Turn& turn, const ConnectionKey& conn, std::string_view method,
              std::string_view outcome) {
  turn.fact({.kind = FactKind::method_answered,
             .conn = conn,
             .detail = std::string(method) + ": " + std::string(outcome)});
}

/// W-49: the count of refused roles in a row, which everything else sets back.
void forgive(Turn& turn, const ConnectionKey& conn) {
  const Connection* connection = turn.open_connection(conn);
  if (connection == nullptr || connection->refused_in_a_row == 0) return;
  turn.gateway.connections.at(conn).edit().refused_in_a_row = 0;
}

void count_refusal(Turn& turn, const ConnectionKey& conn) {
  if (turn.open_connection(conn) == nullptr) return;
  Connection& connection = turn.gateway.connections.at(conn).edit();
  if (++connection.refused_in_a_row <= wire::kRefusedInARowMax) return;
  if (connection.cause.empty()) connection.cause = "repeated-unauthorized-requests";
  const wire::CloseFrame frame = wire::repeated_unauthorized_close();
  turn.close(conn, frame.code, frame.reason);
}

}  // namespace

const std::string& Call::text(std::string_view name) const {
  const std::string* value = js::string_member(params(), name);
  CHECK_THAT(value != nullptr, std::string(name));
  return *value;
}

std::optional<std::string> Call::maybe_text(std::string_view name) const {
  const std::string* value = js::string_member(params(), name);
  return value == nullptr ? std::nullopt : std::optional(*value);
}

std::vector<std::string> Call::caller_scopes() const {
  return store::strings_of(js::member(method.scratch, "scopes"));
}

void Call::answer(js::Value payload) const {
  answer_request(turn, conn, method.id, method.method, std::move(payload));
}

void Call::refuse(std::string_view message, const std::optional<js::Value>& details) const {
  refuse_request(turn, conn, method.id, method.method,
                 wire::error_object(wire::ErrorCode::invalid_request, message, details));
}

void Call::unavailable(std::string_view message, const std::optional<js::Value>& details) const {
  refuse_request(turn, conn, method.id, method.method,
                 wire::error_object(wire::ErrorCode::unavailable, message, details));
}

void Call::thrown(std::string_view what) const { unavailable(format_thrown(what)); }

void answer_request(Turn& turn, const ConnectionKey& conn, const js::Value& id,
                    std::string_view method, js::Value payload) {
  turn.respond(conn, id, std::move(payload));
  forgive(turn, conn);
  answered(turn, conn, method, "ok");
}

void refuse_request(Turn& turn, const ConnectionKey& conn, const js::Value& id,
                    std::string_view method, const js::Value& error) {
  const std::string* message = js::string_member(error, "message");
  CHECK(message != nullptr);
  turn.respond_error(conn, id, error);
  answered(turn, conn, method, *message);
  if (message->starts_with("unauthorized role:")) {
    count_refusal(turn, conn);
  } else {
    forgive(turn, conn);
  }
}

std::string format_thrown(std::string_view what) {
  const std::string text = "Error: " + std::string(what);
  std::size_t units = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if ((byte & 0xC0U) == 0x80U) continue;  // inside a character
    units += byte >= 0xF0 ? 2 : 1;
    if (units > kThrownUnitsMax) return text.substr(0, at) + "...";
  }
  return text;
}

std::string text_in(const js::Value& record, std::string_view name) {
  const std::string* value = js::string_member(record, name);
  return value == nullptr ? std::string() : *value;
}

js::Value member_in(const js::Value& record, std::string_view name) {
  const js::Value* value = js::member(record, name);
  return value == nullptr ? js::Value() : *value;
}

js::Value text_list(const std::vector<std::string>& texts) { return store::list_value(texts); }

const store::Answer& answer_in(const Resume& resume) {
  const auto* answer = std::get_if<store::Answer>(&resume);
  CHECK(answer != nullptr);
  return *answer;
}

const store::Documents& documents_in(const Resume& resume) {
  const auto* documents = std::get_if<store::Documents>(&resume);
  CHECK(documents != nullptr);
  return *documents;
}

}  // namespace model::gateway
