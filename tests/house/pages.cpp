#include "tests/house/pages.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

namespace tests::house {

namespace {

struct Place {
  std::string_view text;
  std::string_view instead;
};

constexpr std::string_view kFromRoot = "name files from the root of the repository";
constexpr std::string_view kPackages = "say which package is needed (dev.packages), not from where";

constexpr auto kPlaces = std::to_array<Place>({
    {"/home/", kFromRoot},
    {"/Users/", kFromRoot},
    {"/root/", kFromRoot},
    {"/work/", kFromRoot},
    {"C:\\Users", kFromRoot},
    {"registry.npmjs.org", kPackages},
    {"deb.debian.org", kPackages},
    {"security.debian.org", kPackages},
    {"pypi.org", kPackages},
    {"proxy.golang.org", kPackages},
    {"crates.io", kPackages},
    {"artifactory", kPackages},
});

int line_of(std::string_view text, std::size_t at) {
  return 1 + static_cast<int>(std::ranges::count(text.substr(0, at), '\n'));
}

/// "a/b/c.cpp" -> "a/b", and "" at the root.
std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? "" : path.substr(0, slash);
}

bool names_file(std::string_view list, std::string_view file) {
  for (std::size_t at = list.find(file); at != std::string_view::npos;
       at = list.find(file, at + 1)) {
    const auto is_name = [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '/' || c == '-';
    };
    const std::size_t end = at + file.size();
    if ((at == 0 || !is_name(list[at - 1])) && (end == list.size() || !is_name(list[end]))) {
      return true;
    }
  }
  return false;
}

}  // namespace

Complaints check_places(const Source& source) {
  Complaints complaints;
  if (within(source.path, "tests/house")) return complaints;  // where the words are listed
  for (const Place& place : kPlaces) {
    for (std::size_t at = source.text.find(place.text); at != std::string::npos;
         at = source.text.find(place.text, at + 1)) {
      // In "pages/home/x" the word is a folder of something else.
      if (place.text.front() == '/' && at > 0) {
        const char before = source.text[at - 1];
        if (std::isalnum(static_cast<unsigned char>(before)) != 0 || before == '.' ||
            before == '}' || before == '_') {
          continue;
        }
      }
      complaints.push_back({source.path, line_of(source.text, at), std::string(place.text),
                            std::string(place.instead)});
    }
  }
  return complaints;
}

Complaints check_lists(const std::vector<Source>& all) {
  std::map<std::string_view, const Source*> lists;
  Complaints complaints;
  for (const Source& source : all) {
    if (!source.path.ends_with("CMakeLists.txt")) continue;
    lists[folder_of(source.path)] = &source;
    if (const std::size_t at = source.text.find("file(GLOB"); at != std::string::npos) {
      complaints.push_back({source.path, line_of(source.text, at), "file(GLOB",
                            "list the sources by name: a build knows when a list changes"});
    }
  }
  for (const Source& source : all) {
    if (!is_cpp(source)) continue;
    const bool is_header = source.path.ends_with(".hpp");
    if (is_header && (within(source.path, "tests") || within(source.path, "fuzz"))) continue;
    std::string_view folder = folder_of(source.path);
    while (!folder.empty() && !lists.contains(folder)) folder = folder_of(folder);
    const auto list = lists.find(folder);
    const std::string_view name =
        std::string_view(source.path).substr(folder.empty() ? 0 : folder.size() + 1);
    if (list != lists.end() && names_file(list->second->text, name)) continue;
    complaints.push_back({source.path, 1, "a file that nothing builds",
                          "name it in " + std::string(folder) + "/CMakeLists.txt, or delete it"});
  }
  return complaints;
}

Complaints long_files(const std::vector<Source>& all, int lines_max) {
  Complaints found;
  for (const Source& source : all) {
    const int lines = line_of(source.text, source.text.size()) - 1;
    if (!is_cpp(source) || lines <= lines_max) continue;
    found.push_back({source.path, lines, std::to_string(lines) + " lines",
                     "is there a second noun inside that wants a file?"});
  }
  std::ranges::stable_sort(found, std::greater{}, &Complaint::line);
  return found;
}

}  // namespace tests::house
