#include "model/client/js_session.hpp"

namespace model::client {

std::string_view name_of(JsStage stage) {
  constexpr auto kNames =
      std::to_array<std::string_view>({"idle", "dialling", "awaiting_challenge", "awaiting_hello",
                                       "open", "closing", "backing_off", "stopped"});
  return kNames.at(static_cast<std::size_t>(stage));
}

std::string_view name_of(JsCue cue) {
  constexpr auto kNames = std::to_array<std::string_view>(
      {"start", "endpoint_refused", "opened", "certificate_refused", "challenge",
       "challenge_unusable", "challenge_timeout", "hello", "refusal", "request_timeout",
       "tick_timeout", "closed", "closed_for_good"});
  return kNames.at(static_cast<std::size_t>(cue));
}

}  // namespace model::client
