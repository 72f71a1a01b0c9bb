#include "model/gateway/fact.hpp"

namespace model::gateway {

std::string_view name_of(FactKind kind) {
  switch (kind) {
    case FactKind::upgrade_refused:
      return "upgrade_refused";
    case FactKind::challenged:
      return "challenged";
    case FactKind::bootstrap_issued:
      return "bootstrap_issued";
    case FactKind::bootstrap_verified:
      return "bootstrap_verified";
    case FactKind::bootstrap_refused:
      return "bootstrap_refused";
    case FactKind::bootstrap_revoked:
      return "bootstrap_revoked";
    case FactKind::bootstrap_cleared:
      return "bootstrap_cleared";
    case FactKind::device_token_verified:
      return "device_token_verified";
    case FactKind::device_token_refused:
      return "device_token_refused";
    case FactKind::request_filed:
      return "request_filed";
    case FactKind::silently_approved:
      return "silently_approved";
    case FactKind::approved:
      return "approved";
    case FactKind::approval_refused:
      return "approval_refused";
    case FactKind::rejected:
      return "rejected";
    case FactKind::device_removed:
      return "device_removed";
    case FactKind::token_issued:
      return "token_issued";
    case FactKind::token_rotated:
      return "token_rotated";
    case FactKind::token_revoked:
      return "token_revoked";
    case FactKind::hello_sent:
      return "hello_sent";
    case FactKind::refused:
      return "refused";
    case FactKind::ignored:
      return "ignored";
    case FactKind::session_closed:
      return "session_closed";
    case FactKind::node_request_filed:
      return "node_request_filed";
    case FactKind::node_approved:
      return "node_approved";
    case FactKind::store_failed:
      return "store_failed";
    case FactKind::method_answered:
      return "method_answered";
  }
  return "?";
}

}  // namespace model::gateway
