// A user's program: it must build with nothing but mica::mica.
#include <cstdio>
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<2>, mica::Dense<3>, mica::ReLU, mica::Dense<2>>;

static mica::Model<Net> model;

int main() {
  model.initialize(1);
  const float input[] = {-1.0f, 0.0f};
  float output[] = {7.0f, 7.0f};
  mica::kernels::relu(2, input, output);
  std::printf("%g %g\n", static_cast<double>(output[0]), static_cast<double>(output[1]));
  return output[0] == 0.0f && output[1] == 0.0f ? 0 : 1;
}
