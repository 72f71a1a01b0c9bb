// Source text as the house rules read it: tokens with their lines, without comments.
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace tests::house {

/// One file; `path` is from the root, with forward slashes.
struct Source {
  std::string path;
  std::string text;
};

/// Where a rule is broken, and what to write instead.
struct Complaint {
  std::string path;
  int line = 0;
  std::string found;
  std::string instead;
  bool operator==(const Complaint&) const = default;
};

/// "path:line: found: instead", as an editor can jump to.
std::ostream& operator<<(std::ostream& out, const Complaint& complaint);

using Complaints = std::vector<Complaint>;

enum class TokenKind : unsigned char { word, number, text, sign, include };

/// A word, number, string or character literal (text "" without its content), sign (`::` and `->`
/// are one), or an include (text with its quotes or angle brackets). Other preprocessor lines are
/// tokens like any others.
struct Token {
  TokenKind kind;
  std::string_view text;
  int line;
};

/// Tokens of a C++ text; the views point into it.
[[nodiscard]] std::vector<Token> tokens(std::string_view text);

/// Whether `path` is `prefix` itself, lies in the folder `prefix`, or (for a prefix that ends in a
/// file's stem, as "model/base/json") begins with it and goes on with a dot or an underscore.
[[nodiscard]] bool within(std::string_view path, std::string_view prefix);

/// All files of the repository that a commit would hold: no build trees, nothing hidden but .ci
/// and .github.
[[nodiscard]] const std::vector<Source>& repository();

/// Those that are C++.
[[nodiscard]] bool is_cpp(const Source& source);

}  // namespace tests::house
