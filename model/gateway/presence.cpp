#include "model/gateway/presence.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "model/base/js_string.hpp"

namespace model::gateway {
namespace {

constexpr Millis kLife{300'000};
constexpr std::size_t kEntriesMax = 200;

bool expired(const PresenceEntry& entry, Instant now) { return now - entry.ts > kLife; }

std::string normalised(std::string_view key) { return js::lower_unicode(js::trim(key)); }

/// Trimmed, blanks dropped, each once, first-seen order.
void unite(std::vector<std::string>& all, const std::vector<std::string>& more) {
  for (const std::string& item : more) {
    const std::string_view trimmed = js::trim(item);
    if (trimmed.empty() || std::ranges::find(all, trimmed) != all.end()) continue;
    all.emplace_back(trimmed);
  }
}

/// Drops what has expired, then the longest untouched ones beyond the limit.
void prune(Presence& presence, Instant now) {
  std::erase_if(presence.entries, [&](const auto& item) { return expired(item.second, now); });
  while (presence.entries.size() > kEntriesMax) {
    presence.entries.erase(std::ranges::min_element(
        presence.entries, {}, [](const auto& item) { return item.second.ts; }));
  }
}

js::Array texts(const std::vector<std::string>& list) { return {list.begin(), list.end()}; }

js::Value shown(const PresenceEntry& entry) {
  js::Object out{{"host", entry.host}};
  out.set_if("ip", entry.ip);
  out.set_if("version", entry.version);
  out.set_if("platform", entry.platform);
  out.set_if("deviceFamily", entry.device_family);
  out.set_if("modelIdentifier", entry.model_identifier);
  out.set_if("mode", entry.mode);
  out.set_if("deviceId", entry.device_id);
  if (!entry.roles.empty()) out.set("roles", texts(entry.roles));
  if (!entry.scopes.empty()) out.set("scopes", texts(entry.scopes));
  out.set_if("instanceId", entry.instance_id);
  out.set_if("reason", entry.reason);
  out.set("ts", entry.ts.ms);
  out.set("text", "Node: " + entry.host + " · mode " + entry.mode.value_or("unknown"));
  return out;
}

}  // namespace

void upsert(Presence& presence, std::string_view key, const PresenceEntry& entry, Instant now) {
  PresenceEntry& kept = presence.entries[normalised(key)];
  PresenceEntry merged = entry;
  merged.roles = std::move(kept.roles);
  merged.scopes = std::move(kept.scopes);
  unite(merged.roles, entry.roles);
  unite(merged.scopes, entry.scopes);
  merged.ts = now;
  kept = std::move(merged);
  prune(presence, now);
}

void mark_disconnected(Presence& presence, std::string_view key, Instant now) {
  PresenceEntry& kept = presence.entries[normalised(key)];
  if (kept.host.empty()) kept.host = "unknown";  // it expired while the session was open
  kept.reason = "disconnect";
  kept.ts = now;
  prune(presence, now);
}

js::Value list(const Presence& presence, Instant now) {
  std::vector<const PresenceEntry*> alive;
  for (const auto& [key, entry] : presence.entries) {
    if (!expired(entry, now)) alive.push_back(&entry);
  }
  std::ranges::stable_sort(alive, [](const auto* a, const auto* b) { return a->ts > b->ts; });
  js::Array out;
  for (const PresenceEntry* entry : alive) out.push_back(shown(*entry));
  return out;
}

}  // namespace model::gateway
