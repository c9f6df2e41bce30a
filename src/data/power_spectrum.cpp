#include <mica/data/power_spectrum.hpp>

#include <cstring>

#include "../../ports/scalar/port.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace {

// exp(-2 pi i k / size) = cosine - i sine for 0 <= k <= size / 2, in 2^-30.
struct Twiddle {
  std::int32_t cosine, sine;
  Twiddle(int k, int size, const std::int32_t* quarter) {
    const int turn = size / 4;
    cosine = k <= turn ? quarter[turn - k] : -quarter[k - turn];
    sine = k <= turn ? quarter[k] : quarter[2 * turn - k];
  }
};

// One instruction on 32-bit processors.
std::int64_t product(std::int32_t a, std::int32_t b) { return std::int64_t{a} * b; }

// x / 2^shift, rounded.
std::int32_t halved(std::int64_t x, int shift) {
  return static_cast<std::int32_t>((x + ((std::int64_t{1} << shift) >> 1)) >> shift);
}

// The bits of a number's magnitude; those of many are gathered by OR.
std::uint32_t size_bits(std::int32_t x) { return static_cast<std::uint32_t>(x < 0 ? ~x : x); }

// The complex numbers in the order of their mirrored indices.
void mirror(int count, std::int32_t* z) {
  for (int i = 0, j = 0; i < count; ++i) {
    if (i < j) {
      for (int part = 0; part < 2; ++part) {
        const std::int32_t kept = z[2 * i + part];
        z[2 * i + part] = z[2 * j + part];
        z[2 * j + part] = kept;
      }
    }
    int bit = count / 2;
    for (; bit > 0 && (j & bit) != 0; bit /= 2) j -= bit;
    j += bit;
  }
}

// One step of the transform: pairs `half` apart become (a + w b) / 2^shift and (a - w b) / 2^shift, each rounded once.
// Returns the bits of the magnitudes.
std::uint32_t butterflies(int count, int half, int shift, int size, const std::int32_t* sine, std::int32_t* z) {
  std::uint32_t bits = 0;
  for (int j = 0; j < half; ++j) {
    const Twiddle w(j * (size / (2 * half)), size, sine);
    for (int i = j; i < count; i += 2 * half) {
      std::int32_t* const a = z + 2 * i;
      std::int32_t* const b = a + 2 * half;
      const std::int64_t a_re = std::int64_t{a[0]} * (1 << 30), a_im = std::int64_t{a[1]} * (1 << 30);
      const std::int64_t b_re = product(w.cosine, b[0]) + product(w.sine, b[1]);
      const std::int64_t b_im = product(w.cosine, b[1]) - product(w.sine, b[0]);
      a[0] = halved(a_re + b_re, 30 + shift);
      a[1] = halved(a_im + b_im, 30 + shift);
      b[0] = halved(a_re - b_re, 30 + shift);
      b[1] = halved(a_im - b_im, 30 + shift);
      bits |= size_bits(a[0]) | size_bits(a[1]) | size_bits(b[0]) | size_bits(b[1]);
    }
  }
  return bits;
}

// |x + i y|^2 as a float's bits.
std::int32_t squared(std::int32_t re, std::int32_t im) {
  const float x = static_cast<float>(re), y = static_cast<float>(im);
  const float power = ports::Scalar::fma(x, x, y * y);
  std::int32_t bits;
  std::memcpy(&bits, &power, sizeof bits);
  return bits;
}

}  // namespace

// The even samples are the real parts and the odd ones the imaginary parts of half as many complex numbers.
int power_spectrum(int size, const std::int32_t* sine, std::int32_t* numbers) {
  const int count = size / 2;
  mirror(count, numbers);
  int halvings = 0;
  std::uint32_t bits = 0;
  for (int half = 1; half < count; half *= 2) {
    // Parts below 2^29 belong to complex numbers below 2^29.5, whose sums are below 2^30.5; halved sums stay below that.
    const int shift = bits >= 1u << 29 ? 1 : 0;
    halvings += shift;
    bits = butterflies(count, half, shift, size, sine, numbers);
  }

  // X[k] = (Z[k] + Z*[-k]) / 2 - i w^k (Z[k] - Z*[-k]) / 2, and X[count - k] from the same two; both halved once more.
  const std::int64_t re = numbers[0], im = numbers[1];
  numbers[0] = squared(halved(re + im, 1), 0);
  numbers[1] = squared(halved(re - im, 1), 0);
  for (int k = 1; k <= count / 2; ++k) {
    std::int32_t* const p = numbers + 2 * k;
    std::int32_t* const q = numbers + 2 * (count - k);
    const Twiddle w(k, size, sine);
    const std::int64_t even_re = std::int64_t{p[0]} + q[0], even_im = std::int64_t{p[1]} - q[1];
    const std::int64_t odd_re = std::int64_t{p[1]} + q[1], odd_im = std::int64_t{q[0]} - p[0];
    const std::int64_t turned_re = w.cosine * odd_re + w.sine * odd_im;
    const std::int64_t turned_im = w.cosine * odd_im - w.sine * odd_re;
    const std::int64_t one = std::int64_t{1} << 30;
    p[0] = squared(halved(even_re * one + turned_re, 32), halved(even_im * one + turned_im, 32));
    q[0] = squared(halved(even_re * one - turned_re, 32), halved(turned_im - even_im * one, 32));
  }
  return halvings + 1;
}

float power_at(const std::int32_t* numbers, int size, int k) {
  float power;
  std::memcpy(&power, numbers + (2 * k < size ? 2 * k : 1), sizeof power);
  return power;
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
