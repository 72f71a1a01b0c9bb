#include "model/client/credential_choice.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <optional>
#include <string>

namespace model::client {
namespace {

using Secret = std::optional<std::string>;

struct Row {
  const char* given;
  Credentials held;
  Attempt attempt = Attempt::ordinary;
  Secret token, bootstrap_token, device_token, password;
  const char* signed_secret = "";
  EndpointTrust trust = EndpointTrust::trusted;
};

void expect_row(const Row& row, const Choice& choice) {
  SCOPED_TRACE(row.given);
  EXPECT_EQ(choice.token, row.token);
  EXPECT_EQ(choice.bootstrap_token, row.bootstrap_token);
  EXPECT_EQ(choice.device_token, row.device_token);
  EXPECT_EQ(choice.password, row.password);
  EXPECT_EQ(choice.signature_token, row.signed_secret);
  EXPECT_EQ(choice.sends_auth(),
            row.token || row.bootstrap_token || row.device_token || row.password);
}

constexpr auto kRetry = Attempt::retry_with_stored_token;

TEST(JavaScriptChoice, IsTheTableOfSection24) {  // C-4 ... C-11
  const Row rows[] = {
      {.given = "nothing"},
      {.given = "R",
       .held = {.stored_device_token = "R"},
       .token = "R",
       .device_token = "R",
       .signed_secret = "R"},
      {.given = "B",
       .held = {.bootstrap_token = "B"},
       .bootstrap_token = "B",
       .signed_secret = "B"},
      {.given = "B, R",
       .held = {.bootstrap_token = "B", .stored_device_token = "R"},
       .token = "R",
       .device_token = "R",
       .signed_secret = "R"},
      {.given = "T", .held = {.token = "T"}, .token = "T", .signed_secret = "T"},
      {.given = "T, R",
       .held = {.token = "T", .stored_device_token = "R"},
       .token = "T",
       .signed_secret = "T"},
      {.given = "T, R, retry",
       .held = {.token = "T", .stored_device_token = "R"},
       .attempt = kRetry,
       .token = "T",
       .device_token = "R",
       .signed_secret = "T"},
      {.given = "P", .held = {.password = "P"}, .password = "P"},
      {.given = "P, R", .held = {.password = "P", .stored_device_token = "R"}, .password = "P"},
      {.given = "P, B",
       .held = {.bootstrap_token = "B", .password = "P"},
       .bootstrap_token = "B",
       .password = "P",
       .signed_secret = "B"},
      {.given = "E",
       .held = {.explicit_device_token = "E"},
       .token = "E",
       .device_token = "E",
       .signed_secret = "E"},
      {.given = "E, B, R",
       .held = {.bootstrap_token = "B", .explicit_device_token = "E", .stored_device_token = "R"},
       .token = "E",
       .device_token = "E",
       .signed_secret = "E"},
      {.given = "E, P",
       .held = {.explicit_device_token = "E", .password = "P"},
       .token = "E",
       .device_token = "E",
       .password = "P",
       .signed_secret = "E"},
      {.given = "T, E",
       .held = {.token = "T", .explicit_device_token = "E"},
       .token = "T",
       .device_token = "E",
       .signed_secret = "T"},
      {.given = "T, B",
       .held = {.token = "T", .bootstrap_token = "B"},
       .token = "T",
       .signed_secret = "T"},
  };
  for (const Row& row : rows) expect_row(row, choose_javascript(row.held, row.attempt, row.trust));
}

TEST(JavaScriptChoice, RetriesOnlyTowardsATrustedEndpointAndWithoutAnExplicitDeviceToken) {  // C-4
  const Credentials both{.token = "T", .stored_device_token = "R"};
  EXPECT_TRUE(choose_javascript(both, kRetry, EndpointTrust::trusted).retry_mode);
  EXPECT_FALSE(choose_javascript(both, kRetry, EndpointTrust::untrusted).retry_mode);
  Credentials with_explicit = both;
  with_explicit.explicit_device_token = "E";
  EXPECT_FALSE(choose_javascript(with_explicit, kRetry, EndpointTrust::trusted).retry_mode);
}

TEST(JavaScriptChoice, TakesAnEmptySecretForNone) {
  const Credentials held{.token = "", .bootstrap_token = "B", .stored_device_token = ""};
  EXPECT_EQ(choose_javascript(held, Attempt::ordinary, EndpointTrust::trusted).bootstrap_token,
            "B");
}

TEST(SwiftChoice, IsTheFirstColumnOfSection55) {
  const Row rows[] = {
      {.given = "nothing"},
      {.given = "R", .held = {.stored_device_token = "R"}, .token = "R", .signed_secret = "R"},
      {.given = "B",
       .held = {.bootstrap_token = "B"},
       .bootstrap_token = "B",
       .signed_secret = "B"},
      {.given = "B, R: the stored token wins",
       .held = {.bootstrap_token = "B", .stored_device_token = "R"},
       .token = "R",
       .signed_secret = "R"},
      {.given = "T", .held = {.token = "T"}, .token = "T", .signed_secret = "T"},
      {.given = "T, R",
       .held = {.token = "T", .stored_device_token = "R"},
       .token = "T",
       .signed_secret = "T"},
      {.given = "T, R, retry",
       .held = {.token = "T", .stored_device_token = "R"},
       .attempt = kRetry,
       .token = "T",
       .device_token = "R",
       .signed_secret = "T"},
      {.given = "T, R, retry, far",
       .held = {.token = "T", .stored_device_token = "R"},
       .attempt = kRetry,
       .token = "T",
       .signed_secret = "T",
       .trust = EndpointTrust::untrusted},
      {.given = "P", .held = {.password = "P"}, .password = "P"},
      {.given = "P, R", .held = {.password = "P", .stored_device_token = "R"}, .password = "P"},
      {.given = "P, B: the password stays at home",
       .held = {.bootstrap_token = "B", .password = "P"},
       .bootstrap_token = "B",
       .signed_secret = "B"},
      {.given = "P, B, R",
       .held = {.bootstrap_token = "B", .password = "P", .stored_device_token = "R"},
       .bootstrap_token = "B",
       .signed_secret = "B"},
      {.given = "T, P, B",
       .held = {.token = "T", .bootstrap_token = "B", .password = "P"},
       .token = "T",
       .signed_secret = "T"},
  };
  for (const Row& row : rows) expect_row(row, choose_swift(row.held, row.attempt, row.trust));
}

Credentials any_hand() {
  const auto maybe = [](const char* name) {
    return *rc::gen::element<Secret>(std::nullopt, Secret(""), Secret(name));
  };
  Credentials held;
  held.token = maybe("T");
  held.bootstrap_token = maybe("B");
  held.explicit_device_token = maybe("E");
  held.password = maybe("P");
  held.stored_device_token = maybe("R");
  return held;
}

/// K-20: the first member that is present among token, deviceToken and bootstrapToken.
std::string gateway_looks_for(const Choice& choice) {
  if (choice.token) return *choice.token;
  if (choice.device_token) return *choice.device_token;
  return choice.bootstrap_token.value_or("");
}

RC_GTEST_PROP(JavaScriptChoice, SignsWhatTheGatewayLooksFor, ()) {
  const auto attempt = *rc::gen::element(Attempt::ordinary, kRetry);
  const auto trust = *rc::gen::element(EndpointTrust::trusted, EndpointTrust::untrusted);
  const Choice choice = choose_javascript(any_hand(), attempt, trust);
  RC_ASSERT(choice.signature_token == gateway_looks_for(choice));
}

RC_GTEST_PROP(SwiftChoice, SignsWhatTheGatewayLooksForAndSendsOneForm, ()) {
  const auto attempt = *rc::gen::element(Attempt::ordinary, kRetry);
  const auto trust = *rc::gen::element(EndpointTrust::trusted, EndpointTrust::untrusted);
  Credentials held = any_hand();
  held.explicit_device_token.reset();
  const Choice choice = choose_swift(held, attempt, trust);
  RC_ASSERT(choice.signature_token == gateway_looks_for(choice));
  const int forms = int{choice.token.has_value()} + int{choice.bootstrap_token.has_value()} +
                    int{choice.password.has_value()};
  RC_ASSERT(forms <= 1);
  RC_ASSERT(!choice.device_token || choice.retry_mode);
}

}  // namespace
}  // namespace model::client
