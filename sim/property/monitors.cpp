#include "sim/property/monitors.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/base/js_string.hpp"
#include "model/base/json.hpp"
#include "model/crypto/identity.hpp"
#include "model/store/views.hpp"

namespace sim::property {
namespace {

using model::gateway::Fact;
using model::gateway::FactKind;
namespace js = model::js;

constexpr std::string_view kBootstrapFile = "devices/bootstrap.json";
constexpr std::string_view kPairedFile = "devices/paired.json";

std::vector<std::string> split(std::string_view joined) {
  std::vector<std::string> parts;
  while (!joined.empty()) {
    const std::size_t comma = std::min(joined.find(','), joined.size());
    if (comma > 0) parts.emplace_back(joined.substr(0, comma));
    joined.remove_prefix(std::min(comma + 1, joined.size()));
  }
  return parts;
}

std::string peer_of(std::string_view conn) { return std::string(conn.substr(0, conn.rfind('/'))); }

/// "gw2 phone/1" of "gw2: rename devices/paired.json for phone/1#1"; empty for other keys.
std::string writer_of(std::string_view key) {
  constexpr std::string_view kFor = " for ";
  const std::size_t colon = key.find(": rename ");
  const std::size_t at = key.rfind(kFor);
  if (colon == std::string_view::npos || at == std::string_view::npos) return {};
  const std::string_view handler = key.substr(at + kFor.size());
  return fmt::format("{} {}", key.substr(0, colon), handler.substr(0, handler.rfind('#')));
}

std::vector<std::string> strings(const js::Value* list) {
  std::vector<std::string> texts;
  if (list == nullptr || !list->is_array()) return texts;
  for (const js::Value& element : list->array()) {
    if (element.is_string()) texts.push_back(element.string());
  }
  return texts;
}

/// The credential of a connect frame; none if the text is no connect frame or carries none.
std::optional<std::string> bootstrap_token_in(const std::string& text) {
  if (text.find("bootstrapToken") == std::string::npos) return std::nullopt;
  const auto frame = js::parse(text);
  if (!frame) return std::nullopt;
  const std::string* method = js::string_member(*frame, "method");
  const js::Value* params = js::member(*frame, "params");
  if (method == nullptr || *method != "connect" || params == nullptr) return std::nullopt;
  const js::Value* auth = js::member(*params, "auth");
  const std::string* token = auth == nullptr ? nullptr : js::string_member(*auth, "bootstrapToken");
  return token == nullptr ? std::nullopt : std::optional(*token);
}

bool is_hello(const std::string& text) {
  if (text.find("hello-ok") == std::string::npos) return false;
  const auto frame = js::parse(text);
  const js::Value* payload = frame ? js::member(*frame, "payload") : nullptr;
  const std::string* type = payload == nullptr ? nullptr : js::string_member(*payload, "type");
  return type != nullptr && *type == "hello-ok";
}

/// Is this a request's refusal? On a connection whose connect frame is under way it is the end of
/// it.
bool is_refusal(const std::string& text) {
  if (text.find("\"ok\":false") == std::string::npos) return false;
  const auto frame = js::parse(text);
  const std::string* type = frame ? js::string_member(*frame, "type") : nullptr;
  const js::Value* ok = frame ? js::member(*frame, "ok") : nullptr;
  return type != nullptr && *type == "res" && ok != nullptr && ok->is_bool() && !ok->boolean();
}

/// Takes in one event; split from Monitors so that each kind of event reads as one function.
class Update {
 public:
  Update(Monitors& monitors, const World& world, const std::string& key)
      : monitors_(monitors), world_(world), key_(key) {}

  void operator()(const GatewayFact& told) {
    const Fact& fact = told.fact;
    switch (fact.kind) {
      case FactKind::bootstrap_issued:
        return issued(told);
      case FactKind::bootstrap_verified:
        return verified(told);
      case FactKind::bootstrap_revoked:
        return revoked(told);
      case FactKind::bootstrap_cleared:
        for (auto& [token, use] : monitors_.bootstrap.tokens) {
          if (use.disk == disk_of(told.process) && use.dead.empty()) use.dead = "was cleared";
        }
        return;
      case FactKind::silently_approved:
        return silently_approved(told);
      default:
        return;
    }
  }

  void operator()(const FileWritten& written) {
    const bool planted = key_.find(": put ") != std::string::npos;
    if (written.path == kBootstrapFile && !planted) bootstrap_written(written);
    if (written.path == kPairedFile) paired_written(written, planted);
  }

