#include "model/client/js_options.hpp"

#include <utility>

namespace model::client {

wire::ConnectParams connect_params(const JsOptions& options) {
  wire::ConnectParams params;
  params.min_protocol = options.min_protocol;
  params.max_protocol = options.max_protocol;
  params.client = {.id = options.client_name,
                   .display_name = options.display_name,
                   .version = options.version,
                   .platform = options.platform,
                   .device_family = options.device_family,
                   .model_identifier = std::nullopt,
                   .mode = options.mode,
                   .instance_id = options.instance_id};
  params.caps = options.caps;
  params.commands = options.commands;
  if (options.permissions) {
    params.permissions.emplace();
    for (const auto& [name, granted] : *options.permissions) {
      params.permissions->emplace_back(name, js::Value(granted));
    }
  }
  params.path_env = options.path_env;
  params.role = options.role;
  params.scopes = options.scopes;
  return params;
}

JsOptions node_host_options(std::string url, std::string instance_id) {
  JsOptions options;
  options.url = std::move(url);
  options.client_name = "node-host";
  options.mode = "node";
  options.role = "node";
  options.scopes = {};
  options.instance_id = std::move(instance_id);
  options.caps = {"system"};
  options.commands = {"system.run.prepare", "system.run", "system.which",
                      "system.execApprovals.get", "system.execApprovals.set"};
  return options;
}

JsOptions cli_options(std::string url) {
  JsOptions options;
  options.url = std::move(url);
  options.client_name = "cli";
  options.mode = "cli";
  options.scopes = {"operator.admin", "operator.read", "operator.write", "operator.approvals",
                    "operator.pairing"};
  return options;
}

}  // namespace model::client
