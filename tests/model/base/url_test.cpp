#include "model/base/url.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace model {
namespace {

/// "scheme host[:port] origin", or "none".
std::string read(std::string_view text) {
  const auto url = parse_url(text);
  return url ? url->scheme + " " + url->host_and_port() + " " + url->origin() : "none";
}

// Each row was also asked of Node's URL.
TEST(Url, KeepsWhatDecidesWhomOneTalksTo) {
  const struct {
    const char* text;
    const char* url;
  } rows[] = {
      {"https://ui.example", "https ui.example https://ui.example"},
      {"HTTPS://UI.EXAMPLE:443/a?b#c", "https ui.example https://ui.example"},
      {"https://ui.example:80", "https ui.example:80 https://ui.example:80"},
      {" http://me:pw@host:00081\\x ", "http host:81 http://host:81"},
      {"ws://[::1]:80", "ws [::1] ws://[::1]"},
      {"wss://[2001:DB8:0:0::1]:443", "wss [2001:db8::1] wss://[2001:db8::1]"},
      {"http://[::ffff:127.0.0.1]", "http [::ffff:7f00:1] http://[::ffff:7f00:1]"},
      {"http:host", "http host http://host"},
      {"http:////host", "http host http://host"},
      {"http://127.1", "http 127.0.0.1 http://127.0.0.1"},
      {"http://0x7f.1/", "http 127.0.0.1 http://127.0.0.1"},
      {"http://017700000001", "http 127.0.0.1 http://127.0.0.1"},
      {"http://a%41.b", "http aa.b http://aa.b"},
      {"ht\ntp://ho\tst", "http host http://host"},
      {"localhost:3000", "localhost  null"},
      {"mailto:x@y", "mailto  null"},
      {"chrome-extension://AbC", "chrome-extension AbC null"},
      {"app://localhost:1", "app localhost:1 null"},
      {"foo://", "foo  null"},
      {"file:///etc/x", "file  null"},
      {"file://host/x", "file host null"},
      {"file://localhost/x", "file  null"},
  };
  for (const auto& row : rows) EXPECT_EQ(read(row.text), row.url) << row.text;
}

TEST(Url, IsNotOneWhenHostOrPortIsMalformed) {
  for (const char* text : {"",
                           "null",
                           "not a url",
                           "//host",
                           "://host",
                           "1x://host",
                           "http://",
                           "http://:80",
                           "http://@",
                           "http://a b",
                           "http://a|b",
                           "http://[::1",
                           "http://::1]",
                           "http://[::1]x",
                           "http://[1.2.3.4]",
                           "http://a:65536",
                           "http://a:8a",
                           "http://a:-1",
                           "http://256.1.1.1",
                           "http://1.2.3.4.5",
                           "http://1..2",
                           "http://a%zz",
                           "http://a%00",
                           "foo://:1",
                           "foo://a b",
                           "http://b\xc3\xbc"
                           "cher"}) {
    EXPECT_EQ(read(text), "none") << text;
  }
}

TEST(Url, OriginIsSpelledLikeAUrlThatHasIt) {
  EXPECT_EQ(read(parse_url("WS://A:1/x").value().origin()), "ws a:1 ws://a:1");
}

RC_GTEST_PROP(Url, IsReadBackFromItsOrigin, (const std::string& junk)) {
  for (const std::string& text : {junk, "http://" + junk, "wss:" + junk, "http://[" + junk + "]"}) {
    const auto url = parse_url(text);
    if (!url || url->origin() == "null") continue;
    RC_ASSERT(parse_url(url->origin()) == url);
  }
}

}  // namespace
}  // namespace model
