// Compares model/base with a JavaScript engine, where there is one on this machine.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "model/base/js_number.hpp"
#include "model/base/js_string.hpp"
#include "model/base/json.hpp"
#include "tests/support/source_dir.hpp"

namespace model::js {
namespace {

std::string output_of(const std::string& command) {
  std::string output;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return output;
  char buffer[65536];
  while (const std::size_t count = std::fread(buffer, 1, sizeof buffer, pipe)) {
    output.append(buffer, count);
  }
  pclose(pipe);
  return output;
}

/// What we say; null where JavaScript throws or gives NaN.
Value our_answer(const std::string& what, const Value& input) {
  if (what == "less") return utf16_less(input.array()[0].string(), input.array()[1].string());
  const std::string& text = input.string();
  if (what == "json") {
    const auto value = parse(text);
    if (!value) return nullptr;
    return Array{dump(*value), dump_pretty(*value)};
  }
  if (what == "number" || what == "toNumber") {
    const auto number = what == "number" ? parse_number(text) : to_number(text);
    if (!number) return nullptr;
    return to_string(*number);
  }
  if (what == "trim") return trim(text);
  if (what == "lower") return lower_unicode(text);
  if (what == "cut") return cut_utf8(text, 7);
  if (what == "policy") return normalise_for_policy(text);
  ADD_FAILURE() << "the oracle speaks of '" << what << "'";
  return nullptr;
}

TEST(JavaScriptOracle, AgreesOnTextsNumbersAndStrings) {
  if (std::system("node --version > /dev/null 2>&1") != 0)
    GTEST_SKIP() << "no node on this machine";
  const auto script = tests::source_dir() / "tests/model/base/js_oracle.mjs";
  const std::string output = output_of("node '" + script.string() + "'");
  std::map<std::string, int> asked;
  int wrong = 0;
  for (std::size_t at = 0; at < output.size();) {
    const std::size_t end = output.find('\n', at);
    const auto row = parse(output.substr(at, end - at));
    ASSERT_TRUE(row) << row.error().message;
    at = end + 1;
    const Array& fields = row->array();
    const std::string& what = fields[0].string();
    ++asked[what];
    const Value ours = our_answer(what, fields[1]);
    if (ours == fields[2]) continue;
    if (++wrong > 20) break;
    ADD_FAILURE() << what << " of " << dump(fields[1]) << ": ours " << dump(ours)
                  << ", JavaScript's " << dump(fields[2]);
  }
  for (const char* what :
       {"json", "number", "toNumber", "trim", "lower", "less", "cut", "policy"}) {
    EXPECT_GT(asked[what], 300) << what;
  }
}

}  // namespace
}  // namespace model::js
