#include <mica/diagnostics/network_report.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace {

// sigmoid(4), sigmoid(-4) and tanh(4).
constexpr float sigmoid_high = 0.98201379f, sigmoid_low = 0.01798621f, tanh_high = 0.99932930f;

bool is_saturated(Activation::Kind kind, float y) {
  switch (kind) {
    case Activation::sigmoid:
      return y > sigmoid_high || y < sigmoid_low;
    case Activation::tanh:
      return y > tanh_high || y < -tanh_high;
    case Activation::hard_sigmoid:
      return y >= 1 || y <= 0;
    default:
      return false;
  }
}

}  // namespace

void LayerReport::look(int n, int units, Activation::Kind kind, const float* y) {
  output.add(n, y);
  for (int i = 0; i < n; ++i) saturated += is_saturated(kind, y[i]);
  dead_units = 0;
  units_alike = units > 1;
  for (int unit = 0; unit < units; ++unit) {
    bool dead = true;
    for (int i = unit; i < n; i += units) {
      dead = dead && y[i] == 0;
      units_alike = units_alike && y[i] == y[i - unit];
    }
    dead_units += dead;
  }
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
