#include <mica/data/column_statistics.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

void add_to_statistics(int n, long count, const float* x, double* mean, double* squares) {
  for (int i = 0; i < n; ++i) {
    const double before = static_cast<double>(x[i]) - mean[i];
    mean[i] = mean[i] + before / static_cast<double>(count);
    squares[i] = squares[i] + before * (static_cast<double>(x[i]) - mean[i]);
  }
}

float deviation_of(double variance) {
  // The root of a double would be libm's on small processors.
  if (variance > 0x1p100) return __builtin_sqrtf(static_cast<float>(variance * 0x1p-160)) * 0x1p80f;
  if (variance < 0x1p-100) return __builtin_sqrtf(static_cast<float>(variance * 0x1p160)) * 0x1p-80f;
  return __builtin_sqrtf(static_cast<float>(variance));
}

void standardize_columns(int n, const float* mean, const float* deviation, float* x) {
  for (int i = 0; i < n; ++i) x[i] = deviation[i] > 0 ? (x[i] - mean[i]) / deviation[i] : 0.0f;
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
