// Equality and hashing of json.hpp: walks with a stack of their own.
#include <bit>
#include <utility>
#include <vector>

#include "model/base/json.hpp"

namespace model::js {

namespace {

enum class Order : bool { counts, ignored };

bool equal(const Value& first, const Value& second, Order order) {
  std::vector<std::pair<const Value*, const Value*>> open{{&first, &second}};
  while (!open.empty()) {
    const auto [a, b] = open.back();
    open.pop_back();
    if (a->kind() != b->kind()) return false;
    switch (a->kind()) {
      case Kind::null:
        break;
      case Kind::boolean:
        if (a->boolean() != b->boolean()) return false;
        break;
      case Kind::number:
        if (a->number() != b->number()) return false;
        break;
      case Kind::string:
        if (a->string() != b->string()) return false;
        break;
      case Kind::array: {
        const Array& left = a->array();
        const Array& right = b->array();
        if (&left == &right) break;
        if (left.size() != right.size()) return false;
        for (std::size_t i = 0; i < left.size(); ++i) open.emplace_back(&left[i], &right[i]);
        break;
      }
      case Kind::object: {
        const Object& left = a->object();
        const Object& right = b->object();
        if (&left == &right) break;
        if (left.size() != right.size()) return false;
        auto beside = right.begin();
        for (const Member& member : left) {
          const Value* other = order == Order::ignored       ? right.find(member.name)
                               : beside->name == member.name ? &beside->value
                                                             : nullptr;
          if (other == nullptr) return false;
          open.emplace_back(&member.value, other);
          ++beside;
        }
        break;
      }
    }
  }
  return true;
}

}  // namespace

bool operator==(const Value& a, const Value& b) { return equal(a, b, Order::counts); }

bool same_json(const Value& a, const Value& b) { return equal(a, b, Order::ignored); }

Hash128 hash(const Value& value) {
  // Kinds and sizes are hashed before contents, so pre-order determines the tree.
  Hasher hasher;
  struct Piece {
    const Value* value;
    const std::string* name;  // of the member, or null
  };
  std::vector<Piece> open{{&value, nullptr}};
  while (!open.empty()) {
    const Piece piece = open.back();
    open.pop_back();
    if (piece.name != nullptr) hasher.add(std::string_view(*piece.name));
    const Value& at = *piece.value;
    hasher.add(static_cast<std::uint64_t>(at.kind()));
    switch (at.kind()) {
      case Kind::null:
        break;
      case Kind::boolean:
        hasher.add(at.boolean());
        break;
      case Kind::number:
        // Equal values hash alike: -0 == 0.
        hasher.add(std::bit_cast<std::uint64_t>(at.number() == 0 ? 0.0 : at.number()));
        break;
      case Kind::string:
        hasher.add(std::string_view(at.string()));
        break;
      case Kind::array: {
        const Array& elements = at.array();
        hasher.add(std::uint64_t{elements.size()});
        for (auto it = elements.rbegin(); it != elements.rend(); ++it) {
          open.push_back({&*it, nullptr});
        }
        break;
      }
      case Kind::object: {
        const Object& members = at.object();
        hasher.add(std::uint64_t{members.size()});
        for (auto it = members.end(); it != members.begin();) {
          --it;
          open.push_back({&it->value, &it->name});
        }
        break;
      }
    }
  }
  return hasher.finish();
}

}  // namespace model::js
