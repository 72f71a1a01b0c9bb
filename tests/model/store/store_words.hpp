// Words for tests of the stores: files as text, a clock, names that say what they are for.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <gtest/gtest.h>

#include "model/base/json.hpp"
#include "model/base/names.hpp"
#include "model/base/time.hpp"
#include "model/policy/policy.hpp"
#include "model/store/documents.hpp"
#include "model/store/operation.hpp"
#include "model/store/views.hpp"

namespace model::store {

inline std::ostream& operator<<(std::ostream& out, Outcome outcome) {
  constexpr std::string_view kNames[] = {"ok", "no", "unknown", "forbidden", "invalid"};
  return out << kNames[static_cast<std::size_t>(outcome)];
}

/// "request:phone#2" is the second request id minted for the phone; pinned names come first.
class TestNames : public NameSource {
 public:
  std::deque<std::string> pinned;

  std::string mint(NameKind kind, std::string_view whom) override {
    if (!pinned.empty()) {
      std::string name = pinned.front();
      pinned.pop_front();
      return name;
    }
    constexpr std::string_view kKinds[] = {"bootstrap", "token", "node-token", "request",
                                           "node-request"};
    const std::string stem =
        std::string(kKinds[static_cast<std::size_t>(kind)]) + ":" + std::string(whom);
    return stem + "#" + std::to_string(++counts_[stem]);
  }

 private:
  std::map<std::string, int> counts_;
};

/// JSON in test texts is written with ' for ".
inline js::Value json(std::string text) {
  for (char& character : text) {
    if (character == '\'') character = '"';
  }
  auto value = js::parse(text);
  EXPECT_TRUE(value) << text;
  return value ? *value : js::Value();
}

inline policy::Policy revision(std::string_view name) { return policy::preset(name)->policy; }

/// One group of files, a clock and a policy; `run` does what the world does between read and write.
struct Store {
  policy::Policy policy = revision("2026.3.31");
  Documents files = {js::Value(js::Object{}), js::Value(js::Object{})};
  Instant now{1'000'000};
  TestNames names;
  bool wrote = false;  ///< by the last operation

  Answer run(const Operation& operation) {
    const Execution execution = execute(operation, files, policy, now, names);
    wrote = execution.write.has_value();
    if (execution.write) files = *execution.write;
    return execution.answer;
  }
  Answer run_at(std::int64_t ms, const Operation& operation) {
    now = Instant{ms};
    return run(operation);
  }
  std::string first() const { return write_document(files.first); }
  std::string second() const { return write_document(files.second); }
};

/// A member by path: at(files.second, {"phone", "tokens", "node"}); null if it is not there.
inline const js::Value* at(const js::Value& from, std::initializer_list<std::string_view> path) {
  const js::Value* value = &from;
  for (const std::string_view name : path) {
    value = js::member(*value, name);
    if (value == nullptr) return nullptr;
  }
  return value;
}

/// Compact JSON of a member, or "absent".
inline std::string text_at(const js::Value& from, std::initializer_list<std::string_view> path) {
  const js::Value* value = at(from, path);
  return value == nullptr ? "absent" : js::dump(*value);
}

/// A connect's request for pairing.
inline DeviceRequest asks(std::string device, std::string role, Strings scopes) {
  DeviceRequest request;
  request.device_id = device;
  request.public_key = device + "-key";
  request.role = std::move(role);
  request.scopes = std::move(scopes);
  return request;
}

}  // namespace model::store
