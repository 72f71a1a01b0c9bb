#include "sim/driver/conform.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "model/base/js_string.hpp"
#include "sim/driver/run.hpp"
#include "sim/driver/scripted_peers.hpp"
#include "sim/driver/vector_connect.hpp"
#include "sim/driver/vector_observation.hpp"
#include "sim/driver/vector_stores.hpp"
#include "sim/driver/vector_symbols.hpp"
#include "sim/world/setup.hpp"

namespace sim {

namespace gateway = model::gateway;
namespace js = model::js;

namespace {

const std::string kProcess = "gw";
const std::string kDisk = "state";
constexpr model::Millis kBeforeEachStep{10};

World world_for(const Vector& vector, const model::policy::Policy& policy,
                const ReplayOptions& options) {
  World world = empty_world(options.seed, options.start);
  add_disk(world, kDisk);
  add_gateway(world, kProcess, kDisk, vector.config, policy, "gateway.example:18789", "");
  return world;
}

/// One step under way: what it has recorded so far, and which connection it is about.
struct Entry {
  js::Object fields;
  std::string own_key;  ///< its response and close are this step's; empty: no connection
  PayloadShown shown = PayloadShown::hello_only;
  IdShown id = IdShown::no;
  const ConnectRequest* connect = nullptr;
  const Call* call = nullptr;
};

/// A story being played.
class Story {
 public:
  Story(const Vector& vector, const model::policy::Policy& policy, const ReplayOptions& options)
      : vector_(vector),
        options_(options),
        run_(world_for(vector, policy, options)),
        peers_(run_, kProcess),
        symbols_(vector.devices, vector.secrets, options.start) {
    run_.forget_steps();
    if (!options.digest) run_.forget_digest();
  }

  model::Result<Replay> play() {
    js::Array observed;
    for (std::size_t i = 0; i < vector_.steps.size(); ++i) {
      auto entry = play_step(vector_.steps[i]);
      if (!entry) {
        return model::fail(
            fmt::format("step {} ({}): {}", i, vector_.kinds[i], entry.error().message));
      }
      observed.push_back(symbols_.name_outputs(js::Value(std::move(*entry))));
    }
    const js::Value stores = symbols_.name_outputs(store_entries(*run_.world().disks.at(kDisk)));
    return Replay{js::Value(std::move(observed)), with_sorted_requests(stores),
                  options_.digest ? run_.digest() : std::string()};
  }

 private:
  using Done = model::Result<void>;

  model::Result<js::Object> play_step(const VectorStep& step) {
    if (auto done = pass(kBeforeEachStep); !done) return std::unexpected(done.error());
    const std::vector<Arrival> before = peers_.take();
    Entry entry;
    entry.fields.set("at", (run_.world().now - options_.start).count);
    const Done done = std::visit([&](const auto& kind) { return act(kind, entry); }, step);
    if (!done) return std::unexpected(done.error());
    record(before, peers_.take(), entry);
    return std::move(entry.fields);
  }

  Done pass(model::Millis span) {
    if (auto done = run_.pass(span); !done) return done;
    return peers_.settle();
  }

  // --- the steps ---

  Done act(const IssueBootstrap& step, Entry& entry) {
    auto answer = host_command(
        {.kind = gateway::HostCommandKind::issue_code, .label = step.as, .profile = step.profile});
    if (!answer) return std::unexpected(answer.error());
    symbols_.learn_bootstrap(step.as, answer->token);
    entry.fields.set("issued",
                     js::Object{{"token", answer->token}, {"expiresAtMs", answer->expires_at_ms}});
    return {};
  }

  Done act(const RevokeBootstrap& step, Entry& entry) {
    auto answer = host_command({.kind = gateway::HostCommandKind::revoke_code,
                                .token = symbols_.resolve(step.token).value_or(step.token)});
    if (!answer) return std::unexpected(answer.error());
    entry.fields.set("result", js::Object{{"removed", answer->ok}});
    return {};
  }

  Done act(const ClearBootstrap&, Entry& entry) {
    auto answer = host_command({.kind = gateway::HostCommandKind::cleanup_codes});
    if (!answer) return std::unexpected(answer.error());
    entry.fields.set("result", js::Object{{"removed", answer->count}});
    return {};
  }

  Done act(const OpenConnection& step, Entry& entry) {
    auto open = opened(step.conn, step.whence, entry);
    if (!open) return std::unexpected(open.error());
    if (*open) entry.fields.set("opened", true);
    return {};
  }

  Done act(const ConnectRequest& step, Entry& entry) {
    if (auto sent = device_tokens_sent(step)) entry.fields.set("sent", *sent);
    auto open = opened(step.conn, step.whence, entry);
    if (!open || !*open) return open ? Done() : std::unexpected(open.error());
    entry.own_key = peers_.key_of(step.conn);
    entry.connect = &step;
    const std::string frame = connect_frame(
        step, {.symbols = symbols_,
               .now = run_.world().now,
               .nonce_of = [this](std::string_view conn) { return peers_.nonce_of(conn); }});
    return peers_.send(step.conn, {.kind = Message::Kind::text, .bytes = frame});
  }

