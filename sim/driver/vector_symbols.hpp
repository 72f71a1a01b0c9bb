// The references of a vector, in and out: $-names in inputs become what they stand for, and tokens,
// ids, keys and instants in outputs become names again (tests/vectors/README.md sections 2 and 8).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/base/json.hpp"
#include "model/base/time.hpp"
#include "model/crypto/identity.hpp"
#include "sim/driver/vector.hpp"

namespace sim {

/// Value of $SHARED, $PASSWORD or $WRONG; none for every other text.
[[nodiscard]] std::optional<std::string> resolve_secret(std::string_view text,
                                                        const VectorSecrets& secrets);

/// `$D0.node` or `$D0.node.1` taken apart.
struct TokenReference {
  std::string device, role;
  std::size_t number = 0;  ///< of the distinct tokens received, from 1; 0: the latest
};

/// What the devices and operators of one story have been shown, and by which names.
class VectorSymbols {
 public:
  VectorSymbols(const std::vector<std::string>& devices, const VectorSecrets& secrets,
                model::Instant start);

  void learn_bootstrap(const std::string& label, const std::string& token);
  /// A device receives a token; one that it received before changes nothing.
  void learn_token(const std::string& device, const std::string& role, const std::string& token);
  void learn_request(const std::string& device, const std::string& request_id);
  void learn_node_request(const std::string& device, const std::string& request_id);
  void learn_node_token(const std::string& device, const std::string& token);

  /// What a reference stands for; none if the text is no reference or has no value (yet).
  [[nodiscard]] std::optional<std::string> resolve(std::string_view text) const;
  /// A reference to a device token, whether or not it has a value.
  [[nodiscard]] std::optional<TokenReference> device_token(std::string_view text) const;
  /// Every string that is a reference with a value replaced; others are sent as they stand.
  [[nodiscard]] model::js::Value resolve_values(const model::js::Value& value) const;
  /// The same for member names too, and "@-500" is the instant 500 ms before the start: the form
  /// of `seed_store` values.
  [[nodiscard]] model::js::Value resolve_seed(const model::js::Value& value) const;

  /// The key of a device of the story, or of any other name.
  [[nodiscard]] model::crypto::KeyPair key_of(const std::string& device) const;
  /// The device with this id; none if no device of the story has it.
  [[nodiscard]] std::optional<std::string> device_with_id(std::string_view id) const;

  /// Names in place of tokens, ids, keys and instants. `$R` and `$T` are numbered by first
  /// appearance over all calls.
  [[nodiscard]] model::js::Value name_outputs(const model::js::Value& value);

 private:
  struct Known {
    model::crypto::KeyPair key;
    std::string id, public_key;
    std::map<std::string, std::vector<std::string>> tokens;  ///< by role, distinct, oldest first
    std::string request, node_request, node_token;           ///< empty: none yet
  };
  [[nodiscard]] const Known* known(std::string_view device) const;
  [[nodiscard]] std::string name_of(const std::string& text);

  VectorSecrets secrets_;
  model::Instant start_;
  std::map<std::string, Known, std::less<>> devices_;
  std::map<std::string, std::string, std::less<>> bootstrap_;  ///< label to token
  std::map<std::string, std::string> names_;                   ///< value to name
  int requests_named_ = 0, tokens_named_ = 0;
};

}  // namespace sim
