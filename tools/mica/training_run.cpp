#include "training_run.hpp"

#include <chrono>
#include <cmath>

#include "../models/refusal.hpp"
#include "../models/registry.hpp"
#include "checkpoint_file.hpp"
#include "format.hpp"
#include "output_file.hpp"

namespace mica::command {
namespace {

constexpr std::uint64_t usual_seed = 42;
constexpr const char* usual_model = "mlp";

}  // namespace

TrainingRun::TrainingRun(const TrainOptions& options)
    : options_(options), display_(options.quiet, terminal()), watch_page_(options.watch) {
  open_network();
  display_.set_classifies(model_->facts().goal == models::Goal::classification);
  check_settings();
  check_output(options.out);
  check_output(options.header);
  check_output(options.report);
  const auto note = [this](const std::string& text) { display_.note(text); };
  training_ = model_->task().open(models::Part::training, options.data, options.limit, note);
  test_ = model_->task().open(models::Part::test, options.data, 0, note);
}

void TrainingRun::open_network() {
  if (!options_.resume.empty()) return resume();
  model_ = &models::model_named(options_.model.empty() ? usual_model : options_.model);
  network_ = model_->create();
  network_->start(options_.seed.value_or(usual_seed));
  epochs_ = options_.epochs > 0 ? options_.epochs : model_->facts().epochs;
}

void TrainingRun::resume() {
  const std::string& path = options_.resume;
  const CheckpointFile file(path);
  model_ = &file.model();
  const models::ModelFacts facts = model_->facts();
  if (!options_.model.empty() && &models::model_named(options_.model) != model_) {
    models::refuse(path + " holds the model " + facts.name + ", but --model asks for " + options_.model + ".");
  }
  network_ = model_->create();
  models::check(network_->resume(file.source()));
  if (options_.seed && *options_.seed != seed()) {
    models::refuse(path + " was trained with seed " + std::to_string(seed()) + ", but --seed asks for " +
                   std::to_string(*options_.seed) + ".");
  }
  epochs_ = options_.epochs > 0 ? options_.epochs : facts.epochs;
  if (epochs_done() >= epochs_) {
    models::refuse(path + " has " + std::to_string(epochs_done()) + " epochs behind it, but training is to end after " +
                   std::to_string(epochs_) + "; give a larger --epochs.");
  }
}

void TrainingRun::check_settings() const {
  if (options_.momentum && !network_->has_momentum()) {
    const models::ModelFacts facts = model_->facts();
    models::refuse(std::string(facts.name) + " is trained with " + facts.optimizer +
                   ", which has no momentum, but --momentum is given.");
  }
}

models::TrainingSettings TrainingRun::settings() const {
  models::TrainingSettings settings;
  settings.epochs = epochs_;
  settings.learning_rate = options_.learning_rate;
  settings.momentum = options_.momentum;
  settings.validation_share = options_.validation.value_or(0);
  settings.patience = options_.patience;
  settings.threads = options_.threads;
  return settings;
}

void TrainingRun::check_loss(const Progress& progress) const {
  if (std::isfinite(progress.training.loss)) return;
  std::string sentence = "The loss is no longer a number in epoch " + std::to_string(progress.epoch) + " after " +
                         grouped(static_cast<std::uint64_t>(progress.samples_done)) +
                         " samples, at a learning rate of " + short_number(progress.learning_rate) +
                         "; a smaller --learning-rate may train";
  if (epochs_saved_ > 0) sentence += ", and " + options_.out + " holds epoch " + std::to_string(epochs_saved_);
  models::refuse(sentence + ".");
}

void TrainingRun::train() {
  using Clock = std::chrono::steady_clock;
  if (options_.validation && static_cast<float>(training_->size()) * *options_.validation < 1) {
    models::refuse("--validation keeps " + short_number(*options_.validation) + " of " +
                   std::to_string(training_->size()) + " samples, which is not even one.");
  }
  int done_before = 0;
  Clock::time_point resumed = Clock::now();
  const auto watch = [&](const Progress& progress) {
    if (progress.epoch_ended) {
      train_loss_ = progress.training.loss;
      done_before = 0;
      write_output(options_.out, [this](io::ByteSink& sink) { return network_->save(sink); });
      epochs_saved_ = options_.out.empty() ? 0 : epochs_done();
    } else {
      seconds_ += std::chrono::duration<double>(Clock::now() - resumed).count();
      trained_ += progress.samples_done - done_before;
      done_before = progress.samples_done;
    }
    watch_page_.show(progress, *model_, *network_, *training_, seconds_);
    check_loss(progress);
    display_.show(progress, seconds_, trained_);
    resumed = Clock::now();
    return true;
  };
  models::check(network_->train(*training_, settings(), watch));
  display_.break_line();
  watch_page_.finish();
  // Early stopping went back to the best weights; they no longer belong to the trainer's state.
  if (options_.patience > 0) {
    write_output(options_.out, [this](io::ByteSink& sink) { return network_->save_model(sink); });
  }
  write_output(options_.header, [this](io::ByteSink& sink) { return network_->export_header("Net", sink); });
}

void TrainingRun::evaluate() { models::check(network_->evaluate(*test_, test_result_)); }

}  // namespace mica::command