  Done act(const RawFrame& step, Entry& entry) {
    auto open = opened(step.conn, step.whence, entry);
    if (!open || !*open) return open ? Done() : std::unexpected(open.error());
    entry.own_key = peers_.key_of(step.conn);
    entry.id = IdShown::yes;
    return peers_.send(
        step.conn,
        {.kind = step.binary ? Message::Kind::binary : Message::Kind::text, .bytes = step.bytes});
  }

  Done act(const Call& step, Entry& entry) {
    if (!peers_.is_open(step.conn)) return skip(entry);
    entry.own_key = peers_.key_of(step.conn);
    entry.call = &step;
    entry.shown = payload_shown(step.method);
    std::optional<js::Value> params;
    if (step.params) params = symbols_.resolve_values(*step.params);
    const std::string frame = request_frame(fmt::format("call-{}", ++calls_), step.method, params);
    return peers_.send(step.conn, {.kind = Message::Kind::text, .bytes = frame});
  }

  Done act(const LetTimePass& step, Entry&) { return pass(step.span); }

  Done act(const Disconnect& step, Entry& entry) {
    return peers_.is_open(step.conn) ? peers_.hang_up(step.conn) : skip(entry);
  }

  Done act(const RestartGateway&, Entry&) {
    if (auto done = run_.perform(StopProcess{kProcess}); !done) return done;
    if (auto done = peers_.settle(); !done) return done;
    if (auto done = run_.perform(StartProcess{kProcess}); !done) return done;
    return peers_.settle();
  }

  Done act(const SeedStore& step, Entry&) {
    const std::string content = js::dump_pretty(symbols_.resolve_seed(step.value));
    return run_.perform(PutFile{kDisk, *store_path(step.store), content});
  }

  // --- parts of steps ---

  static Done skip(Entry& entry) {
    entry.fields.set("skipped", "not-open");
    return {};
  }

  /// Is the connection open, after opening it if need be? If not, the entry says how it was
  /// refused.
  model::Result<bool> opened(const std::string& conn, const Whence& whence, Entry& entry) {
    if (peers_.is_open(conn)) return true;
    if (auto done = peers_.open(conn, request_context(whence)); !done) {
      return std::unexpected(done.error());
    }
    if (peers_.is_open(conn)) return true;
    entry.fields.set("opened", false);
    if (const auto status = peers_.refused(conn)) entry.fields.set("httpStatus", *status);
    return false;
  }

  /// Section 6, `sent`: none if no auth field holds a reference to a device token.
  std::optional<js::Value> device_tokens_sent(const ConnectRequest& step) const {
    if (!step.auth || !step.auth->is_object()) return std::nullopt;
    js::Object sent;
    for (const js::Member& member : step.auth->object()) {
      if (!member.value.is_string() || !symbols_.device_token(member.value.string())) continue;
      const auto token = symbols_.resolve(member.value.string());
      sent.set(member.name, token ? js::Value(*token) : js::Value());
    }
    if (sent.empty()) return std::nullopt;
    return js::Value(std::move(sent));
  }

  model::Result<gateway::HostAnswer> host_command(gateway::HostCommand command) {
    std::optional<gateway::HostAnswer> answer;
    const auto before = std::exchange(run_.after_action, nullptr);
    run_.after_action = [&](const World& world, const Step& step) {
      before(world, step);
      for (const Event& event : step.events) {
        if (const auto* told = std::get_if<CommandAnswered>(&event.what)) answer = told->answer;
      }
    };
    Done done = run_.perform(RunHostCommand{kProcess, std::move(command)});
    if (done) done = peers_.settle();
    run_.after_action = before;
    if (!done) return std::unexpected(done.error());
    if (!answer) return model::fail("the host command was never answered");
    return *answer;
  }

  // --- what is recorded, and what it teaches ---

  void record(const std::vector<Arrival>& before, const std::vector<Arrival>& during,
              Entry& entry) {
    if (!entry.own_key.empty()) {
      const js::Value* response = find_response(during, entry.own_key);
      entry.fields.set("response", response == nullptr
                                       ? js::Value()
                                       : response_entry(*response, entry.shown, entry.id));
      entry.fields.set("close", close_entry(during, entry.own_key));
      if (response != nullptr) learn_from_response(*response, entry);
    }
    const js::Array events = event_entries(before, during);
    for (const js::Value& event : events) learn_from_event(event);
    if (!events.empty()) entry.fields.set("events", events);

    js::Array closed = closed_entries(before, {});
    const js::Array closed_now = closed_entries(during, entry.own_key);
    closed.insert(closed.end(), closed_now.begin(), closed_now.end());
    if (!closed.empty()) entry.fields.set("closed", std::move(closed));
  }

