#include "tests/house/source.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/source_dir.hpp"

namespace tests::house {

namespace {

bool is_word_char(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Reads one text from front to back.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::vector<Token> run() {
    while (at_ < text_.size()) step();
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  void emit(TokenKind kind, std::size_t from) {
    tokens_.push_back({kind, text_.substr(from, at_ - from), line_});
  }

  void skip(std::size_t count) {
    for (; count > 0 && at_ < text_.size(); --count, ++at_) {
      if (text_[at_] == '\n') ++line_;
    }
  }

  /// Skips to just behind the next `end`.
  void skip_behind(std::string_view end) {
    const std::size_t found = text_.find(end, at_);
    skip(found == std::string_view::npos ? text_.size() : found + end.size() - at_);
  }

  void step() {
    const char c = peek();
    const std::size_t from = at_;
    if (std::isspace(static_cast<unsigned char>(c)) != 0) {
      skip(1);
    } else if (c == '/' && peek(1) == '/') {
      const std::size_t end = text_.find('\n', at_);
      skip(end == std::string_view::npos ? text_.size() : end - at_);
    } else if (c == '/' && peek(1) == '*') {
      skip(2);
      skip_behind("*/");
    } else if (c == '#') {
      directive();
    } else if (c == '"' || c == '\'') {
      quoted(c);
    } else if (std::isdigit(static_cast<unsigned char>(c)) != 0 ||
               (c == '.' && std::isdigit(static_cast<unsigned char>(peek(1))) != 0)) {
      number();
      emit(TokenKind::number, from);
    } else if (is_word_char(c)) {
      while (is_word_char(peek())) skip(1);
      const std::string_view word = text_.substr(from, at_ - from);
      if (peek() == '"' && word.ends_with('R')) {
        raw();
      } else if (peek() != '"' || (word != "u8" && word != "u" && word != "U" && word != "L")) {
        emit(TokenKind::word, from);
      }
    } else {
      const bool two = (c == ':' && peek(1) == ':') || (c == '-' && peek(1) == '>');
      skip(two ? 2 : 1);
      emit(TokenKind::sign, from);
    }
  }

  void directive() {
    const std::size_t from = at_;
    skip(1);
    while (peek() == ' ') skip(1);
    if (!text_.substr(at_).starts_with("include")) {
      at_ = from + 1;
      emit(TokenKind::sign, from);
      return;
    }
    at_ += 7;
    while (peek() == ' ') skip(1);
    const std::size_t name = at_;
    while (peek() != '\n' && peek() != '\0' && !text_.substr(at_).starts_with(" ")) skip(1);
    emit(TokenKind::include, name);
  }

  void quoted(char quote) {
    const int line = line_;
    skip(1);
    while (at_ < text_.size() && peek() != quote) skip(peek() == '\\' ? 2 : 1);
    skip(1);
    tokens_.push_back({TokenKind::text, "", line});
  }

  void raw() {
    const int line = line_;
    skip(1);
    const std::size_t from = at_;
    while (at_ < text_.size() && peek() != '(') skip(1);
    const std::string end = ")" + std::string(text_.substr(from, at_ - from)) + "\"";
    skip_behind(end);
    tokens_.push_back({TokenKind::text, "", line});
  }

  void number() {
    for (char last = '\0'; at_ < text_.size(); last = peek(), skip(1)) {
      const bool sign_of_exponent = (peek() == '+' || peek() == '-') &&
                                    std::string_view("eEpP").find(last) != std::string_view::npos &&
                                    last != '\0';
      if (!is_word_char(peek()) && peek() != '.' && peek() != '\'' && !sign_of_exponent) break;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
  std::vector<Token> tokens_;
};

}  // namespace

std::ostream& operator<<(std::ostream& out, const Complaint& complaint) {
  return out << complaint.path << ":" << complaint.line << ": " << complaint.found << ": "
             << complaint.instead;
}

std::vector<Token> tokens(std::string_view text) { return Reader(text).run(); }

bool within(std::string_view path, std::string_view prefix) {
  if (!path.starts_with(prefix)) return false;
  if (path.size() == prefix.size()) return true;
  const char next = path[prefix.size()];
  return next == '/' || next == '.' || next == '_';
}

const std::vector<Source>& repository() {
  static const std::vector<Source> sources = [] {
    namespace fs = std::filesystem;
    std::vector<Source> found;
    const fs::path root = source_dir();
    for (auto file = fs::recursive_directory_iterator(root); file != fs::end(file); ++file) {
      const std::string name = file->path().filename().string();
      if (file->is_directory()) {
        const bool hidden = name.starts_with('.') && name != ".ci" && name != ".github";
        if (hidden || (file.depth() == 0 && name == "build")) file.disable_recursion_pending();
        continue;
      }
      if (!file->is_regular_file() || name == "compile_commands.json" || name == ".git") continue;
      std::ifstream in(file->path(), std::ios::binary);
      found.push_back({fs::relative(file->path(), root).generic_string(),
                       {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()}});
    }
    std::sort(found.begin(), found.end(),
              [](const Source& a, const Source& b) { return a.path < b.path; });
    return found;
  }();
  return sources;
}

bool is_cpp(const Source& source) {
  return source.path.ends_with(".cpp") || source.path.ends_with(".hpp");
}

}  // namespace tests::house
