#include "model/gateway/node_commands.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <span>

#include "model/base/js_string.hpp"

namespace model::gateway {
namespace {

using Names = std::span<const std::string_view>;

constexpr auto kCanvas = std::to_array<std::string_view>(
    {"canvas.present", "canvas.hide", "canvas.navigate", "canvas.eval", "canvas.snapshot",
     "canvas.a2ui.push", "canvas.a2ui.pushJSONL", "canvas.a2ui.reset"});
constexpr auto kLook = std::to_array<std::string_view>({"camera.list", "location.get"});
constexpr auto kNotify = std::to_array<std::string_view>({"system.notify"});
constexpr auto kDevice = std::to_array<std::string_view>({"device.info", "device.status"});
constexpr auto kPersonal =
    std::to_array<std::string_view>({"contacts.search", "calendar.events", "reminders.list",
                                     "photos.latest", "motion.activity", "motion.pedometer"});
constexpr auto kAndroidOnly =
    std::to_array<std::string_view>({"notifications.list", "notifications.actions",
                                     "device.permissions", "device.health", "callLog.search"});
constexpr auto kSmsSearch = std::to_array<std::string_view>({"sms.search"});
constexpr auto kDesktop = std::to_array<std::string_view>(
    {"system.run.prepare", "system.run", "system.which", "system.notify", "browser.proxy"});

std::vector<std::string> joined(std::initializer_list<Names> parts) {
  std::vector<std::string> out;
  for (const Names part : parts) out.insert(out.end(), part.begin(), part.end());
  return out;
}

/// The table of section 9. What is dangerous (camera.snap, screen.record, sms.send, ...) is in no
/// row: only configuration allows it.
std::vector<std::string> defaults(std::string_view platform, const policy::Policy& policy) {
  if (platform == "ios") return joined({kCanvas, kLook, kDevice, kPersonal, kNotify});
  if (platform == "macos") return joined({kCanvas, kLook, kDevice, kPersonal, kDesktop});
  if (platform == "linux" || platform == "windows") return joined({kDesktop});
  if (platform == "android") {
    const bool sms = policy.sms_search == policy::SmsSearch::allowed;
    return joined({kCanvas, kLook, kDevice, kPersonal, kNotify, kAndroidOnly,
                   sms ? Names(kSmsSearch) : Names{}});
  }
  return joined({kCanvas, kLook, kNotify});
}

struct Clue {
  std::string_view text, platform;
};
// Tried from the top; "darwin" stands before "win", which it does not begin with but contains.
constexpr auto kPlatformPrefixes = std::to_array<Clue>({{"ios", "ios"},
                                                        {"android", "android"},
                                                        {"mac", "macos"},
                                                        {"darwin", "macos"},
                                                        {"win", "windows"},
                                                        {"linux", "linux"}});
constexpr auto kFamilyParts = std::to_array<Clue>({{"iphone", "ios"},
                                                   {"ipad", "ios"},
                                                   {"ios", "ios"},
                                                   {"android", "android"},
                                                   {"mac", "macos"},
                                                   {"windows", "windows"},
                                                   {"linux", "linux"}});

bool contains(const std::vector<std::string>& list, std::string_view item) {
  return std::ranges::find(list, item) != list.end();
}

}  // namespace

std::string platform_id(std::string_view platform, const std::optional<std::string>& family) {
  const std::string name = js::normalise_for_policy(platform);
  for (const auto& [prefix, id] : kPlatformPrefixes) {
    if (name.starts_with(prefix)) return std::string(id);
  }
  const std::string kind = js::normalise_for_policy(family.value_or(""));
  for (const auto& [part, id] : kFamilyParts) {
    if (kind.find(part) != std::string::npos) return std::string(id);
  }
  return "unknown";
}

std::vector<std::string> allow_list(std::string_view platform_id, const Config& config,
                                    const policy::Policy& policy) {
  std::vector<std::string> allowed = defaults(platform_id, policy);
  for (const std::string& command : config.nodes.allow_commands) {
    const std::string_view trimmed = js::trim(command);
    if (!trimmed.empty() && !contains(allowed, trimmed)) allowed.emplace_back(trimmed);
  }
  for (const std::string& command : config.nodes.deny_commands)
    std::erase(allowed, js::trim(command));
  return allowed;
}

std::vector<std::string> declared_commands(const std::optional<std::vector<std::string>>& commands,
                                           const std::vector<std::string>& allowed) {
  std::vector<std::string> declared;
  if (!commands) return declared;
  for (const std::string& command : *commands) {
    const std::string_view trimmed = js::trim(command);
    if (contains(allowed, trimmed)) declared.emplace_back(trimmed);
  }
  return declared;
}

std::vector<std::string> effective_commands(const std::vector<std::string>& declared,
                                            const js::Value* node_record,
                                            const policy::Policy& policy) {
  if (node_record == nullptr) {
    const bool without_record =
        policy.node_commands == policy::NodeCommands::paired_filter_if_record;
    return without_record ? declared : std::vector<std::string>{};
  }
  const js::Array* approved = js::array_member(*node_record, "commands");
  std::vector<std::string> effective;
  for (const std::string& command : declared) {
    if (approved != nullptr &&
        std::ranges::find(*approved, js::Value(command)) != approved->end()) {
      effective.push_back(command);
    }
  }
  return effective;
}

}  // namespace model::gateway
