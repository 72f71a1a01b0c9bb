// The files of docs/protocol/gateway.md section 13, byte for byte.
#include <gtest/gtest.h>

#include "tests/model/store/store_words.hpp"

namespace model::store {
namespace {

// 13.1 Bootstrap token, 2026.3.31

constexpr std::string_view kIssued = R"({
  "GZg4~": {
    "token": "GZg4~",
    "ts": 1795343975807,
    "profile": {
      "roles": [
        "node",
        "operator"
      ],
      "scopes": [
        "operator.read",
        "operator.talk.secrets",
        "operator.write"
      ]
    },
    "issuedAtMs": 1795343975807
  }
})";

constexpr std::string_view kBound = R"({
  "8Guh~": {
    "token": "8Guh~",
    "profile": {
      "roles": [
        "node",
        "operator"
      ],
      "scopes": [
        "operator.read",
        "operator.talk.secrets",
        "operator.write"
      ]
    },
    "deviceId": "d5da~",
    "publicKey": "fVnF~",
    "issuedAtMs": 1795343975968,
    "ts": 1795343975968,
    "lastUsedAtMs": 1795343975987
  }
})";

TEST(BootstrapFile, ReadsAsIssued) {
  Store store;
  store.names.pinned = {"GZg4~"};
  (void)store.run_at(1795343975807, BootstrapIssue{});
  EXPECT_EQ(store.first(), kIssued);
}

TEST(BootstrapFile, ReadsAsBoundAfterAnOperatorConnect) {
  Store store;
  store.names.pinned = {"8Guh~"};
  (void)store.run_at(1795343975968, BootstrapIssue{});
  (void)store.run_at(1795343975987,
                     BootstrapVerify{"8Guh~", "d5da~", "fVnF~", "operator", {"operator.read"}});
  EXPECT_EQ(store.first(), kBound);
}

TEST(BootstrapFile, IsEmptyAfterRevocationOrAVerificationIn28) {
  Store after;
  (void)after.run(BootstrapIssue{});
  (void)after.run(BootstrapVerify{"bootstrap:#1", "d", "k", "node", {}});
  (void)after.run(BootstrapRevoke{"bootstrap:#1"});
  EXPECT_EQ(after.first(), "{}");
  Store before;
  before.policy = revision("2026.3.28");
  (void)before.run(BootstrapIssue{});
  (void)before.run(BootstrapVerify{"bootstrap:#1", "d", "k", "node", {}});
  EXPECT_EQ(before.first(), "{}");
}

// 13.2 Device files, fresh remote node by bootstrap

constexpr std::string_view kPendingIn28 = R"({
  "9ed8~": {
    "requestId": "9ed8~",
    "deviceId": "448f~",
    "publicKey": "5zTq~",
    "platform": "iOS 26.3.1",
    "deviceFamily": "iPhone",
    "clientId": "openclaw-ios",
    "clientMode": "node",
    "role": "node",
    "roles": [
      "node"
    ],
    "silent": false,
    "isRepair": false,
    "ts": 1795344006962
  }
})";

constexpr std::string_view kPairedIn28 = R"({
  "7c43~": {
    "deviceId": "7c43~",
    "publicKey": "rNzI~",
    "platform": "iOS 26.3.1",
    "deviceFamily": "iPhone",
    "clientId": "openclaw-ios",
    "clientMode": "node",
    "role": "node",
    "roles": [
      "node"
    ],
    "tokens": {
      "node": {
        "token": "z3_Y~",
        "role": "node",
        "scopes": [],
        "createdAtMs": 1795344007258
      }
    },
    "createdAtMs": 1795344007258,
    "approvedAtMs": 1795344007258
  }
})";

constexpr std::string_view kPairedIn31 = R"({
  "448f~": {
    "deviceId": "448f~",
    "publicKey": "5zTq~",
    "platform": "iOS 26.3.1",
    "deviceFamily": "iPhone",
    "clientId": "openclaw-ios",
    "clientMode": "node",
    "role": "node",
    "roles": [
      "node"
    ],
    "scopes": [],
    "approvedScopes": [],
    "tokens": {
      "node": {
        "token": "4whT~",
        "role": "node",
        "scopes": [],
        "createdAtMs": 1795343975859
      }
    },
    "createdAtMs": 1795343975859,
    "approvedAtMs": 1795343975859
  }
})";

constexpr std::string_view kNodePending = R"({
  "dbb5~": {
    "requestId": "dbb5~",
    "nodeId": "448f~",
    "platform": "iOS 26.3.1",
    "version": "2026.3.30",
    "deviceFamily": "iPhone",
    "caps": [
      "canvas"
    ],
    "commands": [
      "canvas.present"
    ],
    "isRepair": false,
    "ts": 1795343975871
  }
})";

DeviceRequest phone(std::string device, std::string key) {
  DeviceRequest request = asks(std::move(device), "node", {});
  request.public_key = std::move(key);
  request.platform = "iOS 26.3.1";
  request.device_family = "iPhone";
  request.client_id = "openclaw-ios";
  request.client_mode = "node";
  return request;
}

