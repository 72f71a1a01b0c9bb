// What a client reads out of a gateway's answers (docs/protocol/wire.md sections 9 and 12).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/json.hpp"
#include "model/base/time.hpp"
#include "model/client/retry.hpp"

namespace model::client {

/// What a refusal says of itself (wire.md section 12).
struct Refusal {
  std::string message;
  std::string code;  ///< of `details`, empty if there is none
  std::string request_id;
  std::string recommended_next_step;
  bool can_retry_with_device_token = false;

  [[nodiscard]] RetryOffer offer() const {
    return {code, can_retry_with_device_token, recommended_next_step};
  }
  /// "message (CODE)", as a timeline tells it.
  [[nodiscard]] std::string words() const;
};

[[nodiscard]] Refusal read_refusal(const js::Value& error);

/// The device token in a `hello-ok` (wire.md section 9), if one was issued.
struct IssuedToken {
  std::string token;
  std::optional<std::string> role;
  std::vector<std::string> scopes;
};

[[nodiscard]] std::optional<IssuedToken> issued_token(const js::Value& hello);

/// `policy.tickIntervalMs` of a `hello-ok`, else 30,000 ms.
[[nodiscard]] Millis tick_interval(const js::Value& hello);

}  // namespace model::client
