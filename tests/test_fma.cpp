// The fused multiply-add in software against the processor's own.
#include <cmath>
#include <cstdio>

#include <doctest/doctest.h>

#include "../ports/scalar/software_fma.hpp"
#include "../ports/scalar/software_sqrt.hpp"
#include "support.hpp"

using mica::ports::software_fma;
using mica::ports::software_fma_by_double;
using mica::ports::software_fma_by_integers;
using namespace tests;

namespace {

void check_value(float a, float b, float c, std::uint32_t expected) {
  CAPTURE(a);
  CAPTURE(b);
  CAPTURE(c);
  CHECK(bits_of(software_fma(a, b, c)) == expected);
  CHECK(bits_of(software_fma_by_double(a, b, c)) == expected);
  CHECK(bits_of(software_fma_by_integers(a, b, c)) == expected);
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
  for (const auto f : {software_fma_by_double, software_fma_by_integers}) {
    for (const float x : {f(inf, 0.0f, 1.0f), f(inf, 1.0f, -inf), f(NAN, 1.0f, 1.0f), f(1.0f, 1.0f, NAN)}) {
      CHECK(is_nan(x));
    }
  }
}

namespace {

// Patterns at random rarely meet: every other addend is brought near the product, down to its last places, and every
// third time the significands are short, where ties and near-ties are common.
struct Operands {
  float a, b, c;
  Operands(Numbers& numbers, int i)
      : a(from_bits(numbers.bits())), b(from_bits(numbers.bits())), c(from_bits(numbers.bits())) {
    if (i % 3 == 1) c = a * b * from_bits((127u - numbers.bits() % 64) << 23 | (numbers.bits() & 0x807fffff));
    if (i % 3 != 2) return;
    a = static_cast<float>(numbers.below(1 << 13)) * 0x1p-12f;
    b = static_cast<float>(numbers.below(1 << 13)) * 0x1p-12f;
    c = numbers.even() * from_bits(static_cast<std::uint32_t>(127 - numbers.below(90)) << 23);
  }
};

template <class Expected, class Found>
void compare(int count, Expected exact, Found found) {
  Numbers numbers(3);
  int wrong = 0;
  for (int i = 0; i < count; ++i) {
    const Operands o(numbers, i);
    if (same(found(o.a, o.b, o.c), exact(o.a, o.b, o.c)) || ++wrong > 3) continue;
    CAPTURE(o.a);
    CAPTURE(o.b);
    CAPTURE(o.c);
    CHECK(bits_of(found(o.a, o.b, o.c)) == bits_of(exact(o.a, o.b, o.c)));
  }
  CHECK(wrong == 0);
}

}  // namespace

TEST_CASE("random operands: both ways in software agree") {
  compare(float_in_software ? 20000 : 300000, software_fma_by_double, software_fma_by_integers);
}

TEST_CASE("random operands give the processor's bits") {
#if MICA_FMA_HARDWARE
  const auto hardware = [](float a, float b, float c) { return __builtin_fmaf(a, b, c); };
  compare(1000000, hardware, software_fma_by_double);
  compare(1000000, hardware, software_fma_by_integers);
#else
  std::printf("this build has no fused multiply-add in hardware to compare with\n");
#endif
}

TEST_CASE("the square root in software is that of a double, rounded") {
  using mica::ports::software_sqrt;
  // Every 65521st pattern, negative ones and NaN as well, and small whole numbers.
  for (std::uint64_t bits = 0; bits < 0x100000000; bits += 65521) {
    const float x = from_bits(static_cast<std::uint32_t>(bits));
    CAPTURE(x);
    CHECK(same(software_sqrt(x), static_cast<float>(std::sqrt(static_cast<double>(x)))));
  }
  for (int i = 0; i < 300; ++i) CHECK(software_sqrt(static_cast<float>(i * i)) == static_cast<float>(i));
  CHECK(bits_of(software_sqrt(-0.0f)) == 0x80000000);
  CHECK(software_sqrt(HUGE_VALF) == HUGE_VALF);
}
