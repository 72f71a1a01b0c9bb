#include "model/base/check.hpp"

namespace model {

void broken_check(const char* expression, const char* file, int line, const std::string& detail) {
  std::string_view name(file);
  for (const std::string_view root : {"/model/", "/sim/", "/reports/", "/fuzz/", "/tests/"}) {
    if (const auto at = name.rfind(root); at != std::string_view::npos) {
      name.remove_prefix(at + 1);
      break;
    }
  }
  std::string text(name);
  text += ":" + std::to_string(line) + ": CHECK(" + expression + ") failed";
  if (!detail.empty()) text += ": " + detail;
  throw Broken(text);
}

}  // namespace model
