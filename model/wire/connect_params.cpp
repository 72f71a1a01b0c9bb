#include "model/wire/connect_params.hpp"

#include <algorithm>
#include <array>

#include "model/base/check.hpp"

namespace model::wire {

namespace {

using enum Presence;

constexpr auto kClientIds = std::to_array<std::string_view>({
    "webchat-ui",
    "openclaw-control-ui",
    "openclaw-tui",
    "webchat",
    "cli",
    "gateway-client",
    "openclaw-macos",
    "openclaw-ios",
    "openclaw-android",
    "node-host",
    "test",
    "fingerprint",
    "openclaw-probe",
});

constexpr auto kClientModes = std::to_array<std::string_view>({
    "webchat",
    "cli",
    "ui",
    "backend",
    "node",
    "probe",
    "test",
});

constexpr Schema kClientId{.shape = Shape::one_of, .constants = kClientIds};
constexpr Schema kClientMode{.shape = Shape::one_of, .constants = kClientModes};

constexpr auto kClientFields = std::to_array<Field>({
    {"id", &kClientId, required},
    {"displayName", &kNonEmpty, optional},
    {"version", &kNonEmpty, required},
    {"platform", &kNonEmpty, required},
    {"deviceFamily", &kNonEmpty, optional},
    {"modelIdentifier", &kNonEmpty, optional},
    {"mode", &kClientMode, required},
    {"instanceId", &kNonEmpty, optional},
});
constexpr Schema kClient{.shape = Shape::object, .fields = kClientFields};

constexpr auto kDeviceFields = std::to_array<Field>({
    {"id", &kNonEmpty, required},
    {"publicKey", &kNonEmpty, required},
    {"signature", &kNonEmpty, required},
    {"signedAt", &kInteger0, required},
    {"nonce", &kNonEmpty, required},
});
constexpr Schema kDevice{.shape = Shape::object, .fields = kDeviceFields};

constexpr auto kAuthFields = std::to_array<Field>({
    {"token", &kText, optional},
    {"bootstrapToken", &kText, optional},
    {"deviceToken", &kText, optional},
    {"password", &kText, optional},
});
constexpr Schema kAuth{.shape = Shape::object, .fields = kAuthFields};

constexpr auto kConnectFields = std::to_array<Field>({
    {"minProtocol", &kInteger1, required},
    {"maxProtocol", &kInteger1, required},
    {"client", &kClient, required},
    {"caps", &kNonEmptyList, optional},
    {"commands", &kNonEmptyList, optional},
    {"permissions", &kBooleanRecord, optional},
    {"pathEnv", &kText, optional},
    {"role", &kNonEmpty, optional},
    {"scopes", &kNonEmptyList, optional},
    {"device", &kDevice, optional},
    {"auth", &kAuth, optional},
    {"locale", &kText, optional},
    {"userAgent", &kText, optional},
});
constexpr Schema kConnect{.shape = Shape::object, .fields = kConnectFields};

// --- reading values that conform to the schema ------------------------------------------------

std::string text(const js::Object& object, std::string_view name) {
  const js::Value* value = object.find(name);
  CHECK(value != nullptr);
  return value->string();
}

std::int64_t integer(const js::Object& object, std::string_view name) {
  const js::Value* value = object.find(name);
  CHECK(value != nullptr);
  return value->integer();
}

std::optional<std::string> text_if(const js::Object& object, std::string_view name) {
  const js::Value* value = object.find(name);
  if (value == nullptr) return std::nullopt;
  return value->string();
}

std::optional<std::vector<std::string>> list_if(const js::Object& object, std::string_view name) {
  const js::Value* value = object.find(name);
  if (value == nullptr) return std::nullopt;
  std::vector<std::string> list;
  list.reserve(value->array().size());
  for (const js::Value& element : value->array()) list.push_back(element.string());
  return list;
}

ClientInfo read_client(const js::Object& client) {
  return {
      .id = text(client, "id"),
      .display_name = text_if(client, "displayName"),
      .version = text(client, "version"),
      .platform = text(client, "platform"),
      .device_family = text_if(client, "deviceFamily"),
      .model_identifier = text_if(client, "modelIdentifier"),
      .mode = text(client, "mode"),
      .instance_id = text_if(client, "instanceId"),
  };
}

DeviceProof read_device(const js::Object& device) {
  return {
      .id = text(device, "id"),
      .public_key = text(device, "publicKey"),
      .signature = text(device, "signature"),
      .signed_at = integer(device, "signedAt"),
      .nonce = text(device, "nonce"),
  };
}

ConnectAuth read_auth(const js::Object& auth) {
  return {
      .token = text_if(auth, "token"),
      .bootstrap_token = text_if(auth, "bootstrapToken"),
      .device_token = text_if(auth, "deviceToken"),
      .password = text_if(auth, "password"),
  };
}

std::vector<std::pair<std::string, js::Value>> read_permissions(const js::Object& permissions) {
  std::vector<std::pair<std::string, js::Value>> read;
  read.reserve(permissions.size());
  for (const js::Member& member : permissions) read.emplace_back(member.name, member.value);
  return read;
}

// --- writing -----------------------------------------------------------------------------------

js::Value list_json(const std::vector<std::string>& list) {
  js::Array elements;
  elements.reserve(list.size());
  for (const std::string& element : list) elements.emplace_back(element);
  return elements;
}

void set_list_if(js::Object& object, std::string_view name,
                 const std::optional<std::vector<std::string>>& list) {
  if (list) object.set(name, list_json(*list));
}

js::Object client_json(const ClientInfo& client) {
  js::Object json;
  json.set("id", client.id);
  json.set_if("displayName", client.display_name);
  json.set("version", client.version);
  json.set("platform", client.platform);
  json.set_if("deviceFamily", client.device_family);
  json.set_if("modelIdentifier", client.model_identifier);
  json.set("mode", client.mode);
  json.set_if("instanceId", client.instance_id);
  return json;
}

js::Object auth_json(const ConnectAuth& auth) {
  js::Object json;
  json.set_if("token", auth.token);
  json.set_if("bootstrapToken", auth.bootstrap_token);
  json.set_if("deviceToken", auth.device_token);
  json.set_if("password", auth.password);
  return json;
}

js::Object device_json(const DeviceProof& device) {
  js::Object json;
  json.set("id", device.id);
  json.set("publicKey", device.public_key);
  json.set("signature", device.signature);
  json.set("signedAt", device.signed_at);
  json.set("nonce", device.nonce);
  return json;
}

}  // namespace

const Schema& connect_schema() { return kConnect; }

std::span<const std::string_view> client_ids() { return kClientIds; }

std::span<const std::string_view> client_modes() { return kClientModes; }

Result<ConnectParams> read_connect_params(const std::optional<js::Value>& params) {
  const js::Value value = params.value_or(js::Value());
  if (auto text = violations(kConnect, value)) return fail(std::move(*text));
  const js::Object& object = value.object();
  ConnectParams read;
  read.min_protocol = integer(object, "minProtocol");
  read.max_protocol = integer(object, "maxProtocol");
  read.client = read_client(object.find("client")->object());
  read.caps = list_if(object, "caps");
  read.commands = list_if(object, "commands");
  if (const auto* permissions = object.find("permissions")) {
    read.permissions = read_permissions(permissions->object());
  }
  read.path_env = text_if(object, "pathEnv");
  read.role = text_if(object, "role");
  read.scopes = list_if(object, "scopes");
  if (const auto* device = object.find("device")) read.device = read_device(device->object());
  if (const auto* auth = object.find("auth")) read.auth = read_auth(auth->object());
  read.locale = text_if(object, "locale");
  read.user_agent = text_if(object, "userAgent");
  return read;
}

js::Value to_json(const ConnectParams& params) {
  js::Object json;
  json.set("minProtocol", params.min_protocol);
  json.set("maxProtocol", params.max_protocol);
  json.set("client", client_json(params.client));
  set_list_if(json, "caps", params.caps);
  set_list_if(json, "commands", params.commands);
  if (params.permissions) {
    std::vector<js::Member> members;
    for (const auto& [name, value] : *params.permissions) members.push_back({name, value});
    json.set("permissions", js::Object::from_members(std::move(members)));
  }
  json.set_if("pathEnv", params.path_env);
  if (params.auth) json.set("auth", auth_json(*params.auth));
  json.set_if("role", params.role);
  set_list_if(json, "scopes", params.scopes);
  if (params.device) json.set("device", device_json(*params.device));
  json.set_if("locale", params.locale);
  json.set_if("userAgent", params.user_agent);
  return json;
}

bool is_control_ui(const ClientInfo& client) {
  return client.id == "openclaw-control-ui" || client.id == "openclaw-tui";
}

bool is_browser_operator_ui(const ClientInfo& client) { return client.id == "openclaw-control-ui"; }

bool is_webchat(const ClientInfo& client) {
  return client.mode == "webchat" || client.id == "webchat-ui";
}

bool is_cli(const ClientInfo& client) { return client.mode == "cli"; }

}  // namespace model::wire
