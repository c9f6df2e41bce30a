#pragma once

#include <mica/assert.hpp>
#include <mica/data/augmentation.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Mixup: trains on mixtures of two samples of the training part and of their targets: Mixup{0.2f}.
//   x = share x_a + (1 - share) x_b,   t = share t_a + (1 - share) t_b,   share from Beta(alpha, alpha)
// With class labels the target of class c is the share of c, and the loss one that takes shares,
// SoftTargetCrossEntropy; with targets that are numbers any loss will do. Sample b is drawn anew for each a and epoch,
// and both are augmented before they are mixed. The share comes from two elements of the generator without rejection,
// from the polar form of Student's t with 2 alpha degrees of freedom:
//   q = (u^(-1 / alpha) - 1) cos^2(2 pi v),   share = 1/2 +- 1/2 sqrt(q / (1 + q))
// Memory: 4 bytes; in Augmented, one sample and, if targets are numbers, one target.
// Errors: an alpha of 0 or less (MICA_ASSERT).
// Papers: Zhang, Cisse, Dauphin, Lopez-Paz, 2017, arXiv:1710.09412; the polar form: Bailey, "Polar generation of random
// variates with the t-distribution", 1994, doi:10.2307/2153537.
class Mixup {
 public:
  constexpr explicit Mixup(float alpha = 0.2f) : alpha_(alpha) { MICA_ASSERT(alpha > 0); }

  // What is kept of a sample, from 0 to 1.
  float share(Random random) const;

 private:
  float alpha_;
};

// a = share a + (1 - share) b, the sum fused.
void mix(int n, float share, const float* b, float* a);

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
