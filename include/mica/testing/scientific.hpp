#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace testing {

// Writes a number with four significant digits, "1.234e-7", without stdio.
template <class Writer>
void write_scientific(Writer& writer, double x) {
  if (x != x) {
    writer << "NaN";
    return;
  }
  if (x < 0) {
    writer << '-';
    x = -x;
  }
  if (x > 1.7976931348623157e308) {
    writer << "infinity";
    return;
  }
  int exponent = 0;
  for (; x >= 10; x /= 10) ++exponent;
  for (; x > 0 && x < 1; x *= 10) --exponent;
  int digits = (static_cast<int>(x * 2000) + 1) / 2;
  if (digits > 9999) {
    digits = 1000;
    ++exponent;
  }
  writer << digits / 1000 << '.' << digits / 100 % 10 << digits / 10 % 10 << digits % 10;
  if (exponent != 0) writer << 'e' << exponent;
}

}  // namespace testing
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
