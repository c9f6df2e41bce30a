#pragma once

#include <mica/kernels/reductions.hpp>
#include <mica/metrics/metric.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// MeanAbsoluteError: sum |y - t| / n over all samples and outputs.
// Shape: any output; the target has its shape. Memory: 16 + 8 outputs bytes.
struct MeanAbsoluteError {
  template <class Output>
  class On {
   public:
    static constexpr bool higher_is_better = false;

    void observe(BatchView<const float, Output> y, BatchView<const float, Output> target) {
      for (int i = 0; i < y.size; ++i) {
        kernels::absolute_error(Output::size, 1.0f, y[i], target[i], errors_, signs_);
        total_ = total_ + static_cast<double>(kernels::sum(Output::size, errors_));
      }
      samples_ += y.size;
    }
    float value() const {
      return samples_ > 0 ? static_cast<float>(total_ / (static_cast<double>(samples_) * Output::size)) : 0.0f;
    }
    void reset() { total_ = samples_ = 0; }

   private:
    double total_ = 0;
    int samples_ = 0;
    float errors_[Output::size], signs_[Output::size];
  };
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
