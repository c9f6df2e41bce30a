// Networks that leave as ONNX and come back: the same type with the same numbers, to the bit, and so the same answers.
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <mica/exchange/network_tensors.hpp>
#include <mica/io/onnx.hpp>
#include <mica/mica.hpp>

#include "tests/onnx/model_file.hpp"
#include "tools/mica/onnx/import.hpp"
#include "tools/models/networks.hpp"
#include "tools/models/text_writer.hpp"

using namespace mica;

namespace {

// Weights that no symmetry hides, and averages as training leaves them: with what they round off, and counts of batches.
template <class Net>
void train_in_a_way(Model<Net>& model) {
  model.initialize(11);
  constexpr exchange::TensorNames tensors = exchange::network_tensors<Net>();
  for (int i = 0; i < tensors.count; ++i) {
    const exchange::NamedTensor& tensor = tensors.tensors[i];
    float* const numbers = tensor.in_statistics ? model.statistics() : model.parameters();
    for (int at = 0; at < tensor.count(); ++at) {
      float& number = numbers[tensor.place(at)];
      if (!tensor.in_statistics) number += 1.0f / static_cast<float>(7 + at);
      if (tensor.in_statistics) number = 1.0f / static_cast<float>(3 + at);
      if (tensor.kind == exchange::TensorKind::remainder) number *= -0x1p-26f;
      if (tensor.kind == exchange::TensorKind::batches) number = 12345;
    }
  }
}

bool same_bits(const float* numbers, int count, const std::vector<float>& others) {
  return others.size() == static_cast<std::size_t>(count) &&
         (count == 0 || std::memcmp(numbers, others.data(), others.size() * sizeof(float)) == 0);
}

template <class Net>
std::string file_of(const Model<Net>& model) {
  onnx_tests::TextSink sink;
  REQUIRE(io::save_onnx(model, sink, "net").ok());
  return sink.text;
}

bool import_text(const std::string& file, onnx::Network& network, std::vector<std::string>& problems) {
  return onnx::import_model({reinterpret_cast<const std::uint8_t*>(file.data()), file.size(), 0}, network, problems);
}

// A network's words without what ONNX does not tell and no answer depends on: Dropout, which a graph for inference lacks,
// and the padding around a kernel of one pixel.
std::string as_it_returns(std::string words) {
  for (std::size_t at; (at = words.find("Dropout<")) != std::string::npos;) {
    words.erase(at, words.find(">, ", at) + 3 - at);
  }
  const std::string same = ", 1, Same";
  for (std::size_t at; (at = words.find(same)) != std::string::npos;) words.replace(at, same.size(), ", 1, Valid");
  return words;
}

template <class Net>
void check_round_trip(const char* name) {
  CAPTURE(std::string(name));
  const auto model = std::make_unique<Model<Net>>();
  train_in_a_way(*model);
  onnx::Network network;
  std::vector<std::string> problems;
  const bool taken = import_text(file_of(*model), network, problems);
  CAPTURE(problems.empty() ? std::string() : problems[0]);
  REQUIRE(taken);
  CHECK(same_bits(model->parameters(), Net::parameters, network.parameters));
  CHECK(same_bits(model->statistics(), Net::statistics, network.statistics));
  CHECK(network.description == as_it_returns(models::described<Net>()));
}

}  // namespace

TEST_CASE("reference models come back as they left") {
  check_round_trip<models::Mlp::Net>("mlp");
  check_round_trip<models::MlpBn::Net>("mlp_bn");
  check_round_trip<models::Cnn::Net>("cnn");
  check_round_trip<models::Lenet5::Net>("lenet5");
  check_round_trip<models::Tiny::Net>("tiny");
  check_round_trip<models::Gru::Net>("gru");
  check_round_trip<models::Resnet8::Net>("resnet8");
  check_round_trip<models::Dscnn::Net>("dscnn");
  check_round_trip<models::Autoencoder::Net>("autoencoder");
}

TEST_CASE("averages whose metadata another program has changed are refused") {
  using Net = Sequential<Input<3>, Dense<2>, BatchNorm<>, Dense<2>>;
  const auto model = std::make_unique<Model<Net>>();
  train_in_a_way(*model);
  const std::string file = file_of(*model);
  for (const char* const key : {"running_mean_remainder", "num_batches_tracked"}) {
    std::string changed = file;
    const std::size_t at = changed.rfind(key);
    REQUIRE(at != std::string::npos);
    changed[at + std::strlen(key) + 3] = 'x';  // the value begins behind its field and its length
    onnx::Network network;
    std::vector<std::string> problems;
    CHECK(!import_text(changed, network, problems));
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].find("was not written by Mica") != std::string::npos);
  }
}
