// Device tokens: verification, issue, rotation, revocation (S-21 to S-24).
#include <optional>
#include <string>
#include <utility>

#include "model/base/js_string.hpp"
#include "model/store/device_store.hpp"
#include "model/store/pairing_files.hpp"
#include "model/store/record.hpp"
#include "model/store/token_entry.hpp"
#include "model/store/views.hpp"

namespace model::store {
namespace {

Execution refused(Outcome outcome, std::string reason) {
  return {.write = std::nullopt, .answer = {.outcome = outcome, .reason = std::move(reason)}};
}

/// The entry as the original compares its scopes: it must be possible to walk through them.
Strings scopes_of(const js::Value& entry) {
  return iterate(js::member(entry, "scopes"), "entry.scopes");
}

/// Puts the entry into the device's tokens and writes both files.
Execution with_entry(PairingFiles& store, const std::string& device_id, const std::string& role,
                     const js::Value& entry) {
  js::Object device = spread(store.find_paired(device_id));
  js::Object tokens = spread(device.find("tokens"));
  tokens.set(role, entry);
  device.set("tokens", js::Value(std::move(tokens)));
  store.paired.set(device_id, js::Value(std::move(device)));
  const std::string* token = text(member(&entry, "token"));
  return {.write = store.content(),
          .answer = {.outcome = Outcome::ok,
                     .record = entry,
                     .id = token != nullptr ? *token : std::string()}};
}

/// `tokens[role]` of a record, whatever `tokens` is.
std::optional<js::Value> entry_of(const js::Value* device, std::string_view role) {
  const js::Object tokens = spread(member(device, "tokens"));
  const js::Value* entry = tokens.find(role);
  if (entry == nullptr) return std::nullopt;
  return *entry;
}

const js::Value* address(const std::optional<js::Value>& value) {
  return value ? &*value : nullptr;
}

}  // namespace

js::Value new_token(const NewToken& from, Instant now, NameSource& names) {
  const js::Value* created = member(from.previous, "createdAtMs");
  js::Object entry;
  entry.set("token", names.mint(NameKind::device_token,
                                std::string(from.device_id) + "/" + std::string(from.role)));
  entry.set("role", from.role);
  entry.set("scopes", list_value(from.scopes));
  entry.set("createdAtMs", nullish(created) ? js::Value(now.ms) : *created);
  if (from.rotated_at) entry.set("rotatedAtMs", from.rotated_at->ms);
  copy_member(entry, from.previous, "lastUsedAtMs");
  return js::Value(std::move(entry));
}

Execution verify_token(const TokenVerify& input, const Documents& files, Instant now) {
  PairingFiles store(files, now);
  const std::string device_id(js::trim(input.device_id));
  const js::Value* device = store.find_paired(device_id);
  if (device == nullptr) return refused(Outcome::no, "device-not-paired");
  const std::string role(js::trim(input.role));
  if (role.empty()) return refused(Outcome::no, "role-missing");
  const auto entry = entry_of(device, role);
  if (!truthy(address(entry))) return refused(Outcome::no, "token-missing");
  if (truthy(js::member(*entry, "revokedAtMs"))) return refused(Outcome::no, "token-revoked");
  if (!same_secret(input.token, js::member(*entry, "token"))) {
    return refused(Outcome::no, "token-mismatch");
  }
  const auto base = baseline(*device);
  if (!base || !within(role, scopes_of(*entry), base) ||
      !allows(role, scopeset(input.scopes), scopes_of(*entry))) {
    return refused(Outcome::no, "scope-mismatch");
  }
  js::Object used = entry->object();  // only an object has a token to compare with
  used.set("lastUsedAtMs", now.ms);
  return with_entry(store, device_id, role, js::Value(std::move(used)));
}

Execution ensure_token(const TokenEnsure& input, const Documents& files, Instant now,
                       NameSource& names) {
  PairingFiles store(files, now);
  const std::string device_id(js::trim(input.device_id));
  const std::string role(js::trim(input.role));
  const Strings requested = scopeset(input.scopes);
  const js::Value* device = store.find_paired(device_id);
  if (device == nullptr || role.empty()) return refused(Outcome::no, "unknown-device-or-role");
  const auto base = baseline(*device);
  if (!within(role, requested, base)) return refused(Outcome::no, "scope-outside-baseline");

  const auto entry = entry_of(device, role);
  const js::Value* existing = address(entry);
  if (truthy(existing) && !truthy(member(existing, "revokedAtMs"))) {
    const Strings held = scopes_of(*existing);
    if (within(role, held, base) && allows(role, requested, held)) {
      const std::string* token = text(member(existing, "token"));
      return {.write = std::nullopt,
              .answer = {.outcome = Outcome::ok,
                         .record = *existing,
                         .id = token != nullptr ? *token : std::string()}};
    }
  }
  const NewToken from = {.device_id = device_id,
                         .role = role,
                         .scopes = requested,
                         .previous = existing,
                         .rotated_at = truthy(existing) ? std::optional(now) : std::nullopt};
  return with_entry(store, device_id, role, new_token(from, now, names));
}

Execution rotate_token(const TokenRotate& input, const Documents& files, Instant now,
                       NameSource& names) {
  PairingFiles store(files, now);
  const std::string device_id(js::trim(input.device_id));
  const std::string role(js::trim(input.role));
  const js::Value* device = store.find_paired(device_id);
  if (device == nullptr || role.empty()) return refused(Outcome::unknown, "unknown-device-or-role");
  const auto entry = entry_of(device, role);
  const js::Value* existing = address(entry);
  const Strings requested =
      input.scopes ? scopeset(*input.scopes)
                   : scopeset(first_of({member(existing, "scopes"), member(device, "scopes")}));
  const auto base = baseline(*device);
  if (!base) return refused(Outcome::no, "missing-approved-scope-baseline");
  if (!within(role, requested, base)) {
    return refused(Outcome::no, "scope-outside-approved-baseline");
  }
  const NewToken from = {.device_id = device_id,
                         .role = role,
                         .scopes = requested,
                         .previous = existing,
                         .rotated_at = now};  // also where there was none before (S-23)
  return with_entry(store, device_id, role, new_token(from, now, names));
}

Execution revoke_token(const TokenRevoke& input, const Documents& files, Instant now) {
  PairingFiles store(files, now);
  const std::string device_id(js::trim(input.device_id));
  const std::string role(js::trim(input.role));
  const js::Value* device = store.find_paired(device_id);
  if (device == nullptr || role.empty()) return refused(Outcome::unknown, "unknown-device-or-role");
  const auto entry = entry_of(device, role);
  if (!truthy(address(entry))) return refused(Outcome::unknown, "unknown-device-or-role");
  js::Object revoked = spread(&*entry);
  revoked.set("revokedAtMs", now.ms);
  return with_entry(store, device_id, role, js::Value(std::move(revoked)));
}

}  // namespace model::store