TEST(DeviceFiles, AfterARefusalIn28) {
  Store store;
  store.policy = revision("2026.3.28");
  store.names.pinned = {"9ed8~"};
  (void)store.run_at(1795344006962, phone("448f~", "5zTq~"));
  EXPECT_EQ(store.first(), kPendingIn28);
  EXPECT_EQ(store.second(), "{}");
}

TEST(DeviceFiles, AfterAnOperatorApprovedIn28) {
  Store store;
  store.policy = revision("2026.3.28");
  store.names.pinned = {"id", "z3_Y~"};
  (void)store.run_at(1795344007000, phone("7c43~", "rNzI~"));
  (void)store.run_at(1795344007258, DeviceApprove{"id", Strings{"operator.admin"}});
  EXPECT_EQ(store.second(), kPairedIn28);
}

TEST(DeviceFiles, AfterASilentApprovalIn31) {
  Store store;
  store.names.pinned = {"id", "4whT~"};
  DeviceRequest request = phone("448f~", "5zTq~");
  request.silent = true;
  EXPECT_EQ(text_at(store.run_at(1795343975850, request).record, {"silent"}), "true");
  (void)store.run_at(1795343975859, DeviceApprove{"id", Strings{}});
  EXPECT_EQ(store.second(), kPairedIn31);
  EXPECT_EQ(store.first(), "{}");

  (void)store.run_at(1795343976000, TokenVerify{"448f~", "4whT~", "node", {}});
  EXPECT_EQ(text_at(store.files.second, {"448f~", "tokens", "node"}),
            R"({"token":"4whT~","role":"node","scopes":[],"createdAtMs":1795343975859,)"
            R"("lastUsedAtMs":1795343976000})");
}

TEST(NodeFiles, AfterTheSameHandshakeIn31) {
  Store store;
  store.names.pinned = {"dbb5~"};
  NodeRequest request = {.node_id = "448f~"};
  request.fields =
      json(
          "{'platform': 'iOS 26.3.1', 'version': '2026.3.30', 'deviceFamily': 'iPhone',"
          " 'caps': ['canvas'], 'commands': ['canvas.present']}")
          .object();
  (void)store.run_at(1795343975871, request);
  EXPECT_EQ(store.first(), kNodePending);
}

// 13.3 Local operator asking for operator.admin

TEST(DeviceFiles, OfAnAdministratorNameImpliedScopesInTheTokenOnly) {
  for (const std::string_view release : {"2026.3.28", "2026.3.31"}) {
    Store store;
    store.policy = revision(release);
    const Answer request = store.run(asks("cli", "operator", {"operator.admin"}));
    (void)store.run(DeviceApprove{request.id, Strings{"operator.admin"}});
    EXPECT_EQ(text_at(store.files.second, {"cli", "scopes"}), R"(["operator.admin"])");
    EXPECT_EQ(text_at(store.files.second, {"cli", "approvedScopes"}), R"(["operator.admin"])");
    EXPECT_EQ(text_at(store.files.second, {"cli", "tokens", "operator", "scopes"}),
              R"(["operator.admin","operator.read","operator.write"])");
  }
}

// 13.4 Metadata updates

TEST(DeviceFiles, HaveANewDisplayNameAtTheEndUntilItIsErased) {
  Store store;
  const Answer request = store.run(asks("cli", "operator", {"operator.read"}));
  (void)store.run(DeviceApprove{request.id, Strings{"operator.admin"}});
  DeviceUpdate patch;
  patch.device_id = "cli";
  patch.display_name = "Bob";
  patch.role = "operator";
  patch.scopes = Strings{"operator.read"};
  const std::string named = js::dump(store.run(patch).record);
  EXPECT_TRUE(named.ends_with(R"("approvedAtMs":1000000,"displayName":"Bob"})")) << named;
  patch.display_name.reset();
  patch.role = "node";
  patch.scopes = Strings{"operator.write"};
  (void)store.run(patch);
  EXPECT_EQ(text_at(store.files.second, {"cli", "displayName"}), "absent");
  EXPECT_EQ(text_at(store.files.second, {"cli", "roles"}), R"(["operator","node"])");
  EXPECT_EQ(text_at(store.files.second, {"cli", "scopes"}),
            R"(["operator.read","operator.write"])");
}

// 13.5 Merged request

TEST(DeviceFiles, HoldOneMergedRequestInEitherOrder) {
  const DeviceRequest as_operator = asks("phone", "operator", {"operator.read", "operator.write"});
  const DeviceRequest as_node = asks("phone", "node", {});
  Store store;
  (void)store.run(as_operator);
  (void)store.run(as_node);
  EXPECT_EQ(store.files.first.object().size(), 1u);
  EXPECT_EQ(text_at(store.files.first, {"request:phone#2"}),
            R"({"requestId":"request:phone#2","deviceId":"phone","publicKey":"phone-key",)"
            R"("role":"node","roles":["operator","node"],)"
            R"("scopes":["operator.read","operator.write"],"silent":false,"isRepair":false,)"
            R"("ts":1000000})");
  Store other;
  (void)other.run(as_node);
  (void)other.run(as_operator);
  EXPECT_EQ(text_at(other.files.first, {"request:phone#2", "role"}), R"("operator")");
  EXPECT_EQ(text_at(other.files.first, {"request:phone#2", "roles"}), R"(["node","operator"])");
}

}  // namespace
}  // namespace model::store