  void operator()(const Sent& sent) {
    if (sent.up && sent.message.kind == Message::Kind::close) return over(sent.conn);
    if (!sent.up || sent.message.kind != Message::Kind::text) return;
    const std::string device = peer_of(sent.conn);
    if (!world_.devices.contains(device)) return;
    const auto token = bootstrap_token_in(*sent.message.bytes);
    if (!token) return;
    ClientUse& use = monitors_.clients;
    const auto spent = use.spent.find(device);
    if (spent != use.spent.end() && spent->second.contains(*token) && use.sent_again.empty()) {
      use.sent_again = fmt::format("{} sent bootstrap token {} again after a hello answered it",
                                   device, shown(*token));
    }
    use.shown_on[sent.conn] = *token;
  }

  void operator()(const Delivered& delivered) {
    if (delivered.up) return;
    switch (delivered.message.kind) {
      case Message::Kind::text: {
        if (is_refusal(*delivered.message.bytes)) return over(delivered.conn);
        if (!is_hello(*delivered.message.bytes)) return;
        const auto token = monitors_.clients.shown_on.find(delivered.conn);
        if (token != monitors_.clients.shown_on.end()) {
          monitors_.clients.spent[peer_of(delivered.conn)].insert(token->second);
        }
        monitors_.redemptions.erase(delivered.conn);
        return;
      }
      case Message::Kind::close:
      case Message::Kind::cut:
      case Message::Kind::refused:
        return over(delivered.conn);
      default:
        return;
    }
  }

  template <class Other>
  void operator()(const Other&) {}

 private:
  [[nodiscard]] std::string disk_of(const std::string& process) const {
    const auto found = world_.processes.find(process);
    return found == world_.processes.end() ? std::string() : found->second->disk;
  }

  /// Nothing more will reach the client on this connection.
  void over(const std::string& conn) {
    const auto found = monitors_.redemptions.find(conn);
    if (found != monitors_.redemptions.end() && found->second.consumed) {
      ended_without_hello(found->second);
    }
    monitors_.clients.shown_on.erase(conn);
  }

  void issued(const GatewayFact& told) {
    auto& use = monitors_.bootstrap.tokens[told.fact.token];
    use.roles = split(told.fact.detail);
    use.scopes = told.fact.scopes;
    use.disk = disk_of(told.process);
  }

  void verified(const GatewayFact& told) {
    const Fact& fact = told.fact;
    auto& use = monitors_.bootstrap.tokens[fact.token];
    const std::string who = name_of_device(world_, fact.device_id);
    if (use.told_yes.size() < 2) use.told_yes.emplace(fact.device_id, fact.public_key);
    if (use.roles && use.over_profile.empty()) {
      if (std::ranges::find(*use.roles, fact.role) == use.roles->end()) {
        use.over_profile = fmt::format("{} used it as {}, its profile has only {}", who, fact.role,
                                       fmt::join(*use.roles, ", "));
      } else if (!model::store::allows(fact.role, fact.scopes, *use.scopes)) {
        use.over_profile = fmt::format("{} used it for {}, its profile has only {}", who,
                                       fmt::join(fact.scopes, ", "), fmt::join(*use.scopes, ", "));
      }
    }
    if (!use.dead.empty() && use.came_back.empty()) {
      use.came_back = fmt::format("it {}, yet it said yes to {} afterwards", use.dead, who);
    }
    if (use.led_to_silent_approval && use.used_after_silent.empty()) use.used_after_silent = who;

    Redemption redemption{fact.token, fact.device_id, disk_of(told.process), false};
    const auto process = world_.processes.find(told.process);
    if (process != world_.processes.end() &&
        process->second->gateway.policy->consume == model::policy::Consume::on_verify) {
      if (use.dead.empty()) use.dead = "was consumed by " + who;
      redemption.consumed = true;
    }
    monitors_.redemptions[fact.conn] = redemption;
    if (redemption.consumed && is_over(fact.conn)) ended_without_hello(redemption);
  }

  void revoked(const GatewayFact& told) {
    const Fact& fact = told.fact;
    auto& use = monitors_.bootstrap.tokens[fact.token];
    if (use.dead.empty()) use.dead = "was revoked";
    const auto redemption = monitors_.redemptions.find(fact.conn);
    if (redemption == monitors_.redemptions.end() || redemption->second.token != fact.token) return;
    redemption->second.consumed = true;
    if (is_over(fact.conn)) ended_without_hello(redemption->second);
  }

  void silently_approved(const GatewayFact& told) {
    const Fact& fact = told.fact;
    if (fact.token.empty()) return;  // a local client, not the path of the setup code
    monitors_.bootstrap.tokens[fact.token].led_to_silent_approval = true;
    const std::string who = name_of_device(world_, fact.device_id);
    SilentPath& silent = monitors_.silent;
    if ((fact.role != "node" || !fact.scopes.empty()) && silent.beyond_baseline.empty()) {
      silent.beyond_baseline = fmt::format(
          "{} was silently approved as {} with {}", who, fact.role,
          fact.scopes.empty() ? "no scopes" : fmt::format("{}", fmt::join(fact.scopes, ", ")));
    }
    const PairedFile& file = monitors_.paired[disk_of(told.process)];
    const auto before = file.before.find(fmt::format("{} {}", told.process, fact.conn));
    if (before != file.before.end() && before->second.contains(fact.device_id) &&
        silent.touched_existing.empty()) {
      silent.touched_existing = fmt::format("{} had a paired record already", who);
    }
  }

