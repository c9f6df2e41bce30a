// The reference networks as types, with how each is trained: the same for the command, tests, benchmarks and labs.
// Weights are Kaiming normal and biases zero: what Auto chooses in front of ReLU, and what the output layer is told.
#pragma once

#include "autoencoder.hpp"
#include "cnn.hpp"
#include "deep50.hpp"
#include "dscnn.hpp"
#include "gru.hpp"
#include "lenet5.hpp"
#include "mlp.hpp"
#include "mlp_bn.hpp"
#include "resnet8.hpp"
#include "tiny.hpp"
