#include "sim/world/store_work.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "model/base/check.hpp"
#include "model/gateway/connection.hpp"
#include "model/store/documents.hpp"

namespace sim {

namespace {

using model::gateway::HandlerKey;
using model::gateway::Look;
using model::gateway::Transact;
using Phase = StoreWork::Phase;

using Written = StoreWork::Written;

/// Paths of the group's one or two files.
std::vector<std::string_view> paths_of(model::store::Group group) {
  const model::store::FileNames names = model::store::files_of(group);
  if (names.second.empty()) return {names.first};
  return {names.first, names.second};
}

std::string temporary_name(const std::string& path, const std::string& process,
                           const HandlerKey& handler) {
  return fmt::format("{} {} {}", path, process, handler);
}

/// Index of `path` among the group's files; none if it is not one of them.
std::optional<std::size_t> index_of(model::store::Group group, std::string_view path) {
  const auto files = paths_of(group);
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (files[i] == path) return i;
  }
  return std::nullopt;
}

/// A step that a handler is about to take on one file, looked up once.
struct Place {
  Process& process;
  Disk& disk;
  StoreWork& work;
  std::size_t file;
};

template <class Step>
model::Result<Place> find_place(Doing& doing, const Step& step, Phase phase) {
  const auto process = doing.world.processes.find(step.process);
  if (process == doing.world.processes.end() || !process->second->running) {
    return model::fail(fmt::format("process {} does not run", step.process));
  }
  const auto work = process->second->work.find(step.handler);
  if (work == process->second->work.end() || work->second->phase != phase) {
    return model::fail(
        fmt::format("{} has no such step to take in {}", step.handler, step.process));
  }
  const auto file = index_of(work->second->group, step.path);
  if (!file) return model::fail(fmt::format("{} is not a file of that store", step.path));
  Process& own = process->second.edit();
  return Place{own, doing.world.disks.at(own.disk).edit(), own.work.at(step.handler).edit(), *file};
}

/// One file as a document, as the policy reads what is missing, damaged or unreadable (S-2).
model::Result<model::store::Document> parse(const ReadText& read,
                                            const model::policy::Policy& policy) {
  if (read.unreadable) return model::store::unreadable_document(policy);
  return model::store::read_document(
      read.content ? std::optional<std::string>(**read.content) : std::nullopt, policy);
}

model::Result<model::store::Documents> parse_files(const StoreWork& work,
                                                   const model::policy::Policy& policy) {
  model::store::Documents documents;
  auto first = parse(*work.read.at(0), policy);
  if (!first) return std::unexpected(first.error());
  documents.first = std::move(*first);
  if (work.read.size() == 1) return documents;
  auto second = parse(*work.read.at(1), policy);
  if (!second) return std::unexpected(second.error());
  documents.second = std::move(*second);
  return documents;
}

/// Ends the handler's store work, hands the lock to the first who waits, and resumes the handler.
void finish(Doing& doing, const std::string& process_name, const HandlerKey& handler,
            model::gateway::Resume resume) {
  Process& process = doing.world.processes.at(process_name).edit();
  const bool locked = process.work.at(handler)->locked;
  const model::store::Group group = process.work.at(handler)->group;
  process.work.erase(handler);
  if (locked) {
    Lock& lock = process.locks[group];
    CHECK(lock.holder == handler);
    lock.holder.reset();
    if (!lock.waiting.empty()) {
      lock.holder = lock.waiting.front();
      lock.waiting.erase(lock.waiting.begin());
      process.work.at(*lock.holder).edit().phase = Phase::reading;
    }
  }
  in_turn(doing, process_name, [&](model::gateway::Turn& turn) {
    model::gateway::resume(turn, handler, std::move(resume));
  });
}

/// All files are read: decides, and either ends or goes on to write.
void decide(Doing& doing, const std::string& process_name, const HandlerKey& handler) {
  World& world = doing.world;
  Process& process = world.processes.at(process_name).edit();
  StoreWork& work = process.work.at(handler).edit();
  const auto documents = parse_files(work, *process.gateway.policy);
  if (!documents) {
    return finish(doing, process_name, handler,
                  model::gateway::StoreFailed{documents.error().message});
  }
  const model::gateway::Need& need = process.gateway.handlers.at(handler)->need;
  if (std::holds_alternative<Look>(need)) return finish(doing, process_name, handler, *documents);
  DerivedNames names(world.seed, process_name, world.names);
  model::store::Execution done =
      model::store::execute(std::get<Transact>(need).operation, *documents, *process.gateway.policy,
                            world.clock_of_process(process_name), names);
  if (!done.write) return finish(doing, process_name, handler, std::move(done.answer));
  work.answer = std::move(done.answer);
  work.write.emplace_back(model::store::write_document(done.write->first));
  if (work.read.size() > 1) {
    work.write.emplace_back(model::store::write_document(done.write->second));
  }
  work.written.assign(work.write.size(), Written::nothing);
  work.phase = Phase::writing;
}

model::Result<void> put_temporary(Place& place, const std::string& process,
                                  const HandlerKey& handler, const std::string& path) {
  if (place.disk.full) return model::fail("no space left on device");
  place.disk.temporaries[temporary_name(path, process, handler)] = {place.work.write[place.file],
                                                                    false};
  place.work.written[place.file] = Written::temporary;
  return {};
}

}  // namespace

