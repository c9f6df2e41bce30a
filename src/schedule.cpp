#include <mica/schedule.hpp>

#include "../ports/scalar/port.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace {

// cos(pi t) for t in [0, 1]: sin(pi (1/2 - t)) by its Taylor series, whose error on [-1/2, 1/2] is below 1e-7.
float cosine_of_half_turns(float t) {
  const float u = 0.5f - t;
  const float square = u * u;
  const float coefficients[] = {-0.00737043f, 0.08214589f, -0.59926453f, 2.55016404f, -5.16771278f, 3.14159265f};
  float sum = 0;
  for (const float c : coefficients) sum = ports::Scalar::fma(sum, square, c);
  return sum * u;
}

}  // namespace

float Schedule::factor(long step) const {
  if (step < warm_up_steps_) return static_cast<float>(step + 1) / static_cast<float>(warm_up_steps_ + 1);
  step -= warm_up_steps_;
  if (kind_ == Kind::step) {
    // number^(steps passed) by repeated squaring.
    float product = 1;
    float power = number_;
    for (long passed = step / length_; passed > 0; passed /= 2) {
      if (passed % 2 == 1) product *= power;
      power *= power;
    }
    return product;
  }
  if (kind_ == Kind::cosine) {
    if (step >= length_) return number_;
    const float height = (1 + cosine_of_half_turns(static_cast<float>(step) / static_cast<float>(length_))) / 2;
    return ports::Scalar::fma(1 - number_, height, number_);
  }
  return 1;
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
