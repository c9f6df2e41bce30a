// The fused multiply-add in software against the processor's own.
#include <cmath>
#include <cstdio>

#include <doctest/doctest.h>

#include "../ports/scalar/software_fma.hpp"
#include "support.hpp"

using mica::ports::software_fma;
using namespace tests;

namespace {

void check_value(float a, float b, float c, std::uint32_t expected) {
  CAPTURE(a);
  CAPTURE(b);
  CAPTURE(c);
  CHECK(bits_of(software_fma(a, b, c)) == expected);
}

}  // namespace

TEST_CASE("results that a second rounding would spoil") {
  const float a = 1 + 0x1p-12f;
  check_value(a, a, 0x1p-60f, 0x3f801001);
  check_value(a, a, -0x1p-60f, 0x3f801000);
  check_value(-a, a, -0x1p-60f, 0xbf801001);
  check_value(-a, a, 0x1p-60f, 0xbf801000);
  // A tie of the product itself goes to the even neighbour.
  check_value(a, a, 0.0f, 0x3f801000);
  // What is left after cancellation is the product's low half.
  check_value(a, a, -1 - 0x1p-11f, bits_of(0x1p-24f));
}

TEST_CASE("zeros, infinities, overflow") {
  const float inf = HUGE_VALF;
  check_value(0.0f, 1.0f, 0.0f, 0x00000000);
  check_value(-0.0f, 1.0f, -0.0f, 0x80000000);
  check_value(-0.0f, 1.0f, 0.0f, 0x00000000);
  check_value(1.0f, 1.0f, -1.0f, 0x00000000);
  check_value(inf, 2.0f, 1.0f, 0x7f800000);
  check_value(inf, -2.0f, 1.0f, 0xff800000);
  check_value(2.0f, 3.0f, -inf, 0xff800000);
  check_value(0x1p127f, 2.0f, 0.0f, 0x7f800000);
  check_value(0x1p127f, 2.0f, -0x1p127f, bits_of(0x1p127f));
  check_value(0x1p127f, 0x1p127f, -inf, 0xff800000);
  // Half of the last place above the largest float rounds to infinity, anything less does not.
  const float largest = 0x1.fffffep127f;
  check_value(largest, 1.0f, 0x1p103f, 0x7f800000);
  check_value(largest, 1.0f, 0x1.fffffep102f, bits_of(largest));
  // Subnormal results round once, too.
  check_value(0x1p-75f, 0x1p-75f, 0.0f, 0x00000000);
  check_value(0x1.000002p-75f, 0x1p-75f, 0.0f, 0x00000001);
  check_value(0x1p-100f, 0x1p-100f, 0x1p-149f, 0x00000001);
  for (const float x : {software_fma(inf, 0.0f, 1.0f), software_fma(inf, 1.0f, -inf), software_fma(NAN, 1.0f, 1.0f),
                        software_fma(1.0f, 1.0f, NAN)}) {
    CHECK(is_nan(x));
  }
}

TEST_CASE("random operands give the processor's bits") {
#if MICA_FMA_HARDWARE
  Numbers numbers(3);
  int wrong = 0;
  for (int i = 0; i < 1000000; ++i) {
    const float a = from_bits(numbers.bits()), b = from_bits(numbers.bits());
    float c = from_bits(numbers.bits());
    // Patterns at random rarely meet; every other addend is brought near the product, down to its last places.
    if (i % 2 == 1) c = a * b * from_bits((127u - numbers.bits() % 64) << 23 | (numbers.bits() & 0x807fffff));
    const float found = software_fma(a, b, c), expected = __builtin_fmaf(a, b, c);
    if (same(found, expected)) continue;
    if (++wrong > 3) continue;
    CAPTURE(a);
    CAPTURE(b);
    CAPTURE(c);
    CHECK(bits_of(found) == bits_of(expected));
  }
  CHECK(wrong == 0);
  // Short significands, where ties and near-ties are common.
  for (int i = 0; i < 300000; ++i) {
    const auto near = [&] { return static_cast<float>(numbers.below(1 << 13)) * 0x1p-12f; };
    const float a = near(), b = near();
    const float c = numbers.even() * from_bits(static_cast<std::uint32_t>(127 - numbers.below(90)) << 23);
    if (!same(software_fma(a, b, c), __builtin_fmaf(a, b, c))) ++wrong;
  }
  CHECK(wrong == 0);
#else
  std::printf("this build has no fused multiply-add in hardware to compare with\n");
#endif
}
