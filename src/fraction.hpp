#pragma once

#include <cstdint>

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Fraction: a number from 0 to 1, in whole multiples of 2^-63. Products round to the nearest one, halves up.
// Near 1, where 1 - beta^t needs it, that is 2^10 times finer than double, and it takes nothing but integers: a
// microcontroller would compute double in software. Memory: 8 bytes.
class Fraction {
 public:
  static constexpr Fraction one() { return Fraction(unit); }
  static constexpr Fraction of_units(std::uint64_t units) { return Fraction(units); }
  // What lies outside of 0 to 1 becomes the nearer of both. 32 bits at a time: with 64 a compiler may go through double.
  static Fraction of(float x) {
    if (!(x > 0)) return Fraction(0);
    if (x >= 1) return one();
    const float scaled = x * 0x1p31f;
    const auto high = static_cast<std::uint32_t>(scaled);
    const auto low = static_cast<std::uint32_t>((scaled - static_cast<float>(high)) * 0x1p32f);
    return Fraction(std::uint64_t{high} << 32 | low);
  }

  constexpr std::uint64_t units() const { return units_; }
  constexpr Fraction half() const { return Fraction(units_ / 2); }

  // The nearest float, of two the even one.
  float to_float() const {
    // 32 bits, the last of which also stands for all that are dropped.
    std::uint64_t kept = units_;
    float unit_of_kept = 0x1p-63f;
    for (; kept >> 32 != 0; kept = kept >> 1 | (kept & 1)) unit_of_kept = unit_of_kept * 2;
    return static_cast<float>(static_cast<std::uint32_t>(kept)) * unit_of_kept;
  }

  friend constexpr Fraction operator-(Fraction a, Fraction b) { return Fraction(a.units_ - b.units_); }  // a >= b
  friend constexpr Fraction operator*(Fraction a, Fraction b) {
    const std::uint64_t a1 = a.units_ >> 32, a0 = a.units_ & 0xffffffff, b1 = b.units_ >> 32,
                        b0 = b.units_ & 0xffffffff;
    const std::uint64_t middle = a1 * b0 + a0 * b1 + (a0 * b0 >> 32);
    return Fraction(2 * (a1 * b1) + ((middle + (1u << 30)) >> 31));
  }
  // a <= b, rounded down.
  friend constexpr Fraction operator/(Fraction a, Fraction b) {
    if (a.units_ >= b.units_) return one();
    std::uint64_t quotient = 0, rest = a.units_;
    for (int bit = 0; bit < 63; ++bit) {
      rest = 2 * rest;
      quotient = 2 * quotient;
      if (rest < b.units_) continue;
      rest = rest - b.units_;
      ++quotient;
    }
    return Fraction(quotient);
  }

 private:
  static constexpr std::uint64_t unit = std::uint64_t{1} << 63;
  constexpr explicit Fraction(std::uint64_t units) : units_(units) {}

  std::uint64_t units_;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