  void learn_from_response(const js::Value& response, const Entry& entry) {
    if (entry.connect != nullptr && entry.connect->device) {
      learn_from_connect(response, *entry.connect->device);
    }
    if (entry.call == nullptr) return;
    const js::Value* payload = js::member(response, "payload");
    if (payload == nullptr) return;
    const std::string& method = entry.call->method;
    if (method == "device.token.rotate") learn_rotated(*payload);
    if (method == "node.pair.request") learn_node_request(js::member(*payload, "request"));
    if (method == "node.pair.approve") learn_node_token(*payload);
    if (method == "device.pair.list" || method == "node.pair.list") learn_from_list(*payload);
  }

  void learn_from_connect(const js::Value& response, const std::string& device) {
    if (const js::Value* payload = js::member(response, "payload")) {
      if (const js::Value* auth = js::member(*payload, "auth")) {
        const std::string* token = js::string_member(*auth, "deviceToken");
        const std::string* role = js::string_member(*auth, "role");
        if (token != nullptr && role != nullptr) symbols_.learn_token(device, *role, *token);
      }
    }
    const js::Value* error = js::member(response, "error");
    const js::Value* details = error == nullptr ? nullptr : js::member(*error, "details");
    if (details == nullptr) return;
    if (const std::string* id = js::string_member(*details, "requestId")) {
      symbols_.learn_request(device, *id);
    }
  }

  void learn_rotated(const js::Value& payload) {
    const std::string* token = js::string_member(payload, "token");
    const std::string* role = js::string_member(payload, "role");
    const auto device = owner(payload, "deviceId");
    if (token != nullptr && role != nullptr && device) symbols_.learn_token(*device, *role, *token);
  }

  void learn_node_token(const js::Value& payload) {
    const js::Value* node = js::member(payload, "node");
    if (node == nullptr) return;
    const std::string* token = js::string_member(*node, "token");
    const auto device = owner(*node, "nodeId");
    if (token != nullptr && device) symbols_.learn_node_token(*device, *token);
  }

  void learn_device_request(const js::Value* request) {
    const auto device = request == nullptr ? std::nullopt : owner(*request, "deviceId");
    const std::string* id = request == nullptr ? nullptr : js::string_member(*request, "requestId");
    if (device && id != nullptr) symbols_.learn_request(*device, *id);
  }

  void learn_node_request(const js::Value* request) {
    const auto device = request == nullptr ? std::nullopt : owner(*request, "nodeId");
    const std::string* id = request == nullptr ? nullptr : js::string_member(*request, "requestId");
    if (device && id != nullptr) symbols_.learn_node_request(*device, *id);
  }

  /// A list shows the newest request of each device: it stands first, so it is learnt last.
  void learn_from_list(const js::Value& payload) {
    const js::Array* pending = js::array_member(payload, "pending");
    if (pending == nullptr) return;
    for (auto request = pending->rbegin(); request != pending->rend(); ++request) {
      learn_device_request(&*request);
      learn_node_request(&*request);
    }
  }

  void learn_from_event(const js::Value& event) {
    const std::string& name = *js::string_member(event, "event");
    if (name == "device.pair.requested") learn_device_request(js::member(event, "payload"));
    if (name == "node.pair.requested") learn_node_request(js::member(event, "payload"));
  }

  [[nodiscard]] std::optional<std::string> owner(const js::Value& record,
                                                 std::string_view name) const {
    const std::string* id = js::string_member(record, name);
    return id == nullptr ? std::nullopt : symbols_.device_with_id(*id);
  }

  const Vector& vector_;
  const ReplayOptions options_;
  Run run_;
  ScriptedPeers peers_;
  VectorSymbols symbols_;
  int calls_ = 0;
};

}  // namespace

model::Result<Replay> replay(const Vector& vector, const model::policy::Policy& policy,
                             const ReplayOptions& options) {
  return Story(vector, policy, options).play();
}

gateway::RequestContext request_context(const Whence& whence) {
  gateway::RequestContext context{.peer_address = "127.0.0.1"};
  const bool by_address = whence.from == "local";
  context.headers.emplace_back("Host", by_address ? "127.0.0.1:18789" : "gateway.example:18789");
  constexpr std::string_view kRemote = "remote:";
  if (whence.from == "remote") {
    context.headers.emplace_back("X-Forwarded-For", "203.0.113.10");
  } else if (whence.from.starts_with(kRemote)) {
    context.headers.emplace_back("X-Forwarded-For", whence.from.substr(kRemote.size()));
  }
  if (whence.origin) context.headers.emplace_back("Origin", *whence.origin);
  for (const auto& [name, value] : whence.headers) {
    const std::string lower = js::lower_ascii(name);
    const auto same =
        std::find_if(context.headers.begin(), context.headers.end(),
                     [&](const auto& header) { return js::lower_ascii(header.first) == lower; });
    if (same == context.headers.end()) {
      context.headers.emplace_back(name, value);
    } else {
      same->second = value;
    }
  }
  return context;
}

}  // namespace sim
