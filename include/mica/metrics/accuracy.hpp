#pragma once

#include <mica/metrics/metric.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// TopK: the share of samples whose right class is among the k largest outputs. Equal outputs count in their order; an
// output that is NaN is never right.
// Shape: one row of scores per sample; target: Labels. Memory: 8 bytes.
template <int k>
struct TopK {
  template <class Output>
  class On {
   public:
    static constexpr bool higher_is_better = true;

    void observe(BatchView<const float, Output> y, Labels labels) {
      for (int i = 0; i < y.size; ++i) {
        right_ += kernels::rank_of(Output::size, y[i], *labels[i]) < k ? 1 : 0;
      }
      samples_ += y.size;
    }
    float value() const { return samples_ > 0 ? static_cast<float>(right_) / static_cast<float>(samples_) : 0.0f; }
    void reset() { right_ = samples_ = 0; }

   private:
    int right_ = 0, samples_ = 0;
  };

  static_assert(k > 0, "mica::TopK: k must be at least 1.");
};

// Accuracy: the share of samples whose right class has the largest output.
using Accuracy = TopK<1>;

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
