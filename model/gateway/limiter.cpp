#include "model/gateway/limiter.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "model/base/address.hpp"

namespace model::gateway {

std::string_view name_of(LimitScope scope) {
  switch (scope) {
    case LimitScope::shared_secret:
      return "shared-secret";
    case LimitScope::device_token:
      return "device-token";
    case LimitScope::bootstrap:
      return "bootstrap";
  }
  return {};
}

bool Limiter::exempt(std::string_view ip) const {
  if (!rules_.exempt_loopback) return false;
  const auto address = parse_address(ip);
  return address && is_loopback(*address);
}

void Limiter::drop_old(Entry& entry, Instant now) const {
  const auto in_window = [&](Instant attempt) { return now - attempt < rules_.window; };
  std::erase_if(entry.attempts, [&](Instant attempt) { return !in_window(attempt); });
}

bool Limiter::check(LimitScope scope, std::string_view ip, Instant now) {
  if (exempt(ip)) return true;
  const auto found = entries_.find(Key{scope, std::string(ip)});
  if (found == entries_.end()) return true;
  Entry& entry = found->second;
  if (entry.locked_until) {
    if (now < *entry.locked_until) return false;
    entry = {};
  }
  drop_old(entry, now);
  return entry.attempts.size() < static_cast<std::size_t>(std::max(rules_.max_attempts, 0));
}

void Limiter::record_failure(LimitScope scope, std::string_view ip, Instant now) {
  if (exempt(ip)) return;
  Entry& entry = entries_[Key{scope, std::string(ip)}];
  if (entry.locked_until && now < *entry.locked_until) return;
  drop_old(entry, now);
  entry.attempts.push_back(now);
  if (entry.attempts.size() >= static_cast<std::size_t>(std::max(rules_.max_attempts, 0))) {
    entry.locked_until = now + rules_.lockout;
  }
}

void Limiter::reset(LimitScope scope, std::string_view ip) {
  entries_.erase(Key{scope, std::string(ip)});
}

void Limiter::prune(Instant now) {
  for (auto item = entries_.begin(); item != entries_.end();) {
    Entry& entry = item->second;
    const bool locked = entry.locked_until && now < *entry.locked_until;
    if (!locked) drop_old(entry, now);
    item = !locked && entry.attempts.empty() ? entries_.erase(item) : std::next(item);
  }
}

std::optional<Limiter> normal_limiter(const Config& config) {
  if (!config.auth.rate_limit) return std::nullopt;
  return Limiter(*config.auth.rate_limit);
}

Limiter browser_limiter(const Config& config) {
  LimiterRules rules = config.auth.rate_limit.value_or(LimiterRules{});
  rules.exempt_loopback = false;
  return Limiter(rules);
}

}  // namespace model::gateway
