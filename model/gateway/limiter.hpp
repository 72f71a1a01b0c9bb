// The rate limiter: failed attempts by scope and address, and who is locked out until when
// (docs/protocol/gateway.md section 2).
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/base/time.hpp"
#include "model/gateway/config.hpp"

namespace model::gateway {

/// What is counted. No release counts bootstrap tokens (G-6); policy `bootstrap.rate_limit` does.
enum class LimitScope : std::uint8_t { shared_secret, device_token, bootstrap };

/// "shared-secret", "device-token" or "bootstrap".
[[nodiscard]] std::string_view name_of(LimitScope scope);

/// A limiter's memory, as a value. Addresses are those of `limiter_ip`.
class Limiter {
 public:
  /// Failures of one address in one scope.
  struct Entry {
    std::vector<Instant> attempts;  ///< oldest first
    std::optional<Instant> locked_until;
    bool operator==(const Entry&) const = default;
  };
  struct Key {
    LimitScope scope{};
    std::string ip;
    auto operator<=>(const Key&) const = default;
  };

  Limiter() = default;
  explicit Limiter(LimiterRules rules, std::map<Key, Entry> entries = {})
      : rules_(rules), entries_(std::move(entries)) {}

  /// May this address try? Forgets a lock that is over, and attempts that left the window.
  [[nodiscard]] bool check(LimitScope scope, std::string_view ip, Instant now);
  /// Counts a failure; the one that reaches the maximum locks. While locked nothing is counted.
  void record_failure(LimitScope scope, std::string_view ip, Instant now);
  /// Forgets what was counted.
  void reset(LimitScope scope, std::string_view ip);
  /// Drops entries that say nothing any more; no later answer depends on it.
  void prune(Instant now);

  [[nodiscard]] const LimiterRules& rules() const { return rules_; }
  [[nodiscard]] const std::map<Key, Entry>& entries() const { return entries_; }
  bool operator==(const Limiter&) const = default;

 private:
  [[nodiscard]] bool exempt(std::string_view ip) const;
  void drop_old(Entry& entry, Instant now) const;

  LimiterRules rules_;
  std::map<Key, Entry> entries_;
};

/// G-5: the limiter for clients without an Origin exists only if rate limits are configured.
[[nodiscard]] std::optional<Limiter> normal_limiter(const Config& config);

/// G-5: the limiter for clients with an Origin always exists, and exempts nobody.
[[nodiscard]] Limiter browser_limiter(const Config& config);

}  // namespace model::gateway
