// Numbers from 0 to 1 in integers, against double and by hand.
#include <doctest/doctest.h>

#include "src/fraction.hpp"
#include "support.hpp"

using mica::Fraction;

namespace {

constexpr std::uint64_t unit = std::uint64_t{1} << 63;

Fraction units(std::uint64_t count) { return Fraction::of_units(count); }

}  // namespace

TEST_CASE("floats become fractions, exactly where they have the bits, and outside of 0 to 1 the nearer end") {
  CHECK(Fraction::of(1).units() == unit);
  CHECK(Fraction::of(0.5f).units() == unit / 2);
  CHECK(Fraction::of(0x1p-63f).units() == 1);
  CHECK(Fraction::of(0x1.8p-63f).units() == 1);
  CHECK(Fraction::of(0x1.fffffep-1f).units() == unit - (unit >> 24));
  CHECK(Fraction::of(0x1.000002p-32f).units() == (std::uint64_t{1} << 31) + 256);
  for (const float x : {0.0f, -0.0f, -1.0f, 0x1p-64f, tests::from_bits(0x7fc00000)})
    CHECK(Fraction::of(x).units() == 0);
  CHECK(Fraction::of(2).units() == unit);
}

TEST_CASE("fractions become the nearest float, of two the even one") {
  CHECK(Fraction::one().to_float() == 1);
  CHECK(units(0).to_float() == 0);
  CHECK(units(1).to_float() == 0x1p-63f);
  CHECK(units(unit - 1).to_float() == 1);
  // Half-way, one unit below and one above; the last of them lies 38 bits behind what is kept.
  const std::uint64_t step = unit >> 24, even = unit - 2 * step;
  CHECK(units(even + step / 2).to_float() == 1 - 0x2p-24f);
  CHECK(units(even + step / 2 - 1).to_float() == 1 - 0x2p-24f);
  CHECK(units(even + step / 2 + 1).to_float() == 1 - 0x1p-24f);
  CHECK(units(even + step + step / 2).to_float() == 1);
  tests::Numbers numbers(4);
  for (int i = 0; i < 1000; ++i) {
    // All that double holds is rounded by it once.
    const std::uint64_t bits = (std::uint64_t{numbers.bits()} << 21 | numbers.bits() >> 11) >> numbers.below(40);
    CHECK(units(bits << 10).to_float() == static_cast<float>(static_cast<double>(bits) * 0x1p-53));
  }
}

TEST_CASE("products round to nearest, halves up") {
  CHECK((Fraction::one() * Fraction::one()).units() == unit);
  CHECK((Fraction::one() * units(12345)).units() == 12345);
  CHECK((units(unit / 2) * units(1)).units() == 1);
  CHECK((units(unit / 2 - 1) * units(1)).units() == 0);
  CHECK((units(unit / 2) * units(3)).units() == 2);
  CHECK((units(unit - 1) * units(unit - 1)).units() == unit - 2);
  CHECK((units(0x6000000000000001) * units(0x2000000000000003)).units() == 0x1800000000000003);
  CHECK((units(0xffffffff) * units(0xffffffff)).units() == 2);
}

TEST_CASE("quotients round down") {
  CHECK((Fraction::one() / Fraction::one()).units() == unit);
  CHECK((units(1) / units(1)).units() == unit);
  CHECK((units(1) / units(3)).units() == unit / 3);
  CHECK((units(2) / units(3)).units() == 0x5555555555555555);
  CHECK((units(unit - 1) / Fraction::one()).units() == unit - 1);
  CHECK((units(0) / units(7)).units() == 0);
  tests::Numbers numbers(5);
  for (int i = 0; i < 200; ++i) {
    const std::uint64_t b = unit / 2 + numbers.bits(), a = b - (std::uint64_t{numbers.bits()} << numbers.below(30));
    const Fraction product = units(a) / units(b) * units(b);
    CHECK(product.units() <= a);
    CHECK(product.units() + 1 >= a);
  }
}
