#include "model/base/address.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cstdint>
#include <string>

namespace model {
namespace {

std::string normal(std::string_view text) {
  const auto address = parse_address(text);
  return address ? address->text() : "none";
}

std::string forwarded(std::string_view text) {
  const auto address = parse_forwarded_address(text);
  return address ? address->text() : "none";
}

Address at(std::string_view text) { return parse_address(text).value(); }

// G-2: IPv4 is four decimal parts, IPv4-mapped IPv6 is IPv4, the rest is lower case.
TEST(Address, HasOneNormalForm) {
  const struct {
    const char* text;
    const char* normal;
  } rows[] = {
      {"127.0.0.1", "127.0.0.1"},
      {"255.255.255.255", "255.255.255.255"},
      {"::ffff:10.1.2.3", "10.1.2.3"},
      {"::FFFF:7f00:1", "127.0.0.1"},
      {"0:0:0:0:0:ffff:1.2.3.4", "1.2.3.4"},
      {"2001:DB8::8", "2001:db8::8"},
      {"2001:0db8:0:0:0:0:0:8", "2001:db8::8"},
      {"1:0:0:2:0:0:0:3", "1:0:0:2::3"},
      {"1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"},
      {"::", "::"},
      {"::1", "::1"},
      {"1::", "1::"},
      {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
      {"::1.2.3.4", "::102:304"},
      {"fe80::1%Eth0", "fe80::1%eth0"},
  };
  for (const auto& row : rows) EXPECT_EQ(normal(row.text), row.normal) << row.text;
}

TEST(Address, IsNothingElse) {
  for (const char* text : {"",
                           " ",
                           "1.2.3",
                           "1.2.3.4.5",
                           "256.0.0.1",
                           "01.2.3.4",
                           "0x7f.0.0.1",
                           "1.2.3.4 ",
                           "1.2.3.4:80",
                           "[::1]",
                           ":::",
                           "1::2::3",
                           "1:2:3:4:5:6:7",
                           "1:2:3:4:5:6:7:8:9",
                           "12345::",
                           "g::",
                           "1.2.3.4::",
                           "::1.2.3",
                           "::1%",
                           "::1%a b",
                           "localhost",
                           "unknown",
                           "127.0.0.1\n"}) {
    EXPECT_EQ(normal(text), "none") << text;
  }
}

// G-2: brackets and ports of forwarding headers.
TEST(ForwardedAddress, MayCarryBracketsAndAPort) {
  const struct {
    const char* text;
    const char* normal;
  } rows[] = {
      {"198.51.100.7:8080", "198.51.100.7"},
      {" 198.51.100.7 ", "198.51.100.7"},
      {"[2001:db8::7]:443", "2001:db8::7"},
      {"[::1]", "::1"},
      {"[1.2.3.4]:5", "1.2.3.4"},
      {"2001:db8::7", "2001:db8::7"},
      {"::ffff:1.2.3.4", "1.2.3.4"},
      {"[::1", "none"},
      {"1.2.3.4:5:6", "none"},
      {"localhost:80", "none"},
      {"unknown", "none"},
      {"", "none"},
      {"1.2.3.4:", "1.2.3.4"},
  };
  for (const auto& row : rows) EXPECT_EQ(forwarded(row.text), row.normal) << row.text;
}

TEST(Loopback, IsOneEighthOfEverythingWithOne127AndOneAddressOfIpv6) {
  for (const char* text :
       {"127.0.0.0", "127.0.0.1", "127.255.255.255", "::1", "::ffff:127.0.0.1"}) {
    EXPECT_TRUE(is_loopback(at(text))) << text;
    EXPECT_TRUE(is_loopback_host(text)) << text;
  }
  for (const char* text : {"126.255.255.255", "128.0.0.0", "::", "::2", "1::1", "0.0.0.0"}) {
    EXPECT_FALSE(is_loopback(at(text))) << text;
  }
  for (const char* text : {"localhost", "LocalHost", "[::1]"}) EXPECT_TRUE(is_loopback_host(text));
  for (const char* text : {"", "localhost.", "localhost:1", "127.1", "[::1]:1", "evil.localhost"}) {
    EXPECT_FALSE(is_loopback_host(text)) << text;
  }
}

// G-2: what an entry of gateway.trustedProxies covers.
TEST(ProxyEntry, CoversByEqualityOrByPrefix) {
  const struct {
    const char* entry;
    const char* address;
    bool covered;
  } rows[] = {
      {"127.0.0.1", "127.0.0.1", true},
      {" 127.0.0.1 ", "127.0.0.1", true},
      {"127.0.0.1", "127.0.0.2", false},
      {"::ffff:10.0.0.1", "10.0.0.1", true},
      {"::FFFF:A00:1", "10.0.0.1", true},
      {"2001:db8::1", "2001:DB8:0::1", true},
      {"10.0.0.0/8", "10.255.255.255", true},
      {"10.0.0.0/8", "11.0.0.0", false},
      {"10.9.9.9/8", "10.1.1.1", true},
      {"172.16.0.0/12", "172.31.255.255", true},
      {"172.16.0.0/12", "172.32.0.0", false},
      {"0.0.0.0/0", "203.0.113.1", true},
      {"0.0.0.0/0", "::1", false},
      {"::/0", "1.2.3.4", false},
      {"1.2.3.4/32", "1.2.3.4", true},
      {"1.2.3.4/32", "1.2.3.5", false},
      {"1.2.3.4/33", "1.2.3.4", false},
      {"1.2.3.4/-1", "1.2.3.4", false},
      {"1.2.3.4/", "1.2.3.4", false},
      {"1.2.3.4/8x", "1.2.3.4", false},
      {"/8", "1.2.3.4", false},
      {"", "1.2.3.4", false},
      {"  ", "1.2.3.4", false},
      {"localhost", "127.0.0.1", false},
      {"2001:db8::/32", "2001:db8:ffff::1", true},
      {"2001:db8::/32", "2001:db9::1", false},
      {"2001:db8::/128", "2001:db8::", true},
      {"2001:db8::/129", "2001:db8::", false},
      {"::ffff:10.0.0.0/104", "10.1.2.3", true},
      {"::ffff:10.0.0.0/104", "11.1.2.3", false},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(covers(row.entry, at(row.address)), row.covered) << row.entry << " " << row.address;
  }
}

TEST(PrivateAddress, EndsWhereTheRangesEnd) {
  for (const char* text : {"10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255",
                           "192.168.0.0", "192.168.255.255"}) {
    EXPECT_TRUE(is_rfc1918(at(text))) << text;
    EXPECT_TRUE(is_private(at(text))) << text;
  }
  for (const char* text : {"169.254.0.1", "fc00::", "fdff::1", "fe80::1", "febf::1"}) {
    EXPECT_FALSE(is_rfc1918(at(text))) << text;
    EXPECT_TRUE(is_private(at(text))) << text;
  }
  for (const char* text :
       {"9.255.255.255", "11.0.0.0", "172.15.255.255", "172.32.0.0", "192.169.0.0", "127.0.0.1",
        "100.64.0.1", "fbff::", "fe00::", "fec0::", "::1"}) {
    EXPECT_FALSE(is_private(at(text))) << text;
  }
  EXPECT_TRUE(is_tailnet(at("100.64.0.0")));
  EXPECT_TRUE(is_tailnet(at("100.127.255.255")));
  EXPECT_FALSE(is_tailnet(at("100.63.255.255")));
  EXPECT_FALSE(is_tailnet(at("100.128.0.0")));
}

RC_GTEST_PROP(Address, IsReadBackFromItsText,
              (const std::array<std::uint8_t, 16>& bytes, bool v6)) {
  Address address{.v6 = v6, .bytes = bytes};
  if (!v6) {
    for (std::size_t i = 4; i < 16; ++i) address.bytes[i] = 0;
  }
  const auto zeroed = *rc::gen::inRange<std::size_t>(0, 17);
  for (std::size_t i = zeroed; i < 16 && v6; ++i) address.bytes[i] = 0;
  RC_PRE(!v6 || !parse_address(address.text()) || parse_address(address.text())->v6);
  RC_ASSERT(parse_address(address.text()) == address);
  RC_ASSERT(covers(address.text(), address));
}

RC_GTEST_PROP(Address, NeverStopsTheReader, (const std::string& junk)) {
  (void)parse_forwarded_address(junk);
  (void)covers(junk, at("127.0.0.1"));
  (void)covers(junk + "/8", at("::1"));
}

}  // namespace
}  // namespace model
