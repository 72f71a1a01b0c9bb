// Runs the properties after every action and remembers which were broken, when and why.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "sim/property/property.hpp"

namespace sim::property {

/// A property and the first action after which it did not hold.
struct Broken {
  const Property* property = nullptr;
  std::size_t action = 0;  ///< counted from 1
  std::string key;         ///< of that action
  std::string why;
  model::Instant at;
};

class Checker {
 public:
  explicit Checker(std::span<const Property> checked = properties()) : checked_(checked) {}

  /// To be called after each action with the world after it.
  void after_action(const World& world, const std::string& key, const std::vector<Event>& events);
  /// In the order in which they broke; each property once.
  [[nodiscard]] const std::vector<Broken>& broken() const { return broken_; }
  [[nodiscard]] const Monitors& monitors() const { return monitors_; }

 private:
  std::span<const Property> checked_;
  Monitors monitors_;
  std::vector<Broken> broken_;
  std::size_t actions_ = 0;
};

}  // namespace sim::property
