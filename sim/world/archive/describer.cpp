#include "sim/world/archive/describer.hpp"

#include "model/crypto/tokens.hpp"
#include "sim/world/archive/text_roles.hpp"

namespace sim {

namespace {

/// Lengths of the three forms of issued names, for the search inside longer texts.
constexpr std::array<std::size_t, 3> kNameLengths = {43, 36, 24};

}  // namespace

model::Hash128 shape_of(const Pieces& pieces) {
  model::Hasher hasher;
  std::map<std::string_view, std::uint64_t> numbers;
  for (const Piece& piece : pieces) {
    hasher.add(static_cast<std::uint64_t>(piece.kind));
    switch (piece.kind) {
      case Piece::Kind::literal:
        hasher.add(std::string_view(piece.text));
        break;
      case Piece::Kind::name:
        hasher.add(numbers.emplace(piece.text, numbers.size()).first->second);
        break;
      case Piece::Kind::instant:
        hasher.add(piece.past_max);
        break;
    }
  }
  return hasher.finish();
}

void Layout::add(const Pieces& pieces) {
  for (const Piece& piece : pieces) {
    hasher_.add(static_cast<std::uint64_t>(piece.kind));
    switch (piece.kind) {
      case Piece::Kind::literal:
        hasher_.add(std::string_view(piece.text));
        break;
      case Piece::Kind::name:
        hasher_.add(numbers_.emplace(piece.text, numbers_.size()).first->second);
        break;
      case Piece::Kind::instant: {
        const std::int64_t age = now_.ms + piece.skew - piece.number;
        hasher_.add(piece.past_max < 0 ? age : std::min(age, piece.past_max));
        break;
      }
    }
  }
}

void Describer::text(std::string_view value) {
  if (model::crypto::recognise_name(value)) {
    name('n', value);
    return;
  }
  literal(value);
  // A name that stands inside a text is pinned to its spelling while that text exists.
  for (std::size_t at = 0; at < value.size(); ++at) {
    for (const std::size_t length : kNameLengths) {
      if (at + length > value.size()) continue;
      const std::string_view part = value.substr(at, length);
      if (!model::crypto::recognise_name(part)) continue;
      name('n', part);
      literal(part);
    }
  }
}

void Describer::json(const model::js::Value& value) { describe_json(*this, value, plain_roles()); }

void Describer::store_text(std::string_view, std::string_view path, const std::string& text_in) {
  describe_store_text(*this, path, text_in);
}

void Describer::store_record(std::string_view, std::string_view path, model::js::Value& record) {
  describe_store_record(*this, path, record);
}

void Describer::frame_text(std::string_view, const std::string& text_in) {
  describe_frame_text(*this, text_in);
}

void Describer::frame_value(std::string_view, const model::js::Value& value) {
  describe_connect_params(*this, value);
}

}  // namespace sim
