#include <mica/data/log_mel.hpp>

#include <cstring>

#include <mica/kernels/activations.hpp>

#include "../../ports/scalar/port.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace {

// 2^exponent, of a normal number.
float power_of_two(int exponent) {
  const std::int32_t bits = (127 + exponent) * (1 << 23);
  float power;
  std::memcpy(&power, &bits, sizeof power);
  return power;
}

// How far samples can be shifted so that all stay within 2^29.
int headroom(const std::int16_t* samples, int count) {
  int bits = 0;
  for (int i = 0; i < count; ++i) bits |= samples[i] < 0 ? ~samples[i] : samples[i];
  int shift = 29;
  for (; bits > 0; bits /= 2) --shift;
  return shift;
}

}  // namespace

void log_mel_frame(const LogMelPlan& plan, const std::int16_t* ring, int begin, float floor, std::int32_t* numbers,
                   float* frame) {
  // The window, in 2^-(15 + shift).
  const int shift = headroom(ring, plan.window);
  const std::int64_t half = std::int64_t{1} << 29;
  for (int i = 0, at = begin; i < plan.window; ++i) {
    const std::int32_t weight = plan.hann[2 * i <= plan.window ? i : plan.window - i];
    const std::int32_t sample = ring[at] * (std::int32_t{1} << shift);
    numbers[i] = static_cast<std::int32_t>((std::int64_t{sample} * weight + half) >> 30);
    at = at + 1 == plan.window ? 0 : at + 1;
  }
  for (int i = plan.window; i < plan.size; ++i) numbers[i] = 0;
  const int halvings = power_spectrum(plan.size, plan.sine, numbers);

  // Each band is one chain of fused steps over its bins, from low to high.
  for (int b = 0; b < plan.bands; ++b) frame[b] = 0;
  for (int i = 0; i < plan.bin_count; ++i) {
    const MelBin bin = plan.bins[i];
    const float power = power_at(numbers, plan.size, plan.first_bin + i);
    if (bin.point < plan.bands) frame[bin.point] = ports::Scalar::fma(bin.rising, power, frame[bin.point]);
    if (bin.point > 0) frame[bin.point - 1] = ports::Scalar::fma(bin.falling, power, frame[bin.point - 1]);
  }

  const float scale = power_of_two(2 * (halvings - 15 - shift));
  for (int b = 0; b < plan.bands; ++b) frame[b] = ports::Scalar::fma(frame[b], scale, floor);
  kernels::log<float>(plan.bands, frame, frame);
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
