#pragma once

#include <mica/assert.hpp>
#include <mica/metrics/metric.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// ConfusionMatrix: how many samples of each class were taken for which, and what follows from it. The class that a
// network predicts is that of its largest output, the first of equals.
//   precision(c) = right / predicted as c     recall(c) = right / samples of c     f1(c) = 2 right / (both together)
// Where a divisor is 0, so is the figure. precision(), recall() and f1() are the plain means over the classes (macro
// averages), in which a rare class counts as much as a common one.
// Memory: 4 classes^2 bytes.
template <int classes>
class ConfusionMatrix {
 public:
  template <class Output>
  void observe(BatchView<const float, Output> y, Labels labels) {
    static_assert(Output::size == classes,
                  "mica::ConfusionMatrix: the network must have one output for each class of the matrix.");
    for (int i = 0; i < y.size; ++i) count(*labels[i], kernels::largest_at(classes, y[i]));
  }
  // One more sample of class `label` that was taken for `predicted`.
  void count(int label, int predicted) {
    MICA_ASSERT(label >= 0 && label < classes && predicted >= 0 && predicted < classes);
    ++counts_[label][predicted];
  }
  void reset() { *this = {}; }

  int operator()(int label, int predicted) const { return counts_[label][predicted]; }
  int of_class(int c) const {
    int sum = 0;
    for (int other = 0; other < classes; ++other) sum += counts_[c][other];
    return sum;
  }
  int predicted_as(int c) const {
    int sum = 0;
    for (int other = 0; other < classes; ++other) sum += counts_[other][c];
    return sum;
  }
  int samples() const {
    int sum = 0;
    for (int c = 0; c < classes; ++c) sum += of_class(c);
    return sum;
  }

  float accuracy() const {
    int right = 0;
    for (int c = 0; c < classes; ++c) right += counts_[c][c];
    return ratio(right, samples());
  }
  float precision(int c) const { return ratio(counts_[c][c], predicted_as(c)); }
  float recall(int c) const { return ratio(counts_[c][c], of_class(c)); }
  float f1(int c) const { return ratio(2 * counts_[c][c], predicted_as(c) + of_class(c)); }

  float precision() const {
    return mean([this](int c) { return precision(c); });
  }
  float recall() const {
    return mean([this](int c) { return recall(c); });
  }
  float f1() const {
    return mean([this](int c) { return f1(c); });
  }

 private:
  static float ratio(int part, int whole) {
    return whole > 0 ? static_cast<float>(part) / static_cast<float>(whole) : 0.0f;
  }
  template <class Figure>
  static float mean(Figure figure) {
    float sum = 0;
    for (int c = 0; c < classes; ++c) sum = sum + figure(c);
    return sum / static_cast<float>(classes);
  }

  int counts_[classes][classes] = {};
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
