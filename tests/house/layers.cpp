#include "tests/house/layers.hpp"

#include <algorithm>
#include <array>

namespace tests::house {

namespace {

/// What the files of one folder may include, besides that folder itself.
struct Layer {
  std::string_view folder;
  std::vector<std::string_view> may_use;
};

/// The first row whose folder holds the file decides.
const std::vector<Layer>& layers() {
  static const std::vector<Layer> rows = {
      {"model/base", {}},
      {"model/wire", {"model/base"}},
      {"model/crypto", {"model/base"}},
      {"model/policy", {"model/base"}},
      {"model/store", {"model/base", "model/wire", "model/crypto", "model/policy"}},
      {"model/gateway",
       {"model/base", "model/wire", "model/crypto", "model/policy", "model/store"}},
      {"model/client", {"model/base", "model/wire", "model/crypto", "model/policy", "model/store"}},
      {"sim/cli", {"model", "sim", "reports"}},  // a leaf: it may use everything
      {"sim/world", {"model"}},  // drivers and properties look at it, not it at them
      {"sim/trace", {"model", "sim/world"}},
      {"sim/property", {"model", "sim/world", "sim/trace"}},
      {"sim/driver", {"model", "sim/world", "sim/trace", "sim/property"}},
      {"reports", {"model", "sim/world", "sim/trace", "sim/property", "sim/driver"}},
      {"fuzz", {"model", "sim/world", "sim/trace", "sim/property", "sim/driver"}},
      {"bench", {"model", "sim/world", "sim/trace", "sim/property", "sim/driver", "reports"}},
      {"tests/sim/cli", {"model", "sim", "reports", "tests"}},
      {"tests",
       {"model", "sim/world", "sim/trace", "sim/property", "sim/driver", "reports", "fuzz"}},
  };
  return rows;
}

constexpr auto kRoots =
    std::to_array<std::string_view>({"model/", "sim/", "reports/", "fuzz/", "tests/", "bench/"});

constexpr auto kOutside =
    std::to_array<std::string_view>({"<iostream>", "<fstream>", "<filesystem>", "<cstdio>",
                                     "<stdio.h>", "<unistd.h>", "<sys/socket.h>"});

std::string joined(const std::vector<std::string_view>& names) {
  std::string text;
  for (const std::string_view name : names) {
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text.empty() ? "nothing else" : text;
}

}  // namespace

Complaints check_layers(const Source& source) {
  const auto layer = std::ranges::find_if(
      layers(), [&](const Layer& row) { return within(source.path, row.folder); });
  Complaints complaints;
  for (const Token& token : tokens(source.text)) {
    if (token.kind != TokenKind::include) continue;
    const auto complain = [&](std::string instead) {
      complaints.push_back(
          {source.path, token.line, "#include " + std::string(token.text), std::move(instead)});
    };
    if (token.text.starts_with('<')) {
      const bool is_outside = std::ranges::find(kOutside, token.text) != kOutside.end();
      if (is_outside && within(source.path, "model")) {
        complain(
            "model/ is pure: take what was read as an argument, return what to write; the "
            "surroundings belong to sim/world and sim/cli");
      }
      continue;
    }
    const std::string_view name = token.text.substr(1, token.text.size() - 2);
    if (std::ranges::none_of(kRoots, [&](auto root) { return name.starts_with(root); })) {
      complain("name the path from the root, as \"model/base/result.hpp\"");
      continue;
    }
    if (layer == layers().end()) {
      complain("this folder has no place in the house; give it a row in tests/house/layers.cpp");
      continue;
    }
    if (within(name, layer->folder)) continue;
    if (std::ranges::any_of(layer->may_use, [&](auto folder) { return within(name, folder); })) {
      continue;
    }
    complain(std::string(layer->folder) + " may use " + joined(layer->may_use) +
             "; move what is shared down to where both can see it");
  }
  return complaints;
}

}  // namespace tests::house
