#pragma once

#include <cstddef>

#include <mica/io/bytes.hpp>
#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

// SerialPort: a line of bytes in both directions, such as a UART. The driver derives from it; write() sends.
// Memory: a table pointer.
class SerialPort : public ByteSink {
 public:
  // The next byte, 0 to 255, or -1 if none comes for as long as the driver waits.
  virtual int receive() = 0;

 protected:
  ~SerialPort() = default;
};

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
