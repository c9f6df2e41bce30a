#pragma once

#include <mica/data/permutation.hpp>
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
    if (best_epoch == 0 || loss < best_loss) {
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

// NeverStopping: trains all epochs and keeps the last weights. Memory: none.
template <class Net>
struct NeverStopping {
  bool observe(const Model<Net>&, int, float) { return true; }
  void finish(Model<Net>&) const {}
};

// Fit: the training loop over a dataset: epochs, a fresh random order for each, a share kept for validation, early
// stopping, and a callback. The last batch of an epoch may be smaller; no sample is left out.
// The order of epoch e is a function of (seed, e), so that a run resumed at first_epoch goes on bit for bit.
// Memory: one DataBatch and one Evaluator, and one model with EarlyStopping.
template <class Net, class Loss, class Optimizer, int batch, template <class> class Stopping = NeverStopping>
class Fit {
 public:
  int epochs = 1;
  int first_epoch = 1;
  bool shuffle = true;
  float validation_share = 0;  // of the samples, the same ones in every epoch
  std::uint64_t seed = 0;
  Stopping<Net> stopping{};

  // Trains; `callback` takes a const Progress& and returns whether to go on. Fails if the data do.
  template <class Data, class Callback>
  Status run(Model<Net>& model, Trainer<Net, Loss, Optimizer, batch>& trainer, const Data& data, Callback callback) {
    check_samples<Data, Net>();
    const int all = data.size();
    const int held_back = static_cast<int>(static_cast<float>(all) * validation_share);
    if (held_back < 0 || held_back >= all) {
      Status::Message text;
      return Status::error(text << "Of " << all << " samples, " << held_back
                                << " would be kept for validation; training needs at least one.");
    }
    // Without a validation share the split is not drawn, and the order depends on the epoch alone.
    const Permutation split(static_cast<std::uint32_t>(all), Random(seed).fork(split_stream));
    const auto part = [&](std::uint32_t i) { return held_back > 0 ? split(i) : i; };

    Progress progress;
    progress.epochs = epochs;
    progress.samples = all - held_back;
    for (progress.epoch = first_epoch; progress.epoch <= epochs; ++progress.epoch) {
      const auto epoch = static_cast<std::uint32_t>(progress.epoch);
      const Permutation order(static_cast<std::uint32_t>(progress.samples),
                              Random(seed).fork(order_stream).fork(epoch));
      const auto index = [&](std::uint32_t i) { return part(shuffle ? order(i) : i); };
      bool go_on = true;
      Status status = train_epoch(model, trainer, data, index, progress, callback, go_on);
      if (status.ok() && go_on && held_back > 0) {
        status = evaluator_.run(model, data, progress.samples, held_back, part, progress.validation);
      }
      if (!status.ok()) return status;
      if (go_on) {
        progress.epoch_ended = true;
        go_on = callback(static_cast<const Progress&>(progress));
        if (held_back > 0 && !stopping.observe(model, progress.epoch, progress.validation.loss)) go_on = false;
      }
      if (!go_on) break;
    }
    stopping.finish(model);
    return {};
  }

 private:
  static constexpr std::uint32_t order_stream = 2;
  static constexpr std::uint32_t split_stream = 3;

  template <class Data, class Order, class Callback>
  Status train_epoch(Model<Net>& model, Trainer<Net, Loss, Optimizer, batch>& trainer, const Data& data, Order order,
                     Progress& progress, Callback& callback, bool& go_on) {
    float loss = 0;
    int correct = 0;
    progress.epoch_ended = false;
    for (int done = 0; done < progress.samples && go_on; done = progress.samples_done) {
      const int size = progress.samples - done < batch ? progress.samples - done : batch;
      const Status status = batch_.gather(data, done, size, order);
      if (!status.ok()) return status;
      progress.learning_rate = trainer.learning_rate();
      loss = loss + trainer.step(model, batch_.x(), batch_.target()) * static_cast<float>(size);
      correct += trainer.correct();
      progress.samples_done = done + size;
      progress.training.loss = loss / static_cast<float>(progress.samples_done);
      progress.training.accuracy = static_cast<float>(correct) / static_cast<float>(progress.samples_done);
      go_on = callback(static_cast<const Progress&>(progress));
    }
    return {};
  }

  DataBatch<Net, Loss, batch> batch_;
  Evaluator<Net, Loss, batch> evaluator_;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
