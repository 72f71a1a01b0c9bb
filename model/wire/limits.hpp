// The numbers of the wire (docs/protocol/wire.md sections 1, 3 and 9). Spans are milliseconds.
#pragma once

#include <cstddef>
#include <cstdint>

#include "model/base/time.hpp"

namespace model::wire {

inline constexpr int kDefaultPort = 18'789;                     ///< W-1
inline constexpr int kProtocolVersion = 3;                      ///< W-38
inline constexpr int kPreauthSocketsMax = 32;                   ///< W-10, per key
inline constexpr std::size_t kPreauthMessageBytesMax = 65'536;  ///< W-15, itself allowed
inline constexpr std::size_t kMessageBytesMax = 26'214'400;     ///< W-17, itself allowed
inline constexpr std::size_t kSlowConsumerBytes = 52'428'800;   ///< W-18, itself allowed
inline constexpr Millis kTickInterval{30'000};                  ///< W-19
inline constexpr Millis kHandshakeTimeout{10'000};              ///< W-20
inline constexpr std::size_t kCloseReasonBytesMax = 120;        ///< W-22
inline constexpr Millis kCanvasCapabilityLife{600'000};         ///< W-23
inline constexpr int kRefusedInARowMax = 10;                    ///< W-49: the 11th closes

}  // namespace model::wire
