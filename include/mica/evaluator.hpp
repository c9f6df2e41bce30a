#pragma once

#include <type_traits>

#include <mica/losses/loss.hpp>
#include <mica/namespace.hpp>
#include <mica/predictor.hpp>
#include <mica/status.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Called where a dataset is handed over, so that the message comes once and names that place.
template <class Data, class Net>
constexpr void check_samples() {
  static_assert(Data::Sample::size == Net::Input::size,
                "mica: the dataset's samples do not have as many numbers as the network's Input.");
}

// DataBatch: room for one batch of samples and their targets, filled from a dataset.
// Memory: batch * (4 * Input::size + the targets) bytes.
template <class Net, class Loss, int batch>
struct DataBatch {
  using Input = typename Net::Input;
  using Target = typename Loss::template On<typename Net::Output, float>::Target;
  using TargetNumber = std::remove_const_t<std::remove_pointer_t<decltype(Target::data)>>;

  float samples[batch * Input::size];
  TargetNumber targets[batch * Target::stride];
  int size = 0;

  BatchView<const float, Input> x() const { return {samples, size}; }
  Target target() const { return {targets, size}; }

  // Takes samples order(first) ... order(first + count - 1).
  template <class Data, class Order>
  Status gather(const Data& data, int first, int count, Order order) {
    check_samples<Data, Net>();
    size = count;
    for (int i = 0; i < count; ++i) {
      float* const sample = samples + i * Input::size;
      TargetNumber* const target = targets + i * Target::stride;
      const int index = static_cast<int>(order(static_cast<std::uint32_t>(first + i)));
      Status status;
      if constexpr (std::is_same_v<Target, Labels>) {
        status = data.read(index, sample, *target);
        if (status.ok() && *target >= Net::Output::size) {
          Status::Message text;
          status = Status::error(text << "Sample " << index << " has the label " << static_cast<int>(*target)
                                      << ", but the network has " << Net::Output::size << " classes, counted from 0.");
        }
      } else {
        status = data.read(index, sample, target);
      }
      if (!status.ok()) return status;
    }
    return {};
  }
};

// Evaluation: the mean loss over a dataset, and for a classifier the share of samples it gets right.
struct Evaluation {
  float loss = 0;
  float accuracy = 0;
};

// Evaluator: measures a model on data at test time.
// Memory: one DataBatch, one Predictor, one batch of outputs and the loss's scratch.
template <class Net, class Loss, int batch>
class Evaluator {
  using LossOn = typename Loss::template On<typename Net::Output, float>;

 public:
  // The samples order(first) ... order(first + count - 1). Metrics look at each batch (metrics/metric.hpp); they go on
  // from what they have seen.
  template <class Data, class Order, class... Metric>
  Status run(const Model<Net>& model, const Data& data, int first, int count, Order order, Evaluation& result,
             Metric&... metric) {
    float loss = 0;
    int correct = 0;
    for (int done = 0; done < count; done += batch_.size) {
      const int size = count - done < batch ? count - done : batch;
      const Status status = batch_.gather(data, first + done, size, order);
      if (!status.ok()) return status;
      const BatchView<float, typename Net::Output> y(output_, size);
      predictor_(model, batch_.x(), y);
      (metric.observe(BatchView<const float, typename Net::Output>(y), batch_.target()), ...);
      const LossValue<float> value = LossOn::evaluate(y, batch_.target(), y, scratch_.data());
      loss = loss + value.mean * samples_in_loss<LossOn>(size);
      correct += value.correct;
    }
    result.loss = loss / static_cast<float>(count);
    result.accuracy = static_cast<float>(correct) / static_cast<float>(count);
    return {};
  }
  // All of it.
  template <class Data, class... Metric>
  Status run(const Model<Net>& model, const Data& data, Evaluation& result, Metric&... metric) {
    return run(
        model, data, 0, data.size(), [](std::uint32_t i) { return i; }, result, metric...);
  }

 private:
  DataBatch<Net, Loss, batch> batch_;
  Predictor<Net, batch> predictor_;
  float output_[batch * Net::Output::size];
  Values<float, LossOn::scratch(batch)> scratch_;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
