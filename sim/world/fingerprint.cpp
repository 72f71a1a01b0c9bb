// Fingerprints and serialised worlds: two readings of the same declaration of fields.

#include "sim/world/archive/describer.hpp"
#include "sim/world/archive/json_archive.hpp"
#include "sim/world/fields/world_fields.hpp"
#include "sim/world/world.hpp"

namespace sim {

namespace {

/// Pieces of one part, visited through a copy so that describing changes nothing.
template <class T>
Pieces describe(const model::Shared<T>& part, model::Millis skew) {
  Describer out(skew);
  T own = *part;
  fields(out, own);
  return out.take();
}

}  // namespace

model::Hash128 fingerprint(const World& world) {
  Layout layout(world.now);
  Describer head(model::Millis{0});
  std::uint8_t grain = static_cast<std::uint8_t>(world.grain);
  head("grain", grain);
  layout.add(head.take());
  const auto add_named = [&](const std::string& name, const Pieces& pieces) {
    Describer label(model::Millis{0});
    label.literal(name);
    layout.add(label.take());
    layout.add(pieces);
  };
  for (const auto& [name, disk] : world.disks) add_named(name, describe(disk, {0}));
  for (const auto& [name, process] : world.processes) {
    add_named(name, describe(process, process->skew));
  }
  for (const auto& [name, device] : world.devices) add_named(name, describe(device, device->skew));
  Describer links(model::Millis{0});
  auto all = world.links;
  links.keyed("links", all);
  layout.add(links.take());
  Describer rest(model::Millis{0});
  auto addresses = world.addresses;
  rest("addresses", addresses);
  layout.add(rest.take());
  return layout.finish();
}

std::string serialise(const World& world) {
  JsonWriter out;
  World own = world;
  fields(out, own);
  return model::js::dump(out.take());
}

model::Result<World> deserialise(std::string_view text) {
  const auto value = model::js::parse(text);
  if (!value) return model::fail("not a world: " + value.error().message);
  World world;
  std::optional<std::string> error;
  JsonReader in(*value, "", error);
  fields(in, world);
  if (error) return model::fail("not a world: " + *error);
  return world;
}

}  // namespace sim
