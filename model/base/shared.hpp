// A value that is shared until somebody changes it.
//
// Worlds are copied by the million, and an action touches two or three of their parts. A Shared<T>
// copies as a reference count; `edit()` clones only when somebody else holds the value too.
#pragma once

#include <atomic>
#include <cstdint>
#include <utility>

namespace model {

template <class T>
class Shared {
 public:
  Shared() : node_(new Node{}) {}
  Shared(T value) : node_(new Node{std::move(value)}) {}  // NOLINT: reads like the value itself
  Shared(const Shared& other) noexcept : node_(other.node_) { hold(); }
  Shared(Shared&& other) noexcept : node_(std::exchange(other.node_, nullptr)) {}
  Shared& operator=(Shared other) noexcept {
    std::swap(node_, other.node_);
    return *this;
  }
  ~Shared() { drop(); }

  const T& operator*() const { return node_->value; }
  const T* operator->() const { return &node_->value; }

  /// The value for changing; nobody else sees the change.
  T& edit() {
    if (node_->holders.load(std::memory_order_acquire) != 1) {
      Node* own = new Node{node_->value};
      drop();
      node_ = own;
    }
    return node_->value;
  }

  /// The same stored value, not merely an equal one: a quick yes for comparisons.
  [[nodiscard]] bool same(const Shared& other) const { return node_ == other.node_; }
  friend bool operator==(const Shared& a, const Shared& b) {
    return a.node_ == b.node_ || a.node_->value == b.node_->value;
  }

 private:
  struct Node {
    T value{};
    std::atomic<std::uint32_t> holders{1};
    Node() = default;
    explicit Node(T v) : value(std::move(v)) {}
  };
  void hold() const { node_->holders.fetch_add(1, std::memory_order_relaxed); }
  void drop() {
    if (node_ != nullptr && node_->holders.fetch_sub(1, std::memory_order_acq_rel) == 1)
      delete node_;
  }
  Node* node_;
};

}  // namespace model
