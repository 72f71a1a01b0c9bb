#include "sim/driver/scenario_schema.hpp"

#include <gtest/gtest.h>

#include "model/base/json.hpp"
#include "sim/driver/vocabulary.hpp"
#include "tests/support/source_dir.hpp"

namespace sim {
namespace {

namespace js = model::js;

TEST(Schema, TheFileForEditorsIsTheOneThatTheVocabularyGives) {
  EXPECT_EQ(tests::read_source("scenarios/scenario.schema.json"), scenario_schema())
      << "write it again: sim list schema > scenarios/scenario.schema.json";
}

/// The alternatives of a definition whose `properties` have this key with this constant.
const js::Value* alternative(const js::Value& schema, std::string_view definition,
                             std::string_view key, std::string_view constant) {
  const js::Value* defs = js::member(*js::member(schema, "$defs"), definition);
  for (const js::Value& each : js::member(*defs, "anyOf")->array()) {
    const js::Value* properties = js::member(each, "properties");
    const js::Value* property = js::member(*properties, key);
    if (property == nullptr) continue;
    if (constant.empty()) return properties;
    const js::Value* value = js::member(*property, "const");
    if (value != nullptr && value->string() == constant) return properties;
  }
  return nullptr;
}

TEST(Schema, KnowsEveryKeyThatTheReaderKnows) {
  const js::Value schema = *js::parse(scenario_schema());
  for (const Form& form : step_forms()) {
    const js::Value* properties = alternative(schema, "step", "do", form.name);
    ASSERT_NE(properties, nullptr) << form.name;
    for (const Field& field : form.fields) {
      EXPECT_NE(js::member(*properties, field.name), nullptr) << form.name << " " << field.name;
    }
    for (const Field& field : common_step_fields()) {
      EXPECT_NE(js::member(*properties, field.name), nullptr) << form.name << " " << field.name;
    }
    EXPECT_EQ(js::member(*properties, "by") != nullptr, form.by != nobody) << form.name;
  }
  for (const Form& form : expectation_forms()) {
    const js::Value* properties = alternative(schema, "expectation", form.name, {});
    ASSERT_NE(properties, nullptr) << form.name;
  }
  const js::Value* properties = js::member(schema, "properties");
  for (const Field& field : scenario_fields()) {
    EXPECT_NE(js::member(*properties, field.name), nullptr) << field.name;
  }
}

}  // namespace
}  // namespace sim
