// Trains, on the PC, the networks that the examples for boards carry in their flash.
// Usage: board_weights               whether the headers in examples/boards/weights hold exactly these networks
//        board_weights tiny          prints examples/boards/weights/tiny.hpp
//        board_weights pretrained    prints examples/boards/weights/pretrained.hpp
//        board_weights digits        prints examples/boards/weights/digits.hpp
#include <cstdio>
#include <cstring>
#include <string>

#include <mica/io/weights_header.hpp>
#include <mica/mica.hpp>

#include "boards/fine_tuning.hpp"
#include "boards/weights/pretrained.hpp"
#include "boards/weights/tiny.hpp"

namespace {

using TinyNet = mica::Sequential<mica::Input<8, 8, 1>, mica::Dense<32>, mica::ReLU, mica::Dense<10>>;

// Every digit is seen once.
template <class Net, class Optimizer, int batch>
const mica::Model<Net>& trained(int steps, Optimizer optimizer) {
  static mica::Model<Net> model;
  static mica::Trainer<Net, mica::SoftmaxCrossEntropy, Optimizer, batch> trainer;
  static float images[batch * Net::Input::size];
  static std::uint8_t labels[batch];
  model.initialize(42);
  trainer.optimizer = optimizer;
  trainer.schedule = mica::Schedule::cosine(steps);
  const auto digits = mica::SyntheticDigits<typename Net::Input>::training(steps * batch, 42);
  for (int step = 0; step < steps; ++step) {
    for (int i = 0; i < batch; ++i) {
      if (!digits.read(step * batch + i, images + i * Net::Input::size, labels[i]).ok()) return model;
    }
    trainer.step(model, {images, batch}, {labels, batch});
  }
  return model;
}
// As examples/boards/train_tiny.cpp trains it.
const mica::Model<TinyNet>& tiny() { return trained<TinyNet, mica::SGD, 8>(4000, {0.15f}); }
const mica::Model<fine_tuning::Net>& pretrained() {
  return trained<fine_tuning::Net, mica::SGDMomentum, 32>(600, {0.05f});
}

class Text final : public mica::io::ByteSink {
 public:
  bool write(const void* bytes, std::size_t count) override {
    text.append(static_cast<const char*>(bytes), count);
    return true;
  }
  const char* name() const override { return "memory"; }
  std::string text;
};

template <class Net>
int print(const mica::Model<Net>& model, const char* name) {
  Text header;
  if (const mica::Status status = mica::io::write_weights_header(model, name, header); !status.ok()) {
    std::fprintf(stderr, "%s\n", status.message());
    return 1;
  }
  // Twelve numbers to a line instead of six.
  std::string& text = header.text;
  const std::string new_line = ",\n   ";
  for (std::size_t at = text.find(new_line, text.find("_image[")); at != std::string::npos;
       at = text.find(new_line, at + 1)) {
    text.erase(at + 1, new_line.size() - 1);
    at = text.find(new_line, at + 1);
    if (at == std::string::npos) break;
  }
  std::fputs(text.c_str(), stdout);
  return 0;
}

// What a sensor might send, and what the first of it should be taken for.
int print_digits() {
  constexpr int count = 20;
  const mica::Random random = mica::Random(42).fork(2);
  std::printf("// %d digits of the test set, written by board_weights.\n#pragma once\n\n#include <cstdint>\n\n", count);
  std::printf("struct Digit {\n  std::uint8_t label;\n  std::uint8_t pixels[64];\n};\n\n");
  std::printf("inline constexpr Digit digits[%d] = {\n", count);
  for (unsigned i = 0; i < count; ++i) {
    std::uint8_t pixels[64];
    std::printf("    {%d,\n     {", mica::draw_digit(random, i, 8, 8, mica::Distortion::for_height(8), pixels));
    for (int p = 0; p < 64; ++p) std::printf(p == 0 ? "%d" : p % 16 == 0 ? ",\n      %d" : ", %d", pixels[p]);
    std::printf("}},\n");
  }
  std::printf("};\n");
  return 0;
}

template <class Net>
bool same(const char* name, const mica::Model<Net>& model, const mica::Model<Net>& header) {
  const bool same = model.hash() == header.hash();
  std::printf("%s: trained %016llx, in the header %016llx\n", name, static_cast<unsigned long long>(model.hash()),
              static_cast<unsigned long long>(header.hash()));
  return same;
}

}  // namespace

int main(int count, char** words) {
  if (count == 2 && std::strcmp(words[1], "tiny") == 0) return print(tiny(), "Tiny");
  if (count == 2 && std::strcmp(words[1], "pretrained") == 0) return print(pretrained(), "Pretrained");
  if (count == 2 && std::strcmp(words[1], "digits") == 0) return print_digits();
  const bool tiny_is_same = same("tiny", tiny(), Tiny_model());
  const bool both = same("pretrained", pretrained(), Pretrained_model()) && tiny_is_same;
  return both ? 0 : 1;
}
