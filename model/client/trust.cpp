#include "model/client/trust.hpp"

#include "model/base/js_string.hpp"

namespace model::client {

std::string normalise_fingerprint(std::string_view fingerprint) {
  std::string text = js::lower_ascii(js::trim(fingerprint));
  std::string_view rest = text;
  for (const std::string_view prefix : {"sha256", "sha-256"}) {
    if (rest.starts_with(prefix)) {
      rest.remove_prefix(prefix.size());
      break;
    }
  }
  std::string hex;
  for (const char c : rest) {
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')) hex.push_back(c);
  }
  return hex;
}

std::string_view fingerprint_fault(std::string_view pin, std::string_view certificate) {
  const std::string wanted = normalise_fingerprint(pin);
  const std::string shown = normalise_fingerprint(certificate);
  if (wanted.empty()) return "gateway tls fingerprint missing";
  if (shown.empty()) return "gateway tls fingerprint unavailable";
  return wanted == shown ? std::string_view{} : "gateway tls fingerprint mismatch";
}

CertificateAnswer decide(const CertificateCase& given) {
  const std::string pin = normalise_fingerprint(given.pin);
  if (!pin.empty()) {
    return pin == normalise_fingerprint(given.certificate) ? CertificateAnswer::accept
                                                           : CertificateAnswer::refuse;
  }
  if (given.first_use_allowed) return CertificateAnswer::accept_and_store;
  if (given.system_trusts || !given.required) return CertificateAnswer::accept;
  return CertificateAnswer::refuse;
}

}  // namespace model::client
