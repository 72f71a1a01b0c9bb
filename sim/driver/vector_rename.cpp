#include "sim/driver/vector_rename.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "model/base/hash.hpp"
#include "model/base/js_string.hpp"
#include "model/crypto/base64.hpp"
#include "model/crypto/identity.hpp"
#include "sim/driver/json_map.hpp"
#include "sim/driver/vector_stores.hpp"

namespace sim {

namespace crypto = model::crypto;
namespace js = model::js;

namespace {

/// Letters that depend on the seed, on what they are for, and on nothing else.
std::string letters(std::uint64_t seed, std::string_view purpose, std::size_t count) {
  constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::string text;
  for (std::uint64_t block = 0; text.size() < count; ++block) {
    std::uint64_t bits =
        model::Hasher().add("rename").add(seed).add(purpose).add(block).finish().low;
    for (int i = 0; i < 10 && text.size() < count; ++i, bits /= kAlphabet.size()) {
      text.push_back(kAlphabet[bits % kAlphabet.size()]);
    }
  }
  return text;
}

/// Old texts and what stands for them, replaced wherever they occur, the longest first.
class Literals {
 public:
  void add(const std::string& old, const std::string& fresh) { fresh_[old] = fresh; }

  [[nodiscard]] std::string replaced(std::string_view text) const {
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
      const auto match = longest_at(text.substr(at));
      if (match == fresh_.end()) {
        result.push_back(text[at++]);
      } else {
        result += match->second;
        at += match->first.size();
      }
    }
    return result;
  }

 private:
  struct ByFirstByteThenLonger {
    bool operator()(const std::string& a, const std::string& b) const {
      if (a[0] != b[0]) return static_cast<unsigned char>(a[0]) < static_cast<unsigned char>(b[0]);
      return a.size() != b.size() ? a.size() > b.size() : a < b;
    }
  };
  using Map = std::map<std::string, std::string, ByFirstByteThenLonger>;

  [[nodiscard]] Map::const_iterator longest_at(std::string_view text) const {
    for (auto at = fresh_.begin(); at != fresh_.end(); ++at) {
      if (text.starts_with(at->first)) return at;
    }
    return fresh_.end();
  }

