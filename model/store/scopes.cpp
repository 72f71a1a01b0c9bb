#include "model/store/scopes.hpp"

#include <algorithm>
#include <set>

#include "model/base/js_string.hpp"
#include "model/store/record.hpp"

namespace model::store {
namespace {

/// Trimmed texts that are not blank, once each, in the order in which they were first seen.
class FirstSeen {
 public:
  void add(std::string_view text) {
    const std::string_view word = js::trim(text);
    if (word.empty()) return;
    // Lists have a handful of entries, but a frame has room for thousands.
    if (words_.size() <= kLinearMax) {
      if (std::ranges::find(words_, word) != words_.end()) return;
      if (words_.size() == kLinearMax) seen_.insert(words_.begin(), words_.end());
    } else if (seen_.contains(word)) {
      return;
    }
    words_.emplace_back(word);
    if (words_.size() > kLinearMax) seen_.emplace(word);
  }
  void add(const Strings& texts) {
    for (const std::string& text : texts) add(std::string_view(text));
  }
  [[nodiscard]] bool contains(std::string_view word) const {
    if (words_.size() > kLinearMax) return seen_.contains(word);
    return std::ranges::find(words_, word) != words_.end();
  }
  [[nodiscard]] const Strings& words() const { return words_; }
  [[nodiscard]] Strings take() { return std::move(words_); }

 private:
  static constexpr std::size_t kLinearMax = 16;
  Strings words_;
  std::set<std::string, std::less<>> seen_;  // all of words_, once there are more than kLinearMax
};

bool satisfied(std::string_view scope, const FirstSeen& allowed, bool by_implication) {
  if (allowed.contains(scope)) return true;
  if (!by_implication) return false;
  if (scope.starts_with("operator.") && allowed.contains("operator.admin")) return true;
  return scope == "operator.read" && allowed.contains("operator.write");
}

bool allows(std::string_view role, const FirstSeen& requested, const FirstSeen& allowed) {
  if (requested.words().empty()) return true;
  if (allowed.words().empty()) return false;
  const bool by_implication = js::trim(role) == "operator";
  return std::ranges::all_of(requested.words(), [&](const std::string& scope) {
    return satisfied(scope, allowed, by_implication);
  });
}

FirstSeen first_seen(const Strings& texts) {
  FirstSeen words;
  words.add(texts);
  return words;
}

}  // namespace

std::optional<Strings> merge_roles(const std::vector<const js::Value*>& items) {
  FirstSeen roles;
  for (const js::Value* item : items) {
    if (!truthy(item)) continue;
    if (item->is_array()) {
      roles.add(strings_of(item));
    } else if (const auto role = trimmed(item)) {
      roles.add(std::string_view(*role));
    }
  }
  if (roles.words().empty()) return std::nullopt;
  return roles.take();
}

std::optional<Strings> merge_scopes(const std::vector<const js::Value*>& lists,
                                    policy::EmptyList empty_list) {
  FirstSeen scopes;
  bool present = false;
  for (const js::Value* list : lists) {
    if (!truthy(list)) continue;
    present = true;
    scopes.add(iterate(list, "scopes"));
  }
  if (!scopes.words().empty()) return scopes.take();
  if (present && empty_list == policy::EmptyList::kept) return Strings{};
  return std::nullopt;
}

std::optional<std::string> clean(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  const std::string_view result = js::trim(*text);
  if (result.empty()) return std::nullopt;
  return std::string(result);
}

Strings scopeset(const Strings& list) {
  FirstSeen scopes = first_seen(list);
  if (scopes.contains("operator.admin")) {
    scopes.add("operator.read");
    scopes.add("operator.write");
  } else if (scopes.contains("operator.write")) {
    scopes.add("operator.read");
  }
  Strings result = scopes.take();
  std::ranges::sort(result, js::utf16_less);
  return result;
}

Strings scopeset(const js::Value* list) { return scopeset(strings_of(list)); }

bool allows(std::string_view role, const Strings& requested, const Strings& allowed) {
  return allows(role, first_seen(requested), first_seen(allowed));
}

std::optional<std::string> missing_scope(std::string_view role, const Strings& requested,
                                         const Strings& allowed) {
  const FirstSeen held = first_seen(allowed);
  for (const std::string& scope : requested) {
    if (!allows(role, first_seen({scope}), held)) return scope;
  }
  return std::nullopt;
}

Strings effective_roles(const js::Value& device, const policy::Policy& policy) {
  const js::Value* roles = js::member(device, "roles");
  const js::Value* role = js::member(device, "role");
  if (policy.effective_roles == policy::EffectiveRoles::record) {
    if (roles != nullptr && roles->is_array()) return strings_of(roles);
    const std::string* only = text(role);
    return only != nullptr && !only->empty() ? Strings{*only} : Strings{};
  }
  FirstSeen active;
  const js::Value* tokens = js::member(device, "tokens");
  if (truthy(tokens)) {
    for (const js::Member& entry : spread(tokens)) {
      if (truthy(js::member(entry.value, "revokedAtMs"))) continue;
      if (const auto* held = js::string_member(entry.value, "role")) active.add(*held);
    }
    return active.take();
  }
  if (roles != nullptr && roles->is_string()) {
    active.add(roles->string());
  } else {
    active.add(strings_of(roles));
  }
  if (const std::string* only = text(role)) active.add(*only);
  return active.take();
}

std::optional<Strings> baseline(const js::Value& device) {
  const js::Value* list =
      first_of({js::member(device, "approvedScopes"), js::member(device, "scopes")});
  if (list == nullptr || !list->is_array()) return std::nullopt;
  return scopeset(list);
}

bool within(std::string_view role, const Strings& scopes, const std::optional<Strings>& base) {
  return base && allows(role, scopes, *base);
}

}  // namespace model::store
