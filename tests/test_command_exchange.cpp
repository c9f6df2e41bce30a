// mica export and mica import with files of tensors and ONNX.
#include <cstring>
#include <memory>

#include <doctest/doctest.h>

#include <mica/exchange/network_tensors.hpp>
#include <mica/io/checkpoint.hpp>
#include <mica/io/file.hpp>

#include "command_runner.hpp"
#include "tools/models/networks.hpp"

using namespace command_runner;
namespace models = mica::models;

namespace {

// A checkpoint whose statistics are what training leaves: averages with what they round off, counts of batches.
template <class Reference>
void write_checkpoint(const char* path) {
  using Net = typename Reference::Net;
  const auto model = std::make_unique<mica::Model<Net>>();
  model->initialize(1);
  constexpr mica::exchange::TensorNames tensors = mica::exchange::network_tensors<Net>();
  for (int i = 0; i < tensors.count; ++i) {
    const mica::exchange::NamedTensor& tensor = tensors.tensors[i];
    if (!tensor.in_statistics) continue;
    for (int at = 0; at < tensor.count(); ++at) {
      float& number = model->statistics()[tensor.place(at)];
      number = tensor.kind == mica::exchange::TensorKind::batches ? 123.0f : 1.0f / static_cast<float>(3 + at);
      if (tensor.kind == mica::exchange::TensorKind::remainder) number *= 0x1p-26f;
    }
  }
  mica::io::FileSink file;
  REQUIRE(file.open(path).ok());
  REQUIRE(mica::io::save(*model, file).ok());
  REQUIRE(file.commit().ok());
}

template <class Reference>
void check_round_trip() {
  CAPTURE(Reference::name);
  start_afresh();
  write_checkpoint<Reference>("a.mica");
  const Result written = mica_works("export a.mica --safetensors a.safetensors --npz a.npz --onnx a.onnx --json");
  const std::string hash = member(written.last_line(), "weights_hash");
  const std::string model = std::string(" --model ") + Reference::name;
  const Result read = mica_works("import a.safetensors -o b.mica --json" + model);
  CHECK(member(read.last_line(), "weights_hash") == hash);
  CHECK(member(read.last_line(), "left_over") == "0");
  CHECK(member(read.last_line(), "zeros") == "0");
  mica_works("import a.npz -o c.mica" + model);
  CHECK(read_file("b.mica") == read_file("a.mica"));
  CHECK(read_file("c.mica") == read_file("a.mica"));
  CHECK(read_file("a.onnx").find("BatchNormalization") != std::string::npos);
  mica_works("predict b.mica --index 1 --bits");
}

}  // namespace

TEST_CASE("reference models go out and come back bit for bit") {
  check_round_trip<models::MlpBn>();
  check_round_trip<models::Resnet8>();
  check_round_trip<models::Dscnn>();
}

TEST_CASE("what import and export of tensors refuse") {
  start_afresh();
  write_checkpoint<models::Tiny>("a.mica");
  write_checkpoint<models::Cnn>("cnn.mica");
  mica_works("export a.mica --safetensors a.safetensors --npz a.npz");
  mica_refuses("export a.mica", "--onnx, --safetensors or --npz");
  mica_refuses("export a.mica --npz none/a.npz --safetensors b.safetensors", "none/a.npz");
  mica_refuses("import a.safetensors -o b.mica", "either --model NAME");
  mica_refuses("import a.safetensors -o b.mica --model tiny --onto a.mica", "either --model NAME");
  mica_refuses("import a.safetensors --model tiny", "-o FILE");
  mica_refuses("import a.safetensors -o b.mica --model small", "no model \"small\"");
  mica_refuses("import a.safetensors -o b.mica --model tiny --map 1", "pairs such as conv1=0");
  mica_refuses("import a.safetensors -o b.mica --model tiny --prefix net.", "net.1.weight is missing");
  mica_refuses("import a.npz -o b.mica --model cnn",
               "does not fit the network: 3.weight has another shape, and 3 more problems");
  mica_refuses("import a.mica -o b.mica --model tiny", ".safetensors");

  const std::string whole = read_file("a.safetensors");
  write_file("cut.safetensors", whole.substr(0, whole.size() - 1));
  mica_refuses("import cut.safetensors -o b.mica --model tiny", "cut.safetensors is no safetensors file");
  const Result result = run_mica("import a.npz -o b.mica --model cnn");
  CHECK(result.out.find("MISSING, needed as [8, 1, 3, 3]") != std::string::npos);
  CHECK(result.out.find("left over") != std::string::npos);
}

TEST_CASE("a part of a checkpoint is replaced") {
  start_afresh();
  write_checkpoint<models::Tiny>("a.mica");
  mica_works("export a.mica --safetensors a.safetensors");
  const Result result = mica_works("import a.safetensors --onto a.mica --map 2=1 -o b.mica --json");
  CHECK(member(result.last_line(), "kept") == "2");
  CHECK(member(result.last_line(), "left_over") == "2");
}
