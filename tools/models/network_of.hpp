#pragma once

#include <memory>
#include <type_traits>
#include <utility>

#include <mica/io/checkpoint.hpp>
#include <mica/io/npz.hpp>
#include <mica/io/onnx.hpp>
#include <mica/io/safetensors.hpp>
#include <mica/io/weights_header.hpp>
#include <mica/mica.hpp>
#include <mica/thread_pool.hpp>

#include "area_under_curve.hpp"
#include "goal.hpp"
#include "looked_at.hpp"
#include "loss_of_each.hpp"
#include "network.hpp"
#include "optional_stopping.hpp"
#include "rate_schedule.hpp"

namespace mica::models {

template <class Optimizer, class = void>
constexpr bool optimizer_has_momentum = false;
template <class Optimizer>
constexpr bool optimizer_has_momentum<Optimizer, std::void_t<decltype(Optimizer::momentum)>> = true;

// NetworkOf: a Network whose type is known. Reference is one of the structs in networks.hpp.
template <class Reference>
class NetworkOf final : public Network {
  using Net = typename Reference::Net;
  using Loss = typename Reference::Loss;
  using Optimizer = typename Reference::Optimizer;
  static constexpr int batch = Reference::batch;
  using Threads = ThreadPool<most_threads>;
  using ItsTrainer = Trainer<Net, Loss, Optimizer, batch, IgnoreNotFinite, Threads>;
  using ItsFit = Fit<Net, Loss, Optimizer, batch, OptionalStopping>;
  // A vector that lies across the border of two cache lines is read twice.
  struct alignas(64) AlignedModel : Model<Net> {};
  struct alignas(64) AlignedTrainer : ItsTrainer {};
  static constexpr Goal goal = goal_of<Net, Loss>;
  using Data = std::conditional_t<goal == Goal::classification, LabelledSamples<typename Net::Input>,
                                  SamplesThemselves<typename Net::Input>>;

 public:
  void start(std::uint64_t seed) override {
    model_->initialize(seed);
    trainer().reset();
    trainer().optimizer = Reference::optimizer;
    trainer().seed = seed;
    position_ = {};
    position_.seed = seed;
  }
  Status resume(const io::ByteSource& source) override { return io::load(*model_, trainer(), position_, source); }
  const io::TrainingPosition& position() const override { return position_; }
  bool has_momentum() const override { return optimizer_has_momentum<Optimizer>; }

  Status train(const Samples& samples, const TrainingSettings& settings, const Watch& watch) override {
    if (settings.learning_rate) trainer().optimizer.learning_rate = *settings.learning_rate;
    if constexpr (optimizer_has_momentum<Optimizer>) {
      if (settings.momentum) trainer().optimizer.momentum = *settings.momentum;
    }
    Threads threads(settings.threads);
    trainer().executor = settings.threads > 1 ? &threads : nullptr;
    const auto fit = std::make_unique<ItsFit>();
    fit->epochs = settings.epochs;
    fit->first_epoch = static_cast<int>(position_.epoch) + 1;
    fit->seed = position_.seed;
    fit->validation_share = settings.validation_share;
    trainer().schedule = RateSchedule<Reference>::over(fit->split(samples.size()).training());
    fit->stopping.wanted = settings.patience > 0;
    fit->stopping.early.patience = settings.patience;
    const Status status = fit->run(*model_, trainer(), Data{samples}, [&](const Progress& progress) {
      if (progress.epoch_ended) position_.epoch = static_cast<std::uint32_t>(progress.epoch);
      return watch(progress);
    });
    trainer().executor = nullptr;
    return status;
  }
  Status save(io::ByteSink& sink) const override { return io::save(*model_, *trainer_, position_, sink); }
  Status save_model(io::ByteSink& sink) const override { return io::save(*model_, sink); }

  Status load(const io::ByteSource& source) override { return io::load(*model_, source); }
  Status evaluate(const Samples& samples, TestResult& result) const override {
    const auto evaluator = std::make_unique<Evaluator<Net, Loss, batch>>();
    Evaluation evaluation;
    Status status;
    if constexpr (goal == Goal::classification) {
      status = evaluator->run(*model_, Data{samples}, evaluation);
      result.score = evaluation.accuracy;
    } else {
      LossOfEach<Net, Loss> losses;
      status = evaluator->run(*model_, Data{samples}, evaluation, losses);
      if (status.ok()) status = area_under_curve(samples, losses.values, result.score);
    }
    result.loss = evaluation.loss;
    return status;
  }
  void predict(const float* sample, float* outputs) const override {
    const auto predictor = std::make_unique<Predictor<Net>>();
    (*predictor)(*model_, {sample, 1}, {outputs, 1});
  }
  Status export_header(const char* name, io::ByteSink& sink) const override {
    return io::write_weights_header(*model_, name, sink);
  }
  Status export_onnx(const char* name, io::ByteSink& sink) const override { return io::save_onnx(*model_, sink, name); }
  Status export_tensors(TensorFormat format, io::ByteSink& sink) const override {
    return format == TensorFormat::npz ? io::save_npz(*model_, sink) : io::save_safetensors(*model_, sink);
  }
  Status import_tensors(TensorFormat format, const io::ByteSource& source,
                        const exchange::LoadOptions& options) override {
    return format == TensorFormat::npz ? io::load_npz(*model_, source, options)
                                       : io::load_safetensors(*model_, source, options);
  }
  std::uint64_t hash() const override { return model_->hash(); }

  Status look(const Samples& samples, NetworkLook& found) override {
    if (!looked_at_) looked_at_ = std::make_unique<LookedAt<Net, Loss, batch>>(*model_);
    return looked_at_->look(*model_, Data{samples}, found);
  }

 private:
  // Made when it is needed: a network that only predicts has none.
  ItsTrainer& trainer() {
    if (!trainer_) trainer_ = std::make_unique<AlignedTrainer>();
    return *trainer_;
  }

  std::unique_ptr<AlignedModel> model_ = std::make_unique<AlignedModel>();
  std::unique_ptr<AlignedTrainer> trainer_;
  std::unique_ptr<LookedAt<Net, Loss, batch>> looked_at_;
  io::TrainingPosition position_;
};

}  // namespace mica::models
