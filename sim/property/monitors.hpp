// What properties must remember of the past: small values that events update.
//
// No property reads an event list. A monitor holds only what can still matter, and what it holds is
// bounded by what was issued: tokens, devices, open connections.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sim/world/event.hpp"
#include "sim/world/world.hpp"

namespace sim::property {

/// What becomes of each bootstrap token (P5, P-285e).
struct BootstrapUse {
  struct Token {
    std::optional<std::vector<std::string>> roles,
        scopes;  ///< of its profile, if issued in this run
    std::set<std::pair<std::string, std::string>> told_yes;  ///< (device id, key); two break P5
    std::string over_profile;  ///< the first use beyond the profile, as a sentence
    std::string dead;          ///< why it must never be good again; empty: it may be
    std::string came_back;     ///< how it was good again after that, as a sentence
    std::string disk;          ///< where it was issued
    bool led_to_silent_approval = false;
    std::string used_after_silent;  ///< who, as a sentence
  };
  std::map<std::string, Token> tokens;
};

/// What the silent path did (P-285c, P-285d).
struct SilentPath {
  std::string beyond_baseline;   ///< the first silent approval of more than a node, as a sentence
  std::string touched_existing;  ///< the first silent approval over a record, as a sentence
};

/// A connection on which a bootstrap token was accepted (P5.delivered_or_restored).
struct Redemption {
  std::string token, device_id, disk;
  bool consumed = false;  ///< the token is gone because of it
};

/// What a client sends (P-on5).
struct ClientUse {
  /// Token that the connection's connect frame carried.
  std::map<std::string, std::string> shown_on;
  /// By device: bootstrap tokens that a hello answered.
  std::map<std::string, std::set<std::string>> spent;
  std::string sent_again;  ///< the first time a spent one was sent, as a sentence
};

/// The paired records of one disk, as last written, with what P2 says of them.
struct PairedFile {
  std::set<std::string> devices;  ///< ids with a record
  /// Ids that had one before a handler's latest write: by process and connection.
  std::map<std::string, std::set<std::string>> before;
  std::string role_not_listed, scopes_beyond, baseline_missing;  ///< first offence, as a sentence
  /// Offences of a file put there from outside, which are nobody's doing: "<device> <role>".
  std::set<std::string> excused;
};

struct Monitors {
  BootstrapUse bootstrap;
  SilentPath silent;
  ClientUse clients;
  std::map<std::string, Redemption> redemptions;  ///< by connection
  std::string undelivered;  ///< the first redemption that gave nobody anything, as a sentence
  std::map<std::string, PairedFile> paired;  ///< by disk

  /// Takes in one event of an action; `world` is the world after it, `key` the action's key.
  void update(const World& world, const std::string& key, const Event& event);
};

/// A device's name in a world, or its id cut short: what a verdict calls it.
[[nodiscard]] std::string name_of_device(const World& world, const std::string& device_id);
/// A secret as people see it: its first four characters.
[[nodiscard]] std::string shown(const std::string& secret);

}  // namespace sim::property
