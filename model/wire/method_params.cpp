#include "model/wire/method_params.hpp"

#include <algorithm>
#include <array>

#include "model/wire/errors.hpp"

namespace model::wire {

namespace {

using enum Presence;

constexpr auto kRequestIdFields = std::to_array<Field>({{"requestId", &kNonEmpty, required}});
constexpr Schema kRequestId{.shape = Shape::object, .fields = kRequestIdFields};

constexpr auto kDeviceIdFields = std::to_array<Field>({{"deviceId", &kNonEmpty, required}});
constexpr Schema kDeviceId{.shape = Shape::object, .fields = kDeviceIdFields};

constexpr auto kTokenRotateFields = std::to_array<Field>({
    {"deviceId", &kNonEmpty, required},
    {"role", &kNonEmpty, required},
    {"scopes", &kNonEmptyList, optional},
});
constexpr Schema kTokenRotate{.shape = Shape::object, .fields = kTokenRotateFields};

constexpr auto kTokenRevokeFields = std::to_array<Field>({
    {"deviceId", &kNonEmpty, required},
    {"role", &kNonEmpty, required},
});
constexpr Schema kTokenRevoke{.shape = Shape::object, .fields = kTokenRevokeFields};

constexpr auto kNodePairRequestFields = std::to_array<Field>({
    {"nodeId", &kNonEmpty, required},
    {"displayName", &kNonEmpty, optional},
    {"platform", &kNonEmpty, optional},
    {"version", &kNonEmpty, optional},
    {"coreVersion", &kNonEmpty, optional},
    {"uiVersion", &kNonEmpty, optional},
    {"deviceFamily", &kNonEmpty, optional},
    {"modelIdentifier", &kNonEmpty, optional},
    {"caps", &kNonEmptyList, optional},
    {"commands", &kNonEmptyList, optional},
    {"remoteIp", &kNonEmpty, optional},
    {"silent", &kBoolean, optional},
});
constexpr Schema kNodePairRequest{.shape = Shape::object, .fields = kNodePairRequestFields};

constexpr auto kNodePairVerifyFields = std::to_array<Field>({
    {"nodeId", &kNonEmpty, required},
    {"token", &kNonEmpty, required},
});
constexpr Schema kNodePairVerify{.shape = Shape::object, .fields = kNodePairVerifyFields};

constexpr auto kNodeRenameFields = std::to_array<Field>({
    {"nodeId", &kNonEmpty, required},
    {"displayName", &kNonEmpty, required},
});
constexpr Schema kNodeRename{.shape = Shape::object, .fields = kNodeRenameFields};

constexpr auto kNodeIdFields = std::to_array<Field>({{"nodeId", &kNonEmpty, required}});
constexpr Schema kNodeId{.shape = Shape::object, .fields = kNodeIdFields};

constexpr auto kNodeInvokeFields = std::to_array<Field>({
    {"nodeId", &kNonEmpty, required},
    {"command", &kNonEmpty, required},
    {"params", &kAny, optional},
    {"timeoutMs", &kInteger0, optional},
    {"idempotencyKey", &kNonEmpty, required},
});
constexpr Schema kNodeInvoke{.shape = Shape::object, .fields = kNodeInvokeFields};

// What nodes call themselves. The protocol pages name these methods without their parameters; the
// shapes are those of the nodes' own requests.
constexpr auto kNodeErrorFields = std::to_array<Field>({
    {"code", &kNonEmpty, optional},
    {"message", &kNonEmpty, optional},
});
constexpr Schema kNodeError{.shape = Shape::object, .fields = kNodeErrorFields};
constexpr auto kInvokeResultFields = std::to_array<Field>({
    {"id", &kNonEmpty, required},
    {"nodeId", &kNonEmpty, required},
    {"ok", &kBoolean, required},
    {"payload", &kAny, optional},
    {"payloadJSON", &kText, optional},
    {"error", &kNodeError, optional},
});
constexpr Schema kInvokeResult{.shape = Shape::object, .fields = kInvokeResultFields};

constexpr auto kNodeEventFields = std::to_array<Field>({
    {"event", &kNonEmpty, required},
    {"payload", &kAny, optional},
    {"payloadJSON", &kText, optional},
});
constexpr Schema kNodeEvent{.shape = Shape::object, .fields = kNodeEventFields};

constexpr auto kPendingAckFields = std::to_array<Field>({{"ids", &kNonEmptyList, required}});
constexpr Schema kPendingAck{.shape = Shape::object, .fields = kPendingAckFields};

constexpr auto kPendingDrainFields = std::to_array<Field>({{"maxItems", &kInteger1, optional}});
constexpr Schema kPendingDrain{.shape = Shape::object, .fields = kPendingDrainFields};

struct MethodRow {
  std::string_view method;
  const Schema* params;
};

constexpr auto kMethods = std::to_array<MethodRow>({
    {"device.pair.list", &kNoMembers},
    {"device.pair.approve", &kRequestId},
    {"device.pair.reject", &kRequestId},
    {"device.pair.remove", &kDeviceId},
    {"device.token.rotate", &kTokenRotate},
    {"device.token.revoke", &kTokenRevoke},
    {"node.pair.request", &kNodePairRequest},
    {"node.pair.list", &kNoMembers},
    {"node.pair.approve", &kRequestId},
    {"node.pair.reject", &kRequestId},
    {"node.pair.verify", &kNodePairVerify},
    {"node.rename", &kNodeRename},
    {"node.list", &kNoMembers},
    {"node.describe", &kNodeId},
    {"node.invoke", &kNodeInvoke},
    {"node.invoke.result", &kInvokeResult},
    {"node.event", &kNodeEvent},
    {"node.pending.pull", &kNoMembers},
    {"node.pending.ack", &kPendingAck},
    {"node.pending.drain", &kPendingDrain},
    {"skills.bins", &kNoMembers},
});

}  // namespace

const Schema* method_schema(std::string_view method) {
  const auto row = std::find_if(kMethods.begin(), kMethods.end(),
                                [&](const MethodRow& at) { return at.method == method; });
  return row == kMethods.end() ? nullptr : row->params;
}

js::Value method_params(const std::optional<js::Value>& params) {
  return params && !params->is_null() ? *params : js::Value(js::Object());
}

std::optional<std::string> method_violations(std::string_view method,
                                             const std::optional<js::Value>& params) {
  const Schema* schema = method_schema(method);
  if (schema == nullptr) return std::nullopt;
  return violations(*schema, method_params(params));
}

js::Value invalid_params_error(std::string_view method, std::string_view text) {
  return error_object(ErrorCode::invalid_request,
                      std::string("invalid ").append(method).append(" params: ").append(text));
}

}  // namespace model::wire
