#include "tests/house/determinism.hpp"

#include <algorithm>
#include <span>

namespace tests::house {

namespace {

using Words = std::vector<std::string_view>;

/// A reason why some words are banned, and where they are not.
struct Ban {
  Words names;     ///< banned wherever they stand as a word
  Words standard;  ///< banned behind `std::`
  Words calls;     ///< banned as free functions: `name(`, `std::name(`, `::name(`
  Words includes;  ///< banned headers
  Words exempt;    ///< files and folders that may
  std::string_view instead;
};

const std::vector<Ban>& bans() {
  static const std::vector<Ban> rows = {
      {.names = {"system_clock", "steady_clock", "high_resolution_clock", "utc_clock",
                 "file_clock"},
       .standard = {},
       .calls = {"time", "clock", "gettimeofday", "clock_gettime", "localtime", "gmtime", "mktime",
                 "sleep", "usleep", "nanosleep"},
       .includes = {"<ctime>", "<time.h>", "<sys/time.h>"},
       // The program measures how long it took; a live driver has real sockets and real time.
       .exempt = {"sim/cli", "sim/driver/live"},
       .instead = "take a model::Instant as an argument; the world owns the clock"},
      {.names = {"random_device", "mt19937", "mt19937_64", "minstd_rand", "minstd_rand0",
                 "default_random_engine", "uniform_int_distribution", "uniform_real_distribution",
                 "bernoulli_distribution", "normal_distribution", "discrete_distribution",
                 "RAND_bytes", "EVP_PKEY_keygen", "EVP_PKEY_Q_keygen"},
       .standard = {"shuffle", "sample"},
       .calls = {"rand", "srand", "random", "srandom", "drand48", "arc4random", "getrandom",
                 "getentropy"},
       .includes = {"<random>"},
       .exempt = {},
       .instead = "derive it from the seed and what it is for (model/base/names.hpp)"},
      {.names = {"unordered_map", "unordered_set", "unordered_multimap", "unordered_multiset",
                 "flat_hash_map", "flat_hash_set"},
       .standard = {},
       .calls = {},
       .includes = {"<unordered_map>", "<unordered_set>"},
       .exempt = {},
       .instead = "its order is nobody's: use std::map, std::set or a sorted vector"},
      {.names = {},
       .standard = {"hash"},
       .calls = {},
       .includes = {},
       .exempt = {},
       .instead = "another library gives another number: use model::Hasher (model/base/hash.hpp)"},
      {.names = {"uintptr_t", "intptr_t", "owner_less"},
       .standard = {},
       .calls = {},
       .includes = {},
       .exempt = {},
       .instead = "addresses differ between runs: order and hash by content or by a stable name"},
      {.names = {"double", "float"},
       .standard = {},
       .calls = {},
       .includes = {"<cmath>", "<math.h>", "<numbers>"},
       // JavaScript's numbers live here; the program may print how many seconds it took.
       .exempt = {"model/base/js_number", "model/base/json", "sim/cli"},
       .instead = "use integers (model::Millis, std::int64_t), or js::Value and the functions of "
                  "model/base/js_number.hpp for numbers that JavaScript sees"},
      {.names = {"thread_local"},
       .standard = {"thread", "jthread", "async", "mutex", "recursive_mutex", "shared_mutex",
                    "atomic", "atomic_flag", "condition_variable", "future", "promise", "call_once",
                    "once_flag"},
       .calls = {"pthread_create", "fork"},
       .includes = {"<thread>", "<future>", "<mutex>", "<shared_mutex>", "<atomic>",
                    "<condition_variable>", "<pthread.h>"},
       // A parallel search has one workshop for each worker and merges in a fixed order. Values
       // that workers share count their holders; a digest's scratch context starts anew at every
       // call.
       .exempt = {"sim/driver", "sim/cli", "model/base/shared", "model/base/json",
                  "model/crypto/sha256"},
       .instead = "one thread runs a world; parallel search belongs to sim/driver"},
      {.names = {"environ"},
       .standard = {},
       .calls = {"getenv", "secure_getenv", "setenv", "setlocale"},
       .includes = {},
       .exempt = {"sim/cli"},
       .instead = "the environment is read in sim/cli alone and handed on as an argument"},
      {.names = {},
       .standard = {},
       .calls = {"assert"},
       .includes = {"<cassert>", "<assert.h>"},
       .exempt = {},
       .instead = "an assert vanishes from release builds: use CHECK (model/base/check.hpp)"},
  };
  return rows;
}

bool contains(const Words& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

/// The tokens around one, empty at either end of the file.
class Around {
 public:
  Around(std::span<const Token> all, std::size_t at) : all_(all), at_(at) {}
  [[nodiscard]] std::string_view before(std::size_t count) const {
    return at_ >= count ? all_[at_ - count].text : "";
  }
  [[nodiscard]] bool word_before(std::size_t count) const {
    return at_ >= count && all_[at_ - count].kind == TokenKind::word;
  }
  [[nodiscard]] std::string_view after(std::size_t count) const {
    return at_ + count < all_.size() ? all_[at_ + count].text : "";
  }

 private:
  std::span<const Token> all_;
  std::size_t at_;
};

/// A call of the free function: not a member, not another namespace's, not a declaration.
bool is_free_call(const Around& around) {
  if (around.after(1) != "(") return false;
  const std::string_view before = around.before(1);
  if (before == "." || before == "->") return false;
  if (before == "::") return !around.word_before(2) || around.before(2) == "std";
  static const Words kBeforeCalls = {"return",    "else", "do", "case", "throw",
                                     "co_return", "and",  "or", "not"};
  if (around.word_before(1)) return contains(kBeforeCalls, before);
  return before != ">" && before != "*" && before != "&";  // `Result<T> time(...)` declares
}

/// `std::map<const X*, ...>` and the like: ordered by address.
bool is_ordered_by_address(const Around& around, std::string_view word) {
  if (word != "map" && word != "set" && word != "multimap" && word != "multiset") return false;
  if (around.before(1) != "::" || around.before(2) != "std" || around.after(1) != "<") return false;
  int depth = 1;
  for (std::size_t i = 2; i < 64 && depth > 0; ++i) {
    const std::string_view text = around.after(i);
    if (text == "<" || text == "(") ++depth;
    if (text == ">" || text == ")") --depth;
    if (depth == 1 && text == ",") return false;
    if (depth == 1 && text == "*") return true;
  }
  return false;
}

bool is_floating(std::string_view number) {
  if (number.starts_with("0x") || number.starts_with("0X")) {
    return number.find_first_of(".pP") != std::string_view::npos;
  }
  return number.find_first_of(".eE") != std::string_view::npos;
}

bool breaks(const Ban& ban, const Token& token, const Around& around) {
  if (token.kind == TokenKind::include) return contains(ban.includes, token.text);
  if (token.kind == TokenKind::number)
    return contains(ban.names, "double") && is_floating(token.text);
  if (token.kind != TokenKind::word) return false;
  if (contains(ban.names, token.text)) return true;
  const bool is_standard = around.before(1) == "::" && around.before(2) == "std";
  if (is_standard && contains(ban.standard, token.text)) return true;
  if (contains(ban.names, "uintptr_t") && is_ordered_by_address(around, token.text)) return true;
  return contains(ban.calls, token.text) && is_free_call(around);
}

}  // namespace

Complaints check_determinism(const Source& source) {
  if (!within(source.path, "model") && !within(source.path, "sim")) return {};
  const std::vector<Token> all = tokens(source.text);
  Complaints complaints;
  for (const Ban& ban : bans()) {
    if (std::ranges::any_of(ban.exempt, [&](auto path) { return within(source.path, path); })) {
      continue;
    }
    for (std::size_t at = 0; at < all.size(); ++at) {
      if (!breaks(ban, all[at], Around(all, at))) continue;
      complaints.push_back(
          {source.path, all[at].line, std::string(all[at].text), std::string(ban.instead)});
    }
  }
  std::ranges::stable_sort(complaints, {}, &Complaint::line);
  return complaints;
}

}  // namespace tests::house
