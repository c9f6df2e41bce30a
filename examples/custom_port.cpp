// A port of your own: what a processor must be able to do, as one struct, from which all kernels of Mica are made. This
// program runs kernels on it and compares each bit with the port that the library was built for.
// To change: in custom_port/eight_lanes.hpp, replace the bodies by your processor's intrinsics, one by one, and run this after
// each. Then it becomes ports/<name>/port.hpp, as docs/adding-a-port.md describes.
#include <cstdio>
#include <cstring>

#include <mica/mica.hpp>

#include "custom_port/eight_lanes.hpp"
#include "src/kernels/activations.hpp"
#include "src/kernels/matmul.hpp"
#include "src/kernels/softmax.hpp"

// Kernels on the port P: a matrix product, a function, a softmax.
template <class P>
static void run(const float* a, const float* b, float* y) {
  namespace on = mica::kernels::on;
  mica::kernels::multiply<P>({5, 19, 37, {a, 37, 1}, {b, 1, 19}, mica::kernels::Start<float>::zero(), y, 19}, nullptr);
  on::tanh<P>(5 * 19, y, y);
  on::softmax<P>(5, 19, y, y);
}

int main() {
  float a[5 * 37], b[37 * 19], mine[5 * 19], theirs[5 * 19];
  const mica::Random random(1);
  for (std::uint32_t i = 0; i < 5 * 37; ++i) a[i] = random.uniform(i) - 0.5f;
  for (std::uint32_t i = 0; i < 37 * 19; ++i) b[i] = random.fork(1).uniform(i) - 0.5f;
  run<Eight>(a, b, mine);
  run<mica::ports::Native>(a, b, theirs);
  int same = 0;
  for (int i = 0; i < 5 * 19; ++i) same += std::memcmp(mine + i, theirs + i, sizeof(float)) == 0 ? 1 : 0;
  std::printf("%d of %d numbers have the bits of the port %s\n", same, 5 * 19, mica::ports::Native::name);
  return same == 5 * 19 ? 0 : 1;
}
