#pragma once

#include <mica/assert.hpp>
#include <mica/model.hpp>
#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Predictor: runs a trained network, at most `batch` samples at a time. The model is const and may live in flash; nothing
// of training is linked. A sample gives the same bits whatever batch it is part of. An Executor (executor.hpp), such as a
// ThreadPool, lets threads share a batch: predict.executor = &pool.
// Memory: the two buffers that the values between layers take turns in, and the scratch of the matrix product for more
// than one sample: memory_bytes, which an Executor adds to.
template <class Net, int batch = 1, class Executor = OneThread>
class Predictor : public ScratchMemory<Executor, Net::Bound::infer_scratch(batch), Net::Bound::shared_scratch(batch)> {
 public:
  using Input = typename Net::Input;
  using Output = typename Net::Output;
  static constexpr int scratch_count = Net::Bound::infer_scratch(batch);
  static constexpr int memory_bytes = scratch_count * static_cast<int>(sizeof(float));

  // y = net(x) for 1 to `batch` samples, given as tensors or as views.
  void operator()(const Model<Net>& model, BatchView<const float, Input> x, BatchView<float, Output> y) {
    MICA_ASSERT(x.size > 0 && x.size <= batch && x.size == y.size);
    Net::Bound::infer(model.params(), model.stats(), x, y, this->scratch());
  }
  // The same, and an observer (diagnostics/diagnostics.hpp) sees each layer's outputs.
  template <class Observer>
  void operator()(const Model<Net>& model, BatchView<const float, Input> x, BatchView<float, Output> y,
                  Observer& observer) {
    MICA_ASSERT(x.size > 0 && x.size <= batch && x.size == y.size);
    observer.before_pass();
    Net::Bound::infer_watched(model.params(), model.stats(), x, y, this->scratch(), observer);
    observer.after_pass(model);
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
