// What a value contributes to a fingerprint, as a list of pieces.
//
// A piece is a literal, an opaque name or an instant. From the pieces of one part come its shape
// (names numbered inside the part, instants left out) and, once the whole world is laid out, the
// fingerprint: names numbered by first occurrence over the world, instants relative to now
// (ARCHITECTURE.md, Fingerprints).
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "model/base/hash.hpp"
#include "model/base/json.hpp"
#include "model/base/shared.hpp"
#include "model/base/time.hpp"

namespace sim {

/// One contribution.
struct Piece {
  enum class Kind : std::uint8_t {
    literal,  ///< `text` counts by its content
    name,     ///< `text` is an opaque name: only where else it stands counts
    instant,  ///< `number` is a clock reading; counts as its distance from now, capped
  };
  Kind kind = Kind::literal;
  std::string text;           ///< literal or name; for a name, its kind is the first character
  std::int64_t number = 0;    ///< instant, on the clock of the host that looks at it
  std::int64_t past_max = 0;  ///< instant: ages beyond this are all the same; negative: no cap
  std::int64_t skew = 0;      ///< instant: of that host's clock against the world's
};
using Pieces = std::vector<Piece>;

/// Hash of the pieces with names numbered by first occurrence among them, and instants left out.
[[nodiscard]] model::Hash128 shape_of(const Pieces& pieces);

/// Numbers names over everything added so far and hashes it all.
class Layout {
 public:
  explicit Layout(model::Instant now) : now_(now) {}
  void add(const Pieces& pieces);
  [[nodiscard]] model::Hash128 finish() const { return hasher_.finish(); }

 private:
  model::Instant now_;
  model::Hasher hasher_;
  std::map<std::string, std::uint64_t, std::less<>> numbers_;
};

/// An archive that writes pieces. Fields are visited by the functions in sim/world/fields/.
class Describer {
 public:
  static constexpr bool kReads = false;

  /// @param skew  of the host whose clock readings the visited values hold
  explicit Describer(model::Millis skew) : skew_(skew.count) {}

  [[nodiscard]] Pieces take() { return std::move(pieces_); }

  // --- roles: what sim/world/fields/ calls -------------------------------------------------------

  /// Exact: the content counts. Strings that are issued names count as such by themselves.
  template <class T>
  void operator()(std::string_view, T& value) {
    put(value);
  }
  /// An instant of the past that is compared with a span: ages beyond `span` are all the same.
  void aged(std::string_view, model::Instant& at, model::Millis span) {
    pieces_.push_back({Piece::Kind::instant, "", at.ms, span.count + 1, skew_});
  }
  void aged(std::string_view name, std::vector<model::Instant>& list, model::Millis span) {
    number(static_cast<std::int64_t>(list.size()));
    for (model::Instant& at : list) aged(name, at, span);
  }
  /// Nothing: shown to people, never looked at again.
  template <class T>
  void shown(std::string_view, T&) {}
  /// A world's own key of a connection or handler: an opaque name.
  void key(std::string_view, std::string& value) { name('k', value); }
  void keys(std::string_view, std::vector<std::string>& list) {
    number(static_cast<std::int64_t>(list.size()));
    for (std::string& value : list) name('k', value);
  }
  void key(std::string_view, std::optional<std::string>& value) {
    number(value.has_value());
    if (value) name('k', *value);
  }
  /// Entries under such keys, in no particular order.
  template <class K, class V>
  void keyed(std::string_view, std::map<K, V>& entries) {
    unordered(entries, [](auto& entry, Describer& inner) {
      std::string own(entry.first);
      inner.name('k', own);
      inner.put(entry.second);
    });
  }
  /// Content of a store file: its instants and names by the rules of that file.
  void store_text(std::string_view, std::string_view path, const std::string& text);
  /// One stored record, by the rules of the file that it comes from.
  void store_record(std::string_view, std::string_view path, model::js::Value& record);
  /// A message under way: JSON if it is, else exact bytes.
  void frame_text(std::string_view, const std::string& text);
  /// Connect parameters that are still to be judged: a signature counts as valid or not.
  void frame_value(std::string_view, const model::js::Value& value);

