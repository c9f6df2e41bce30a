// The promise of the same bits everywhere: the hash of the weights after training, equal on every port, compiler and
// optimisation level. The constants change only when the numerical contract does.
#include <cstdio>
#include <cstdlib>
#include <string>

#include <doctest/doctest.h>
#include <mica/io/checkpoint.hpp>
#include <mica/mica.hpp>

#include "bits.hpp"

using tests::check_hash;
using tests::seed;
using tests::Training;

namespace {

using Mlp = mica::Sequential<mica::Input<28, 28, 1>, mica::Dense<128>, mica::ReLU, mica::Dense<10>>;
using Tiny = mica::Sequential<mica::Input<8, 8, 1>, mica::Dense<32>, mica::ReLU, mica::Dense<10>>;

// Convolutions, batch normalisation, pooling and dropout, small enough for processors that compute in software.
using SmallCnn = mica::Sequential<mica::Input<8, 8, 1>, mica::Conv2d<6, 3, mica::Same>, mica::BatchNorm<>, mica::ReLU,
                                  mica::MaxPool2d<2>, mica::Conv2d<8, 3, mica::Same>, mica::BatchNorm<>, mica::ReLU,
                                  mica::Dropout<1, 5>, mica::Dense<10>>;

constexpr int samples = 6400;

// The first `count` samples of a dataset.
template <class Data>
struct First {
  using Sample = typename Data::Sample;
  const Data& data;
  int count;
  int size() const { return count; }
  mica::Status read(int index, float* sample, std::uint8_t& label) const { return data.read(index, sample, label); }
};

class FileSource final : public mica::io::ByteSource {
 public:
  explicit FileSource(const std::string& path) : path_(path), file_(std::fopen(path.c_str(), "rb")) {
    if (file_ == nullptr) return;
    std::fseek(file_, 0, SEEK_END);
    size_ = static_cast<std::uint64_t>(std::ftell(file_));
  }
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;
  ~FileSource() {
    if (file_ != nullptr) std::fclose(file_);
  }
  std::uint64_t size() const override { return size_; }
  bool read(std::uint64_t offset, void* into, std::size_t count) const override {
    return file_ != nullptr && std::fseek(file_, static_cast<long>(offset), SEEK_SET) == 0 &&
           std::fread(into, 1, count, file_) == count;
  }
  const char* name() const override { return path_.c_str(); }

 private:
  std::string path_;
  std::FILE* file_;
  std::uint64_t size_ = 0;
};

#ifndef MICA_SMALL_MEMORY
Training<Mlp, mica::SGDMomentum, 32> mlp;
#endif
Training<Tiny, mica::SGD, 8> tiny;
Training<SmallCnn, mica::SGDMomentum, 4> small_cnn;

// What is in memory as a training checkpoint: the same bytes on every machine, whatever its byte order. Since each loads
// its own, each loads those of all others.
template <class Net, class Optimizer, int batch>
void check_checkpoint(const char* what, Training<Net, Optimizer, batch>& training, std::uint64_t expected) {
  struct Hash final : mica::io::ByteSink {
    std::uint64_t value = 0xcbf29ce484222325;  // FNV-1a
    bool write(const void* data, std::size_t count) override {
      const auto* bytes = static_cast<const unsigned char*>(data);
      for (std::size_t i = 0; i < count; ++i) value = (value ^ bytes[i]) * 0x100000001b3;
      return true;
    }
    const char* name() const override { return "a hash"; }
  } hash;
  using mica::io::TrainingPosition;
  const TrainingPosition reached = {1, 0, seed, 0, 0};
  REQUIRE(mica::io::save(training.model, training.trainer, reached, hash).ok());
  check_hash(what, hash.value, expected);

#ifdef MICA_SMALL_MEMORY
  std::printf("left out: loading it, because it does not fit in memory a second time; test_checkpoint loads others\n");
#else
  using Loss = mica::SoftmaxCrossEntropy;
  static unsigned char
      bytes[mica::io::checkpoint_bytes(mica::io::training_checkpoint_info<Net, Loss, Optimizer, batch>())];
  mica::io::MemorySink sink(bytes, sizeof bytes);
  REQUIRE(mica::io::save(training.model, training.trainer, reached, sink).ok());
  const std::uint64_t weights = training.model.hash();
  const long steps = training.trainer.steps();
  training.model.initialize(seed + 1);
  training.trainer.reset();
  TrainingPosition position;
  REQUIRE(mica::io::load(training.model, training.trainer, position, mica::io::MemorySource(bytes, sink.used())).ok());
  CHECK(training.model.hash() == weights);
  CHECK(training.trainer.steps() == steps);
#endif
}

}  // namespace

TEST_CASE("initial weights of tiny") {
  tiny.model.initialize(seed);
  check_hash("tiny, initial", tiny.model.hash(), 0xf7b4d5e9e93551db);
}

TEST_CASE("tiny, 200 steps on synthetic digits") {
  const auto digits = mica::SyntheticDigits<Tiny::Input>::training(1600, seed);
  check_hash("tiny, synthetic digits", tiny.run(digits), 0x93bfc437924d1d3a);
  CHECK(tiny.trainer.steps() == 200);
  CHECK(tiny.loss < 2.5f);
  check_checkpoint("tiny, its checkpoint", tiny, 0x1dc2c85e220c3c4f);
}

TEST_CASE("small cnn with batch normalisation and dropout, 50 steps on synthetic digits") {
  const auto digits = mica::SyntheticDigits<SmallCnn::Input>::training(200, seed);
  check_hash("small cnn, synthetic digits", small_cnn.run(digits), 0xb02358ad1fc1db49);
  CHECK(small_cnn.trainer.steps() == 50);
  CHECK(small_cnn.loss < 2.4f);
  check_checkpoint("small cnn, its checkpoint", small_cnn, 0xf4fe251a39253152);
}

#ifdef MICA_SMALL_MEMORY
TEST_CASE("mlp") { std::printf("left out: mlp, whose training takes 1.5 MB, does not fit this board\n"); }
#else
TEST_CASE("initial weights of mlp") {
  mlp.model.initialize(seed);
  check_hash("mlp, initial", mlp.model.hash(), 0x03b0d890f60a3030);
}

TEST_CASE("mlp, one epoch on 6,400 samples of MNIST") {
  const char* folder = std::getenv("MICA_DATA");
  if (folder == nullptr) {
    std::printf("MICA_DATA is not set: the hash on MNIST is not tested, only that on synthetic digits\n");
    return;
  }
  const FileSource images(std::string(folder) + "/train-images-idx3-ubyte");
  const FileSource labels(std::string(folder) + "/train-labels-idx1-ubyte");
  mica::IdxDataset<Mlp::Input> mnist;
  const mica::Status status = mnist.open(images, labels);
  INFO(doctest::String(status.message()));
  REQUIRE(status.ok());
  check_hash("mlp, MNIST", mlp.run(First<decltype(mnist)>{mnist, samples}), 0x441c6efe85d734f9);
  CHECK(mlp.loss < 0.8f);
}

TEST_CASE("mlp, one epoch on 1,600 synthetic digits") {
  if (tests::float_in_software) {
    std::printf("left out: mlp on synthetic digits, half a billion fused multiply-adds in software\n");
    return;
  }
  const auto digits = mica::SyntheticDigits<Mlp::Input>::training(1600, seed);
  check_hash("mlp, synthetic digits", mlp.run(digits), 0x608fa9eb8c2e2ce4);
  CHECK(mlp.loss < 2.3f);
}
#endif
