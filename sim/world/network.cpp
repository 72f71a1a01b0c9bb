#include "sim/world/network.hpp"

#include <fmt/format.h>

#include "model/gateway/connection.hpp"
#include "sim/world/clients.hpp"

namespace sim {

namespace {

using End = Link::End;
using Kind = Message::Kind;

/// The link's message, taken off its queue.
Message take(std::vector<Message>& queue) {
  Message first = std::move(queue.front());
  queue.erase(queue.begin());
  return first;
}

/// A link of a device that both ends have done with is forgotten; a scripted peer's stays, because
/// its driver still reads the inbox.
void forget_if_over(Doing& doing, const std::string& conn) {
  const auto found = doing.world.links.find(conn);
  if (found == doing.world.links.end()) return;
  const Link& link = *found->second;
  if (link.client == End::closed && link.server == End::closed && link.up.empty() &&
      link.down.empty() && !link.channel.empty()) {
    doing.world.links.erase(found);
  }
}

void server_end_gone(Doing& doing, const std::string& conn, int code, const std::string& reason) {
  Link& link = doing.world.links.at(conn).edit();
  const bool was_open = link.server != End::opening && link.server != End::closed;
  link.server = End::closed;
  link.up.clear();
  const std::string process = link.process;
  if (!was_open || !doing.world.processes.at(process)->running) return;
  in_turn(doing, process,
          [&](model::gateway::Turn& turn) { model::gateway::gone(turn, conn, code, reason); });
}

void client_end_gone(Doing& doing, const std::string& conn, int code, const std::string& reason) {
  Link& link = doing.world.links.at(conn).edit();
  link.client = End::closed;
  link.down.clear();
  if (link.channel.empty()) {
    link.inbox.push_back({code == 1006 ? Kind::cut : Kind::close, code, reason});
    return;
  }
  const std::string device = link.peer;
  const std::string channel = link.channel;
  client_input_on(doing, device, conn, model::client::Closed{channel, code, reason});
}

void to_client(Doing& doing, const std::string& conn, Message message) {
  Link& link = doing.world.links.at(conn).edit();
  const std::string device = link.peer;
  const std::string channel = link.channel;
  switch (message.kind) {
    case Kind::accepted:
      link.client = End::open;
      if (channel.empty()) {
        link.inbox.push_back(std::move(message));
      } else {
        client_input_on(doing, device, conn,
                        model::client::Opened{channel, certificate_of(doing.world, link.process)});
      }
      return;
    case Kind::refused:
      link.client = End::closed;
      if (channel.empty()) {
        link.inbox.push_back(std::move(message));
      } else {
        client_input_on(doing, device, conn,
                        model::client::DialFailed{channel, fmt::format("http {}", message.code)});
      }
      return;
    case Kind::text:
    case Kind::binary:
      if (channel.empty()) {
        link.inbox.push_back(std::move(message));
      } else {
        client_input_on(doing, device, conn, model::client::Received{channel, *message.bytes});
      }
      return;
    case Kind::close:
      // The WebSocket layer answers a close frame by itself.
      if (link.client == End::open && link.server != End::closed) {
        link.up.push_back({Kind::close, message.code, message.bytes});
      }
      client_end_gone(doing, conn, message.code, *message.bytes);
      return;
    case Kind::cut:
      client_end_gone(doing, conn, 1006, "");
      return;
    case Kind::upgrade:
      return;
  }
}

void to_gateway(Doing& doing, const std::string& conn, const Message& message) {
  Link& link = doing.world.links.at(conn).edit();
  const std::string process = link.process;
  if (!doing.world.processes.at(process)->running) {
    link.server = End::closed;
    link.up.clear();
    link.down.push_back({link.client == End::opening ? Kind::refused : Kind::cut, 0, {}});
    return;
  }
  switch (message.kind) {
    case Kind::upgrade: {
      link.server = End::open;
      link.down.push_back({Kind::accepted, 101, {}});
      const model::gateway::RequestContext context = link.context;
      in_turn(doing, process,
              [&](model::gateway::Turn& turn) { model::gateway::accept(turn, conn, context); });
      return;
    }
    case Kind::text:
    case Kind::binary: {
      const auto opcode =
          message.kind == Kind::text ? model::wire::Opcode::text : model::wire::Opcode::binary;
      in_turn(doing, process, [&](model::gateway::Turn& turn) {
        model::gateway::receive(turn, conn, opcode, *message.bytes);
      });
      return;
    }
    case Kind::close: {
      // The layer answers a close frame that it did not ask for.
      if (link.server == End::open && link.client != End::closed) {
        link.down.push_back({Kind::close, message.code, message.bytes});
      }
      server_end_gone(doing, conn, message.code, *message.bytes);
      return;
    }
    case Kind::cut:
      server_end_gone(doing, conn, 1006, "");
      return;
    case Kind::accepted:
    case Kind::refused:
      return;
  }
}

}  // namespace

model::Result<void> dial(Doing& doing, const std::string& conn, Link link) {
  if (doing.world.links.contains(conn)) return model::fail("connection " + conn + " exists");
  if (!doing.world.processes.contains(link.process)) {
    return model::fail("no process " + link.process + " to dial");
  }
  link.up.push_back({Kind::upgrade, 0, {}});
  doing.world.links.emplace(conn, std::move(link));
  doing.tell(Sent{conn, true, {Kind::upgrade, 0, {}}});
  return {};
}

void put_down(Doing& doing, const std::string& conn, Message message) {
  const auto found = doing.world.links.find(conn);
  if (found == doing.world.links.end() || found->second->server == End::closed) return;
  doing.tell(Sent{conn, false, message});
  Link& link = found->second.edit();
  if (!link.half_open) link.down.push_back(std::move(message));
}

void put_up(Doing& doing, const std::string& conn, Message message) {
  const auto found = doing.world.links.find(conn);
  if (found == doing.world.links.end() || found->second->client != End::open) return;
  doing.tell(Sent{conn, true, message});
  Link& link = found->second.edit();
  if (!link.half_open) link.up.push_back(std::move(message));
}

void close_by_server(Doing& doing, const std::string& conn, int code, const std::string& reason) {
  const auto found = doing.world.links.find(conn);
  if (found == doing.world.links.end() || found->second->server != End::open) return;
  put_down(doing, conn, {Kind::close, code, reason});
  doing.world.links.at(conn).edit().server = End::closing;
}

void refuse_by_server(Doing& doing, const std::string& conn, int status, const std::string& body) {
  Link& link = doing.world.links.at(conn).edit();
  link.down.clear();  // not accepted after all: the refusal is the answer to the upgrade
  put_down(doing, conn, {Kind::refused, status, body});
  link.server = End::closed;
  link.up.clear();
}

void close_by_client(Doing& doing, const std::string& conn, int code, const std::string& reason) {
  const auto found = doing.world.links.find(conn);
  if (found == doing.world.links.end()) return;
  if (found->second->client == End::opening) {
    // Abandoned before it opened: the socket is simply destroyed.
    Link& link = found->second.edit();
    link.client = End::closed;
    link.down.clear();
    link.up.push_back({Kind::cut, 1006, {}});
    return;
  }
  if (found->second->client != End::open) return;
  put_up(doing, conn, {Kind::close, code, reason});
  Link& link = doing.world.links.at(conn).edit();
  if (link.channel.empty()) {  // a scripted peer has said what it had to say
    link.client = End::closed;
    link.down.clear();
  } else {
    link.client = End::closing;
  }
}

void cut_by_client(Doing& doing, const std::string& conn) {
  const auto found = doing.world.links.find(conn);
  if (found == doing.world.links.end() || found->second->client == End::closed) return;
  Link& link = found->second.edit();
  link.client = End::closed;
  link.down.clear();
  if (link.server != End::closed && !link.half_open) link.up.push_back({Kind::cut, 1006, {}});
}

void cut(Doing& doing, const std::string& conn) {
  const auto found = doing.world.links.find(conn);
  if (found == doing.world.links.end()) return;
  Link& link = found->second.edit();
  link.half_open = false;
  link.up.clear();
  link.down.clear();
  if (link.server != End::closed) link.up.push_back({Kind::cut, 1006, {}});
  if (link.client != End::closed) link.down.push_back({Kind::cut, 1006, {}});
}

void cut_by_server(Doing& doing, const std::string& conn) {
  const auto found = doing.world.links.find(conn);
  if (found == doing.world.links.end()) return;
  Link& link = found->second.edit();
  if (link.client != End::closed && link.server != End::closed && !link.half_open) {
    link.down.push_back({Kind::cut, 1006, {}});
  }
  link.server = End::closed;
  link.up.clear();
}

bool can_deliver_up(const Link& link) {
  return !link.up.empty() && !link.paused_up && !link.half_open;
}
bool can_deliver_down(const Link& link) {
  return !link.down.empty() && !link.paused_down && !link.half_open;
}
bool healthy(const Link& link) {
  return link.client == End::open && link.server == End::open && !link.half_open &&
         !link.paused_down && !link.paused_up;
}

model::Result<void> deliver_up(Doing& doing, const std::string& conn) {
  const auto found = doing.world.links.find(conn);
  if (found == doing.world.links.end() || !can_deliver_up(*found->second)) {
    return model::fail("nothing can arrive at the gateway on " + conn);
  }
  const Message message = take(found->second.edit().up);
  doing.tell(Delivered{conn, true, message});
  to_gateway(doing, conn, message);
  forget_if_over(doing, conn);
  return {};
}

model::Result<void> deliver_down(Doing& doing, const std::string& conn) {
  const auto found = doing.world.links.find(conn);
  if (found == doing.world.links.end() || !can_deliver_down(*found->second)) {
    return model::fail("nothing can arrive at the client on " + conn);
  }
  Message message = take(found->second.edit().down);
  doing.tell(Delivered{conn, false, message});
  to_client(doing, conn, std::move(message));
  forget_if_over(doing, conn);
  return {};
}

}  // namespace sim