void begin_store_work(Doing& doing, const std::string& name) {
  // Most turns leave nobody waiting for a store: look before the process is cloned.
  std::vector<HandlerKey> fresh;
  {
    const Process& process = *doing.world.processes.at(name);
    for (const auto& [key, handler] : process.gateway.handlers) {
      const bool waits = std::holds_alternative<Transact>(handler->need) ||
                         std::holds_alternative<Look>(handler->need);
      if (waits && !process.work.contains(key)) fresh.push_back(key);
    }
  }
  for (const HandlerKey& key : fresh) {
    Process& process = doing.world.processes.at(name).edit();
    const model::gateway::Need& need = process.gateway.handlers.at(key)->need;
    StoreWork work;
    if (const auto* transact = std::get_if<Transact>(&need)) {
      work.group = model::store::group_of(transact->operation);
      work.locked = true;
      Lock& lock = process.locks[work.group];
      if (lock.holder) {
        lock.waiting.push_back(key);
        work.phase = Phase::waiting_for_lock;
      } else {
        lock.holder = key;
      }
    } else {
      work.group = std::get<Look>(need).group;
    }
    work.read.resize(paths_of(work.group).size());
    process.work.emplace(key, std::move(work));
  }
}

void list_store_steps(const World& world, const std::string& name, const Process& process,
                      std::vector<Action>& actions) {
  for (const auto& [handler, work] : process.work) {
    const auto files = paths_of(work->group);
    for (std::size_t i = 0; i < files.size(); ++i) {
      const std::string path(files[i]);
      if (work->phase == Phase::reading && !work->read[i]) {
        actions.emplace_back(ReadFile{name, handler, path});
      }
      if (work->phase != Phase::writing) continue;
      if (work->written[i] == Written::renamed) continue;
      if (world.grain == Grain::coarse || work->written[i] == Written::synced) {
        actions.emplace_back(RenameFile{name, handler, path});
      } else if (work->written[i] == Written::temporary) {
        actions.emplace_back(SyncTemporary{name, handler, path});
      } else {
        actions.emplace_back(WriteTemporary{name, handler, path});
      }
    }
  }
}

model::Result<void> read_file(Doing& doing, const ReadFile& step) {
  auto place = find_place(doing, step, Phase::reading);
  if (!place) return std::unexpected(place.error());
  StoreWork& work = place->work;
  if (work.read[place->file]) return model::fail(step.path + " is read already");
  const auto file = place->disk.files.find(step.path);
  ReadText read;
  read.unreadable = place->disk.unreadable.contains(step.path);
  if (file != place->disk.files.end()) read.content = file->second.content;
  work.read[place->file] = std::move(read);
  const bool all_read =
      std::ranges::all_of(work.read, [](const auto& text) { return text.has_value(); });
  if (all_read) decide(doing, step.process, step.handler);
  return {};
}

model::Result<void> write_temporary(Doing& doing, const WriteTemporary& step) {
  auto place = find_place(doing, step, Phase::writing);
  if (!place) return std::unexpected(place.error());
  if (place->work.written[place->file] != Written::nothing) {
    return model::fail(step.path + " is under way already");
  }
  if (const auto put = put_temporary(*place, step.process, step.handler, step.path); !put) {
    finish(doing, step.process, step.handler, model::gateway::StoreFailed{put.error().message});
  }
  return {};
}

model::Result<void> sync_temporary(Doing& doing, const SyncTemporary& step) {
  auto place = find_place(doing, step, Phase::writing);
  if (!place) return std::unexpected(place.error());
  if (place->work.written[place->file] != Written::temporary) {
    return model::fail(step.path + " has no temporary file to sync");
  }
  place->disk.temporaries.at(temporary_name(step.path, step.process, step.handler)).synced = true;
  place->work.written[place->file] = Written::synced;
  return {};
}

model::Result<void> rename_file(Doing& doing, const RenameFile& step) {
  auto place = find_place(doing, step, Phase::writing);
  if (!place) return std::unexpected(place.error());
  StoreWork& work = place->work;
  const bool coarse = doing.world.grain == Grain::coarse;
  if (work.written[place->file] == Written::renamed ||
      (!coarse && work.written[place->file] != Written::synced)) {
    return model::fail(step.path + " is not ready to be renamed");
  }
  if (work.written[place->file] == Written::nothing) {
    // Coarse grain: the steps on the temporary file are private and run with the rename.
    if (const auto put = put_temporary(*place, step.process, step.handler, step.path); !put) {
      finish(doing, step.process, step.handler, model::gateway::StoreFailed{put.error().message});
      return {};
    }
  }
  place->disk.temporaries.erase(temporary_name(step.path, step.process, step.handler));
  File& file = place->disk.files[step.path];
  file.content = work.write[place->file];
  file.durable = file.content;
  ++place->disk.writes;
  ++place->disk.writes_of[step.path];
  work.written[place->file] = Written::renamed;
  doing.tell(FileWritten{place->process.disk, step.path, file.content});
  const bool all = std::ranges::all_of(work.written, [](auto w) { return w == Written::renamed; });
  if (all) {
    model::store::Answer answer = std::move(*work.answer);
    finish(doing, step.process, step.handler, std::move(answer));
  }
  return {};
}

void drop_process_files(Disk& disk, const std::string& process) {
  std::erase_if(disk.temporaries, [&](const auto& entry) {
    return entry.first.find(" " + process + " ") != std::string::npos;
  });
  // What was renamed but never made durable may be gone after a power cut; a killed process alone
  // loses nothing that the kernel already has.
}

}  // namespace sim
