// Predicts with weights that the compiler put into const memory: nothing is loaded, nothing is copied.
// Usage: predict_from_flash [--data DIR] INDEX...
// Prints for each sample of the test set what `mica predict --bits` prints: the class, then the bit pattern of every
// probability. To use a network of your own, write its header with `mica export` and set MICA_WEIGHTS_HEADER to it.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include <mica/io/file.hpp>
#include <mica/mica.hpp>

#include MICA_WEIGHTS_HEADER

namespace {

constexpr int height = Net::Input::extent(0);
constexpr int classes = Net::Output::size;

mica::Predictor<Net> predict;
float image[Net::Input::size];
float outputs[classes];
float probabilities[classes];

void print_prediction() {
  predict(Net_model(), {image, 1}, {outputs, 1});
  mica::kernels::softmax(1, classes, outputs, probabilities);
  int best = 0;
  for (int i = 1; i < classes; ++i) best = probabilities[i] > probabilities[best] ? i : best;
  std::printf("%d", best);
  for (const float probability : probabilities) {
    std::uint32_t bits;
    std::memcpy(&bits, &probability, sizeof bits);
    std::printf(" %08lx", static_cast<unsigned long>(bits));
  }
  std::printf("\n");
}

template <class Data>
int predict_all(const Data& data, int count, char** indices) {
  for (int i = 0; i < count; ++i) {
    std::uint8_t label;
    const mica::Status status = data.read(std::atoi(indices[i]), image, label);
    if (!status.ok()) {
      std::fprintf(stderr, "%s\n", status.message());
      return 2;
    }
    print_prediction();
  }
  return 0;
}

int predict_mnist(const std::string& folder, int count, char** indices) {
  mica::io::FileSource images, labels;
  mica::IdxDataset<Net::Input> data;
  mica::Status status = images.open((folder + "/t10k-images-idx3-ubyte").c_str());
  if (status.ok()) status = labels.open((folder + "/t10k-labels-idx1-ubyte").c_str());
  if (status.ok()) status = data.open(images, labels);
  if (status.ok()) return predict_all(data, count, indices);
  std::fprintf(stderr, "%s\n", status.message());
  return 2;
}

}  // namespace

int main(int count, char** words) {
  if (count > 2 && std::strcmp(words[1], "--data") == 0) return predict_mnist(words[2], count - 3, words + 3);
  // The synthetic test set of the mica command, with the numbers that its models expect.
  constexpr int digits = 4000;
  constexpr int seed = 1, testing = 2;
  constexpr auto standardization = height < 16 ? mica::digit_standardization(height) : mica::mnist_standardization;
  const mica::SyntheticDigits<Net::Input> data(digits, mica::Random(seed).fork(testing),
                                               mica::Distortion::for_height(height), standardization);
  return predict_all(data, count - 1, words + 1);
}
