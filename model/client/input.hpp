// What reaches a client program: a person's tap, a socket's news, a timer.
#pragma once

#include <string>
#include <variant>

#include "model/base/json.hpp"

namespace model::client {

/// Which of a client's own channels: "main" for the JavaScript client, "node" and "operator" for
/// the app's two sessions, "probe" while the app reads a certificate.
using Channel = std::string;

struct Launch {};  ///< the program starts (again) from what is durable
struct Scan {
  std::string setup_code;
};  ///< a setup code by camera or by hand
struct TapConnect {
  std::string gateway;
};  ///< a discovered gateway's stable id, chosen by hand
struct TapRetry {};  ///< after a pause
struct TapTrust {
  bool yes = true;
};  ///< the answer to the certificate prompt (C-34)
struct TapReset {};  ///< Reset Onboarding (section 7)
struct EnterSecret {
  std::string token, password;
};  ///< typed into settings; empty = leave
struct SwitchGateway {
  std::string url;
};  ///< another gateway by address
struct Background {};
struct Foreground {};
struct Quit {};  ///< memory is gone; durable state stays
/// An operator's request on an open session.
struct CallMethod {
  std::string method;
  js::Value params;
  Channel channel;
};
/// What discovery shows on the network just now.
struct Discovered {
  std::string stable_id, url, tls_fingerprint;
};

/// The socket is up; `certificate` is the server's SHA-256 fingerprint, empty if plain.
struct Opened {
  Channel channel;
  std::string certificate;
};
struct DialFailed {
  Channel channel;
  std::string why;
};
struct Received {
  Channel channel;
  std::string text;
};
struct Closed {
  Channel channel;
  int code = 0;
  std::string reason;
};
struct TimerDue {
  std::string timer;
};  ///< one of `timers(client)`, at its time

using Input = std::variant<Launch, Scan, TapConnect, TapRetry, TapTrust, TapReset, EnterSecret,
                           SwitchGateway, Background, Foreground, Quit, CallMethod, Discovered,
                           Opened, DialFailed, Received, Closed, TimerDue>;

}  // namespace model::client
