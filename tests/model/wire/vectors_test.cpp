// Recorded answers of the real gateway (tests/vectors), as far as the wire alone decides them: the
// stages W-33 to W-39 of a first message, W-43 and W-44 of later ones, and parameters of methods.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <sstream>

#include "model/wire/frame.hpp"
#include "model/wire/limits.hpp"
#include "model/wire/method_params.hpp"
#include "tests/support/source_dir.hpp"

namespace model::wire {
namespace {

using js::member;
using js::string_member;
using js::Value;

/// What one step made the gateway do.
struct Observed {
  const Value* response = nullptr;  ///< null: none
  std::string message;              ///< of the error, "" if there is none
  std::optional<CloseFrame> close;
  bool carried_out = false;
};

Observed read_observed(const Value& observed) {
  Observed read;
  const Value* response = member(observed, "response");
  read.carried_out = response != nullptr;
  if (response != nullptr && response->is_object()) {
    read.response = response;
    if (const Value* error = member(*response, "error"))
      read.message = *string_member(*error, "message");
  }
  if (const Value* close = member(observed, "close"); close != nullptr && close->is_object()) {
    read.close = CloseFrame{static_cast<int>(member(*close, "code")->integer()),
                            *string_member(*close, "reason")};
  }
  return read;
}

std::string decode_base64(std::string_view text) {
  static constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  unsigned bits = 0;
  int count = 0;
  for (const char letter : text) {
    const std::size_t digit = kAlphabet.find(letter);
    if (digit == std::string_view::npos) break;
    bits = bits << 6 | static_cast<unsigned>(digit);
    count += 6;
    if (count >= 8) bytes.push_back(static_cast<char>(bits >> (count -= 8) & 0xff));
  }
  return bytes;
}

std::string message_bytes(const Value& step) {
  if (const std::string* text = string_member(step, "text")) return *text;
  if (const std::string* base64 = string_member(step, "base64")) return decode_base64(*base64);
  const Value& repeat = *member(step, "repeat");
  std::string bytes = *string_member(repeat, "prefix");
  for (std::int64_t i = member(repeat, "count")->integer(); i > 0; --i) {
    bytes += *string_member(repeat, "unit");
  }
  return bytes + *string_member(repeat, "suffix");
}

/// The frame of a `connect` step as section 5 of tests/vectors/README.md builds it, with any texts
/// where a real proof would stand.
std::string connect_bytes(const Value& step) {
  js::Object params;
  const Value* protocol = member(step, "protocol");
  const auto version = [&](const char* name) -> Value {
    const Value* given = protocol != nullptr ? member(*protocol, name) : nullptr;
    return given != nullptr ? *given : Value(3);
  };
  params.set("minProtocol", version("min"));
  params.set("maxProtocol", version("max"));
  for (const char* name : {"client", "role", "scopes", "caps", "commands", "auth"}) {
    if (const Value* given = member(step, name)) params.set(name, *given);
  }
  if (string_member(step, "device") != nullptr) {
    const Value& sign = *member(step, "sign");
    const std::string* nonce = string_member(sign, "nonce");
    js::Object device{{"id", "x"},
                      {"publicKey", "x"},
                      {"signature", "x"},
                      {"signedAt", 1},
                      {"nonce", nonce != nullptr && *nonce == "empty" ? "" : "x"}};
    if (const js::Array* omitted = js::array_member(sign, "omit")) {
      for (const Value& name : *omitted) device.erase(name.string());
    }
    params.set("device", std::move(device));
  }
  if (const Value* extra = member(step, "extra")) {
    for (const js::Member& at : extra->object()) params.set(at.name, at.value);
  }
  return write(
      RequestFrame{.id = "connect", .method = "connect", .params = Value(std::move(params))});
}

/// What the wire says to a first message; none if that is for later stages to say.
std::optional<RefusedRequest> refusal_of(Opcode opcode, const std::string& bytes) {
  if (bytes.size() > kPreauthMessageBytesMax) return RefusedRequest{"", {{}, too_big_close()}};
  const auto text = decode_message(opcode, bytes);
  if (!text) return RefusedRequest{"", {{}, invalid_utf8_close()}};
  const auto read = read_first_message(*text);
  if (const auto* refused = std::get_if<RefusedRequest>(&read)) return *refused;
  const auto& request = std::get<ConnectRequest>(read);
  if (auto refusal = check_protocol(request.params)) return RefusedRequest{request.id, *refusal};
  if (auto refusal = check_role(request.params)) return RefusedRequest{request.id, *refusal};
  return std::nullopt;
}

bool is_wire_refusal(const Observed& observed) {
  for (const char* text :
       {"invalid connect params: ", "invalid handshake: ", "protocol mismatch", "invalid role"}) {
    if (observed.message.starts_with(text)) return true;
  }
  if (!observed.close) return false;
  return (observed.response == nullptr && observed.close->code == 1008) ||
         observed.close->code == 1007 || observed.close->code == 1009;
}

/// Plays the steps of one vector, as far as they are about messages.
class Player {
 public:
  explicit Player(const Value& vector) : vector_(vector) {}

  void play() {
    const js::Array& steps = *js::array_member(vector_, "steps");
    const js::Array& observed = *js::array_member(vector_, "observed");
    ASSERT_EQ(steps.size(), observed.size());
    for (std::size_t i = 0; i < steps.size(); ++i) {
      SCOPED_TRACE(*string_member(vector_, "id") + " step " + std::to_string(i));
      step(steps[i], observed[i]);
    }
  }

  int compared = 0;  ///< messages whose answer the wire decided

