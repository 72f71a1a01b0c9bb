#include "model/store/lives.hpp"

#include <string>
#include <vector>

#include "model/base/check.hpp"
#include "model/base/js_string.hpp"
#include "model/store/bootstrap_store.hpp"
#include "model/store/lifetimes.hpp"

namespace model::store {
namespace {

/// A record moved from one stage to another: there must be an arrow for it.
template <class Stage, class Cue, std::size_t N>
void require_arrow(const std::array<Arrow<Stage, Cue>, N>& table, Stage from, Cue on, Stage to,
                   std::string_view what) {
  const auto* arrow = find(table, from, on);
  CHECK_THAT(arrow != nullptr && arrow->to == to,
             std::string(what) + " went from " + std::string(name_of(from)) + " to " +
                 std::string(name_of(to)) + " on " + std::string(name_of(on)));
}

const js::Object& members(const js::Value& document) {
  static const js::Object none;
  return document.is_object() ? document.object() : none;
}

const js::Value* entry(const js::Value& document, std::string_view key) {
  return members(document).find(key);
}

/// Names of the members of either document, those of `before` first.
std::vector<std::string> keys_of(const js::Value& before, const js::Value& after) {
  std::vector<std::string> keys;
  for (const js::Member& member : members(before)) keys.push_back(member.name);
  for (const js::Member& member : members(after)) {
    if (entry(before, member.name) == nullptr) keys.push_back(member.name);
  }
  return keys;
}

// --- bootstrap tokens ----------------------------------------------------------------------------

CodeStage code_stage(const js::Value* record) {
  if (record == nullptr) return CodeStage::absent;
  for (const std::string_view name : {"deviceId", "publicKey"}) {
    const std::string* text = js::string_member(*record, name);
    if (text != nullptr && !js::blank(*text)) return CodeStage::bound;
  }
  return CodeStage::unbound;
}

CodeCue code_cue(const Operation& operation, CodeStage from, CodeStage to) {
  if (std::holds_alternative<BootstrapIssue>(operation)) return CodeCue::issued;
  if (!std::holds_alternative<BootstrapVerify>(operation)) return CodeCue::taken_away;
  if (to == CodeStage::absent) return CodeCue::spent_on_use;
  if (from == CodeStage::bound) return CodeCue::used_again;
  return to == CodeStage::bound ? CodeCue::bound_on_use : CodeCue::used_unbound;
}

void check_codes(const Operation& operation, const Documents& before, const Documents& after,
                 Instant now) {
  const js::Value alive(read_bootstrap(before.first, now));
  for (const js::Member& member : members(before.first)) {
    const bool dropped = entry(alive, member.name) == nullptr &&
                         entry(after.first, member.name) == nullptr && member.value.is_object();
    if (dropped) {
      require_arrow(kCodeLife, code_stage(&member.value), CodeCue::found_expired, CodeStage::absent,
                    "a bootstrap token");
    }
  }
  for (const std::string& key : keys_of(alive, after.first)) {
    const js::Value* old_record = entry(alive, key);
    const js::Value* new_record = entry(after.first, key);
    const CodeStage from = code_stage(old_record);
    const CodeStage to = code_stage(new_record);
    const bool untouched =
        old_record != nullptr && new_record != nullptr && *old_record == *new_record;
    if (!untouched) {
      require_arrow(kCodeLife, from, code_cue(operation, from, to), to, "a bootstrap token");
    }
  }
}

// --- pairing requests ----------------------------------------------------------------------------

RequestStage request_stage(const js::Value* record) {
  if (record == nullptr) return RequestStage::absent;
  const js::Value* silent = js::member(*record, "silent");
  return silent != nullptr && silent->is_bool() && silent->boolean() ? RequestStage::silent
                                                                     : RequestStage::waiting;
}

RequestCue request_cue(const Operation& operation, const js::Value* record, RequestStage from,
                       RequestStage to, Instant now) {
  if (from == RequestStage::absent) {
    return to == RequestStage::silent ? RequestCue::filed_silent : RequestCue::filed;
  }
  if (to != RequestStage::absent) {
    if (from == to) return RequestCue::refreshed;
    return to == RequestStage::silent ? RequestCue::made_silent : RequestCue::made_loud;
  }
  if (expired(js::member(*record, "ts"), now, kPendingLife)) return RequestCue::found_expired;
  if (std::holds_alternative<DeviceApprove>(operation)) return RequestCue::approved;
  if (std::holds_alternative<DeviceReject>(operation)) return RequestCue::rejected;
  if (std::holds_alternative<DeviceRemove>(operation)) return RequestCue::withdrawn;
  return RequestCue::superseded;
}

void check_requests(const Operation& operation, const Documents& before, const Documents& after,
                    Instant now) {
  for (const std::string& key : keys_of(before.first, after.first)) {
    const js::Value* record = entry(before.first, key);
    if (record != nullptr && !record->is_object()) continue;  // damaged: no request at all
    const RequestStage from = request_stage(record);
    const RequestStage to = request_stage(entry(after.first, key));
    require_arrow(kRequestLife, from, request_cue(operation, record, from, to, now), to,
                  "a pairing request");
  }
}

// --- device tokens -------------------------------------------------------------------------------

TokenStage token_stage(const js::Value* entry_of_role) {
  if (entry_of_role == nullptr || !entry_of_role->is_object()) return TokenStage::absent;
  const js::Value* revoked = js::member(*entry_of_role, "revokedAtMs");
  return revoked != nullptr && revoked->is_number() && revoked->integer() != 0 ? TokenStage::revoked
                                                                               : TokenStage::active;
}

const js::Value& tokens_of(const js::Value* device) {
  static const js::Value none{js::Object()};
  const js::Value* tokens = device == nullptr ? nullptr : js::member(*device, "tokens");
  return tokens != nullptr && tokens->is_object() ? *tokens : none;
}

/// A list or a text where the tokens should be: spreading it makes entries out of its pieces, which
/// no row of the table tells.
bool damaged_tokens(const js::Value* device) {
  const js::Value* tokens = device == nullptr ? nullptr : js::member(*device, "tokens");
  return tokens != nullptr && !tokens->is_null() && !tokens->is_object();
}

TokenCue token_cue(const Operation& operation, const js::Value* before, const js::Value* after) {
  if (after == nullptr) return TokenCue::device_removed;
  if (before == nullptr) return TokenCue::minted;
  const std::string* old_value = js::string_member(*before, "token");
  const std::string* new_value = js::string_member(*after, "token");
  const bool same = old_value == nullptr ? new_value == nullptr
                                         : new_value != nullptr && *old_value == *new_value;
  if (!same) return TokenCue::minted;
  return std::holds_alternative<TokenRevoke>(operation) && *before != *after ? TokenCue::revoked
                                                                             : TokenCue::used;
}

void check_tokens(const Operation& operation, const Documents& before, const Documents& after) {
  for (const std::string& device : keys_of(before.second, after.second)) {
    if (damaged_tokens(entry(before.second, device))) continue;
    const js::Value& old_tokens = tokens_of(entry(before.second, device));
    const js::Value& new_tokens = tokens_of(entry(after.second, device));
    for (const std::string& role : keys_of(old_tokens, new_tokens)) {
      const js::Value* old_entry = entry(old_tokens, role);
      const js::Value* new_entry = entry(new_tokens, role);
      if (old_entry != nullptr && !old_entry->is_object()) continue;  // damaged: no token at all
      const TokenStage from = token_stage(old_entry);
      const TokenStage to = token_stage(new_entry);
      if (from == TokenStage::absent && to == TokenStage::absent) continue;  // damaged, left alone
      require_arrow(kTokenLife, from, token_cue(operation, old_entry, new_entry), to,
                    "a device token");
    }
  }
}

}  // namespace

std::string_view name_of(CodeStage stage) {
  switch (stage) {
    case CodeStage::absent:
      return "absent";
    case CodeStage::unbound:
      return "unbound";
    case CodeStage::bound:
      return "bound";
  }
  return "?";
}
std::string_view name_of(CodeCue cue) {
  switch (cue) {
    case CodeCue::issued:
      return "issued";
    case CodeCue::bound_on_use:
      return "bound_on_use";
    case CodeCue::used_unbound:
      return "used_unbound";
    case CodeCue::spent_on_use:
      return "spent_on_use";
    case CodeCue::used_again:
      return "used_again";
    case CodeCue::taken_away:
      return "taken_away";
    case CodeCue::found_expired:
      return "found_expired";
  }
  return "?";
}
std::string_view name_of(RequestStage stage) {
  switch (stage) {
    case RequestStage::absent:
      return "absent";
    case RequestStage::silent:
      return "silent";
    case RequestStage::waiting:
      return "waiting";
  }
  return "?";
}
std::string_view name_of(RequestCue cue) {
  switch (cue) {
    case RequestCue::filed_silent:
      return "filed_silent";
    case RequestCue::filed:
      return "filed";
    case RequestCue::refreshed:
      return "refreshed";
    case RequestCue::made_loud:
      return "made_loud";
    case RequestCue::made_silent:
      return "made_silent";
    case RequestCue::approved:
      return "approved";
    case RequestCue::rejected:
      return "rejected";
    case RequestCue::superseded:
      return "superseded";
    case RequestCue::found_expired:
      return "found_expired";
    case RequestCue::withdrawn:
      return "withdrawn";
  }
  return "?";
}
std::string_view name_of(TokenStage stage) {
  switch (stage) {
    case TokenStage::absent:
      return "absent";
    case TokenStage::active:
      return "active";
    case TokenStage::revoked:
      return "revoked";
  }
  return "?";
}
std::string_view name_of(TokenCue cue) {
  switch (cue) {
    case TokenCue::minted:
      return "minted";
    case TokenCue::used:
      return "used";
    case TokenCue::revoked:
      return "revoked";
    case TokenCue::device_removed:
      return "device_removed";
  }
  return "?";
}

void check_lives(const Operation& operation, const Documents& before, const Documents& after,
                 Instant now) {
  switch (group_of(operation)) {
    case Group::bootstrap:
      return check_codes(operation, before, after, now);
    case Group::devices:
      check_requests(operation, before, after, now);
      return check_tokens(operation, before, after);
    case Group::nodes:
      return;  // node tokens take no part in any handshake (10.4)
  }
}

}  // namespace model::store
