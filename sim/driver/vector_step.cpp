#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "model/base/js_string.hpp"
#include "model/base/nearest.hpp"
#include "model/crypto/base64.hpp"
#include "sim/driver/fields.hpp"
#include "sim/driver/vector.hpp"
#include "sim/driver/vector_stores.hpp"

namespace sim {

namespace js = model::js;

namespace {

std::optional<js::Value> copy_of(const js::Value* value) {
  return value == nullptr ? std::nullopt : std::optional<js::Value>(*value);
}

Whence read_whence(Fields& fields) {
  Whence whence;
  if (const auto from = fields.optional_text("from")) {
    whence.from = *from;
    constexpr std::array kPlaces = {"local", "local-name", "remote"};
    if (std::find(kPlaces.begin(), kPlaces.end(), *from) == kPlaces.end() &&
        !from->starts_with("remote:")) {
      fields.mistake(fmt::format("unknown place '{}'{}: local, local-name, remote or remote:<text>",
                                 *from, model::did_you_mean(*from, kPlaces)));
    }
  }
  whence.origin = fields.optional_text("origin");
  whence.headers = fields.text_members("headers");
  return whence;
}

/// One of the words that section 5 lists, or a word with one of the given beginnings.
template <class Words>
void read_word(Fields& fields, std::string_view name, std::string& place, const Words& words,
               std::string_view beginning = {}) {
  const auto text = fields.optional_text(name);
  if (!text) return;
  place = *text;
  if (std::find(words.begin(), words.end(), *text) != words.end()) return;
  if (!beginning.empty() && text->starts_with(beginning)) return;
  fields.mistake(fmt::format("unknown {} '{}'{}", name, *text, model::did_you_mean(*text, words)));
}

Proof read_proof(Fields& outer) {
  Proof proof;
  const js::Value* value = outer.object("sign");
  if (value == nullptr) return proof;
  Fields fields(*value, outer.what() + ", sign");
  proof.version = fields.optional_text("version").value_or("v3");
  read_word(fields, "token", proof.token,
            std::array{"token", "bootstrapToken", "deviceToken", "password", "none", "other"});
  proof.key = fields.optional_text("key");
  read_word(fields, "nonce", proof.nonce, std::array{"wrong", "blank", "empty", "padded"}, "of:");
  proof.skew_ms = fields.integer("skewMs", -1'000'000'000'000, 1'000'000'000'000, 0);
  read_word(fields, "id", proof.id, std::array{"wrong", "upper", "of-sent-key"}, "device:");
  read_word(fields, "publicKey", proof.public_key,
            std::array{"base64url", "std", "pem", "short", "garbage"}, "device:");
  read_word(fields, "signature", proof.signature,
            std::array{"base64url", "std", "hex", "short", "flip", "text"});
  if (fields.has("scopes")) proof.scopes = fields.texts("scopes");
  proof.role = fields.optional_text("role");
  proof.platform = fields.optional_text("platform");
  proof.device_family = fields.optional_text("deviceFamily");
  proof.client_id = fields.optional_text("clientId");
  proof.client_mode = fields.optional_text("clientMode");
  proof.omit = fields.texts("omit");
  outer.adopt(fields.finish());
  return proof;
}

IssueBootstrap read_issue(Fields& fields) {
  IssueBootstrap step{.as = fields.text("as")};
  const js::Value* profile = fields.any("profile");
  if (profile == nullptr || profile->is_null()) return step;
  Fields inner(*profile, fields.what() + ", profile");
  step.profile =
      model::store::Profile{.roles = inner.texts("roles"), .scopes = inner.texts("scopes")};
  fields.adopt(inner.finish());
  return step;
}

ConnectRequest read_connect(Fields& fields) {
  ConnectRequest step{.conn = fields.text("conn"), .whence = read_whence(fields)};
  const js::Value* device = fields.any("device");
  if (device != nullptr && !device->is_null()) step.device = fields.text("device");
  step.client = copy_of(fields.any("client"));
  step.role = copy_of(fields.any("role"));
  step.scopes = copy_of(fields.any("scopes"));
  step.caps = copy_of(fields.any("caps"));
  step.commands = copy_of(fields.any("commands"));
  step.auth = copy_of(fields.any("auth"));
  if (const js::Value* protocol = fields.object("protocol")) {
    Fields inner(*protocol, fields.what() + ", protocol");
    if (const js::Value* least = inner.any("min")) step.protocol_min = *least;
    if (const js::Value* most = inner.any("max")) step.protocol_max = *most;
    fields.adopt(inner.finish());
  }
  if (const js::Value* extra = fields.object("extra")) step.extra = extra->object();
  step.proof = read_proof(fields);
  return step;
}

std::string read_repeat(Fields& outer, const js::Value& value, const VectorLimits& limits) {
  Fields fields(value, outer.what() + ", repeat");
  const std::string prefix = js::to_well_formed(fields.optional_text("prefix").value_or(""));
  const std::string unit = js::to_well_formed(fields.text("unit"));
  const std::string suffix = js::to_well_formed(fields.optional_text("suffix").value_or(""));
  const std::int64_t count = fields.integer("count", 0, 1 << 30);
  outer.adopt(fields.finish());
  if (unit.size() * static_cast<std::size_t>(count) > limits.frame_bytes_max) {
    outer.mistake(fmt::format("a frame of more than {} bytes", limits.frame_bytes_max));
    return {};
  }
  std::string bytes = prefix;
  for (std::int64_t i = 0; i < count; ++i) bytes += unit;
  return bytes + suffix;
}

RawFrame read_raw_frame(Fields& fields, const VectorLimits& limits) {
  RawFrame step{.conn = fields.text("conn"), .whence = read_whence(fields)};
  step.binary = fields.flag("binary", false);
  // A message arrives reassembled (W-5): how it was cut into frames leaves no trace.
  static_cast<void>(fields.integer("fragments", 1, 1'000'000, 1));
  int forms = 0;
  if (const auto text = fields.optional_text("text")) {
    step.bytes = js::to_well_formed(*text);  // a lone surrogate leaves a client as U+FFFD
    ++forms;
  }
  if (const auto encoded = fields.optional_text("base64")) {
    step.bytes = model::crypto::decode_base64_lenient(*encoded);
    ++forms;
  }
  if (const js::Value* repeat = fields.object("repeat")) {
    step.bytes = read_repeat(fields, *repeat, limits);
    ++forms;
  }
  if (forms != 1) fields.mistake("expected exactly one of text, base64, repeat");
  return step;
}

SeedStore read_seed(Fields& fields) {
  SeedStore step{.store = fields.text("store")};
  if (const js::Value* value = fields.required("value")) step.value = *value;
  if (!store_path(step.store)) {
    fields.mistake(fmt::format("unknown store '{}'{}", step.store,
                               model::did_you_mean(step.store, kVectorStores)));
  }
  return step;
}

VectorStep read_fields(const std::string& kind, Fields& fields, const VectorLimits& limits) {
  if (kind == "issue_bootstrap") return read_issue(fields);
  if (kind == "revoke_bootstrap") return RevokeBootstrap{.token = fields.text("token")};
  if (kind == "clear_bootstrap") return ClearBootstrap{};
  if (kind == "open") {
    return OpenConnection{.conn = fields.text("conn"), .whence = read_whence(fields)};
  }
  if (kind == "connect") return read_connect(fields);
  if (kind == "raw_frame") return read_raw_frame(fields, limits);
  if (kind == "call") {
    Call step{.conn = fields.text("conn"), .method = fields.text("method")};
    step.params = copy_of(fields.any("params"));
    return step;
  }
  if (kind == "advance") {
    return LetTimePass{.span = {fields.integer("ms", 0, limits.advance_max.count)}};
  }
  if (kind == "disconnect") return Disconnect{.conn = fields.text("conn")};
  if (kind == "restart_gateway") return RestartGateway{};
  if (kind == "seed_store") return read_seed(fields);
  constexpr std::array kKinds = {"issue_bootstrap",
                                 "revoke_bootstrap",
                                 "clear_bootstrap",
                                 "open",
                                 "connect",
                                 "raw_frame",
                                 "call",
                                 "advance",
                                 "disconnect",
                                 "restart_gateway",
                                 "seed_store"};
  fields.mistake(fmt::format("unknown step '{}'{}", kind, model::did_you_mean(kind, kKinds)));
  return RestartGateway{};
}

}  // namespace

model::Result<VectorStep> read_vector_step(const js::Value& step, const std::string& what,
                                           const VectorLimits& limits) {
  const std::string* kind = js::string_member(step, "do");
  Fields fields(step, kind == nullptr ? what : fmt::format("{} ({})", what, *kind));
  const std::string kind_text = fields.text("do");
  VectorStep read = read_fields(kind_text, fields, limits);
  if (const auto done = fields.finish(); !done) return std::unexpected(done.error());
  return read;
}

}  // namespace sim
