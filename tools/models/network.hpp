#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <mica/exchange/tensor_report.hpp>
#include <mica/fit.hpp>
#include <mica/io/bytes.hpp>
#include <mica/io/training_position.hpp>
#include <mica/status.hpp>

#include "samples.hpp"

namespace mica::models {

// What the user may set for a training run; what is empty stays as the model, or the checkpoint it resumes, has it.
struct TrainingSettings {
  int epochs = 1;
  std::optional<float> learning_rate;
  std::optional<float> momentum;
  float validation_share = 0;
  int patience = 0;  // epochs without a better validation loss before training ends; 0: it does not end early
  int threads = 1;   // that share the work, at most most_threads
};
constexpr int most_threads = 16;

// TestResult: how well a network does on data it has not seen.
struct TestResult {
  float loss = 0;
  float score = 0;  // see Goal
};

// LayerLook: what one layer does with a batch; numbers that do not apply are 0.
struct LayerLook {
  std::string name;
  float activation = 0, gradient = 0, weight = 0, change = 0;  // norms: outputs per sample, weights' gradient, weights
};
struct NetworkLook {
  std::vector<LayerLook> layers;
  std::string diagnosis;  // one sentence to a line
};

// Files of other programs that hold tensors by name.
enum class TensorFormat { safetensors, npz };

// Network: a reference model in memory, its type hidden behind functions: parameters, and from start() on a trainer.
class Network {
 public:
  virtual ~Network() = default;

  // Draws the weights and prepares training from the first epoch.
  virtual void start(std::uint64_t seed) = 0;
  // Takes weights, trainer and position from a training checkpoint.
  virtual Status resume(const io::ByteSource& source) = 0;
  virtual const io::TrainingPosition& position() const = 0;
  virtual bool has_momentum() const = 0;

  // Trains from the position on; `watch` is called after every step and every epoch, and says whether to go on.
  // At an epoch's end the position already stands behind it, so that save() writes what resume() goes on from.
  using Watch = std::function<bool(const Progress&)>;
  virtual Status train(const Samples& samples, const TrainingSettings& settings, const Watch& watch) = 0;
  // Writes a training checkpoint, or one of the weights alone.
  virtual Status save(io::ByteSink& sink) const = 0;
  virtual Status save_model(io::ByteSink& sink) const = 0;

  // Takes only the weights, from a checkpoint of either kind.
  virtual Status load(const io::ByteSource& source) = 0;
  virtual Status evaluate(const Samples& samples, TestResult& result) const = 0;
  // The outputs for one sample.
  virtual void predict(const float* sample, float* outputs) const = 0;
  virtual Status export_header(const char* name, io::ByteSink& sink) const = 0;
  virtual Status export_onnx(const char* name, io::ByteSink& sink) const = 0;
  virtual Status export_tensors(TensorFormat format, io::ByteSink& sink) const = 0;
  virtual Status import_tensors(TensorFormat format, const io::ByteSource& source,
                                const exchange::LoadOptions& options) = 0;
  virtual std::uint64_t hash() const = 0;

  // Takes the first batch of the samples forward and back, on a copy: nothing changes. Changes are counted from the
  // first call.
  virtual Status look(const Samples& samples, NetworkLook& found) = 0;
};

}  // namespace mica::models
