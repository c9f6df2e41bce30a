#pragma once

#include <mica/metrics/confusion_matrix.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Precision: of the samples predicted as a class, the share that is of it; the plain mean over the classes.
// Shape: one row of scores per sample; target: Labels. Memory: that of the ConfusionMatrix, which it shows.
struct Precision {
  template <class Output>
  class On {
   public:
    static constexpr bool higher_is_better = true;

    void observe(BatchView<const float, Output> y, Labels labels) { matrix_.observe(y, labels); }
    float value() const { return matrix_.precision(); }
    void reset() { matrix_.reset(); }
    const ConfusionMatrix<Output::size>& matrix() const { return matrix_; }

   private:
    ConfusionMatrix<Output::size> matrix_;
  };
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
