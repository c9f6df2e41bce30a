#pragma once

#include <mica/kernels.hpp>
#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Schedule: by what factor the learning rate is multiplied at a step.
//   constant   1
//   step       factor^(floor(t / every))
//   cosine     lowest + (1 - lowest) (1 + cos(pi min(t / steps, 1))) / 2
// t counts from the end of the warm-up, during which the factor rises in equal steps from 1 / (n + 1) to 1.
// Memory: 16 bytes. Paper for cosine: Loshchilov, Hutter, 2016, arXiv:1608.03983.
class Schedule {
 public:
  enum class Kind : int { constant, step, cosine };

  static Schedule constant() { return {}; }
  static Schedule step(int every, float factor) { return Schedule(Kind::step, every, factor); }
  static Schedule cosine(int steps, float lowest = 0) { return Schedule(Kind::cosine, steps, lowest); }

  // The same schedule behind a linear warm-up of `steps` steps.
  Schedule warm_up(int steps) const {
    Schedule result = *this;
    result.warm_up_steps_ = steps;
    return result;
  }

  float factor(long step) const;

  Schedule() = default;

 private:
  Schedule(Kind kind, int length, float number) : kind_(kind), length_(length), number_(number) {}

  Kind kind_ = Kind::constant;
  int length_ = 1;
  float number_ = 1;
  int warm_up_steps_ = 0;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
