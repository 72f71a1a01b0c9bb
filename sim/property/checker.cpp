#include "sim/property/checker.hpp"

#include <algorithm>

namespace sim::property {

void Checker::after_action(const World& world, const std::string& key,
                           const std::vector<Event>& events) {
  ++actions_;
  for (const Event& event : events) monitors_.update(world, key, event);
  for (const Property& property : checked_) {
    if (property.check == nullptr) continue;
    const auto known = [&](const Broken& broken) { return broken.property == &property; };
    if (std::ranges::any_of(broken_, known)) continue;
    Verdict verdict = property.check(monitors_, world);
    if (verdict.broken) {
      broken_.push_back({&property, actions_, key, std::move(*verdict.broken), world.now});
    }
  }
}

}  // namespace sim::property
