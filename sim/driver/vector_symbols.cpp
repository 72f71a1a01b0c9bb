#include "sim/driver/vector_symbols.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "model/crypto/tokens.hpp"
#include "sim/driver/json_map.hpp"

namespace sim {

namespace crypto = model::crypto;
namespace js = model::js;

namespace {

constexpr std::size_t kTokenLength = 43;
constexpr std::int64_t kSeedReach = 1'000'000'000'000'000;  // ms around the start that a seed names

/// 43 characters of base64url: the form of every token that a gateway issues (K, section 5). A
/// recorder that sees only bytes knows tokens by it, seeded ones of that form included.
bool has_token_form(std::string_view text) {
  return text.size() == kTokenLength && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '_';
         });
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// What follows `beginning` in `text`.
std::optional<std::string_view> after(std::string_view text, std::string_view beginning) {
  if (!text.starts_with(beginning)) return std::nullopt;
  return text.substr(beginning.size());
}

std::optional<std::string> unless_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace

std::optional<std::string> resolve_secret(std::string_view text, const VectorSecrets& secrets) {
  if (text == "$SHARED") return secrets.shared;
  if (text == "$PASSWORD") return secrets.password;
  if (text == "$WRONG") return secrets.wrong;
  return std::nullopt;
}

VectorSymbols::VectorSymbols(const std::vector<std::string>& devices, const VectorSecrets& secrets,
                             model::Instant start)
    : secrets_(secrets), start_(start) {
  for (const std::string& name : devices) {
    Known known{.key = crypto::key_pair_of_device(name)};
    known.id = crypto::device_id(known.key.public_key);
    known.public_key = crypto::spell_base64url(known.key.public_key);
    names_[known.id] = "$" + name;
    names_[known.public_key] = "$" + name + ".pub";
    names_[crypto::spell_base64(known.key.public_key)] = "$" + name + ".pub:std";
    names_[crypto::spell_pem(known.key.public_key)] = "$" + name + ".pub:pem";
    devices_.emplace(name, std::move(known));
  }
}

void VectorSymbols::learn_bootstrap(const std::string& label, const std::string& token) {
  bootstrap_[label] = token;
  names_[token] = "$" + label;
}

void VectorSymbols::learn_token(const std::string& device, const std::string& role,
                                const std::string& token) {
  const auto at = devices_.find(device);
  if (at == devices_.end()) return;
  auto& tokens = at->second.tokens[role];
  if (std::find(tokens.begin(), tokens.end(), token) == tokens.end()) tokens.push_back(token);
}

void VectorSymbols::learn_request(const std::string& device, const std::string& request_id) {
  const auto at = devices_.find(device);
  if (at != devices_.end()) at->second.request = request_id;
}

void VectorSymbols::learn_node_request(const std::string& device, const std::string& request_id) {
  const auto at = devices_.find(device);
  if (at != devices_.end()) at->second.node_request = request_id;
}

void VectorSymbols::learn_node_token(const std::string& device, const std::string& token) {
  const auto at = devices_.find(device);
  if (at != devices_.end()) at->second.node_token = token;
}

const VectorSymbols::Known* VectorSymbols::known(std::string_view device) const {
  const auto at = devices_.find(device);
  return at == devices_.end() ? nullptr : &at->second;
}

std::optional<TokenReference> VectorSymbols::device_token(std::string_view text) const {
  const auto name = after(text, "$");
  if (!name) return std::nullopt;
  const std::size_t dot = name->find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string_view device = name->substr(0, dot);
  std::string_view role = name->substr(dot + 1);
  if (known(device) == nullptr || role.empty() || role == "pub") return std::nullopt;
  TokenReference reference{.device = std::string(device)};
  if (const std::size_t last = role.rfind('.'); last != std::string_view::npos) {
    const auto number = whole_number(role.substr(last + 1));
    if (number && *number > 0) {
      reference.number = static_cast<std::size_t>(*number);
      role = role.substr(0, last);
    }
  }
  reference.role = std::string(role);
  return reference;
}

std::optional<std::string> VectorSymbols::resolve(std::string_view text) const {
  if (!text.starts_with('$')) return std::nullopt;
  if (auto secret = resolve_secret(text, secrets_)) return secret;
  const std::string_view name = text.substr(1);
  if (const auto at = bootstrap_.find(name); at != bootstrap_.end()) return at->second;
  if (const Known* device = known(name)) return device->id;
  if (name.ends_with(".pub")) {
    if (const Known* device = known(name.substr(0, name.size() - 4))) return device->public_key;
  }
  if (const auto reference = device_token(text)) {
    const auto& of_role = known(reference->device)->tokens;
    const auto at = of_role.find(reference->role);
    if (at == of_role.end() || reference->number > at->second.size()) return std::nullopt;
    return reference->number == 0 ? at->second.back() : at->second[reference->number - 1];
  }
  for (const auto& [beginning, member] :
       {std::pair{"req:", &Known::request}, std::pair{"nodereq:", &Known::node_request},
        std::pair{"nodetoken:", &Known::node_token}}) {
    const auto device = after(name, beginning);
    if (!device) continue;
    const Known* found = known(*device);
    return found == nullptr ? std::nullopt : unless_empty(found->*member);
  }
  return std::nullopt;
}

js::Value VectorSymbols::resolve_values(const js::Value& value) const {
  return map_json(value, {.text = [this](const std::string& text) {
                    return js::Value(resolve(text).value_or(text));
                  }});
}

js::Value VectorSymbols::resolve_seed(const js::Value& value) const {
  const auto resolved = [this](const std::string& text) { return resolve(text).value_or(text); };
  return map_json(value, {.text =
                              [&](const std::string& text) {
                                const auto offset = after(text, "@");
                                const auto ms = offset ? whole_number(*offset) : std::nullopt;
                                return ms && *ms > -kSeedReach && *ms < kSeedReach
                                           ? js::Value((start_ + model::Millis{*ms}).ms)
                                           : js::Value(resolved(text));
                              },
                          .member_name = resolved});
}

crypto::KeyPair VectorSymbols::key_of(const std::string& device) const {
  const Known* found = known(device);
  return found == nullptr ? crypto::key_pair_of_device(device) : found->key;
}

std::optional<std::string> VectorSymbols::device_with_id(std::string_view id) const {
  for (const auto& [name, device] : devices_) {
    if (device.id == id) return name;
  }
  return std::nullopt;
}

std::string VectorSymbols::name_of(const std::string& text) {
  if (const auto at = names_.find(text); at != names_.end()) return at->second;
  if (crypto::is_uuid_v4(text)) return names_[text] = fmt::format("$R{}", ++requests_named_);
  if (has_token_form(text)) return names_[text] = fmt::format("$T{}", ++tokens_named_);
  return text;
}

js::Value VectorSymbols::name_outputs(const js::Value& value) {
  // An instant is told from other numbers by its size: nothing else in an answer comes near.
  constexpr std::int64_t kReach = 500'000'000'000;
  const auto named = [this](const std::string& text) { return name_of(text); };
  return map_json(value, {.text = [&](const std::string& text) { return js::Value(named(text)); },
                          .number =
                              [this](const js::Value& number) {
                                if (!number.is_integer()) return number;
                                const std::int64_t ms = number.integer();
                                if (ms < start_.ms - kReach || ms > start_.ms + kReach)
                                  return number;
                                return js::Value(ms - start_.ms);
                              },
                          .member_name = named});
}

}  // namespace sim
