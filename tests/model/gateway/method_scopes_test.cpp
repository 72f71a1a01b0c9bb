// Scopes of methods: gateway.md section 12.4, wire.md sections 8 and 13.
#include "model/gateway/method_scopes.hpp"

#include <gtest/gtest.h>

#include "model/wire/hello.hpp"

namespace {

using namespace model::gateway;

TEST(MethodScopes, KnowEveryMethodThatHelloAdvertises) {  // wire.md section 13
  for (const std::string_view method : model::wire::method_names()) {
    EXPECT_TRUE(is_known_method(method)) << method;
  }
}

TEST(MethodScopes, DoNotKnowWhatOnlyLooksLikeAMethod) {  // W-47
  for (const char* method : {"node.list node.describe", "node", "node.list ", "Node.list", " "}) {
    EXPECT_FALSE(is_known_method(method)) << method;
    EXPECT_EQ(required_scope(method), "operator.admin");
  }
}

TEST(MethodScopes, LeaveHealthToEverybody) {  // section 8
  EXPECT_EQ(authorise("health", "node", {}), std::nullopt);
  EXPECT_EQ(authorise("health", "operator", {}), std::nullopt);
}

TEST(MethodScopes, TakeScopesLiterally) {  // section 12
  EXPECT_EQ(authorise("status", "operator", {" operator.read"}), "missing scope: operator.read");
  EXPECT_EQ(authorise("status", "operator", {"operator.*"}), "missing scope: operator.read");
  EXPECT_EQ(authorise("device.pair.list", "operator", {"operator.write"}),
            "missing scope: operator.pairing");
  EXPECT_EQ(authorise("node.pending.pull", "node", {}), std::nullopt);
  EXPECT_EQ(authorise("node.list", "node", {"operator.admin"}), "unauthorized role: node");
}

}  // namespace
