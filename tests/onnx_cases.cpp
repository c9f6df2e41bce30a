// Writes networks as ONNX files, <name>.onnx, and what Mica answers to a batch of them, <name>.numbers: how many samples,
// numbers of the input and of the output, then the inputs as PyTorch has them, then the answers. check_onnx.py reads them.
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include <mica/io/file.hpp>
#include <mica/io/onnx.hpp>
#include <mica/mica.hpp>

#include "tests/golden/exchange_networks.hpp"
#include "tools/models/networks.hpp"

namespace {

using namespace mica;

constexpr int batch = 2;
int failures = 0;

void keep(const std::string& path, const void* bytes, std::size_t count) {
  io::FileSink file;
  if (file.open(path.c_str()).ok() && file.write(bytes, count) && file.commit().ok()) return;
  std::printf("%s could not be written.\n", path.c_str());
  ++failures;
}

// A sample as PyTorch has it: channels first where the graph's input has them so.
template <class Net>
void put_in_order(const float* sample, float* to) {
  constexpr exchange::Order order = exchange::OnnxWalk<Net>::order;
  for (int c = 0; c < order.channels; ++c) {
    for (int p = 0; p < order.pixels; ++p) *to++ = sample[p * order.channels + c];
  }
}

template <class Net>
void write_case(const std::string& name, float words = 0) {
  const auto model = std::make_unique<Model<Net>>();
  model->initialize(7);
  // Weights that no symmetry hides: biases, scales and averages are not what they are before training.
  for (int i = 0; i < Net::parameters; ++i) {
    model->parameters()[i] = model->parameters()[i] * 0.75f + static_cast<float>(i % 7 - 3) * 0.02f;
  }
  constexpr exchange::TensorNames tensors = exchange::network_tensors<Net>();
  for (int i = 0; i < tensors.count; ++i) {
    const exchange::NamedTensor& tensor = tensors.tensors[i];
    float* const numbers = tensor.in_statistics ? model->statistics() : model->parameters();
    const bool mean = std::strcmp(tensor.suffix, "running_mean") == 0;
    const bool variance = std::strcmp(tensor.suffix, "running_var") == 0;
    if (tensor.kind == exchange::TensorKind::batches) numbers[tensor.first] = 40;
    for (int at = 0; at < tensor.count(); ++at) {
      float& number = numbers[tensor.place(at)];
      if (mean) number = static_cast<float>(at % 5 - 2) * 0.125f;
      if (variance) number = 0.5f + static_cast<float>(at % 3);
      if (tensor.kind == exchange::TensorKind::remainder) number = 0x1p-27f;
    }
  }

  io::FileSink file;
  Status status = file.open((name + ".onnx").c_str());
  if (status.ok()) status = io::save_onnx(*model, file, name.c_str());
  if (status.ok()) status = file.commit();
  if (!status.ok()) {
    std::printf("%s: %s\n", name.c_str(), status.message());
    ++failures;
    return;
  }

  constexpr int inputs = Net::Input::size, outputs = Net::Output::size;
  std::vector<float> x(std::size_t{batch * inputs}), numbers(std::size_t{3 + batch * (inputs + outputs)});
  golden::Draw{77, 1, 1.25f}.fill(batch * inputs, x.data());
  for (float& index : x) {
    if (words > 0) index = static_cast<float>(static_cast<int>((index / 1.25f + 1) / 2 * words));
  }
  numbers[0] = batch;
  numbers[1] = static_cast<float>(inputs);
  numbers[2] = static_cast<float>(outputs);
  float* const kept = numbers.data() + 3;
  for (int i = 0; i < batch; ++i) put_in_order<Net>(x.data() + i * inputs, kept + i * inputs);
  const auto predict = std::make_unique<Predictor<Net, batch>>();
  (*predict)(*model, {x.data(), batch}, {kept + batch * inputs, batch});
  keep(name + ".numbers", numbers.data(), numbers.size() * sizeof(float));
}

template <class... Layers>
using Small = Sequential<Input<5, 4, 3>, Layers..., Dense<3>>;
template <class... Layers>
using Steps = Sequential<Input<8, 3>, Layers..., Dense<3>>;

void write_layers() {
  write_case<Small<LeakyReLU<1, 10>, ELU<>, CELU<2, 1>, SELU>>("activations_a");
  write_case<Small<GELU<>, GELU<TanhApproximation>, SiLU, Mish>>("activations_b");
  write_case<Small<Softplus<>, Softplus<2, 1>, HardSwish, HardSigmoid, Tanh>>("activations_c");
  write_case<Small<HardTanh<>, ReLU6, Sigmoid, Softmax, PReLU>>("activations_d");
  write_case<Small<Conv2d<4, 3, Same, 2>, LogSoftmax, Identity, Dropout<1, 2>, GaussianNoise<1, 2>>>("channels");
  write_case<Small<Conv2d<4, rectangle(2, 3), Pad<2, 1, 0, 3>, rectangle(2, 1), rectangle(2, 1)>>>("uneven");
  write_case<Small<MaxPool2d<3, 2, Same>, AvgPool2d<2, 1, Same>, Upsample2d<rectangle(2, 3)>>>("pools");
  write_case<Small<AvgPool2d<3, 2, Pad<1>>, ZeroPad2d<1, 0, 2, 1>, MaxPool2d<2, 2, DropBorder>>>("borders");
  write_case<Small<ConvTranspose2d<2, 3, Same, 2>, ConvTranspose2d<2, 3, Pad<1>, 2, 1>>>("larger");
  write_case<Small<DepthwiseConv2d<3, Same, 2, 1, 2>, GroupNorm<3>, InstanceNorm, LayerNorm<1>>>("norms");
  write_case<Steps<Conv1d<4, 3, Same, 2>, BatchNorm<>, AvgPool1d<2>, PReLU, GroupNorm<2>>>("length");
  write_case<Steps<MaxPool1d<3, 2, Same>, GRU<4, FullSequence>, BatchNorm<>, LSTM<3>, LayerNorm<>>>("mixed_sequence");
  write_case<
      Steps<SimpleRNN<4, FullSequence>, PositionalEncoding, SelfAttention<2, Causal>, LayerNorm<1>, GlobalAvgPool>>(
      "attention");
  write_case<Steps<Residual<SelfAttention<3>>, Concat<Branch<GRU<2, FullSequence>>, Branch<>>>>("paths_of_steps");
  write_case<
      Small<Frozen<Conv2d<3, 3, Same>>, Frozen<BatchNorm<>>, Residual<Frozen<Conv2d<3, 1>>, Frozen<BatchNorm<>>>>>(
      "frozen");
  write_case<Small<SelectChannels<1, 2>, Flatten, Dense<24>, Reshape<2, 3, 4>, Conv2d<2, 2>, SelectChannels<0, 1>>>(
      "reshaped");
  write_case<Small<BatchNorm<Exponential<>, Epsilon<1, 100>>, LayerNorm<0, Epsilon<1, 50>>,
                   GroupNorm<1, Epsilon<1, 20>>, InstanceNorm>>("epsilons");
  write_case<Sequential<Input<6>, Dense<4>, BatchNorm<>, Sigmoid>>("row");
  write_case<Sequential<Input<4>, Dropout<1, 2>>>("nothing");
}

template <class... Cases>
void write_golden(golden::Cases<Cases...>) {
  int number = 0;
  ((write_case<typename Cases::Net>("golden" + std::to_string(number++), Cases::words ? 9.0f : 0)), ...);
}

template <class Reference>
void write_reference() {
  write_case<typename Reference::Net>(Reference::name);
}

}  // namespace

int main() {
  write_layers();
  write_golden(golden::ExchangeCases{});
  write_reference<models::Cnn>();
  write_reference<models::Lenet5>();
  write_reference<models::MlpBn>();
  write_reference<models::Gru>();
  write_reference<models::Tiny>();
  return failures == 0 ? 0 : 1;
}
