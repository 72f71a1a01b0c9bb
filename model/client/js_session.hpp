// The machine of the JavaScript client's one session (docs/protocol/client.md section 2).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "model/base/machine.hpp"

namespace model::client {

enum class JsStage : std::uint8_t {
  idle,  ///< not started
  dialling,
  awaiting_challenge,
  awaiting_hello,
  open,
  closing,  ///< hung up; the close that answers it is still to come
  backing_off,
  stopped,  ///< no further attempt until somebody acts
};

enum class JsCue : std::uint8_t {
  start,             ///< told to, or the back-off is over
  endpoint_refused,  ///< C-1, C-2
  opened,
  certificate_refused,  ///< C-3
  challenge,
  challenge_unusable,  ///< nonce missing or blank
  challenge_timeout,
  hello,
  refusal,
  request_timeout,  ///< of `connect` itself
  tick_timeout,
  closed,           ///< to be retried (C-17)
  closed_for_good,  ///< C-16
};

// clang-format off
/// The whole session. Ending the program is not in it: it takes the memory away, stage and all.
inline constexpr auto kJsSession = std::to_array<Arrow<JsStage, JsCue>>({
    {JsStage::idle,               JsCue::start,               JsStage::dialling,           "start"},
    {JsStage::idle,               JsCue::endpoint_refused,    JsStage::stopped,            "plain ws:// beyond loopback, or a pin without TLS"},
    {JsStage::dialling,           JsCue::opened,              JsStage::awaiting_challenge, "the socket is up"},
    {JsStage::dialling,           JsCue::certificate_refused, JsStage::closing,            "another certificate than the pinned one"},
    {JsStage::dialling,           JsCue::closed,              JsStage::backing_off,        "no connection"},
    {JsStage::awaiting_challenge, JsCue::challenge,           JsStage::awaiting_hello,     "connect sent"},
    {JsStage::awaiting_challenge, JsCue::challenge_unusable,  JsStage::closing,            "a challenge without nonce"},
    {JsStage::awaiting_challenge, JsCue::challenge_timeout,   JsStage::closing,            "no challenge in time"},
    {JsStage::awaiting_challenge, JsCue::closed,              JsStage::backing_off,        "connection lost"},
    {JsStage::awaiting_hello,     JsCue::hello,               JsStage::open,               "hello-ok"},
    {JsStage::awaiting_hello,     JsCue::refusal,             JsStage::closing,            "connect refused"},
    {JsStage::awaiting_hello,     JsCue::request_timeout,     JsStage::closing,            "no answer in time"},
    {JsStage::awaiting_hello,     JsCue::challenge_unusable,  JsStage::closing,            "a challenge without nonce"},
    {JsStage::awaiting_hello,     JsCue::closed,              JsStage::backing_off,        "closed without an answer"},
    {JsStage::open,               JsCue::tick_timeout,        JsStage::closing,            "nothing heard for two intervals"},
    {JsStage::open,               JsCue::challenge_unusable,  JsStage::closing,            "a challenge without nonce"},
    {JsStage::open,               JsCue::closed,              JsStage::backing_off,        "session lost"},
    {JsStage::closing,            JsCue::closed,              JsStage::backing_off,        "closed, to be tried again"},
    {JsStage::closing,            JsCue::closed_for_good,     JsStage::stopped,            "closed, and trying again is no use"},
    {JsStage::backing_off,        JsCue::start,               JsStage::dialling,           "the back-off is over"},
    {JsStage::stopped,            JsCue::start,               JsStage::dialling,           "started again"},
    {JsStage::stopped,            JsCue::endpoint_refused,    JsStage::stopped,            "plain ws:// beyond loopback, or a pin without TLS"},
});
// clang-format on
static_assert(deterministic(kJsSession), "two arrows leave one stage on one cue");
static_assert(ends_only_in(kJsSession, {}), "a stage that nobody can leave");

[[nodiscard]] std::string_view name_of(JsStage stage);
[[nodiscard]] std::string_view name_of(JsCue cue);

}  // namespace model::client
