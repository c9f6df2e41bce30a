// The matrix products of the reference models, for Mica and for its peers.
#pragma once

namespace benchmarks {

struct ProductShape {
  const char* model;
  int batch, in, out;
};

constexpr ProductShape product_shapes[] = {
    {"mlp", 1, 784, 128},     {"mlp", 8, 784, 128},      {"mlp", 32, 784, 128},     {"mlp", 64, 784, 128},
    {"mlp", 100, 784, 128},   {"mlp", 128, 784, 128},    {"mlp", 1, 128, 10},       {"mlp", 32, 128, 10},
    {"mlp", 128, 128, 10},    {"mlp_bn", 1, 784, 256},   {"mlp_bn", 32, 784, 256},  {"mlp_bn", 64, 784, 256},
    {"mlp_bn", 1, 256, 128},  {"mlp_bn", 64, 256, 128},  {"deep50", 1, 100, 100},   {"deep50", 32, 100, 100},
    {"deep50", 64, 100, 100}, {"deep50", 100, 100, 100}, {"deep50", 128, 100, 100}, {"deep50", 100, 784, 100},
    {"lenet5", 1, 400, 120},  {"lenet5", 32, 400, 120},  {"lenet5", 32, 120, 84},   {"cnn", 1, 784, 10},
    {"cnn", 32, 784, 10},     {"tiny", 1, 64, 32},       {"tiny", 8, 64, 32},       {"tiny", 8, 32, 10},
};

}  // namespace benchmarks