  Map fresh_;
};

using Names = std::map<std::string, std::string, std::less<>>;  ///< old to new

std::string id_of(const std::string& device) {
  return crypto::device_id(crypto::key_pair_of_device(device).public_key);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Other names whose ids sort among themselves as the old ones do.
Names rename_devices(const std::set<std::string>& devices, VectorRenamer& renamer) {
  std::vector<std::pair<std::string, std::string>> by_id;
  for (const std::string& device : devices) by_id.emplace_back(id_of(device), device);
  std::sort(by_id.begin(), by_id.end());
  Names names;
  std::string id_before;
  for (const auto& [old_id, old_name] : by_id) {
    names[old_name] = renamer.rename_device(old_name, id_before);
    id_before = id_of(names[old_name]);
  }
  return names;
}

/// Other names in the same order.
Names rename_in_order(const std::set<std::string>& old, std::string_view what, std::uint64_t seed) {
  std::set<std::string> fresh;
  for (int i = 0; fresh.size() < old.size(); ++i) {
    fresh.insert(letters(seed, fmt::format("{} {}", what, i), 6));
  }
  Names names;
  auto next = fresh.begin();
  for (const std::string& name : old) names[name] = *next++;
  return names;
}

class Renaming {
 public:
  Renaming(const js::Value& line, std::uint64_t seed, VectorRenamer& renamer) : seed_(seed) {
    collect(line);
    devices_ = rename_devices(device_names_, renamer);
    conns_ = rename_in_order(conn_names_, "conn", seed);
    labels_ = rename_in_order(label_names_, "label", seed);
    const VectorSecrets old;
    const VectorSecrets fresh = renamer.secrets();
    literals_.add(old.shared, fresh.shared);
    literals_.add(old.password, fresh.password);
    literals_.add(old.wrong, fresh.wrong);
    for (const auto& [from, to] : devices_) add_key_texts(from, to);
  }

  js::Value renamed(const js::Value& line) {
    js::Value result = line;
    js::Object& members = result.edit_object();
    if (js::Value* devices = members.edit("devices")) rename_list(*devices);
    if (js::Value* steps = members.edit("steps"); steps != nullptr && steps->is_array()) {
      for (js::Value& step : steps->edit_array()) rename_step(step);
    }
    if (js::Value* observed = members.edit("observed")) {
      *observed = with_names(*observed);
      if (observed->is_array()) {
        for (js::Value& entry : observed->edit_array()) rename_entry(entry);
      }
    }
    if (js::Value* stores = members.edit("stores")) {
      *stores = with_sorted_requests(with_names(*stores));
    }
    return result;
  }

 private:
  // --- what there is to rename ---

  void collect(const js::Value& line) {
    if (const js::Array* devices = js::array_member(line, "devices")) {
      for (const js::Value& device : *devices) {
        if (device.is_string()) device_names_.insert(device.string());
      }
    }
    const js::Array* steps = js::array_member(line, "steps");
    if (steps == nullptr) return;
    for (const js::Value& step : *steps) {
      if (const std::string* conn = js::string_member(step, "conn")) conn_names_.insert(*conn);
      if (const std::string* label = js::string_member(step, "as")) label_names_.insert(*label);
      if (const std::string* device = js::string_member(step, "device")) {
        device_names_.insert(*device);
      }
      if (const js::Value* seed = js::member(step, "value")) collect_seed(*seed);
    }
  }

  /// Tokens and request ids of an earlier run: they are names that the story made up.
  void collect_seed(const js::Value& seed) {
    if (!seed.is_object()) return;
    for (const js::Member& record : seed.object()) {
      add_name_text(js::string_member(record.value, "token"));
      add_name_text(js::string_member(record.value, "requestId"));
      const js::Value* tokens = js::member(record.value, "tokens");
      if (tokens == nullptr || !tokens->is_object()) continue;
      for (const js::Member& token : tokens->object()) {
        add_name_text(js::string_member(token.value, "token"));
      }
    }
  }

  void add_name_text(const std::string* text) {
    constexpr std::size_t kShortest = 5;  // shorter ones could be part of anything
    if (text == nullptr || text->size() < kShortest || text->starts_with('$')) return;
    literals_.add(*text, letters(seed_, *text, text->size()));
  }

  /// Spellings of a device's key and id that may stand in the story as plain text.
  void add_key_texts(const std::string& from, const std::string& to) {
    const auto old = crypto::key_pair_of_device(from).public_key;
    const auto fresh = crypto::key_pair_of_device(to).public_key;
    literals_.add(crypto::device_id(old), crypto::device_id(fresh));
    literals_.add(crypto::spell_base64url(old), crypto::spell_base64url(fresh));
    literals_.add(crypto::spell_base64(old), crypto::spell_base64(fresh));
    literals_.add(crypto::encode_base64(crypto::spki_der(old)),
                  crypto::encode_base64(crypto::spki_der(fresh)));
  }

  // --- renaming ---

  /// References and literals, in values and member names: what comes out of a gateway, and seeds.
  js::Value with_names(const js::Value& value) const {
    const auto text = [this](const std::string& old) { return rename_text(old); };
    return map_json(value, {.text = [&](const std::string& old) { return js::Value(text(old)); },
                            .member_name = text});
  }
  /// The same in values only.
  js::Value with_references(const js::Value& value) const {
    return map_json(
        value, {.text = [this](const std::string& old) { return js::Value(rename_text(old)); }});
  }
  std::string rename_text(const std::string& text) const {
    if (text.starts_with('$')) return "$" + rename_reference(text.substr(1));
    return literals_.replaced(text);
  }

  std::string rename_reference(const std::string& name) const {
    if (const auto at = labels_.find(name); at != labels_.end()) return at->second;
    for (const std::string_view beginning : {"req:", "nodereq:", "nodetoken:"}) {
      if (name.starts_with(beginning)) {
        return std::string(beginning) + renamed_device(name.substr(beginning.size()));
      }
    }
    if (name.size() > 1 && (name[0] == 'R' || name[0] == 'T') &&
        std::all_of(name.begin() + 1, name.end(), is_digit) && name.size() < 8) {
      return fmt::format("{}{}", name[0], 90'000'000 - std::stoi(name.substr(1)));
    }
    const std::size_t dot = name.find('.');
    const std::string device = renamed_device(name.substr(0, dot));
    return dot == std::string::npos ? device : device + name.substr(dot);
  }

  std::string renamed_device(const std::string& device) const {
    const auto at = devices_.find(device);
    return at == devices_.end() ? device : at->second;
  }

  static void rename_member(js::Value& object, std::string_view name, const Names& names) {
    const std::string* old = js::string_member(object, name);
    const auto at = old == nullptr ? names.end() : names.find(*old);
    if (at != names.end()) object.edit_object().set(name, at->second);
  }

  /// "device:D1", "of:c0".
  static void rename_word(js::Value& object, std::string_view name, std::string_view beginning,
                          const Names& names) {
    const std::string* old = js::string_member(object, name);
    if (old == nullptr || !old->starts_with(beginning)) return;
    const auto at = names.find(old->substr(beginning.size()));
    if (at == names.end()) return;
    object.edit_object().set(name, std::string(beginning) + at->second);
  }

  void rename_list(js::Value& devices) const {
    if (!devices.is_array()) return;
    for (js::Value& device : devices.edit_array()) {
      if (device.is_string()) device = renamed_device(device.string());
    }
  }

  void rename_step(js::Value& step) const {
    if (!step.is_object()) return;
    // A text that looks like a reference may come out again as it went in, so it is renamed
    // wherever it stands as a value; as a member name only where member names are replaced.
    const js::Value old = step;
    step = with_references(old);
    if (const js::Value* seed = js::member(old, "value")) {
      step.edit_object().set("value", with_names(*seed));
    }
    rename_member(step, "conn", conns_);
    rename_member(step, "as", labels_);
    rename_member(step, "device", devices_);
    if (const std::string* bytes = js::string_member(step, "base64")) {
      const std::string renamed = literals_.replaced(crypto::decode_base64_lenient(*bytes));
      step.edit_object().set("base64", crypto::encode_base64(renamed));
    }
    js::Value* sign = step.edit_object().edit("sign");
    if (sign == nullptr || !sign->is_object()) return;
    rename_member(*sign, "key", devices_);
    rename_word(*sign, "id", "device:", devices_);
    rename_word(*sign, "publicKey", "device:", devices_);
    rename_word(*sign, "nonce", "of:", conns_);
  }

  void rename_entry(js::Value& entry) const {
    for (const std::string_view list : {"events", "closed"}) {
      if (!entry.is_object()) return;
      js::Value* parts = entry.edit_object().edit(list);
      if (parts == nullptr || !parts->is_array()) continue;
      for (js::Value& part : parts->edit_array()) rename_member(part, "conn", conns_);
    }
  }

  std::uint64_t seed_;
  std::set<std::string> device_names_, conn_names_, label_names_;
  Names devices_, conns_, labels_;
  Literals literals_;
};

}  // namespace

VectorSecrets VectorRenamer::secrets() const {
  const VectorSecrets old;
  return {.shared = letters(seed_, "shared", old.shared.size()),
          .password = letters(seed_, "password", old.password.size()),
          .wrong = letters(seed_, "wrong", old.wrong.size())};
}

js::Value VectorRenamer::rename(const js::Value& line) {
  if (!line.is_object()) return line;
  return Renaming(line, seed_, *this).renamed(line);
}

std::string VectorRenamer::rename_device(const std::string& device, const std::string& id_before) {
  // The first character of the id is the same, and the second is a digit where the old one is: so
  // it also sorts as before among the names that people give devices.
  constexpr int kTriesMax = 4000;  // one in 26 or so fits; beyond this the old name stays
  const std::string old_id = id_of(device);
  Candidates& candidates = candidates_[device];
  for (std::size_t i = 0;; ++i) {
    while (i == candidates.fitting.size()) {
      if (candidates.tried == kTriesMax) return device;
      std::string name = letters(seed_, fmt::format("device {} {}", device, candidates.tried++), 7);
      std::string id = id_of(name);
      if (id[0] != old_id[0] || is_digit(id[1]) != is_digit(old_id[1])) continue;
      candidates.fitting.push_back({std::move(name), std::move(id)});
    }
    if (candidates.fitting[i].id > id_before) return candidates.fitting[i].name;
  }
}

}  // namespace sim
