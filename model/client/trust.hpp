// Which certificate a client accepts: pins, first use, and the system's own trust.
//
// TLS itself is not modelled. A connection shows one fingerprint, and the system trusts every
// certificate unless a caller says otherwise: there is no certificate authority here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace model::client {

/// C-3: trim, drop a leading `sha256` or `sha-256` with optional colon and blanks, keep the hex
/// digits, lower-case.
[[nodiscard]] std::string normalise_fingerprint(std::string_view fingerprint);

/// C-3: what is wrong with the certificate under a required fingerprint, empty if nothing:
/// `gateway tls fingerprint mismatch`, `... missing` (the pin holds no hex digit), `...
/// unavailable` (the connection shows none).
[[nodiscard]] std::string_view fingerprint_fault(std::string_view pin,
                                                 std::string_view certificate);

/// What the app knows when it decides about a certificate (C-35).
struct CertificateCase {
  std::string pin;          ///< stored fingerprint, or empty
  std::string certificate;  ///< shown by the server
  bool first_use_allowed = false;
  bool system_trusts = true;
  bool required = true;
};

enum class CertificateAnswer : std::uint8_t { accept, accept_and_store, refuse };

/// C-35, first match: pin given -> accept iff equal; no pin and first use allowed -> accept and
/// store; else accept iff the system trusts it or TLS is not required; else refuse.
[[nodiscard]] CertificateAnswer decide(const CertificateCase& given);

}  // namespace model::client
