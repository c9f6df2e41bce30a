#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// ParsedNumber: what a text says as a number, or why it says none. Memory: 8 bytes.
struct ParsedNumber {
  enum Result : int { number, no_number, too_large };
  float value;
  Result result;
};

// The float nearest to a decimal number of `length` characters, and of two equally near ones the even one, for any
// number of digits: [+-] digits [point digits] [e [+-] digits], where either the digits before the point or those
// behind it may be missing. No spaces, no words such as nan or inf, no hexadecimal. A number above the largest float by
// half a step or more is too large; one below half the smallest is 0 with its sign. Up to 15 digits with an exponent to
// match take one multiplication or division in double; for the others the first 120 digits, and whether any other
// follows, decide by long division.
// Memory: 200 bytes of stack.
ParsedNumber parse_number(const char* text, int length, char decimal_point = '.');

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
