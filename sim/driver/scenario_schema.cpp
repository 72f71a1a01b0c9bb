#include "sim/driver/scenario_schema.hpp"

#include <string_view>

#include <fmt/format.h>

#include "model/base/json.hpp"
#include "model/policy/policy.hpp"
#include "sim/driver/vocabulary.hpp"
#include "sim/property/property.hpp"

namespace sim {
namespace {

using model::js::Array;
using model::js::Object;
using model::js::Value;

Object ref(std::string_view definition) {
  return {{"$ref", fmt::format("#/$defs/{}", definition)}};
}

Object one_of(std::span<const std::string_view> words) {
  Array list;
  for (const std::string_view word : words) list.emplace_back(word);
  return {{"enum", list}};
}

Object text() { return {{"type", "string"}}; }

constexpr std::string_view kNamePattern = "^[a-z][a-z0-9_]{0,39}$";

Object number_or(std::string_view pattern) {
  return {{"anyOf",
           Array{Object{{"type", "integer"}}, Object{{"type", "string"}, {"pattern", pattern}}}}};
}

Object list_of(const Object& item) {
  return {{"anyOf", Array{item, Object{{"type", "array"}, {"items", item}}}}};
}

Object type_of(const Field& field) {
  switch (field.type) {
    case Type::texts:
    case Type::devices:
      return list_of(text());
    case Type::flag:
      // YAML 1.1 readers, which editors are, see a boolean where yes or no stands.
      return {{"enum", Array{true, false, "yes", "no"}}};
    case Type::count:
      return {{"type", "integer"}, {"minimum", 0}};
    case Type::range:
      return number_or(R"(^ *((>=|<=) *)?[0-9]+ *$|^ *[0-9]+ *\.\. *[0-9]+ *$)");
    case Type::span:
      return number_or("^-?([0-9]+(ms|s|m|min|h|d))+$|^-?[0-9]+$");
    case Type::from:
      return {{"type", "string"}, {"pattern", "^(local|local_name|remote|(remote|proxied):.+)$"}};
    case Type::new_code:
    case Type::new_list:
    case Type::new_secret:
    case Type::new_process:
      return {{"type", "string"}, {"pattern", kNamePattern}};
    case Type::choice:
      return one_of(field.choices);
    case Type::path:
      return one_of(store_paths());
    case Type::json:
      return {};
    default:
      return {{"type", Array{"string", "number"}}};
  }
}

Object described(Object type, std::string_view meaning) {
  type.set("description", meaning);
  return type;
}

void add_fields(Object& properties, Array& required, std::span<const Field> fields) {
  for (const Field& field : fields) {
    properties.set(field.name, described(type_of(field), field.meaning));
    if (field.needed == Needed::required) required.emplace_back(field.name);
  }
}

Object mapping(Object properties, Array required, std::string_view meaning) {
  Object schema{{"type", "object"}, {"description", meaning}};
  schema.set("properties", std::move(properties));
  if (!required.empty()) schema.set("required", std::move(required));
  schema.set("additionalProperties", false);
  return schema;
}

Object step(const Form& form, bool is_short) {
  Object properties;
  Array required;
  if (!is_short) {
    properties.set("do", Object{{"const", form.name}});
    required.emplace_back("do");
  } else if (form.name == "expect") {
    required.emplace_back("expect");
  }
  if (form.by != nobody) {
    properties.set("by", described(text(), "who does it"));
    if ((form.by & nobody) == 0) required.emplace_back("by");
  }
  add_fields(properties, required, form.fields);
  add_fields(properties, required, common_step_fields());
  properties.set("until", described(ref("expectations"), "goes on until this is true"));
  properties.set("expect", described(ref("expectations"), "must be true after the step"));
  properties.set("when", ref("when"));
  return mapping(std::move(properties), std::move(required), form.meaning);
}

Object parts(const Form& form) {
  Object properties;
  Array required;
  add_fields(properties, required, form.fields);
  Object part = mapping(std::move(properties), std::move(required), form.meaning);
  part.set("type", Array{"object", "null"});
  return {{"anyOf", Array{Object{{"type", "array"}, {"items", text()}},
                          Object{{"type", "object"}, {"additionalProperties", part}}}}};
}

/// Policy fields and, where asked for, the revision, each with its values.
Object policy_fields(bool with_revision, bool lists) {
  Object properties;
  const auto add = [&](std::string_view name, std::string_view meaning, const Array& values) {
    const Object value{{"enum", values}};
    properties.set(name, described(lists ? list_of(value) : value, meaning));
  };
  if (with_revision) {
    Array names;
    for (const auto& preset : model::policy::presets()) names.emplace_back(preset.name);
    add("revision", "the release", names);
  }
  for (const auto& field : model::policy::fields()) {
    Array values;
    for (const auto& value : field.values) values.emplace_back(value.name);
    add(field.name, field.meaning, values);
  }
  Object schema{{"type", "object"}};
  schema.set("properties", std::move(properties));
  schema.set("additionalProperties", false);
  return schema;
}

Object named_properties() {
  Array ids;
  for (const auto& each : property::properties()) ids.emplace_back(each.id);
  const Object id{{"enum", ids}};
  const Object conditional =
      mapping({{"property", id}, {"when", ref("when")}}, {"property"}, "in some cells only");
  return list_of({{"anyOf", Array{id, conditional}}});
}

}  // namespace

std::string scenario_schema() {
  Array steps;
  for (const Form& form : step_forms()) steps.emplace_back(step(form, false));
  for (const Form& form : short_step_forms()) steps.emplace_back(step(form, true));
  Array expectations;
  for (const Form& form : expectation_forms()) {
    Object properties;
    Array required;
    add_fields(properties, required, form.fields);
    properties.set("when", ref("when"));
    expectations.emplace_back(mapping(std::move(properties), std::move(required), form.meaning));
  }
  const Object world = mapping({{"gateways", parts(gateway_form())},
                                {"devices", parts(device_form())},
                                {"operators", parts(operator_form())},
                                {"attackers", parts(attacker_form())}},
                               {"gateways"}, "who is there");

  Object properties;
  Array required;
  for (const Field& field : scenario_fields()) {
    Object type = type_of(field);
    if (field.name == "world") type = ref("world");
    if (field.name == "steps") type = {{"type", "array"}, {"items", ref("step")}};
    if (field.name == "expect") type = ref("expectations");
    if (field.name == "set") type = policy_fields(false, false);
    if (field.name == "for") type = policy_fields(true, true);
    if (field.name == "breaks" || field.name == "holds") type = named_properties();
    if (field.name == "schedule") {
      type = {{"type", "array"}, {"items", Object{{"anyOf", Array{text(), ref("step")}}}}};
    }
    if (field.name == "revision") {
      Array names;
      for (const auto& preset : model::policy::presets()) names.emplace_back(preset.name);
      type = {{"enum", names}};
    }
    properties.set(field.name, described(std::move(type), field.meaning));
    if (field.needed == Needed::required) required.emplace_back(field.name);
  }
  Object schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                {"title", "pairlab scenario"},
                {"$comment", "made by 'sim list schema' from sim/driver/vocabulary.cpp"}};
  const Object body = mapping(std::move(properties), std::move(required),
                              "a scripted story with expectations, see docs/scenarios.md");
  for (const auto& member : body) schema.set(member.name, member.value);
  schema.set("$defs", Object{{"world", world},
                             {"step", Object{{"anyOf", steps}}},
                             {"expectation", Object{{"anyOf", expectations}}},
                             {"expectations", list_of(ref("expectation"))},
                             {"when", policy_fields(true, true)}});
  return model::js::dump_pretty(schema) + "\n";
}

}  // namespace sim
