#pragma once

#include <type_traits>

#include <mica/data/dataset.hpp>
#include <mica/losses/loss.hpp>
#include <mica/namespace.hpp>
#include <mica/predictor.hpp>
#include <mica/slot.hpp>
#include <mica/status.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Called where a dataset is handed over, so that the message comes once and names that place.
template <class Data, class Net>
constexpr void check_samples() {
  static_assert(Data::Sample::size == Net::Input::size,
                "mica: the dataset's samples do not have as many numbers as the network's Input.");
}

// How the targets that Data give become those that a loss compares. A loss that takes the share of each class also
// takes class labels: the label's share is 1.
enum class TargetsAs : int { labels, numbers, shares, nothing };
template <class LossOn>
constexpr TargetsAs targets_from(bool gives_labels, bool gives_numbers) {
  if (std::is_same_v<typename LossOn::Target, Labels>) return gives_labels ? TargetsAs::labels : TargetsAs::nothing;
  if (gives_numbers) return TargetsAs::numbers;
  return takes_class_shares<LossOn> && gives_labels ? TargetsAs::shares : TargetsAs::nothing;
}

// DataBatch: room for one batch of samples and their targets, filled from a dataset.
// Memory: batch * (4 * Input::size + the targets) bytes, and one byte per sample for a loss that takes shares of
// classes.
template <class Net, class Loss, int batch>
struct DataBatch {
  using Input = typename Net::Input;
  using LossOn = typename Loss::template On<typename Net::Output, float>;
  using Target = typename LossOn::Target;
  using TargetNumber = std::remove_const_t<std::remove_pointer_t<decltype(Target::data)>>;

  float samples[batch * Input::size];
  TargetNumber targets[batch * Target::stride];
  int size = 0;

  BatchView<const float, Input> x() const { return {samples, size}; }
  Target target() const { return {targets, size}; }

  // What metrics compare: the labels where the data give labels and no numbers, else the target.
  template <class Data>
  auto truth() const {
    if constexpr (targets_from<LossOn>(is_dataset<Data, std::uint8_t&>, is_dataset<Data, float*>) ==
                  TargetsAs::shares) {
      return Labels(labels_.data(), size);
    } else {
      return target();
    }
  }

  // Takes samples order(first) ... order(first + count - 1).
  template <class Data, class Order>
  Status gather(const Data& data, int first, int count, Order order) {
    return fill<Data, targets_from<LossOn>(is_dataset<Data, std::uint8_t&>, is_dataset<Data, float*>)>(
        first, count, order,
        [&data](int index, float* sample, auto&& target) { return data.read(index, sample, target); });
  }
  // The same for training, where the data may change them at random: draw(index) is what sample `index` depends on.
  template <class Data, class Order, class Draw>
  Status gather_for_training(const Data& data, int first, int count, Order order, Draw draw) {
    constexpr bool labels = reads_for_training<Data, std::uint8_t&>, numbers = reads_for_training<Data, float*>;
    if constexpr (labels || numbers) {
      return fill<Data, targets_from<LossOn>(labels, numbers)>(
          first, count, order, [&data, &draw](int index, float* sample, auto&& target) {
            return data.read_for_training(draw(index), sample, target);
          });
    } else {
      return gather(data, first, count, order);
    }
  }

 private:
  template <class Data, TargetsAs as, class Order, class Read>
  Status fill(int first, int count, Order order, Read read) {
    check_samples<Data, Net>();
    constexpr int found = target_size<Data>;
    static_assert(as != TargetsAs::nothing,
                  "mica: the loss needs other targets than the data give. SoftmaxCrossEntropy and the like need class "
                  "labels; after Mixup there are none, and SoftTargetCrossEntropy takes their place. Other losses need "
                  "numbers.");
    static_assert(as != TargetsAs::numbers || found == 0 || found == Target::stride,
                  "mica: the dataset's targets do not have as many numbers as the network's output.");
    size = count;
    for (int i = 0; i < count; ++i) {
      float* const sample = samples + i * Input::size;
      TargetNumber* const target = targets + i * Target::stride;
      const int index = static_cast<int>(order(static_cast<std::uint32_t>(first + i)));
      Status status;
      if constexpr (as == TargetsAs::labels) {
        status = read(index, sample, *target);
        if (status.ok()) status = check_label(index, *target, Net::Output::size);
      } else if constexpr (as == TargetsAs::shares) {
        std::uint8_t& label = labels_.data()[i];
        status = read(index, sample, label);
        if (status.ok()) status = check_label(index, label, Target::stride);
        for (int c = 0; c < Target::stride; ++c) target[c] = c == label ? 1.0f : 0.0f;
      } else if constexpr (as == TargetsAs::numbers) {
        status = read(index, sample, target);
      }
      if (!status.ok()) return status;
    }
    return {};
  }

  Values<std::uint8_t, takes_class_shares<LossOn> ? batch : 0> labels_;
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
      (metric.observe(BatchView<const float, typename Net::Output>(y), batch_.template truth<Data>()), ...);
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
