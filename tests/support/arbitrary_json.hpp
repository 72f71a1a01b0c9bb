// Random JSON values for laws: RC_GTEST_PROP(Suite, Name, ()) { const auto v =
// *tests::json_value(); }
#pragma once

#include <rapidcheck.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "model/base/json.hpp"

namespace tests {

/// Text of characters of every length, among them control characters, quotes and one lone surrogate
/// (a high one, so that no two of them make a pair).
inline rc::Gen<std::string> wtf8_text() {
  const auto piece = rc::gen::weightedElement<std::string>({{8, "a"},
                                                            {4, "z"},
                                                            {2, "\""},
                                                            {2, "\\"},
                                                            {2, "/"},
                                                            {1, "\n"},
                                                            {1, std::string(1, '\0')},
                                                            {1, "\x1f"},
                                                            {1, "\x7f"},
                                                            {2, "\u00e9"},
                                                            {2, "\u2028"},
                                                            {2, "\uffff"},
                                                            {2, "\U0001f600"},
                                                            {1, "\xed\xa0\xbd"}});
  return rc::gen::map(rc::gen::scale(0.2, rc::gen::container<std::vector<std::string>>(piece)),
                      [](const std::vector<std::string>& pieces) {
                        std::string text;
                        for (const std::string& at : pieces) text += at;
                        return text;
                      });
}

/// Names that meet each other, and the rules on names, often.
inline rc::Gen<std::string> member_name() {
  return rc::gen::oneOf(rc::gen::element<std::string>("", "a", "b", "0", "1", "17", "01", "-1",
                                                      "4294967294", "4294967295", "__proto__"),
                        wtf8_text());
}

inline rc::Gen<model::js::Value> json_value(int depth_left = 3) {
  using model::js::Array;
  using model::js::Member;
  using model::js::Object;
  using model::js::Value;
  const auto null = rc::gen::construct<Value>();
  const auto flag = rc::gen::map<bool>([](bool at) { return Value(at); });
  const auto whole = rc::gen::map<std::int64_t>([](std::int64_t at) { return Value(at); });
  const auto fraction = rc::gen::map<double>([](double at) { return Value(at); });
  const auto text = rc::gen::map(wtf8_text(), [](std::string at) { return Value(std::move(at)); });
  if (depth_left == 0) return rc::gen::oneOf(null, flag, whole, fraction, text);
  const auto inner = rc::gen::lazy([depth_left] { return json_value(depth_left - 1); });
  const auto array =
      rc::gen::map(rc::gen::scale(0.5, rc::gen::container<std::vector<Value>>(inner)),
                   [](Array at) { return Value(std::move(at)); });
  const auto object = rc::gen::map(rc::gen::container<std::vector<std::pair<std::string, Value>>>(
                                       rc::gen::pair(member_name(), inner)),
                                   [](const std::vector<std::pair<std::string, Value>>& members) {
                                     Object built;
                                     for (const auto& [name, value] : members)
                                       built.set(name, value);
                                     return Value(std::move(built));
                                   });
  return rc::gen::oneOf(null, flag, whole, fraction, text, array, object);
}

}  // namespace tests
