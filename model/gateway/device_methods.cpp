// Operator methods on devices and their tokens (docs/protocol/gateway.md section 12.1).
#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "model/base/js_string.hpp"
#include "model/gateway/device_view.hpp"
#include "model/gateway/methods.hpp"
#include "model/gateway/session.hpp"
#include "model/store/record.hpp"
#include "model/store/views.hpp"
#include "model/wire/events.hpp"

namespace model::gateway {
namespace {

using store::Outcome;

constexpr std::string_view kRotationDenied = "device token rotation denied";

/// Tells all who may hear it how a request ended, before the caller is answered.
void tell_resolved(const Call& call, const js::Value& record, wire::Decision decision) {
  call.turn.broadcast(
      wire::event::kDevicePairResolved,
      wire::device_pair_resolved_payload(call.text("requestId"), text_in(record, "deviceId"),
                                         decision, call.turn.now));
}

// --- device.pair.list ----------------------------------------------------------------------------

Need look_at_devices(const Call&, const Resume&) { return Look{store::Group::devices}; }

Need show_devices(const Call& call, const Resume& resume) {
  const store::Documents& devices = documents_in(resume);
  js::Array paired;
  for (const js::Value& device : store::list_paired(devices)) paired.push_back(redacted(device));
  call.answer(js::Object{{"pending", store::list_pending(devices, call.turn.now)},
                         {"paired", std::move(paired)}});
  return {};
}

// --- device.pair.approve, device.pair.reject -----------------------------------------------------

Need ask_approval(const Call& call, const Resume&) {
  return Transact{store::DeviceApprove{call.text("requestId"), call.caller_scopes()}};
}

/// What the approval put into the store, for monitors: the record, and the new token of its role.
void tell_approved(const Call& call, const js::Value& device) {
  Fact fact{.kind = FactKind::approved,
            .conn = call.conn,
            .device_id = text_in(device, "deviceId"),
            .public_key = text_in(device, "publicKey"),
            .role = text_in(device, "role"),
            .request_id = call.text("requestId"),
            .detail = call.method.method,
            .scopes = store::strings_of(js::member(device, "approvedScopes"))};
  const js::Value* tokens = js::member(device, "tokens");
  const js::Value* entry = tokens == nullptr ? nullptr : js::member(*tokens, fact.role);
  if (entry != nullptr) {
    call.turn.fact(fact);
    fact.kind = FactKind::token_issued;
    fact.public_key.clear();
    fact.request_id.clear();
    fact.token = text_in(*entry, "token");
    fact.scopes = store::strings_of(js::member(*entry, "scopes"));
  }
  call.turn.fact(std::move(fact));
}

Need approved(const Call& call, const Resume& resume) {
  const store::Answer& answer = answer_in(resume);
  const std::string& request_id = call.text("requestId");
  if (answer.outcome == Outcome::invalid) return call.thrown(answer.reason), Need{};
  if (answer.outcome != Outcome::ok) {
    const std::string why = answer.outcome == Outcome::forbidden
                                ? "missing scope: " + answer.missing_scope
                                : "unknown requestId";
    call.turn.fact({.kind = FactKind::approval_refused,
                    .conn = call.conn,
                    .request_id = request_id,
                    .detail = why});
    call.refuse(why);
    return {};
  }
  tell_approved(call, answer.record);
  tell_resolved(call, answer.record, wire::Decision::approved);
  call.answer(js::Object{{"requestId", request_id}, {"device", redacted(answer.record)}});
  return {};
}

Need ask_rejection(const Call& call, const Resume&) {
  return Transact{store::DeviceReject{call.text("requestId")}};
}

Need rejected(const Call& call, const Resume& resume) {
  const store::Answer& answer = answer_in(resume);
  if (answer.outcome == Outcome::invalid) return call.thrown(answer.reason), Need{};
  if (answer.outcome != Outcome::ok) return call.refuse("unknown requestId"), Need{};
  const js::Value device_id = member_in(answer.record, "deviceId");
  call.turn.fact({.kind = FactKind::rejected,
                  .conn = call.conn,
                  .device_id = text_in(answer.record, "deviceId"),
                  .request_id = call.text("requestId")});
  tell_resolved(call, answer.record, wire::Decision::rejected);
  call.answer(js::Object{{"requestId", call.text("requestId")}, {"deviceId", device_id}});
  return {};
}

// --- device.pair.remove --------------------------------------------------------------------------

Need ask_removal(const Call& call, const Resume&) {
  return Transact{store::DeviceRemove{call.text("deviceId")}};
}

Need removed(const Call& call, const Resume& resume) {
  const store::Answer& answer = answer_in(resume);
  if (answer.outcome == Outcome::invalid) return call.thrown(answer.reason), Need{};
  if (answer.outcome != Outcome::ok) return call.refuse("unknown deviceId"), Need{};
  const std::string device_id(js::trim(call.text("deviceId")));
  call.turn.fact({.kind = FactKind::device_removed, .conn = call.conn, .device_id = device_id});
  call.answer(js::Object{{"deviceId", device_id}});
  close_device_sessions(call.turn, device_id, "");
  return {};
}

// --- device.token.rotate, device.token.revoke ----------------------------------------------------

std::optional<std::vector<std::string>> given_scopes(const Call& call) {
  const js::Value* scopes = js::member(call.params(), "scopes");
  if (scopes == nullptr) return std::nullopt;
  return store::strings_of(scopes);
}

/// The scopes that the new token would get: those given, else those of the role's token, else the
/// device's. What the caller lacks of them it may not hand out.
store::Strings scopes_to_rotate(const Call& call, const js::Value& device) {
  if (const auto given = given_scopes(call)) return store::scopeset(*given);
  const js::Value* tokens = js::member(device, "tokens");
  const js::Value* entry =
      tokens == nullptr ? nullptr : js::member(*tokens, js::trim(call.text("role")));
  const js::Value* held = entry == nullptr ? nullptr : js::member(*entry, "scopes");
  return store::scopeset(store::first_of({held, js::member(device, "scopes")}));
}

Need ask_rotation(const Call& call, const Resume& resume) {
  const js::Value* device = store::find_paired(documents_in(resume), call.text("deviceId"));
  if (device == nullptr) return call.refuse(kRotationDenied), Need{};
  const std::string& role = call.text("role");
  if (store::missing_scope(role, scopes_to_rotate(call, *device), call.caller_scopes())) {
    return call.refuse(kRotationDenied), Need{};
  }
  return Transact{store::TokenRotate{call.text("deviceId"), role, given_scopes(call)}};
}

Need rotated(const Call& call, const Resume& resume) {
  const store::Answer& answer = answer_in(resume);
  if (answer.outcome == Outcome::invalid) return call.thrown(answer.reason), Need{};
  if (answer.outcome != Outcome::ok) return call.refuse(kRotationDenied), Need{};
  const js::Value& entry = answer.record;
  const std::string device_id(js::trim(call.text("deviceId")));
  const std::string role = text_in(entry, "role");
  call.turn.fact({.kind = FactKind::token_rotated,
                  .conn = call.conn,
                  .device_id = device_id,
                  .role = role,
                  .token = text_in(entry, "token"),
                  .scopes = store::strings_of(js::member(entry, "scopes"))});
  const js::Value* at =
      store::first_of({js::member(entry, "rotatedAtMs"), js::member(entry, "createdAtMs")});
  call.answer(js::Object{{"deviceId", call.text("deviceId")},
                         {"role", role},
                         {"token", member_in(entry, "token")},
                         {"scopes", member_in(entry, "scopes")},
                         {"rotatedAtMs", at == nullptr ? js::Value() : *at}});
  if (call.turn.policy().rotate_disconnects == policy::RotateDisconnects::yes) {
    close_device_sessions(call.turn, device_id, role);
  }
  return {};
}

Need ask_revocation(const Call& call, const Resume&) {
  return Transact{store::TokenRevoke{call.text("deviceId"), call.text("role")}};
}

Need revoked(const Call& call, const Resume& resume) {
  const store::Answer& answer = answer_in(resume);
  if (answer.outcome == Outcome::invalid) return call.thrown(answer.reason), Need{};
  if (answer.outcome != Outcome::ok) return call.refuse("unknown deviceId/role"), Need{};
  const std::string device_id(js::trim(call.text("deviceId")));
  const std::string role(js::trim(call.text("role")));
  call.turn.fact(
      {.kind = FactKind::token_revoked, .conn = call.conn, .device_id = device_id, .role = role});
  call.answer(js::Object{{"deviceId", device_id},
                         {"role", role},
                         {"revokedAtMs", member_in(answer.record, "revokedAtMs")}});
  close_device_sessions(call.turn, device_id, role);
  return {};
}

// --- the rows ------------------------------------------------------------------------------------

constexpr Step kList[] = {look_at_devices, show_devices};
constexpr Step kApprove[] = {ask_approval, approved};
constexpr Step kReject[] = {ask_rejection, rejected};
constexpr Step kRemove[] = {ask_removal, removed};
constexpr Step kRotate[] = {look_at_devices, ask_rotation, rotated};
constexpr Step kRevoke[] = {ask_revocation, revoked};

constexpr auto kMethods = std::to_array<Method>({{"device.pair.list", kList},
                                                 {"device.pair.approve", kApprove},
                                                 {"device.pair.reject", kReject},
                                                 {"device.pair.remove", kRemove},
                                                 {"device.token.rotate", kRotate},
                                                 {"device.token.revoke", kRevoke}});

}  // namespace

std::span<const Method> device_methods() { return kMethods; }

}  // namespace model::gateway
