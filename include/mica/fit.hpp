#pragma once

#include <type_traits>
#include <utility>

#include <mica/data/permutation.hpp>
#include <mica/data/split.hpp>
#include <mica/evaluator.hpp>
#include <mica/namespace.hpp>
#include <mica/trainer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Progress: how far training is, handed to the callback after every step and at the end of every epoch.
struct Progress {
  int epoch = 0;  // counted from 1
  int epochs = 0;
  int samples_done = 0;  // of this epoch
  int samples = 0;
  bool epoch_ended = false;
  float learning_rate = 0;
  Evaluation training;    // the mean over this epoch so far, each batch before its step
  Evaluation validation;  // at an epoch's end, where a share is kept for validation
};

// EarlyStopping: ends training when the validation loss has not improved for `patience` epochs, and goes back to the
// weights that were best. Memory: one model.
template <class Net>
struct EarlyStopping {
  int patience = 3;
  bool stopped = false;
  int best_epoch = 0;
  float best_loss = 0;
  Model<Net> best;

  // Looks at an epoch's validation loss; false once patience has run out.
  bool observe(const Model<Net>& model, int epoch, float loss) {
    const bool best_is_nan = best_loss != best_loss;
    if (best_epoch == 0 || loss < best_loss || best_is_nan) {
      best = model;
      best_loss = loss;
      best_epoch = epoch;
    }
    stopped = epoch - best_epoch >= patience;
    return !stopped;
  }
  void finish(Model<Net>& model) const {
    if (best_epoch > 0) model = best;
  }
};

// StoppingOn: early stopping on a metric of the validation share in place of the loss:
// Fit<Net, Loss, Optimizer, batch, StoppingOn<F1>::Early>. The metric is in `metric`, also for the callback to read.
template <class Metric>
struct StoppingOn {
  // As EarlyStopping; best_value is that of the metric. Memory: one model and the metric.
  template <class Net>
  struct Early {
    using MetricOn = typename Metric::template On<typename Net::Output>;
    int patience = 3;
    bool stopped = false;
    int best_epoch = 0;
    float best_value = 0;
    MetricOn metric;
    Model<Net> best;

    bool observe(const Model<Net>& model, int epoch, float value) {
      const bool better = MetricOn::higher_is_better ? value > best_value : value < best_value;
      if (best_epoch == 0 || better) {
        best = model;
        best_value = value;
        best_epoch = epoch;
      }
      stopped = epoch - best_epoch >= patience;
      return !stopped;
    }
    void finish(Model<Net>& model) const {
      if (best_epoch > 0) model = best;
    }
  };
};
template <class Stopping, class = void>
constexpr bool has_metric = false;
template <class Stopping>
constexpr bool has_metric<Stopping, std::void_t<decltype(std::declval<Stopping&>().metric.value())>> = true;

// NeverStopping: trains all epochs and keeps the last weights. Memory: none.
template <class Net>
struct NeverStopping {
  bool observe(const Model<Net>&, int, float) { return true; }
  void finish(Model<Net>&) const {}
};

// Fit: the training loop over a dataset: epochs, a fresh random order for each, a share kept for validation, early
// stopping, and a callback. The last batch of an epoch may be smaller; no sample is left out.
// The order of epoch e is a function of (seed, e), and so is what the data draw in it (see Augmented), so that a run
// resumed at first_epoch goes on bit for bit. Validation takes the data as they are.
// Memory: one DataBatch and one Evaluator, and one model with EarlyStopping.
template <class Net, class Loss, class Optimizer, int batch, template <class> class Stopping = NeverStopping>
class Fit {
  using LossOn = typename Loss::template On<typename Net::Output, float>;

 public:
  int epochs = 1;
  int first_epoch = 1;
  bool shuffle = true;
  float validation_share = 0;  // of the samples, the same ones in every epoch
  std::uint64_t seed = 0;
  Stopping<Net> stopping{};

  // Which of so many samples run() trains on, and which it keeps for validation.
  constexpr Split split(int samples) const { return {samples, validation_share, seed}; }

