#include "model/client/notes.hpp"

namespace model::client {

std::optional<wire::RequestFrame> invoke_result(const std::optional<js::Value>& request,
                                                std::string id) {
  if (!request) return std::nullopt;
  const std::string* invocation = js::string_member(*request, "id");
  const std::string* node = js::string_member(*request, "nodeId");
  if (invocation == nullptr || node == nullptr) return std::nullopt;
  return wire::RequestFrame{
      std::move(id), "node.invoke.result",
      js::Object{{"id", *invocation}, {"nodeId", *node}, {"ok", true}, {"payload", js::Object{}}}};
}

}  // namespace model::client
