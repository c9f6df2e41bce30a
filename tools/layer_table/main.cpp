// Writes docs/layers.md: every layer with its formula, out of the comment in its header, and what an example of it takes,
// out of its type.
//   layer_table include/mica/layers > docs/layers.md
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <type_traits>

#include <mica/mica.hpp>

#include "layer_comment.hpp"

namespace {

std::string folder;
std::set<std::string> written;

struct Writer {
  std::string text;
  Writer& operator<<(const char* words) {
    text += words;
    return *this;
  }
  Writer& operator<<(char c) {
    text += c;
    return *this;
  }
  Writer& operator<<(int number) {
    text += std::to_string(number);
    return *this;
  }
};
template <class T>
std::string described() {
  Writer writer;
  T::describe(writer);
  return writer.text;
}

// As a cell of a table, in which a bar would end it.
std::string code(const std::string& text) {
  std::string escaped;
  for (const char c : text) escaped += c == '|' ? std::string("\\|") : std::string(1, c);
  return "`" + escaped + "`";
}

// What backward reads: the layer's input or output, which the chain keeps, and what the layer keeps itself.
template <class Bound>
std::string kept() {
  std::string what;
  const auto add = [&](const std::string& item) { what += (what.empty() ? "" : ", ") + item; };
  if (Bound::needs_input) add("x");
  if (Bound::needs_output) add("y");
  using Cache = typename Bound::template Cache<1>;
  if (!std::is_empty_v<Cache>) add(std::to_string(sizeof(Cache)) + " bytes");
  return what.empty() ? "nothing" : what;
}

template <class Layer, class Input>
void row(const char* header, const char* name) {
  using Bound = typename Layer::template On<Input, float>;
  const LayerComment comment = read_layer_comment(folder + "/" + header + ".hpp", name);
  std::string formula;
  for (const std::string& line : comment.formula) formula += (formula.empty() ? "" : "<br>") + code(line);
  std::printf("| [%s](../include/mica/layers/%s.hpp) | %s<br>%s | %s | %s to %s | %d | %d | %s |\n", name, header,
              comment.summary.c_str(), formula.c_str(), code(described<Layer>()).c_str(), described<Input>().c_str(),
              described<typename Bound::Output>().c_str(), 4 * mica::parameter_count<Bound>,
              4 * mica::statistic_count<Bound>, kept<Bound>().c_str());
  written.insert(header);
}

void table(const char* title) {
  std::printf(
      "\n## %s\n\n| layer | what it computes | example | shapes | params | stats | keeps |\n"
      "| --- | --- | --- | --- | --- | --- | --- |\n",
      title);
}

using Vector = mica::Shape<64>;
using Image = mica::Shape<28, 28, 8>;
using Sequence = mica::Shape<49, 10>;
using Words = mica::Shape<20>;

void weights() {
  table("Layers with weights");
  row<mica::Dense<32>, Vector>("dense", "Dense");
  row<mica::Conv2d<16, 3, mica::Same>, Image>("conv2d", "Conv2d");
  row<mica::DepthwiseConv2d<3, mica::Same>, Image>("depthwise_conv2d", "DepthwiseConv2d");
  row<mica::Conv1d<16, 3, mica::Same>, Sequence>("conv1d", "Conv1d");
  row<mica::ConvTranspose2d<4, 2, mica::Valid, 2>, Image>("conv_transpose2d", "ConvTranspose2d");
  row<mica::Embedding<1000, 16>, Words>("embedding", "Embedding");
}

void recurrent() {
  table("Sequences");
  row<mica::SimpleRNN<16>, Sequence>("simple_rnn", "SimpleRNN");
  row<mica::GRU<16>, Sequence>("gru", "GRU");
  row<mica::LSTM<16>, Sequence>("lstm", "LSTM");
  row<mica::SelfAttention<2>, Sequence>("self_attention", "SelfAttention");
  row<mica::PositionalEncoding, Sequence>("positional_encoding", "PositionalEncoding");
}

void pools() {
  table("Pooling and shape");
  row<mica::MaxPool2d<2>, Image>("max_pool2d", "MaxPool2d");
  row<mica::AvgPool2d<2>, Image>("avg_pool2d", "AvgPool2d");
  row<mica::MaxPool1d<7>, Sequence>("max_pool1d", "MaxPool1d");
  row<mica::AvgPool1d<7>, Sequence>("avg_pool1d", "AvgPool1d");
  row<mica::GlobalAvgPool, Image>("global_avg_pool", "GlobalAvgPool");
  row<mica::Flatten, Image>("flatten", "Flatten");
  row<mica::Reshape<28, 28 * 8>, Image>("reshape", "Reshape");
  row<mica::SelectChannels<0, 4>, Image>("select_channels", "SelectChannels");
  row<mica::Upsample2d<2>, Image>("upsample2d", "Upsample2d");
  row<mica::ZeroPad2d<1>, Image>("zero_pad2d", "ZeroPad2d");
}

void norms() {
  table("Normalisation");
  row<mica::BatchNorm<>, Image>("batch_norm", "BatchNorm");
  row<mica::LayerNorm<>, Vector>("layer_norm", "LayerNorm");
  row<mica::GroupNorm<4>, Image>("group_norm", "GroupNorm");
  row<mica::InstanceNorm, Image>("instance_norm", "InstanceNorm");
}

void noise() {
  table("Regularisation by noise");
  row<mica::Dropout<1, 5>, Vector>("dropout", "Dropout");
  row<mica::SpatialDropout<1, 5>, Image>("spatial_dropout", "SpatialDropout");
  row<mica::AlphaDropout<1, 5>, Vector>("alpha_dropout", "AlphaDropout");
  row<mica::GaussianNoise<1, 10>, Vector>("gaussian_noise", "GaussianNoise");
}

void activations() {
  table("Activations");
  row<mica::ReLU, Vector>("relu", "ReLU");
  row<mica::LeakyReLU<>, Vector>("leaky_relu", "LeakyReLU");
  row<mica::PReLU, Image>("prelu", "PReLU");
  row<mica::ReLU6, Vector>("relu6", "ReLU6");
  row<mica::ELU<>, Vector>("elu", "ELU");
  row<mica::SELU, Vector>("selu", "SELU");
  row<mica::CELU<>, Vector>("celu", "CELU");
  row<mica::GELU<>, Vector>("gelu", "GELU");
  row<mica::SiLU, Vector>("silu", "SiLU");
  row<mica::Mish, Vector>("mish", "Mish");
  row<mica::Softplus<>, Vector>("softplus", "Softplus");
  row<mica::HardSwish, Vector>("hard_swish", "HardSwish");
  row<mica::Sigmoid, Vector>("sigmoid", "Sigmoid");
  row<mica::HardSigmoid, Vector>("hard_sigmoid", "HardSigmoid");
  row<mica::Tanh, Vector>("tanh", "Tanh");
  row<mica::HardTanh<>, Vector>("hard_tanh", "HardTanh");
  row<mica::Softmax, Vector>("softmax", "Softmax");
  row<mica::LogSoftmax, Vector>("log_softmax", "LogSoftmax");
}

void composites() {
  table("Layers made of layers");
  row<mica::Residual<mica::Conv2d<8, 3, mica::Same>>, Image>("residual", "Residual");
  row<mica::Concat<mica::Branch<mica::Conv2d<8, 1>>, mica::Branch<>>, Image>("concat", "Concat");
  row<mica::Frozen<mica::Conv2d<16, 3, mica::Same>>, Image>("frozen", "Frozen");
  row<mica::Identity, Vector>("identity", "Identity");
}

// A header with a name to write is a layer; false, with a sentence, if one has no row.
bool complete() {
  bool all = true;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path());
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    if (text.find("void describe(Writer& writer)") == std::string::npos) continue;
    if (written.count(entry.path().stem().string()) > 0) continue;
    std::fprintf(stderr, "%s holds a layer, but tools/layer_table/main.cpp has no row for it.\n", entry.path().c_str());
    all = false;
  }
  return all;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fprintf(stderr, "Usage: layer_table FOLDER\nWrites the table of the layers whose headers are in FOLDER.\n");
    return 2;
  }
  folder = arguments[1];
  std::printf(
      "# Layers\n\n"
      "Written by `tools/layer_table` from the headers and the types themselves; `tools/check` compares. The header of "
      "a\n"
      "layer says more: shapes, errors, order of sums, paper.\n\n"
      "Every figure is of the example, in bytes. *params* are trained, *stats* saved but not trained. *keeps* is what "
      "one\n"
      "sample leaves in memory for the way back: x or y where backward reads them (a neighbour may share them), and "
      "what\n"
      "the layer keeps besides. Scratch, which layers share, is not listed: it depends on the port, and is in the "
      "`sizeof` of\n"
      "Trainer and Predictor.\n");
  weights();
  recurrent();
  pools();
  norms();
  noise();
  activations();
  composites();
  return complete() ? 0 : 1;
}
