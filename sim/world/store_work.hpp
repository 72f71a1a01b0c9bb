// Handlers at work on the store files: locks, reads and renames, step by step (S-1 ... S-7).
//
// What an operation decides stands in model/store; here is only when it reads, when it replaces a
// file, and who waits for whom. Between any two of these steps somebody else may go first.
#pragma once

#include <string>
#include <vector>

#include "sim/world/turns.hpp"

namespace sim {

/// Begins the work of handlers that wait for a store and have none yet: takes the lock or queues.
void begin_store_work(Doing& doing, const std::string& process);

/// Steps that a process's store work could take next, in order of handlers and files.
void list_store_steps(const World& world, const std::string& name, const Process& process,
                      std::vector<Action>& actions);

/// The steps themselves. Errors: the handler has no such step to take now.
[[nodiscard]] model::Result<void> read_file(Doing& doing, const ReadFile& step);
[[nodiscard]] model::Result<void> write_temporary(Doing& doing, const WriteTemporary& step);
[[nodiscard]] model::Result<void> sync_temporary(Doing& doing, const SyncTemporary& step);
[[nodiscard]] model::Result<void> rename_file(Doing& doing, const RenameFile& step);

/// What a crash leaves of a disk: files as last made durable, no temporaries of this process.
void drop_process_files(Disk& disk, const std::string& process);

}  // namespace sim
