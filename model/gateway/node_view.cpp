#include "model/gateway/node_view.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "model/base/js_string.hpp"
#include "model/gateway/locale_order.hpp"
#include "model/store/record.hpp"
#include "model/store/views.hpp"

namespace model::gateway {
namespace {

bool has(const std::vector<std::string>& list, std::string_view item) {
  return std::ranges::find(list, item) != list.end();
}

void drop_duplicates(std::vector<std::string>& list) {
  std::vector<std::string> once;
  for (std::string& item : list) {
    if (!has(once, item)) once.push_back(std::move(item));
  }
  list = std::move(once);
}

void trim_all(std::vector<std::string>& list) {
  for (std::string& item : list) item = std::string(js::trim(item));
  std::erase(list, "");
}

/// `caps` and `commands`. The short form drops duplicates before it trims, so that values that
/// differ only in blanks stay twice, and sorts by code units.
js::Value tidy(std::vector<std::string> list, policy::NodeListEntry form) {
  if (form == policy::NodeListEntry::short_form) {
    drop_duplicates(list);
    trim_all(list);
    std::ranges::stable_sort(list, js::utf16_less);
  } else {
    trim_all(list);
    drop_duplicates(list);
    std::ranges::stable_sort(list, locale_less);
  }
  return store::list_value(list);
}

js::Value permissions_of(const wire::ConnectParams& connect) {
  js::Object out;
  for (const auto& [name, value] : *connect.permissions) out.set(name, value);
  return out;
}

js::Value entry(const std::string& node_id, const js::Value* device, const Session* live,
                policy::NodeListEntry form) {
  const bool long_form = form == policy::NodeListEntry::with_client_and_approval;
  js::Object out{{"nodeId", node_id}};
  // The live session's text, else the paired record's.
  const auto put = [&](std::string_view name, const std::optional<std::string>& text) {
    if (text) {
      out.set(name, *text);
    } else {
      store::copy_member(out, device, name);
    }
  };
  const wire::ClientInfo none;
  const wire::ClientInfo& client = live == nullptr ? none : live->connect.client;
  const auto if_live = [&](const std::string& text) {
    return live == nullptr ? std::nullopt : std::optional(text);
  };
  put("displayName", client.display_name);
  put("platform", live == nullptr ? std::nullopt : std::optional(live->platform));
  if (live != nullptr) out.set("version", client.version);
  if (long_form) put("clientId", if_live(client.id));
  if (long_form) put("clientMode", if_live(client.mode));
  if (live != nullptr) out.set_if("deviceFamily", live->device_family);
  out.set_if("modelIdentifier", client.model_identifier);
  put("remoteIp", live == nullptr ? std::nullopt : live->reported_ip);
  const auto caps = live == nullptr ? std::nullopt : live->connect.caps;
  out.set("caps", tidy(caps.value_or(std::vector<std::string>{}), form));
  out.set("commands", tidy(live == nullptr ? std::vector<std::string>{} : live->commands, form));
  if (live != nullptr) {
    out.set_if("pathEnv", live->connect.path_env);
    if (live->connect.permissions) out.set("permissions", permissions_of(live->connect));
    out.set("connectedAtMs", live->connected_at.ms);
  }
  if (long_form) store::copy_member(out, device, "approvedAtMs");
  out.set("paired", device != nullptr);
  out.set("connected", live != nullptr);
  return out;
}

/// What the list is sorted by, computed once for each node.
struct Ranked {
  bool connected;
  std::string name, id;
  js::Value entry;
};

bool before(const Ranked& a, const Ranked& b) {
  if (a.connected != b.connected) return a.connected;
  if (a.name != b.name) return js::utf16_less(a.name, b.name);
  return locale_less(a.id, b.id);
}

}  // namespace

const Session* live_node(const Gateway& gateway, std::string_view node_id) {
  const auto& sessions = gateway.memory->node_sessions;
  const auto found = sessions.find(std::string(node_id));
  if (found == sessions.end()) return nullptr;
  const auto connection = gateway.connections.find(found->second);
  if (connection == gateway.connections.end() || !connection->second->session) return nullptr;
  return &**connection->second->session;
}

std::vector<js::Value> known_nodes(const Gateway& gateway, const store::Documents& devices) {
  const policy::Policy& policy = *gateway.policy;
  std::map<std::string, std::optional<js::Value>> by_id;
  for (const js::Value& device : store::list_paired(devices)) {
    const std::string* id = js::string_member(device, "deviceId");
    if (id != nullptr && has(store::effective_roles(device, policy), "node")) by_id[*id] = device;
  }
  for (const auto& [id, conn] : gateway.memory->node_sessions) by_id.try_emplace(id);

  std::vector<Ranked> ranked;
  for (const auto& [id, device] : by_id) {
    const Session* live = live_node(gateway, id);
    if (!device && live == nullptr) continue;
    js::Value shown = entry(id, device ? &*device : nullptr, live, policy.node_list_entry);
    const std::string* name = js::string_member(shown, "displayName");
    ranked.push_back(
        {live != nullptr, js::lower_unicode(name == nullptr ? id : *name), id, std::move(shown)});
  }
  std::ranges::stable_sort(ranked, before);
  std::vector<js::Value> nodes;
  for (Ranked& node : ranked) nodes.push_back(std::move(node.entry));
  return nodes;
}

}  // namespace model::gateway
