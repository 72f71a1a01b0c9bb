#include "model/gateway/missing_device.hpp"

namespace model::gateway {

namespace {

bool is_operator(const wire::ConnectParams& params) {
  return params.effective_role() == "operator";
}

bool by_secret(const AuthState& auth) {
  return auth.method == "token" || auth.method == "password";
}

bool insecure_local(const MissingDeviceInput& input) {
  return wire::is_control_ui(input.params.client) && input.config.control_ui.allow_insecure_auth &&
         input.local;
}

bool not_empty(const std::optional<std::string>& text) { return text && !text->empty(); }

bool secret_sent(const wire::ConnectParams& params) {
  return params.auth && (not_empty(params.auth->token) || not_empty(params.auth->password));
}

}  // namespace

bool bypasses_device(const wire::ClientInfo& client, const Config& config) {
  return wire::is_control_ui(client) && config.control_ui.dangerously_disable_device_auth;
}

const wire::DeviceProof* device_in_use(const wire::ConnectParams& params, const Config& config) {
  return params.device && !bypasses_device(params.client, config) ? &*params.device : nullptr;
}

bool is_proxy_ui_operator(const wire::ConnectParams& params, AuthMode mode, const AuthState& auth) {
  return wire::is_control_ui(params.client) && is_operator(params) &&
         mode == AuthMode::trusted_proxy && auth.ok && auth.method == "trusted-proxy";
}

MissingDevice decide_missing_device(const MissingDeviceInput& input) {
  const wire::ConnectParams& params = input.params;
  if (device_in_use(params, input.config) != nullptr) return MissingDevice::go_on;
  if (wire::is_control_ui(params.client)) {
    if (is_proxy_ui_operator(params, input.mode, input.auth)) return MissingDevice::go_on;
    const bool bypass = bypasses_device(params.client, input.config);
    if (bypass && is_operator(params)) return MissingDevice::go_on;
    if (!bypass && !insecure_local(input)) return MissingDevice::refuse_control_ui;
  }
  if (is_operator(params) && input.auth.shared_ok) return MissingDevice::go_on;
  if (!input.auth.ok && secret_sent(params)) return MissingDevice::refuse_unauthorized;
  return MissingDevice::refuse_not_paired;
}

bool clears_scopes(const MissingDeviceInput& input, const policy::Policy& policy) {
  if (device_in_use(input.params, input.config) != nullptr) return false;
  if (decide_missing_device(input) != MissingDevice::go_on) return true;
  const bool preserved = insecure_local(input) && by_secret(input.auth);
  if (preserved || bypasses_device(input.params.client, input.config)) return false;
  return by_secret(input.auth) || is_proxy_ui_operator(input.params, input.mode, input.auth) ||
         (policy.clear_for_trusted_proxy == policy::ClearForProxy::always &&
          input.auth.method == "trusted-proxy");
}

}  // namespace model::gateway