 private:
  void step(const Value& step, const Value& observed_json) {
    const Observed observed = read_observed(observed_json);
    for (const Value& closed : closed_elsewhere(observed_json))
      sessions_.erase(*string_member(closed, "conn"));
    const std::string& what = *string_member(step, "do");
    const std::string* conn = string_member(step, "conn");
    if (what == "restart_gateway") sessions_.clear();
    if (what == "disconnect") sessions_.erase(*conn);
    if (!observed.carried_out) return;
    if (what == "connect" || what == "raw_frame") {
      const bool raw = what == "raw_frame";
      const std::string bytes = raw ? message_bytes(step) : connect_bytes(step);
      const Value* binary = member(step, "binary");
      const Opcode opcode = binary != nullptr && binary->boolean() ? Opcode::binary : Opcode::text;
      if (sessions_.contains(*conn)) {
        later_message(opcode, bytes, observed, raw);
      } else {
        first_message(opcode, bytes, observed, raw);
      }
    }
    if (what == "call") call(step, observed);
    note_session(*conn, observed);
  }

  static js::Array closed_elsewhere(const Value& observed) {
    const js::Array* closed = js::array_member(observed, "closed");
    return closed != nullptr ? *closed : js::Array();
  }

  void note_session(const std::string& conn, const Observed& observed) {
    if (observed.close) {
      sessions_.erase(conn);
    } else if (observed.response != nullptr) {
      const Value* payload = member(*observed.response, "payload");
      const std::string* type = payload != nullptr ? string_member(*payload, "type") : nullptr;
      if (type != nullptr && *type == "hello-ok") sessions_.insert(conn);
    }
  }

  void first_message(Opcode opcode, const std::string& bytes, const Observed& observed, bool raw) {
    const auto refused = refusal_of(opcode, bytes);
    if (!refused) {
      EXPECT_FALSE(is_wire_refusal(observed)) << observed.message;
      return;
    }
    ++compared;
    EXPECT_EQ(observed.close, refused->refusal.close);
    expect_answer(refused->id, refused->refusal.error, observed, raw);
  }

  void later_message(Opcode opcode, const std::string& bytes, const Observed& observed, bool raw) {
    const auto text = decode_message(opcode, bytes);
    if (!text) {
      ++compared;
      EXPECT_EQ(observed.close, invalid_utf8_close());
      return;
    }
    const auto read = read_request(*text);
    if (std::holds_alternative<Unparsable>(read)) {
      ++compared;
      EXPECT_EQ(observed.response, nullptr) << "W-43";
      EXPECT_FALSE(observed.close);
    } else if (const auto* bad = std::get_if<BadRequestFrame>(&read)) {
      ++compared;
      EXPECT_FALSE(observed.close);
      expect_answer(bad->id, bad_request_error(*bad), observed, raw);
    } else {
      EXPECT_FALSE(observed.message.starts_with("invalid request frame")) << observed.message;
    }
  }

  void call(const Value& step, const Observed& observed) {
    const std::string& method = *string_member(step, "method");
    RequestFrame frame{.id = "1", .method = method};
    if (const Value* params = member(step, "params")) frame.params = *params;
    const auto read = read_request(write(frame));
    if (const auto* bad = std::get_if<BadRequestFrame>(&read)) {
      ++compared;
      expect_answer(bad->id, bad_request_error(*bad), observed, /*with_id=*/false);
      return;
    }
    const auto text = method_violations(method, std::get<RequestFrame>(read).params);
    if (observed.message.starts_with("missing scope: ") ||
        observed.message.starts_with("unauthorized role: ")) {
      return;  // W-45 and W-46 come first
    }
    if (method_schema(method) == nullptr) return;
    ++compared;
    if (text) {
      expect_answer(Value("1"), invalid_params_error(method, *text), observed, /*with_id=*/false);
    } else {
      EXPECT_FALSE(observed.message.starts_with("invalid " + method + " params"))
          << observed.message;
    }
  }

  static void expect_answer(const Value& id, const std::optional<Value>& error,
                            const Observed& observed, bool with_id) {
    if (!error) {
      EXPECT_EQ(observed.response, nullptr);
      return;
    }
    ASSERT_NE(observed.response, nullptr) << "we say " << js::dump(*error);
    js::Object ours;
    if (with_id) ours.set("id", id);
    ours.set("ok", false);
    ours.set("error", *error);
    EXPECT_TRUE(js::same_json(*observed.response, ours))
        << "recorded " << js::dump(*observed.response) << "\n    ours " << js::dump(ours);
  }

  const Value& vector_;
  std::set<std::string> sessions_;  // connections whose handshake is done
};

TEST(Vectors, AgreeWhereTheWireDecides) {
  std::map<std::string, int> compared;  // by family
  for (const char* revision : {"2026.3.28", "2026.3.31"}) {
    std::istringstream lines(
        tests::read_source(std::string("tests/vectors/") + revision + ".jsonl"));
    for (std::string line; std::getline(lines, line);) {
      const auto vector = js::parse(line);
      ASSERT_TRUE(vector) << vector.error().message;
      SCOPED_TRACE(revision);
      Player player(*vector);
      player.play();
      const std::string& id = *string_member(*vector, "id");
      compared[id.substr(0, id.find('/'))] += player.compared;
      if (HasFailure()) return;  // one is enough to read
    }
  }
  EXPECT_GT(compared["frame"], 130);
  EXPECT_GT(compared["protocol"], 20);
  EXPECT_GT(compared["approval"], 50);
  EXPECT_GT(compared["node-gating"], 50);
  EXPECT_GT(compared["extra"], 50);
}

}  // namespace
}  // namespace model::wire
