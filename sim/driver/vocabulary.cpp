#include "sim/driver/vocabulary.hpp"

#include <array>

namespace sim {
namespace {

using std::string_view;

constexpr auto kPaths =
    std::to_array<string_view>({"devices/bootstrap.json", "devices/pending.json",
                                "devices/paired.json", "nodes/pending.json", "nodes/paired.json"});
constexpr auto kVerbs =
    std::to_array<string_view>({"read", "write temporary", "sync temporary", "rename", "continue",
                                "timer", "deliver up", "deliver down"});

}  // namespace

std::span<const std::string_view> store_paths() { return kPaths; }
std::span<const std::string_view> pattern_verbs() { return kVerbs; }

std::string_view name_of(Type type) {
  using enum Type;
  switch (type) {
    case text:
      return "a text";
    case filled:
      return "a text";
    case from:
      return "local, local_name, remote, remote:<address> or proxied:<address>";
    case texts:
      return "a text or a list of texts";
    case flag:
      return "yes or no";
    case count:
      return "a whole number";
    case range:
      return "a number, '>= 2', '<= 5' or '1..3'";
    case span:
      return "a time such as 5s, 300ms or 9m59s";
    case choice:
      return "one of the known words";
    case device:
      return "a device";
    case devices:
      return "a device or a list of devices";
    case gateway:
      return "a gateway";
    case op:
      return "an operator";
    case party:
      return "a device, operator or attacker";
    case host:
      return "a gateway, device, operator or attacker";
    case code:
      return "a setup code of an earlier step";
    case list:
      return "a list of an earlier step";
    case secret:
      return "a secret of an earlier step";
    case process:
      return "a gateway or a command's process";
    case new_code:
    case new_list:
    case new_secret:
    case new_process:
      return "a new name";
    case json:
      return "any value";
    case pattern:
      return "an action such as 'rename devices/bootstrap.json'";
    case path:
      return "a store file";
    case property:
      return "a property's id";
  }
  return "a value";
}

}  // namespace sim
