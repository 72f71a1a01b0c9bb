// The fields of the world's own parts, with their roles in fingerprints (see model_fields.hpp).
#pragma once

#include "model/store/documents.hpp"
#include "sim/world/fields/client_fields.hpp"
#include "sim/world/fields/model_fields.hpp"
#include "sim/world/world.hpp"

namespace sim {

// --- disk ----------------------------------------------------------------------------------------

/// A file with its path, because what its content contributes depends on which file it is.
struct NamedFile {
  std::string path;
  File file;
};
template <class Ar>
void fields(Ar& ar, NamedFile& x) {
  ar("path", x.path);
  if constexpr (requires { ar.store_text("content", x.path, *x.file.content); }) {
    ar.store_text("content", x.path, *x.file.content);
    bool safe = x.file.durable == x.file.content;
    ar("safe", safe);
    if (!safe && x.file.durable) ar.store_text("durable", x.path, **x.file.durable);
  } else {
    ar("content", x.file.content);
    ar("durable", x.file.durable);
  }
}
template <class Ar>
void fields(Ar& ar, TemporaryFile& x) {
  ar("content", x.content);
  ar("synced", x.synced);
}
template <class Ar>
void fields(Ar& ar, Disk& x) {
  std::vector<NamedFile> files;
  for (const auto& [path, file] : x.files) files.push_back({path, file});
  ar("files", files);
  if constexpr (Ar::kReads) {
    x.files.clear();
    for (NamedFile& named : files) x.files[named.path] = std::move(named.file);
  }
  ar.keyed("temporaries", x.temporaries);
  ar("unreadable", x.unreadable);
  ar("full", x.full);
  ar.shown("writes", x.writes);
  ar.shown("writesOf", x.writes_of);
}

// --- network -------------------------------------------------------------------------------------

template <class Ar>
void fields(Ar& ar, Message& x) {
  ar("kind", x.kind);
  ar("code", x.code);
  if constexpr (requires { ar.frame_text("bytes", *x.bytes); }) {
    ar.frame_text("bytes", *x.bytes);
  } else {
    ar("bytes", x.bytes);
  }
}
template <class Ar>
void fields(Ar& ar, Link& x) {
  ar("peer", x.peer);
  ar("channel", x.channel);
  ar("process", x.process);
  ar("context", x.context);
  ar("client", x.client);
  ar("server", x.server);
  ar("up", x.up);
  ar("down", x.down);
  ar("pausedUp", x.paused_up);
  ar("pausedDown", x.paused_down);
  ar("halfOpen", x.half_open);
  // What a scripted peer has received matters to its driver alone, who remembers it anyway.
  ar.shown("inbox", x.inbox);
}

// --- processes -----------------------------------------------------------------------------------

template <class Ar>
void fields(Ar& ar, ReadText& x) {
  ar("content", x.content);
  ar("unreadable", x.unreadable);
}
template <class Ar>
void fields(Ar& ar, StoreWork& x) {
  ar("group", x.group);
  ar("locked", x.locked);
  ar("phase", x.phase);
  if constexpr (requires { ar.store_text("", "", std::string()); }) {
    describe_texts(ar, x);
  } else {
    ar("read", x.read);
    ar("write", x.write);
  }
  ar("written", x.written);
  ar("answer", x.answer);
}
/// What a handler holds of the files counts as those files do.
template <class Ar>
void describe_texts(Ar& ar, StoreWork& x) {
  const store::FileNames names = store::files_of(x.group);
  const auto path = [&](std::size_t i) { return i == 0 ? names.first : names.second; };
  for (std::size_t i = 0; i < x.read.size(); ++i) {
    bool there = x.read[i].has_value() && x.read[i]->content.has_value();
    bool unreadable = x.read[i].has_value() && x.read[i]->unreadable;
    bool read = x.read[i].has_value();
    ar("read", read);
    ar("there", there);
    ar("unreadable", unreadable);
    if (there) ar.store_text("text", path(i), **x.read[i]->content);
  }
  for (std::size_t i = 0; i < x.write.size(); ++i) ar.store_text("write", path(i), *x.write[i]);
}
template <class Ar>
void fields(Ar& ar, Lock& x) {
  ar.key("holder", x.holder);
  ar.keys("waiting", x.waiting);
}
template <class Ar>
void fields(Ar& ar, Process& x) {
  ar("disk", x.disk);
  ar("skew", x.skew);
  ar("running", x.running);
  ar("tool", x.tool);
  ar("gateway", x.gateway);
  ar("locks", x.locks);
  ar.keyed("work", x.work);
  ar.shown("commands", x.commands);
}

// --- devices and the rest ------------------------------------------------------------------------

template <class Ar>
void fields(Ar& ar, model::crypto::KeyPair& x) {
  ar("seed", x.seed);
  ar("publicKey", x.public_key);
}
template <class Ar>
void fields(Ar& ar, Device& x) {
  ar("key", x.key);
  ar("skew", x.skew);
  ar("client", x.client);
  ar("policy", x.policy);
  ar.shown("dials", x.dials);
  std::map<std::string, KeyOfConnection> conns;
  for (const auto& [channel, conn] : x.conn_of) conns[channel].key = conn;
  ar("connOf", conns);
  if constexpr (Ar::kReads) {
    x.conn_of.clear();
    for (auto& [channel, conn] : conns) x.conn_of[channel] = conn.key;
  }
  ar("from", x.from);
}
template <class Ar>
void fields(Ar& ar, Address& x) {
  ar("process", x.process);
  ar("certificate", x.certificate);
}
template <class Ar>
void fields(Ar& ar, NameCounts& x) {
  ar.shown("counts", x.counts);
}
template <class Ar>
void fields(Ar& ar, World& x) {
  ar.shown("start", x.start);
  ar.shown("now", x.now);
  ar.shown("seed", x.seed);
  ar("grain", x.grain);
  ar("disks", x.disks);
  ar("processes", x.processes);
  ar.keyed("links", x.links);
  ar("devices", x.devices);
  ar("addresses", x.addresses);
  ar("names", x.names);
}

}  // namespace sim
