#include "model/store/bootstrap_store.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/base/js_string.hpp"
#include "model/crypto/identity.hpp"
#include "model/store/lifetimes.hpp"
#include "model/store/pairing_files.hpp"
#include "model/store/record.hpp"
#include "model/store/scopes.hpp"

namespace model::store {
namespace {

js::Value profile_value(const Profile& profile) {
  return js::Value(
      js::Object{{"roles", list_value(profile.roles)}, {"scopes", list_value(profile.scopes)}});
}

Profile profile_of(const js::Value* from) {
  return normalised(
      {.roles = strings_of(member(from, "roles")), .scopes = strings_of(member(from, "scopes"))});
}

/// One record through the reader: member order of a rewritten record.
js::Value read_record(const std::string& key, const js::Value& stored) {
  const std::string* token = js::string_member(stored, "token");
  const js::Value* issued = js::member(stored, "issuedAtMs");
  const js::Value issued_at = issued != nullptr && issued->is_number() ? *issued : js::Value(0);
  const js::Value* ts = js::member(stored, "ts");
  const js::Value* last_used = js::member(stored, "lastUsedAtMs");

  js::Object record;
  record.set("token", token != nullptr && !js::blank(*token) ? *token : key);
  // Before there were profiles, roles and scopes stood in the record itself.
  record.set("profile",
             profile_value(profile_of(first_of({js::member(stored, "profile"), &stored}))));
  for (const std::string_view name : {"deviceId", "publicKey"}) {
    if (const std::string* bound = js::string_member(stored, name)) record.set(name, *bound);
  }
  record.set("issuedAtMs", issued_at);
  record.set("ts", ts != nullptr && ts->is_number() ? *ts : issued_at);
  if (last_used != nullptr && last_used->is_number()) record.set("lastUsedAtMs", *last_used);
  return js::Value(std::move(record));
}

Execution refused(std::string reason) {
  return {.write = std::nullopt, .answer = {.outcome = Outcome::no, .reason = std::move(reason)}};
}

Execution written(js::Object tokens, const Documents& files, Answer answer) {
  return {.write = Documents{js::Value(std::move(tokens)), files.second},
          .answer = std::move(answer)};
}

/// The first record, in file order, that is this token.
const js::Member* find_token(const js::Object& tokens, std::string_view token) {
  for (const js::Member& record : tokens) {
    if (same_secret(token, js::member(record.value, "token"))) return &record;
  }
  return nullptr;
}

bool serves(const Profile& profile, const std::string& role, const Strings& scopes,
            policy::ProfileMatch match) {
  if (profile.roles.empty()) return false;
  if (match == policy::ProfileMatch::exact) {
    return profile.roles == Strings{role} && profile.scopes == scopeset(scopes);
  }
  return std::ranges::find(profile.roles, role) != profile.roles.end() &&
         allows(role, scopes, profile.scopes);
}

/// The key as binding compares it: the trimmed text (K-10), or the key that the text names.
std::string key_for_binding(std::string_view spelling, policy::Binding binding) {
  const std::string_view text = js::trim(spelling);
  if (binding == policy::Binding::normalised_key) {
    if (auto key = crypto::normalise_key(text)) return *std::move(key);
  }
  return std::string(text);
}

/// The device and key that a token belongs to once it was used.
struct Owner {
  std::string device;
  std::string key;
  bool operator==(const Owner&) const = default;
};

/// None if the record is bound to nobody.
std::optional<Owner> owner_of(const js::Value& record, policy::Binding binding) {
  const std::string* device = js::string_member(record, "deviceId");
  const std::string* key = js::string_member(record, "publicKey");
  Owner owner = {device != nullptr ? std::string(js::trim(*device)) : std::string(),
                 key != nullptr ? key_for_binding(*key, binding) : std::string()};
  if (owner.device.empty() && owner.key.empty()) return std::nullopt;
  return owner;
}

/// The record after a success that leaves the token alive. Neither `issuedAtMs` nor `ts` moves: use
/// does not extend life (S-9).
js::Value used_record(const js::Value& record, const std::optional<Owner>& owner, Instant now) {
  js::Object used;
  copy_member(used, &record, "token");
  copy_member(used, &record, "profile");
  if (owner) {
    used.set("deviceId", owner->device);
    used.set("publicKey", owner->key);
  } else {
    copy_member(used, &record, "deviceId");
    copy_member(used, &record, "publicKey");
  }
  copy_member(used, &record, "issuedAtMs");
  copy_member(used, &record, "ts");
  used.set("lastUsedAtMs", now.ms);
  return js::Value(std::move(used));
}

/// Does a success that leaves the token alive have to be written (T-4)?
bool write_is_due(bool binding_changes, const js::Value& record, policy::ReverifyWrite when,
                  Instant now) {
  switch (when) {
    case policy::ReverifyWrite::always:
      return true;
    case policy::ReverifyWrite::when_binding_changes:
      return binding_changes;
    case policy::ReverifyWrite::tolerance:
      return binding_changes || js::member(record, "lastUsedAtMs") == nullptr ||
             expired(js::member(record, "lastUsedAtMs"), now, kReverifyTolerance);
  }
  return true;
}

}  // namespace

Profile normalised(const Profile& profile) {
  const js::Value roles = list_value(profile.roles);
  Profile result = {.roles = merge_roles({&roles}).value_or(Strings{}),
                    .scopes = scopeset(profile.scopes)};
  std::ranges::sort(result.roles, js::utf16_less);
  return result;
}

Profile default_profile(const policy::Policy& policy) {
  if (policy.default_profile == policy::DefaultProfile::node_only) return {.roles = {"node"}};
  return {.roles = {"node", "operator"},
          .scopes = {"operator.read", "operator.talk.secrets", "operator.write"}};
}

js::Object read_bootstrap(const Document& file, Instant now) {
  std::vector<js::Member> alive;
  for (const js::Member& stored : members_of(file)) {
    if (!stored.value.is_object()) continue;
    js::Value record = read_record(stored.name, stored.value);
    if (expired(js::member(record, "ts"), now, kBootstrapLife)) continue;
    alive.push_back({stored.name, std::move(record)});
  }
  return js::Object::from_members(std::move(alive));
}

Execution verify_bootstrap(const BootstrapVerify& input, const Documents& files,
                           const policy::Policy& policy, Instant now) {
  const std::string_view token = js::trim(input.token);
  if (token.empty()) return refused("blank-input");
  js::Object tokens = read_bootstrap(files.first, now);
  const js::Member* found = find_token(tokens, token);
  if (found == nullptr) return refused("unknown-token");

  const Owner shown = {std::string(js::trim(input.device_id)),
                       key_for_binding(input.public_key, policy.binding)};
  const std::string role(js::trim(input.role));
  if (shown.device.empty() || shown.key.empty() || role.empty()) return refused("blank-input");
  const Profile profile = profile_of(js::member(found->value, "profile"));
  if (!serves(profile, role, input.scopes, policy.profile_match)) return refused("outside-profile");

  const bool binds = policy.binding != policy::Binding::none;
  const auto owner = binds ? owner_of(found->value, policy.binding) : std::nullopt;
  if (owner && *owner != shown) return refused("bound-elsewhere");

  Answer answer = {.outcome = Outcome::ok, .record = found->value, .id = std::string(token)};
  const std::string key = found->name;
  if (policy.consume == policy::Consume::on_verify) {
    tokens.erase(key);
    return written(std::move(tokens), files, std::move(answer));
  }
  if (!write_is_due(binds && !owner, found->value, policy.reverify_write, now)) {
    return {.write = std::nullopt, .answer = std::move(answer)};
  }
  answer.record = used_record(found->value, binds ? std::optional(shown) : std::nullopt, now);
  tokens.set(key, answer.record);
  return written(std::move(tokens), files, std::move(answer));
}

Execution revoke_bootstrap(const BootstrapRevoke& input, const Documents& files, Instant now) {
  const std::string_view token = js::trim(input.token);
  if (token.empty()) return refused("blank-input");
  js::Object tokens = read_bootstrap(files.first, now);
  const js::Member* found = find_token(tokens, token);
  if (found == nullptr) return refused("unknown-token");
  Answer answer = {.outcome = Outcome::ok, .record = found->value, .id = std::string(token)};
  tokens.erase(std::string(found->name));
  return written(std::move(tokens), files, std::move(answer));
}

Execution issue_bootstrap(const BootstrapIssue& input, const Documents& files,
                          const policy::Policy& policy, Instant now, NameSource& names) {
  js::Object tokens = read_bootstrap(files.first, now);
  const std::string token = names.mint(NameKind::bootstrap_token, "");
  const Profile profile = input.profile ? normalised(*input.profile) : default_profile(policy);
  const js::Value record(js::Object{{"token", token},
                                    {"ts", now.ms},
                                    {"profile", profile_value(profile)},
                                    {"issuedAtMs", now.ms}});
  tokens.set(token, record);
  return written(std::move(tokens), files, {.outcome = Outcome::ok, .record = record, .id = token});
}

Execution clear_bootstrap(const Documents& files, Instant now) {
  const auto count = static_cast<std::int64_t>(read_bootstrap(files.first, now).size());
  return written(js::Object{}, files, {.outcome = Outcome::ok, .count = count});
}

}  // namespace model::store