  // Trains; `callback` takes a const Progress& and returns whether to go on. Fails if the data do, and at NaN or
  // infinity if the trainer's Check is StopAtNotFinite.
  template <class Data, class Check, class Executor, class Callback>
  Status run(Model<Net>& model, Trainer<Net, Loss, Optimizer, batch, Check, Executor>& trainer, const Data& data,
             Callback callback) {
    check_samples<Data, Net>();
    const Split part = split(data.size());
    if (Status status = part.check(); !status.ok()) return status;
    const int held_back = part.validation();

    Progress progress;
    progress.epochs = epochs;
    progress.samples = part.training();
    for (progress.epoch = first_epoch; progress.epoch <= epochs; ++progress.epoch) {
      const auto epoch = static_cast<std::uint32_t>(progress.epoch);
      const Permutation order(static_cast<std::uint32_t>(progress.samples),
                              Random(seed).fork(order_stream).fork(epoch));
      const auto index = [&](std::uint32_t i) { return part(shuffle ? order(i) : i); };
      // What a sample draws in this epoch, wherever it stands in the order.
      const Random draws = Random(seed).fork(sample_stream).fork(epoch);
      const auto draw = [&](int sample) {
        const Random own = draws.fork(static_cast<std::uint32_t>(sample));
        const auto partner = part(own.below(static_cast<std::uint32_t>(progress.samples), 0));
        return TrainingSample{sample, static_cast<int>(partner), Net::Output::size, own};
      };
      bool go_on = true;
      Status status = train_epoch(model, trainer, data, index, draw, progress, callback, go_on);
      if (status.ok() && go_on && held_back > 0) {
        status = validate(model, data, part, progress, held_back);
      }
      if (!status.ok()) return status;
      if (go_on) {
        progress.epoch_ended = true;
        go_on = callback(static_cast<const Progress&>(progress));
        if (held_back > 0 && !stopping.observe(model, progress.epoch, judged(progress))) go_on = false;
      }
      if (!go_on) break;
    }
    stopping.finish(model);
    return {};
  }

 private:
  static constexpr std::uint32_t order_stream = 2;
  static constexpr std::uint32_t sample_stream = 4;

  // What early stopping judges an epoch by: its metric if it has one, else the validation loss.
  float judged(const Progress& progress) const {
    if constexpr (has_metric<Stopping<Net>>) {
      return stopping.metric.value();
    } else {
      return progress.validation.loss;
    }
  }
  template <class Data, class Part>
  Status validate(const Model<Net>& model, const Data& data, Part part, Progress& progress, int count) {
    if constexpr (has_metric<Stopping<Net>>) {
      stopping.metric.reset();
      return evaluator_.run(model, data, progress.samples, count, part, progress.validation, stopping.metric);
    } else {
      return evaluator_.run(model, data, progress.samples, count, part, progress.validation);
    }
  }

  template <class Data, class Check, class Executor, class Order, class Draw, class Callback>
  Status train_epoch(Model<Net>& model, Trainer<Net, Loss, Optimizer, batch, Check, Executor>& trainer,
                     const Data& data, Order order, Draw draw, Progress& progress, Callback& callback, bool& go_on) {
    float loss = 0;
    int correct = 0, counted = 0;
    progress.epoch_ended = false;
    for (int done = 0; done < progress.samples && go_on; done = progress.samples_done) {
      const int size = progress.samples - done < batch ? progress.samples - done : batch;
      const Status status = batch_.gather_for_training(data, done, size, order, draw);
      if (!status.ok()) return status;
      progress.learning_rate = trainer.learning_rate();
      const float value = trainer.step(model, batch_.x(), batch_.target());
      progress.samples_done = done + size;
      if (Check::stops && trainer.refused()) return trainer.status();
      if (!trainer.refused()) {
        loss = loss + value * samples_in_loss<LossOn>(size);
        correct += trainer.correct();
        counted += size;
        progress.training.loss = loss / static_cast<float>(counted);
        progress.training.accuracy = static_cast<float>(correct) / static_cast<float>(counted);
      }
      go_on = callback(static_cast<const Progress&>(progress));
    }
    if (go_on) trainer.finish_step(model);
    if (Check::stops && trainer.refused()) return trainer.status();
    return {};
  }

  DataBatch<Net, Loss, batch> batch_;
  Evaluator<Net, Loss, batch> evaluator_;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
