// The reference models as lists, for libraries that build their networks while they run.
#pragma once

#include <string>
#include <vector>

namespace benchmarks {

struct LayerSpec {
  enum Kind { dense, relu, batch_norm, dropout, convolution, max_pool };
  Kind kind;
  int outputs = 0;    // of a dense layer or a convolution
  int kernel = 0;     // of a convolution
  bool same = false;  // a convolution's output is as large as its input
};
using Specs = std::vector<LayerSpec>;

// Empty if there is no such model. The input has 28 x 28 numbers, or 8 x 8 for tiny.
inline Specs network_of(const std::string& model) {
  using L = LayerSpec;
  const auto dense = [](int n) { return L{L::dense, n}; };
  const L relu{L::relu}, norm{L::batch_norm}, pool{L::max_pool};
  if (model == "mlp") return {dense(128), relu, dense(10)};
  if (model == "tiny") return {dense(32), relu, dense(10)};
  if (model == "mlp_bn") {
    return {dense(256), norm, relu, L{L::dropout}, dense(128), norm, relu, dense(10)};
  }
  if (model == "cnn") {
    return {L{L::convolution, 8, 3, true}, relu, pool, L{L::convolution, 16, 3, true}, relu, pool, dense(10)};
  }
  if (model == "lenet5") {
    return {L{L::convolution, 6, 5, true},
            relu,
            pool,
            L{L::convolution, 16, 5},
            relu,
            pool,
            dense(120),
            relu,
            dense(84),
            relu,
            dense(10)};
  }
  Specs specs;
  if (model == "deep50") {
    for (int i = 0; i < 49; ++i) {
      specs.push_back(dense(100));
      specs.push_back(relu);
    }
    specs.push_back(dense(10));
  }
  return specs;
}

inline int input_side(const std::string& model) { return model == "tiny" ? 8 : 28; }

}  // namespace benchmarks
