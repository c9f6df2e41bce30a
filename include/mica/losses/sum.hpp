#pragma once

#include <mica/losses/loss.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Sum: another loss, added up over the batch instead of averaged: Sum<MeanSquaredError>, Sum<SoftmaxCrossEntropy>. What
// an Evaluation or Progress reports is still per sample.
//   loss = n Loss,  dy = n Loss's dy, with n the number that Loss divides by
// Shape, Target and memory are Loss's.
template <class Loss>
struct Sum {
  template <class Output, class T = float>
  struct On {
    using Mean = typename Loss::template On<Output, T>;
    using Target = typename Mean::Target;
    static constexpr bool adds_up = true;
    static constexpr bool takes_class_shares = mica::takes_class_shares<Mean>;
    static constexpr int scratch(int batch) { return Mean::scratch(batch); }

    static LossValue<T> evaluate(BatchView<const T, Output> y, Target target, BatchView<T, Output> dy, T* scratch) {
      return Mean::evaluate_over(T(1), y, target, dy, scratch);
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Sum<";
    Loss::describe(writer);
    writer << ">";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