  // --- pieces ------------------------------------------------------------------------------------

  void literal(std::string_view text) {
    pieces_.push_back({Piece::Kind::literal, std::string(text), 0, 0, 0});
  }
  void instant(std::int64_t at, std::int64_t past_max) {
    pieces_.push_back({Piece::Kind::instant, "", at, past_max, skew_});
  }
  void number(std::int64_t value) { literal("#" + std::to_string(value)); }
  void name(char kind, std::string_view text) {
    pieces_.push_back({Piece::Kind::name, std::string(1, kind) + std::string(text), 0, 0, 0});
  }
  /// A string of the protocol: an issued name as such, any other text exact, with the names inside
  /// it pinned to their spelling.
  void text(std::string_view value);

  /// Entries of a collection whose order cannot matter: sorted by shape, ties as they stand.
  template <class Collection, class Each>
  void unordered(Collection& entries, Each&& each) {
    struct Described {
      model::Hash128 shape;
      std::size_t position = 0;  // equal shapes are told apart by their names alone
      Pieces pieces;
    };
    std::vector<Described> described;
    for (auto& entry : entries) {
      Describer inner(model::Millis{skew_});
      each(entry, inner);
      Pieces pieces = inner.take();
      described.push_back({shape_of(pieces), described.size(), std::move(pieces)});
    }
    std::sort(described.begin(), described.end(), [](const Described& a, const Described& b) {
      return a.shape != b.shape ? a.shape < b.shape : a.position < b.position;
    });
    number(static_cast<std::int64_t>(described.size()));
    for (Described& one : described) {
      for (Piece& piece : one.pieces) pieces_.push_back(std::move(piece));
    }
  }

 private:
  void put(std::string& value) { text(value); }
  void put(bool& value) { number(value); }
  template <class T>
    requires(std::is_enum_v<T> || (std::is_integral_v<T> && !std::is_same_v<T, bool>))
  void put(T& value) {
    number(static_cast<std::int64_t>(value));
  }
  void put(model::Instant& at) { pieces_.push_back({Piece::Kind::instant, "", at.ms, -1, skew_}); }
  void put(model::Millis& span) { number(span.count); }
  void put(model::js::Value& value) { json(value); }
  void put(model::js::Object& value) {
    const model::js::Value whole(value);
    json(whole);
  }
  template <class T>
  void put(std::optional<T>& value) {
    number(value.has_value());
    if (value) put(*value);
  }
  template <class T>
  void put(std::vector<T>& list) {
    number(static_cast<std::int64_t>(list.size()));
    for (T& element : list) put(element);
  }
  template <class T, std::size_t N>
  void put(std::array<T, N>& list) {
    for (T& element : list) put(element);
  }
  template <class T>
  void put(std::set<T>& set) {
    number(static_cast<std::int64_t>(set.size()));
    for (T element : set) put(element);
  }
  template <class K, class V>
  void put(std::map<K, V>& entries) {
    number(static_cast<std::int64_t>(entries.size()));
    for (auto& [key, value] : entries) {
      K own = key;
      put(own);
      put(value);
    }
  }
  template <class A, class B>
  void put(std::pair<A, B>& pair) {
    put(pair.first);
    put(pair.second);
  }
  template <class... T>
  void put(std::variant<T...>& value) {
    number(static_cast<std::int64_t>(value.index()));
    std::visit([this](auto& one) { this->put(one); }, value);
  }
  void put(std::monostate&) {}
  template <class T>
  void put(model::Shared<T>& value) {
    T own = *value;  // visited through a copy: a description changes nothing
    put(own);
  }
  template <class T>
    requires std::is_class_v<T>
  void put(T& value) {
    fields(*this, value);
  }
  void json(const model::js::Value& value);

  std::int64_t skew_;
  Pieces pieces_;
};

}  // namespace sim
