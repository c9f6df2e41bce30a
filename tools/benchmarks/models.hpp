// Mica's own entries in the contest of whole models, and what they take of memory.
#pragma once

#include <mica/mica.hpp>

#include "contest.hpp"
#include "steps.hpp"
#include "tools/models/networks.hpp"

namespace benchmarks {

// Each object begins at a line of the cache, which is where compilers put large static objects. The trainers are those
// with FusedUpdate: as fast as the others with batches, and faster without.
template <class Named, int batch>
class Training : public Contestant {
  using Net = typename Named::Net;

 public:
  Training() {
    model_.initialize(1);
    trainer_.optimizer = Named::optimizer;
  }
  void step(const float* x, const std::uint8_t* labels, int size) override {
    trainer_.step(model_, {x, size}, {labels, size});
  }
  void predict(const float* x, int size, float* scores) override { predictor_(model_, {x, size}, {scores, size}); }

 private:
  alignas(64) mica::Model<Net> model_;
  alignas(64) mica::Trainer<Net, typename Named::Loss, mica::FusedUpdate<typename Named::Optimizer>, batch> trainer_;
  alignas(64) mica::Predictor<Net, batch> predictor_;
};

template <class Named, int batch>
class Inference : public Contestant {
  using Net = typename Named::Net;

 public:
  Inference() { model_.initialize(1); }
  void step(const float*, const std::uint8_t*, int) override {}
  void predict(const float* x, int size, float* scores) override { predictor_(model_, {x, size}, {scores, size}); }

 private:
  alignas(64) mica::Model<Net> model_;
  alignas(64) mica::Predictor<Net, batch> predictor_;
};

template <class Named, int... batches>
std::unique_ptr<Contestant> training_entry(const std::string& model, int batch) {
  std::unique_ptr<Contestant> made;
  const auto take = [&](bool wanted, auto make) {
    if (wanted) made = make();
  };
  (take(model == Named::name && batch == batches, [] { return std::make_unique<Training<Named, batches>>(); }), ...);
  return made;
}
template <class Named, int... batches>
std::unique_ptr<Contestant> inference_entry(const std::string& model, int batch) {
  std::unique_ptr<Contestant> made;
  const auto take = [&](bool wanted, auto make) {
    if (wanted) made = make();
  };
  (take(model == Named::name && batch == batches, [] { return std::make_unique<Inference<Named, batches>>(); }), ...);
  return made;
}

inline std::unique_ptr<Contestant> make_entry(const std::string& model, int batch, bool training) {
  using namespace mica::models;
  std::unique_ptr<Contestant> made;
  const auto take = [&](std::unique_ptr<Contestant> entry) {
    if (entry != nullptr) made = std::move(entry);
  };
  if (training) {
    take(training_entry<Mlp, 1, 32, 128>(model, batch));
    take(training_entry<MlpBn, 64>(model, batch));
    take(training_entry<Deep50, 100>(model, batch));
    take(training_entry<Cnn, 32>(model, batch));
    take(training_entry<Lenet5, 32>(model, batch));
  } else {
    take(inference_entry<Mlp, 1, 32>(model, batch));
    take(inference_entry<MlpBn, 1, 32>(model, batch));
    take(inference_entry<Deep50, 1, 32>(model, batch));
    take(inference_entry<Cnn, 1, 32>(model, batch));
    take(inference_entry<Lenet5, 1, 32>(model, batch));
    take(inference_entry<Tiny, 1, 32>(model, batch));
  }
  return made;
}

// What a model takes of memory, and what one sample costs in training.
template <class Named>
void print_bytes(Steps steps) {
  using Net = typename Named::Net;
  using Trainer = mica::Trainer<Net, typename Named::Loss, typename Named::Optimizer, Named::batch>;
  std::printf("{\"bytes\":\"%s\",\"batch\":%d,\"model_bytes\":%zu,\"trainer_bytes\":%zu,\"predictor_bytes\":%zu,",
              Named::name, Named::batch, sizeof(mica::Model<Net>), sizeof(Trainer), sizeof(mica::Predictor<Net>));
  std::printf("\"parameters\":%d,\"training_multiply_adds\":%.0f}\n", Net::parameters, steps.training());
}
inline void print_all_bytes() {
  using namespace mica::models;
  print_bytes<Mlp>(mlp_steps);
  print_bytes<MlpBn>(mlp_bn_steps);
  print_bytes<Deep50>(deep50_steps);
  print_bytes<Cnn>(cnn_steps);
  print_bytes<Lenet5>(lenet5_steps);
  print_bytes<Tiny>(tiny_steps);
}

// The samples for a model: those of tiny are images of 8x8.
template <class Shape>
bool draw_samples(const char* path, int count) {
  using Digits = mica::SyntheticDigits<Shape>;
  const Digits digits = Digits::training(count, 42);
  Samples data;
  data.count = count;
  data.numbers = Shape::size;
  data.values.resize(static_cast<std::size_t>(count) * Shape::size);
  data.labels.resize(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    const auto at = static_cast<std::size_t>(i);
    if (!digits.read(i, data.values.data() + at * Shape::size, data.labels[at]).ok()) return false;
  }
  return write_samples(path, data);
}

}  // namespace benchmarks
