#include "tests/house/globals.hpp"

#include <algorithm>
#include <span>

namespace tests::house {

namespace {

enum class Scope : unsigned char { names, members, code };

bool has(std::span<const Token> statement, std::string_view word) {
  return std::ranges::any_of(statement, [&](const Token& t) { return t.text == word; });
}

bool has_any(std::span<const Token> statement, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](auto word) { return has(statement, word); });
}

/// The tokens without a leading `template <...>` and attributes `[[...]]`.
std::span<const Token> declaration(std::span<const Token> statement) {
  while (!statement.empty()) {
    const std::string_view open = statement.front().text;
    if (open != "template" && open != "[" && open != "requires") break;
    const std::string_view up = open == "[" ? "[" : "<";
    const std::string_view down = open == "[" ? "]" : ">";
    int depth = 0;
    std::size_t at = 0;
    for (; at < statement.size(); ++at) {
      if (statement[at].text == up) ++depth;
      if (statement[at].text == down && --depth == 0) break;
    }
    statement = statement.subspan(std::min(at + 1, statement.size()));
  }
  return statement;
}

/// What a brace opens, told by the tokens since the last statement ended.
Scope scope_behind(std::span<const Token> statement) {
  statement = declaration(statement);
  if (statement.empty()) return Scope::code;
  if (has(statement, "namespace")) return Scope::names;
  if (statement.front().text == "extern" && statement.size() == 2) return Scope::names;
  const bool is_type = has_any(statement, {"class", "struct", "union"}) && !has(statement, "=");
  return is_type && !has(statement, "(") ? Scope::members : Scope::code;
}

/// Does this declaration make a variable that may change? It goes up to what ends its head: `=`,
/// `{`, `;`, or in code `(`.
bool is_mutable_variable(std::span<const Token> statement, Scope scope) {
  statement = declaration(statement);
  if (statement.size() < 2) return false;  // a macro, or the end of something else
  if (scope != Scope::names && !has_any(statement, {"static", "thread_local"})) return false;
  if (has_any(statement, {"const", "constexpr", "using", "typedef", "namespace", "class", "struct",
                          "union", "enum", "concept", "friend", "operator", "static_assert"})) {
    return false;
  }
  return !has(statement, "(");  // otherwise a function
}

/// Walks once through a file's declarations.
class Walk {
 public:
  explicit Walk(const Source& source) : path_(source.path) {
    int directive_line = -1;  // what stands on a line of the preprocessor declares nothing
    for (const Token& token : tokens(source.text)) {
      if (token.text == "#") directive_line = token.line;
      if (token.line != directive_line && token.kind != TokenKind::include) all_.push_back(token);
    }
  }

  Complaints run() {
    for (; at_ < all_.size(); ++at_) {
      if (scopes_.back() == Scope::code) {
        step_in_code();
      } else {
        step_in_declarations();
      }
    }
    return std::move(complaints_);
  }

 private:
  [[nodiscard]] std::string_view text() const { return all_[at_].text; }

  void close() {
    if (scopes_.size() > 1) scopes_.pop_back();
    begin_ = at_ + 1;
  }

  void judge(std::span<const Token> statement) {
    if (!is_mutable_variable(statement, scopes_.back())) return;
    std::string found;
    for (const Token& token : statement) {
      found += (found.empty() ? "" : " ") + std::string(token.text);
    }
    complaints_.push_back({path_, statement.front().line, found,
                           "make it constexpr, or a member of the World or of the workshop"});
  }

  void step_in_code() {
    if (text() == "{") scopes_.push_back(Scope::code);
    if (text() == "}") return close();
    if (text() != "static" && text() != "thread_local") return;
    std::size_t end = at_;
    const auto ends = [&] {
      return all_[end].text == "=" || all_[end].text == ";" || all_[end].text == "{" ||
             all_[end].text == "(";
    };
    while (end < all_.size() && !ends()) ++end;
    judge(std::span(all_).subspan(at_, end - at_));
    at_ = end - 1;
  }

  void step_in_declarations() {
    const std::span<const Token> statement = std::span(all_).subspan(begin_, at_ - begin_);
    if (text() == "(" || text() == "[") {
      skip_to_partner();
    } else if (text() == "=" && !(has(statement, "operator") && !has(statement, "("))) {
      judge(statement);
      while (at_ < all_.size() && text() != ";") {
        if (text() == "(" || text() == "[" || text() == "{") skip_to_partner();
        ++at_;
      }
      begin_ = at_ + 1;
    } else if (text() == ";") {
      judge(statement);
      begin_ = at_ + 1;
    } else if (text() == "{") {
      judge(statement);
      scopes_.push_back(scope_behind(statement));
      begin_ = at_ + 1;
    } else if (text() == "}") {
      close();
    } else if (text() == ":" && statement.size() == 1 &&
               has_any(statement, {"public", "private", "protected"})) {
      begin_ = at_ + 1;
    }
  }

  /// From an opening bracket to the closing one.
  void skip_to_partner() {
    int depth = 0;
    for (; at_ < all_.size(); ++at_) {
      if (text() == "(" || text() == "[" || text() == "{") ++depth;
      if (text() == ")" || text() == "]" || text() == "}") --depth;
      if (depth == 0) return;
    }
  }

  std::string path_;
  std::vector<Token> all_;
  std::vector<Scope> scopes_ = {Scope::names};
  std::size_t begin_ = 0;  // of the current declaration
  std::size_t at_ = 0;
  Complaints complaints_;
};

}  // namespace

Complaints check_globals(const Source& source) {
  const bool looked_at = (within(source.path, "model") || within(source.path, "sim")) &&
                         !within(source.path, "sim/cli");
  return looked_at ? Walk(source).run() : Complaints{};
}

}  // namespace tests::house