  void bootstrap_written(const FileWritten& written) {
    const auto file = js::parse(*written.content);
    if (!file || !file->is_object()) return;
    for (const js::Member& member : file->object()) {
      const std::string* inside = js::string_member(member.value, "token");
      const std::string& token = inside == nullptr ? member.name : *inside;
      const auto use = monitors_.bootstrap.tokens.find(token);
      if (use == monitors_.bootstrap.tokens.end()) continue;
      if (use->second.dead.empty() || !use->second.came_back.empty()) continue;
      use->second.came_back = fmt::format("it {}, yet it stands in {} of {} again",
                                          use->second.dead, written.path, written.disk);
    }
  }

  void paired_written(const FileWritten& written, bool planted) {
    PairedFile& file = monitors_.paired[written.disk];
    if (const std::string writer = writer_of(key_); !writer.empty()) {
      file.before[writer] = file.devices;
    }
    file.devices.clear();
    if (planted) file.excused.clear();
    const auto content = js::parse(*written.content);
    if (!content || !content->is_object()) return;
    for (const js::Member& record : content->object()) {
      file.devices.insert(record.name);
      judge_record(file, record.name, record.value, planted);
    }
  }

  /// P2 for one paired record: its tokens against its roles and its approved scopes.
  void judge_record(PairedFile& file, const std::string& device, const js::Value& record,
                    bool planted) {
    const js::Value* tokens = js::member(record, "tokens");
    if (tokens == nullptr || !tokens->is_object()) return;
    std::vector<std::string> roles = strings(js::member(record, "roles"));
    if (const std::string* role = js::string_member(record, "role")) roles.push_back(*role);
    const auto baseline = model::store::baseline(record);
    const std::string who = name_of_device(world_, device);
    for (const js::Member& token : tokens->object()) {
      const js::Value* revoked = js::member(token.value, "revokedAtMs");
      if (revoked != nullptr && revoked->is_number()) continue;
      const auto offend = [&](std::string& place, std::string_view clause, std::string sentence) {
        const std::string offence = fmt::format("{} {} {}", clause, device, token.name);
        if (planted) file.excused.insert(offence);
        if (place.empty() && !file.excused.contains(offence)) place = std::move(sentence);
      };
      if (std::ranges::find(roles, token.name) == roles.end()) {
        offend(file.role_not_listed, "role",
               fmt::format("{} has a {} token, its record was approved for {}", who, token.name,
                           roles.empty() ? "no role" : fmt::format("{}", fmt::join(roles, ", "))));
      }
      const auto scopes = model::store::scopeset(js::member(token.value, "scopes"));
      if (!baseline) {
        offend(
            file.baseline_missing, "baseline",
            fmt::format("{} has a {} token, its record says nothing of scopes", who, token.name));
      }
      if (!model::store::within(token.name, scopes,
                                baseline ? baseline : model::store::Strings())) {
        offend(file.scopes_beyond, "scopes",
               fmt::format("the {} token of {} has {}, approved is {}", token.name, who,
                           fmt::join(scopes, ", "),
                           baseline && !baseline->empty()
                               ? fmt::format("{}", fmt::join(*baseline, ", "))
                               : "nothing"));
      }
    }
  }

  [[nodiscard]] bool is_over(const std::string& conn) const {
    const auto link = world_.links.find(conn);
    return link == world_.links.end() || link->second->client == Link::End::closed;
  }

  void ended_without_hello(const Redemption& redemption) {
    if (!monitors_.undelivered.empty()) return;
    monitors_.undelivered =
        fmt::format("bootstrap token {} is gone, and {} that showed it was given nothing for it",
                    shown(redemption.token), name_of_device(world_, redemption.device_id));
  }

  Monitors& monitors_;
  const World& world_;
  const std::string& key_;
};

}  // namespace

void Monitors::update(const World& world, const std::string& key, const Event& event) {
  std::visit(Update(*this, world, key), event.what);
}

std::string name_of_device(const World& world, const std::string& device_id) {
  for (const auto& [name, device] : world.devices) {
    if (model::crypto::device_id(device->key.public_key) == device_id) return name;
  }
  return "device " + shown(device_id);
}

std::string shown(const std::string& secret) {
  if (secret.empty()) return "(none)";
  return model::js::cut_utf8(secret, 4) + "…";
}

}  // namespace sim::property
