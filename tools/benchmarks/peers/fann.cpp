// FANN (floats): dense layers with its own sigmoids and squared error. Batch 1 is its incremental training with
// momentum, larger batches its batch training, which has none.
#include <floatfann.h>
#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include "../contest.hpp"
#include "network.hpp"

namespace {

class Network : public benchmarks::Contestant {
 public:
  Network(const std::vector<unsigned>& widths, int batch) : inputs_(widths[0]) {
    net_ = fann_create_standard_array(static_cast<unsigned>(widths.size()), widths.data());
    fann_set_training_algorithm(net_, batch == 1 ? FANN_TRAIN_INCREMENTAL : FANN_TRAIN_BATCH);
    fann_set_learning_rate(net_, 0.01f);
    fann_set_learning_momentum(net_, batch == 1 ? 0.9f : 0.0f);
    fann_set_activation_function_hidden(net_, FANN_SIGMOID);
    fann_set_activation_function_output(net_, FANN_SIGMOID);
    fann_randomize_weights(net_, -0.05f, 0.05f);
    if (batch > 1) data_ = fann_create_train(static_cast<unsigned>(batch), inputs_, 10);
  }
  void step(const float* x, const std::uint8_t* labels, int size) override {
    if (data_ == nullptr) {
      float target[10] = {};
      target[labels[0]] = 1;
      fann_train(net_, const_cast<float*>(x), target);
      return;
    }
    for (int i = 0; i < size; ++i) {
      std::memcpy(data_->input[i], x + static_cast<std::size_t>(i) * inputs_, inputs_ * sizeof(float));
      for (int c = 0; c < 10; ++c) data_->output[i][c] = c == labels[i] ? 1.0f : 0.0f;
    }
    fann_train_epoch(net_, data_);
  }
  void predict(const float* x, int size, float* scores) override {
    for (int i = 0; i < size; ++i) {
      const float* const y = fann_run(net_, const_cast<float*>(x) + static_cast<std::size_t>(i) * inputs_);
      std::memcpy(scores + i * 10, y, 10 * sizeof(float));
    }
  }

 private:
  unsigned inputs_;
  fann* net_ = nullptr;
  fann_train_data* data_ = nullptr;
};

std::unique_ptr<benchmarks::Contestant> make(const std::string& model, int batch, bool) {
  const auto side = static_cast<unsigned>(benchmarks::input_side(model));
  std::vector<unsigned> widths{side * side};
  for (const auto& spec : benchmarks::network_of(model)) {
    if (spec.kind == benchmarks::LayerSpec::dense) {
      widths.push_back(static_cast<unsigned>(spec.outputs));
    } else if (spec.kind != benchmarks::LayerSpec::relu) {
      return nullptr;
    }
  }
  if (widths.size() == 1) return nullptr;
  return std::make_unique<Network>(widths, batch);
}

}  // namespace

int main(int argc, char** argv) {
#if defined(__SSE2__)
  _mm_setcsr(_mm_getcsr() | 0x8040);  // subnormals are zeros
#endif
  return benchmarks::hold_contest("fann", argc, argv, make);
}
