#pragma once

#include <memory>
#include <string>

#include "../models/reference_model.hpp"
#include "progress_display.hpp"
#include "train_options.hpp"
#include "watch_page.hpp"

namespace mica::command {

// TrainingRun: one call of `mica train`, from its options to a trained network.
class TrainingRun {
 public:
  explicit TrainingRun(const TrainOptions& options);

  // Trains, with progress shown and a checkpoint written after every epoch; refuses to go on from a loss that is no
  // number.
  void train();
  // Measures the test set.
  void evaluate();

  const models::ReferenceModel& model() const { return *model_; }
  const models::Network& network() const { return *network_; }
  const models::Samples& test_samples() const { return *test_; }
  int training_samples() const { return training_->size(); }
  std::uint64_t seed() const { return network_->position().seed; }
  int epochs_done() const { return static_cast<int>(network_->position().epoch); }
  float train_loss() const { return train_loss_; }
  models::TestResult test() const { return test_result_; }
  // Of the steps alone, without drawing, evaluating and writing.
  double seconds() const { return seconds_; }
  double samples_per_second() const { return seconds_ > 0 ? trained_ / seconds_ : 0; }

 private:
  void open_network();
  void resume();
  void check_settings() const;
  models::TrainingSettings settings() const;
  void check_loss(const Progress& progress) const;

  TrainOptions options_;
  ProgressDisplay display_;
  WatchPage watch_page_;
  const models::ReferenceModel* model_ = nullptr;
  std::unique_ptr<models::Network> network_;
  std::unique_ptr<models::Samples> training_, test_;
  int epochs_ = 0, epochs_saved_ = 0;
  float train_loss_ = 0;
  double seconds_ = 0, trained_ = 0;
  models::TestResult test_result_;
};

}  // namespace mica::command
