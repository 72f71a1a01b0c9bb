#include "model/gateway/method_scopes.hpp"

#include <algorithm>
#include <array>

namespace model::gateway {
namespace {

constexpr std::string_view kRead = "operator.read";
constexpr std::string_view kWrite = "operator.write";
constexpr std::string_view kPairing = "operator.pairing";
constexpr std::string_view kApprovals = "operator.approvals";
constexpr std::string_view kAdmin = "operator.admin";

struct Row {
  std::string_view scope;
  std::string_view methods;  ///< separated by single blanks
};

// clang-format off
constexpr auto kScopes = std::to_array<Row>({
    {kPairing,
     "node.pair.request node.pair.list node.pair.reject node.pair.verify node.rename "
     "device.pair.list device.pair.approve device.pair.reject device.pair.remove "
     "device.token.rotate device.token.revoke"},
    {kApprovals,
     "exec.approval.request exec.approval.waitDecision exec.approval.resolve "
     "plugin.approval.request plugin.approval.waitDecision plugin.approval.resolve"},
    {kRead,
     "doctor.memory.status logs.tail channels.status status usage.status usage.cost "
     "tts.status tts.providers models.list tools.catalog tools.effective "
     "agents.list agent.identity.get agents.files.list agents.files.get skills.status voicewake.get "
     "sessions.list sessions.get sessions.preview sessions.resolve sessions.usage "
     "sessions.usage.timeseries sessions.usage.logs sessions.subscribe sessions.unsubscribe "
     "sessions.messages.subscribe sessions.messages.unsubscribe "
     "cron.list cron.status cron.runs gateway.identity.get system-presence last-heartbeat "
     "node.list node.describe chat.history config.get config.schema.lookup talk.config"},
    {kWrite,
     "node.pair.approve node.invoke node.pending.enqueue send poll agent agent.wait wake "
     "talk.mode talk.speak tts.enable tts.disable tts.convert tts.setProvider voicewake.set "
     "chat.send chat.abort sessions.create sessions.send sessions.steer sessions.abort "
     "browser.request push.test"},
    {kAdmin,  // listed only to be known: whatever is not listed needs it as well
     "connect channels.logout agents.create agents.update agents.delete agents.files.set "
     "skills.install skills.update secrets.reload secrets.resolve cron.add cron.update cron.remove "
     "cron.run sessions.patch sessions.reset sessions.delete sessions.compact chat.inject "
     "web.login.start web.login.wait set-heartbeats system-event "
     "config.set config.apply config.patch config.schema "
     "exec.approvals.get exec.approvals.set exec.approvals.node.get exec.approvals.node.set "
     "wizard.start wizard.next wizard.cancel wizard.status update.run"},
});
constexpr std::string_view kNodeMethods =
    "node.invoke.result node.event node.pending.drain node.canvas.capability.refresh "
    "node.pending.pull node.pending.ack skills.bins";
// clang-format on

bool lists(std::string_view names, std::string_view name) {
  for (std::size_t at = 0; at <= names.size();) {
    const std::size_t end = std::min(names.find(' ', at), names.size());
    if (names.substr(at, end - at) == name) return true;
    at = end + 1;
  }
  return false;
}

bool holds(const std::vector<std::string>& scopes, std::string_view scope) {
  return std::ranges::find(scopes, scope) != scopes.end();
}

}  // namespace

std::string_view required_scope(std::string_view method) {
  for (const Row& row : kScopes) {
    if (lists(row.methods, method)) return row.scope;
  }
  return kAdmin;
}

bool is_known_method(std::string_view method) {
  return method == "health" || is_node_method(method) ||
         std::ranges::any_of(kScopes, [&](const Row& row) { return lists(row.methods, method); });
}

bool is_node_method(std::string_view method) { return lists(kNodeMethods, method); }

std::optional<std::string> authorise(std::string_view method, std::string_view role,
                                     const std::vector<std::string>& scopes) {
  if (method == "health") return std::nullopt;
  const bool node = role == "node";
  if (is_node_method(method) != node) return "unauthorized role: " + std::string(role);
  if (node || holds(scopes, kAdmin)) return std::nullopt;
  const std::string_view needed = required_scope(method);
  if (holds(scopes, needed) || (needed == kRead && holds(scopes, kWrite))) return std::nullopt;
  return "missing scope: " + std::string(needed);
}

}  // namespace model::gateway
