// The files of one state directory, with what a crash would leave of them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "model/base/shared.hpp"

namespace sim {

/// A file as readers see it and as a power cut would leave it.
struct File {
  model::Shared<std::string> content;
  /// What survives a crash: equals `content` once synced and renamed; absent: the file would be
  /// gone.
  std::optional<model::Shared<std::string>> durable;
  bool operator==(const File&) const = default;
};

/// A file being written under a temporary name (S-3).
struct TemporaryFile {
  model::Shared<std::string> content;
  bool synced = false;
  bool operator==(const TemporaryFile&) const = default;
};

/// One state directory. Paths are relative to it: "devices/bootstrap.json".
struct Disk {
  std::map<std::string, File> files;
  std::map<std::string, TemporaryFile>
      temporaries;  ///< by target path and writer: "devices/paired.json gw phone/1#1"
  std::set<std::string> unreadable;  ///< reading fails (a fault)
  bool full = false;                 ///< writing fails (a fault)
  std::uint64_t writes = 0;          ///< renames so far; shown, contributes to nothing
  std::map<std::string, std::uint64_t> writes_of;  ///< renames by path; shown
  bool operator==(const Disk&) const = default;
};

}  // namespace sim
