// docs/protocol/wire.md sections 1, 4, 7 and 8.
#include "model/wire/frame.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/arbitrary_json.hpp"

namespace model::wire {
namespace {

TEST(Message, IsDecodedByItsOpcode) {  // W-3, W-4, W-24
  EXPECT_EQ(decode_message(Opcode::text, "\u00e9"), "\u00e9");
  EXPECT_EQ(decode_message(Opcode::text, "\xff"), std::nullopt);
  EXPECT_EQ(decode_message(Opcode::text, "\xed\xa0\x80"), std::nullopt);
  EXPECT_EQ(decode_message(Opcode::binary, "\"\xff\""), "\"\ufffd\"");
  EXPECT_EQ(decode_message(Opcode::text, "\ufeff{}"), "\ufeff{}");
  EXPECT_TRUE(std::holds_alternative<Unparsable>(read_request("\ufeff{}")));
}

TEST(RequestFrame, TellsAbsentFromNullParams) {  // 4.1
  const auto absent = read_request(R"({"type":"req","id":"1","method":"m"})");
  const auto null = read_request(R"({"method":"m","id":"1","params":null,"type":"req"})");
  EXPECT_EQ(std::get<RequestFrame>(absent).params, std::nullopt);
  EXPECT_EQ(std::get<RequestFrame>(null).params, js::Value());
  EXPECT_EQ(write(std::get<RequestFrame>(absent)), R"({"type":"req","id":"1","method":"m"})");
  EXPECT_EQ(write(std::get<RequestFrame>(null)),
            R"({"type":"req","id":"1","method":"m","params":null})");
}

TEST(RequestFrame, EchoesTheIdAsItStands) {  // W-44
  struct Row {
    const char *text, *id, *wrong;
  };
  const Row rows[] = {
      {R"({"id":7})", "7",
       "must have required property 'type'; must have required property 'method'; at /id: must be "
       "string"},
      {R"({"id":null,"type":"req","method":"m"})", R"("invalid")", "at /id: must be string"},
      {R"({"id":"","type":"req","method":"m"})", R"("")",
       "at /id: must NOT have fewer than 1 characters"},
      {R"({"id":[1],"type":"req","method":"m"})", "[1]", "at /id: must be string"},
      {R"({"id":"a","type":"REQ","method":""})", R"("a")",
       "at /type: must be equal to constant; at /method: must NOT have fewer than 1 characters"},
      {R"({"id":"a","type":5,"method":"m"})", R"("a")",
       "at /type: must be string; at /type: must be equal to constant"},
      {R"({"id":"a","type":"req","method":"m","pad":1})", R"("a")",
       "at root: unexpected property 'pad'"},
      {R"({})", R"("invalid")",
       "must have required property 'type'; must have required property 'id'; must have required "
       "property "
       "'method'"},
      {R"([{"id":"a"}])", R"("invalid")", "must be object"},
      {R"("text")", R"("invalid")", "must be object"},
      {R"(null)", R"("invalid")", "must be object"},
  };
  for (const Row& row : rows) {
    const auto read = read_request(row.text);
    const auto* bad = std::get_if<BadRequestFrame>(&read);
    ASSERT_NE(bad, nullptr) << row.text;
    EXPECT_EQ(bad->text, row.wrong) << row.text;
    EXPECT_EQ(
        write_error(bad->id, bad_request_error(*bad)),
        std::string(R"({"type":"res","id":)") + row.id +
            R"(,"ok":false,"error":{"code":"INVALID_REQUEST","message":"invalid request frame: )" +
            row.wrong + "\"}}");
  }
}

TEST(FirstMessage, IsRefusedStageByStage) {  // W-34 to W-37
  const auto refused = [](const std::string& text) {
    return std::get<RefusedRequest>(read_first_message(text));
  };
  EXPECT_EQ(refused(""), (RefusedRequest{"", unparsable()}));
  EXPECT_EQ(refused("{"), (RefusedRequest{"", unparsable()}));
  EXPECT_EQ(refused(R"({"type":"req","id":"1","method":"connect","x":1})"),
            (RefusedRequest{"", invalid_request_frame()}))
      << "no answer, although the id would do";
  EXPECT_EQ(refused(R"({"type":"req","id":"1","method":"health"})"),
            (RefusedRequest{"1", first_request_must_be_connect()}));
  EXPECT_EQ(refused(R"({"type":"req","id":"1","method":"connect"})"),
            (RefusedRequest{"1", invalid_connect_params("must be object")}));
  EXPECT_EQ(refused(R"({"type":"req","id":"1","method":"connect","params":null})"),
            (RefusedRequest{"1", invalid_connect_params("must be object")}));
}

TEST(FirstMessage, IsAConnectRequest) {
  const auto read = read_first_message(
      R"({"type":"req","id":"1","method":"connect","params":{"minProtocol":3,"maxProtocol":3,)"
      R"("client":{"id":"cli","version":"1","platform":"p","mode":"cli"}}})");
  const auto* request = std::get_if<ConnectRequest>(&read);
  ASSERT_NE(request, nullptr);
  EXPECT_EQ(request->id, "1");
  EXPECT_EQ(request->params.client.platform, "p");
}

TEST(GatewayFrame, IsWrittenInOrder) {  // section 4
  EXPECT_EQ(write_response("1", std::nullopt), R"({"type":"res","id":"1","ok":true})");
  EXPECT_EQ(write_response("1", js::Value()),
            R"({"type":"res","id":"1","ok":true,"payload":null})");
  EXPECT_EQ(write(EventFrame{.event = "tick"}), R"({"type":"event","event":"tick"})");
  EXPECT_EQ(
      write(EventFrame{.event = "presence",
                       .payload = js::Array(),
                       .seq = 7,
                       .state_version = StateVersion{.presence = 2, .health = 1}}),
      R"({"type":"event","event":"presence","payload":[],"seq":7,"stateVersion":{"presence":2,"health":1}})");
}

TEST(GatewayFrame, IsReadByTheTables) {  // 4.2 to 4.4
  EXPECT_EQ(std::get<ResponseFrame>(*read_gateway_frame(R"({"type":"res","id":"1","ok":true})")),
            (ResponseFrame{.id = "1", .ok = true}));
  const auto refusal =
      read_gateway_frame(write_error("1", error_object(ErrorCode::not_paired, "m")));
  EXPECT_EQ(js::dump(*std::get<ResponseFrame>(*refusal).error),
            R"({"code":"NOT_PAIRED","message":"m"})");
  for (const char* no :
       {"", "{}", "[]", R"({"type":"req","id":"1","method":"m"})", R"({"type":"res","id":"1"})",
        R"({"type":"res","id":"","ok":true})", R"({"type":"res","id":"1","ok":true,"x":1})",
        R"({"type":"res","id":"1","ok":false,"error":{"code":"X"}})",
        R"({"type":"event","event":""})", R"({"type":"event","event":"e","seq":-1})",
        R"({"type":"event","event":"e","stateVersion":{"presence":1}})"}) {
    EXPECT_FALSE(read_gateway_frame(no)) << no;
  }
}

RC_GTEST_PROP(GatewayFrame, ReadsBackWhatItWrites, ()) {
  EventFrame event{.event = "e" + *tests::wtf8_text()};
  if (*rc::gen::inRange(0, 2)) event.payload = *tests::json_value(2);
  if (*rc::gen::inRange(0, 2)) event.seq = *rc::gen::inRange(0, 1'000'000);
  if (*rc::gen::inRange(0, 2)) event.state_version = StateVersion{.presence = 1, .health = 2};
  RC_ASSERT(read_gateway_frame(write(event)) == GatewayFrame(event));
  const js::Value payload = *tests::json_value(2);
  const auto response = read_gateway_frame(write_response("id", payload));
  RC_ASSERT(response == GatewayFrame(ResponseFrame{.id = "id", .ok = true, .payload = payload}));
}

RC_GTEST_PROP(RequestFrame, ReadsBackWhatItWrites, ()) {
  RequestFrame frame{.id = "i" + *tests::wtf8_text(), .method = "m" + *tests::wtf8_text()};
  if (*rc::gen::inRange(0, 2)) frame.params = *tests::json_value(2);
  RC_ASSERT(read_request(write(frame)) == ReadRequest(frame));
}

RC_GTEST_PROP(RequestFrame, AnswersAnyJson, ()) {
  const std::string text = js::dump(*tests::json_value());
  RC_ASSERT(!std::holds_alternative<Unparsable>(read_request(text)));
  RC_ASSERT(std::holds_alternative<RefusedRequest>(read_first_message(text)));
}

}  // namespace
}  // namespace model::wire
