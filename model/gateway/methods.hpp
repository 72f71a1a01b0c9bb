// The methods of a session, as rows of steps: what session.cpp dispatches to, and the words that
// method implementations share.
//
// A step runs without interruption and says what it waits for; the next step gets the answer. The
// last step answers the caller and waits for nothing. What a method has learned on the way is in
// MethodCall::scratch, so that a call in progress stays a plain value.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/json.hpp"
#include "model/gateway/turn.hpp"
#include "model/wire/errors.hpp"

namespace model::gateway {

/// A call whose turn it is.
struct Call {
  Turn& turn;
  const ConnectionKey& conn;
  MethodCall& method;

  [[nodiscard]] const js::Value& params() const { return method.params; }
  /// A required text of valid params.
  [[nodiscard]] const std::string& text(std::string_view name) const;
  /// An optional text; none if absent.
  [[nodiscard]] std::optional<std::string> maybe_text(std::string_view name) const;
  /// Scopes of the session that called (it may be gone by now; they are remembered).
  [[nodiscard]] std::vector<std::string> caller_scopes() const;

  /// Answers the caller. A call is answered once, in its last step.
  void answer(js::Value payload) const;
  void refuse(std::string_view message, const std::optional<js::Value>& details = {}) const;
  void unavailable(std::string_view message, const std::optional<js::Value>& details = {}) const;
  /// What the store's own exception becomes (W-48).
  void thrown(std::string_view what) const;
};

/// One step of a method, given what the step before it waited for (the first gets Continue).
using Step = Need (*)(const Call& call, const Resume& resume);

struct Method {
  std::string_view name;
  std::span<const Step> steps;
};

/// Rows of device_methods.cpp (12.1) and node_methods.cpp (12.2 and the nodes' own side).
[[nodiscard]] std::span<const Method> device_methods();
[[nodiscard]] std::span<const Method> node_methods();

/// Answers a request outside of a MethodCall, or later than its handler lives. Each of these counts
/// for the flood guard (W-49): a refused role counts up and may close, everything else resets.
void answer_request(Turn& turn, const ConnectionKey& conn, const js::Value& id,
                    std::string_view method, js::Value payload);
void refuse_request(Turn& turn, const ConnectionKey& conn, const js::Value& id,
                    std::string_view method, const js::Value& error);

/// W-48: an exception's text as the original formats it, at most 240 UTF-16 units and then "...".
[[nodiscard]] std::string format_thrown(std::string_view what);

/// A record's text, empty if there is none; a record's member, null if there is none.
[[nodiscard]] std::string text_in(const js::Value& record, std::string_view name);
[[nodiscard]] js::Value member_in(const js::Value& record, std::string_view name);

/// A list of texts as a JSON array.
[[nodiscard]] js::Value text_list(const std::vector<std::string>& texts);

/// The store's answer or documents in a Resume; anything else is our bug.
[[nodiscard]] const store::Answer& answer_in(const Resume& resume);
[[nodiscard]] const store::Documents& documents_in(const Resume& resume);

}  // namespace model::gateway
