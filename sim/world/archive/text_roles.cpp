#include "sim/world/archive/text_roles.hpp"

#include <array>

#include "model/crypto/identity.hpp"
#include "model/crypto/payload.hpp"
#include "model/gateway/device_proof.hpp"
#include "model/store/lifetimes.hpp"
#include "model/wire/connect_params.hpp"
#include "sim/world/archive/describer.hpp"

namespace sim {

namespace {

using model::js::Member;
using model::js::Value;

/// Deeper nesting than any frame or record of the protocol has.
constexpr int kDepthMax = 32;

// clang-format off
constexpr auto kPlain = std::to_array<MemberRole>({
    {"ts",                TextRole::shown, 0},
    {"issuedAtMs",        TextRole::shown, 0},
    {"createdAtMs",       TextRole::shown, 0},
    {"approvedAtMs",      TextRole::shown, 0},
    {"rotatedAtMs",       TextRole::shown, 0},
    {"revokedAtMs",       TextRole::flag,  0},
    {"lastUsedAtMs",      TextRole::shown, 0},
    {"connectedAtMs",     TextRole::shown, 0},
    {"lastConnectedAtMs", TextRole::shown, 0},
    {"expiresAtMs",       TextRole::shown, 0},
    {"uptimeMs",          TextRole::shown, 0},
    {"seq",               TextRole::shown, 0},
    {"presence",          TextRole::shown, 0},
    {"health",            TextRole::shown, 0},
    {"signedAt",          TextRole::aged,  model::gateway::kProofAgeMax.count},
});
/// A bootstrap token lives by `ts`, and by `issuedAtMs` where `ts` is missing (section 10.2).
constexpr auto kBootstrap = std::to_array<MemberRole>({
    {"ts",           TextRole::aged,  model::store::kBootstrapLife.count},
    {"issuedAtMs",   TextRole::aged,  model::store::kBootstrapLife.count},
    {"lastUsedAtMs", TextRole::aged,  model::store::kReverifyTolerance.count},
});
constexpr auto kPending = std::to_array<MemberRole>({
    {"ts",           TextRole::aged,  model::store::kPendingLife.count},
});
// clang-format on

const MemberRole* role_of(Roles roles, std::string_view member) {
  for (const MemberRole& role : roles) {
    if (role.member == member) return &role;
  }
  return nullptr;
}

void describe_number(Describer& out, const Value& value, const MemberRole& role) {
  switch (role.role) {
    case TextRole::shown:
      out.literal("a number");
      return;
    case TextRole::flag:
      out.literal(value.integer() == 0 ? "zero" : "a number");
      return;
    case TextRole::aged:
      out.instant(value.integer(), role.span_ms + 1);
      return;
  }
}

/// Which secret, if any, the signature is over: the number of the candidate, or its exact bytes.
void describe_signature(Describer& out, const model::wire::ConnectParams& params) {
  using model::policy::Policy;
  const model::wire::ConnectAuth auth = params.auth.value_or(model::wire::ConnectAuth{});
  const std::vector<std::string> scopes = params.effective_scopes();
  const Policy policy;
  const model::gateway::DeviceProofInput input{.params = params,
                                               .scopes = scopes,
                                               .nonce = params.device->nonce,
                                               .now = {params.device->signed_at},
                                               .policy = policy};
  int candidate = 0;
  for (const std::optional<std::string>& secret :
       {auth.token, auth.device_token, auth.bootstrap_token, std::optional<std::string>("")}) {
    ++candidate;
    if (secret && model::gateway::signature_verifies(input, *secret)) {
      out.number(candidate);
      return;
    }
  }
  out.literal(params.device->signature);
}

}  // namespace

Roles plain_roles() { return kPlain; }

Roles roles_of_file(std::string_view path) {
  if (path == "devices/bootstrap.json") return kBootstrap;
  if (path == "devices/pending.json" || path == "nodes/pending.json") return kPending;
  return kPlain;
}

void describe_json(Describer& out, const Value& value, Roles roles, int depth) {
  if (depth > kDepthMax) {
    out.literal(model::js::dump(value));
    return;
  }
  if (value.is_string()) {
    out.text(value.string());
  } else if (value.is_array()) {
    out.literal("[");
    for (const Value& element : value.array()) describe_json(out, element, roles, depth + 1);
    out.literal("]");
  } else if (value.is_object()) {
    out.literal("{");
    for (const Member& member : value.object()) {
      out.text(member.name);
      const MemberRole* role = role_of(roles, member.name);
      if (role != nullptr && member.value.is_number()) {
        describe_number(out, member.value, *role);
      } else {
        describe_json(out, member.value, roles, depth + 1);
      }
    }
    out.literal("}");
  } else {
    out.literal(model::js::dump(value));
  }
}

void describe_store_record(Describer& out, std::string_view path, const Value& record) {
  describe_json(out, record, roles_of_file(path));
}

void describe_store_text(Describer& out, std::string_view path, const std::string& text) {
  const auto document = model::js::parse(text);
  if (!document || !document->is_object()) {
    out.literal(text);
    return;
  }
  out.unordered(document->object(), [&](const Member& entry, Describer& inner) {
    inner.text(entry.name);
    describe_json(inner, entry.value, roles_of_file(path));
  });
}

void describe_connect_params(Describer& out, const Value& params) {
  const auto read = model::wire::read_connect_params(params);
  if (!read || !read->device) {
    describe_json(out, params, kPlain);
    return;
  }
  Value without = params;
  if (Value* device = without.edit_object().edit("device")) {
    device->edit_object().set("signature", Value());
  }
  describe_json(out, without, kPlain);
  describe_signature(out, *read);
}

void describe_frame_text(Describer& out, const std::string& text) {
  const auto frame = model::js::parse(text);
  if (!frame || !frame->is_object()) {
    out.literal(text);
    return;
  }
  const std::string* method = model::js::string_member(*frame, "method");
  const Value* params = model::js::member(*frame, "params");
  if (method == nullptr || *method != "connect" || params == nullptr) {
    describe_json(out, *frame, kPlain);
    return;
  }
  Value without = *frame;
  without.edit_object().set("params", Value());
  describe_json(out, without, kPlain);
  describe_connect_params(out, *params);
}

}  // namespace sim
