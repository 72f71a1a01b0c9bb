#include "model/base/json.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>
#include <variant>

#include "model/base/check.hpp"

namespace model::js {

/// What strings, arrays and objects share. `next` links nodes whose last holder is gone, so that
/// destroying needs neither stack nor memory.
struct Value::Node {
  template <class Content>
  explicit Node(Content&& initial) : content(std::forward<Content>(initial)) {}
  std::atomic<std::uint32_t> holders = 1;
  Node* next = nullptr;
  std::variant<std::string, Array, Object> content;
};

// --- Value -----------------------------------------------------------------------------------

Value::Value() noexcept : kind_(Kind::null), content_{.node = nullptr} {}
Value::Value(std::nullptr_t) noexcept : Value() {}
Value::Value(bool flag) noexcept : kind_(Kind::boolean), content_{.boolean = flag} {}
Value::Value(double number) noexcept : kind_(Kind::number), content_{.number = number} {}
Value::Value(int number) noexcept : Value(static_cast<double>(number)) {}
Value::Value(std::int64_t number) noexcept : Value(static_cast<double>(number)) {}
Value::Value(const char* text) : Value(std::string(text)) {}
Value::Value(std::string_view text) : Value(std::string(text)) {}
Value::Value(std::string text) : kind_(Kind::string), content_{.node = new Node(std::move(text))} {}
Value::Value(Array elements)
    : kind_(Kind::array), content_{.node = new Node(std::move(elements))} {}
Value::Value(Object members)
    : kind_(Kind::object), content_{.node = new Node(std::move(members))} {}

Value::Value(const Value& other) noexcept : kind_(other.kind_), content_(other.content_) {
  if (kind_ >= Kind::string) content_.node->holders.fetch_add(1, std::memory_order_relaxed);
}

Value::Value(Value&& other) noexcept : Value() { swap(other); }

Value& Value::operator=(const Value& other) noexcept {
  Value(other).swap(*this);
  return *this;
}

Value& Value::operator=(Value&& other) noexcept {
  Value(std::move(other)).swap(*this);
  return *this;
}

void Value::swap(Value& other) noexcept {
  std::swap(kind_, other.kind_);
  std::swap(content_, other.content_);
}

Value::~Value() {
  Node* orphans = nullptr;
  const auto let_go = [&orphans](Value& value) {
    if (value.kind_ < Kind::string) return;
    Node* node = value.content_.node;
    value.kind_ = Kind::null;
    if (node->holders.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    node->next = orphans;
    orphans = node;
  };
  let_go(*this);
  while (orphans != nullptr) {
    Node* node = std::exchange(orphans, orphans->next);
    if (auto* elements = std::get_if<Array>(&node->content)) {
      for (Value& element : *elements) let_go(element);
    } else if (auto* members = std::get_if<Object>(&node->content)) {
      for (Member& member : members->members_) let_go(member.value);
    }
    delete node;
  }
}

Kind Value::kind() const noexcept { return kind_; }

bool Value::is_integer() const noexcept {
  return is_number() && std::isfinite(content_.number) &&
         std::trunc(content_.number) == content_.number;
}

bool Value::is_finite() const noexcept { return is_number() && std::isfinite(content_.number); }

bool Value::is_below(std::int64_t bound) const noexcept {
  return is_number() && content_.number < static_cast<double>(bound);
}

bool Value::boolean() const {
  CHECK(is_bool());
  return content_.boolean;
}

double Value::number() const {
  CHECK(is_number());
  return content_.number;
}

std::int64_t Value::integer() const {
  constexpr double kTwoTo63 = 9223372036854775808.0;
  const double value = number();
  if (std::isnan(value)) return 0;
  if (value >= kTwoTo63) return std::numeric_limits<std::int64_t>::max();
  if (value < -kTwoTo63) return std::numeric_limits<std::int64_t>::min();
  return static_cast<std::int64_t>(value);
}

const std::string& Value::string() const {
  CHECK(is_string());
  return std::get<std::string>(content_.node->content);
}

const Array& Value::array() const {
  CHECK(is_array());
  return std::get<Array>(content_.node->content);
}

const Object& Value::object() const {
  CHECK(is_object());
  return std::get<Object>(content_.node->content);
}

Array& Value::edit_array() {
  CHECK(is_array());
  if (content_.node->holders.load(std::memory_order_acquire) != 1) *this = Value(Array(array()));
  return std::get<Array>(content_.node->content);
}

Object& Value::edit_object() {
  CHECK(is_object());
  if (content_.node->holders.load(std::memory_order_acquire) != 1) *this = Value(Object(object()));
  return std::get<Object>(content_.node->content);
}

// --- Object ----------------------------------------------------------------------------------

namespace {

/// The number of an integer-like member name: canonical decimal below 2^32 - 1.
std::optional<std::uint32_t> array_index(std::string_view name) {
  if (name.empty() || name.size() > 10) return std::nullopt;
  if (name.size() > 1 && name.front() == '0') return std::nullopt;
  std::uint64_t number = 0;
  for (const char digit : name) {
    if (digit < '0' || digit > '9') return std::nullopt;
    number = number * 10 + static_cast<std::uint64_t>(digit - '0');
  }
  if (number >= 0xffff'ffffu) return std::nullopt;
  return static_cast<std::uint32_t>(number);
}

}  // namespace

Object::Object(std::initializer_list<std::pair<std::string_view, Value>> members) {
  members_.reserve(members.size());
  for (const auto& [name, value] : members) set(name, value);
}

Object Object::from_members(std::vector<Member> members) {
  Object object;
  if (members.size() <= kLinearMax) {
    object.members_.reserve(members.size());
    for (Member& member : members) object.set(member.name, std::move(member.value));
    return object;
  }
  std::vector<std::uint32_t> order(members.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const int by_name = members[a].name.compare(members[b].name);
    return by_name != 0 ? by_name < 0 : a < b;
  });
  // Of equal names the last value moves to the first place.
  struct Place {
    std::uint64_t key;  // integer-like names by their number, then the others by position
    std::uint32_t at;
  };
  std::vector<Place> places;
  places.reserve(order.size());
  for (std::size_t i = 0; i < order.size();) {
    const std::uint32_t first = order[i];
    std::size_t last = i;
    while (last + 1 < order.size() && members[order[last + 1]].name == members[first].name) ++last;
    if (last != i) members[first].value = std::move(members[order[last]].value);
    const auto index = array_index(members[first].name);
    places.push_back({index ? *index : (std::uint64_t{1} << 32) + first, first});
    i = last + 1;
  }
  std::sort(places.begin(), places.end(),
            [](const Place& a, const Place& b) { return a.key < b.key; });
  object.members_.reserve(places.size());
  for (const Place& place : places) object.members_.push_back(std::move(members[place.at]));
  object.rebuild_index();
  return object;
}

std::size_t Object::position(std::string_view name) const {
  if (by_name_.empty()) {
    for (std::size_t i = 0; i < members_.size(); ++i) {
      if (members_[i].name == name) return i;
    }
    return kNowhere;
  }
  const auto at = std::lower_bound(
      by_name_.begin(), by_name_.end(), name,
      [this](std::uint32_t i, std::string_view wanted) { return members_[i].name < wanted; });
  if (at == by_name_.end() || members_[*at].name != name) return kNowhere;
  return *at;
}

void Object::rebuild_index() {
  by_name_.clear();
  if (members_.size() <= kLinearMax) return;
  by_name_.resize(members_.size());
  std::iota(by_name_.begin(), by_name_.end(), 0u);
  std::sort(by_name_.begin(), by_name_.end(), [this](std::uint32_t a, std::uint32_t b) {
    return members_[a].name < members_[b].name;
  });
}

const Value* Object::find(std::string_view name) const {
  const std::size_t at = position(name);
  return at == kNowhere ? nullptr : &members_[at].value;
}

Value* Object::edit(std::string_view name) {
  const std::size_t at = position(name);
  return at == kNowhere ? nullptr : &members_[at].value;
}

void Object::set(std::string_view name, Value value) {
  if (Value* present = edit(name)) {
    *present = std::move(value);
    return;
  }
  auto place = members_.end();
  if (const auto index = array_index(name)) {
    place = std::partition_point(members_.begin(), members_.end(), [&](const Member& member) {
      const auto other = array_index(member.name);
      return other && *other < *index;
    });
  }
  const bool at_end = place == members_.end();
  members_.insert(place, Member{std::string(name), std::move(value)});
  if (!at_end || by_name_.empty()) {
    rebuild_index();
    return;
  }
  const auto slot = std::lower_bound(
      by_name_.begin(), by_name_.end(), name,
      [this](std::uint32_t i, std::string_view wanted) { return members_[i].name < wanted; });
  by_name_.insert(slot, static_cast<std::uint32_t>(members_.size() - 1));
}

void Object::set_if(std::string_view name, const std::optional<Value>& value) {
  if (value) set(name, *value);
}

void Object::set_if(std::string_view name, const std::optional<std::string>& value) {
  if (value) set(name, Value(*value));
}

bool Object::erase(std::string_view name) {
  const std::size_t at = position(name);
  if (at == kNowhere) return false;
  members_.erase(members_.begin() + static_cast<std::ptrdiff_t>(at));
  rebuild_index();
  return true;
}

// --- Looking inside --------------------------------------------------------------------------

const Value* member(const Value& value, std::string_view name) {
  return value.is_object() ? value.object().find(name) : nullptr;
}

const std::string* string_member(const Value& value, std::string_view name) {
  const Value* found = member(value, name);
  return found != nullptr && found->is_string() ? &found->string() : nullptr;
}

const Array* array_member(const Value& value, std::string_view name) {
  const Value* found = member(value, name);
  return found != nullptr && found->is_array() ? &found->array() : nullptr;
}

std::optional<double> number_member(const Value& value, std::string_view name) {
  const Value* found = member(value, name);
  if (found == nullptr || !found->is_number()) return std::nullopt;
  return found->number();
}

}  // namespace model::js
