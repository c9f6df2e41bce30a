#pragma once

#include <mica/kernels.hpp>
#include <mica/layer.hpp>
#include <mica/namespace.hpp>
#include <mica/rng.hpp>
#include <mica/square_root.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Fan: how many inputs feed one output of a layer (in) and how many outputs one input feeds (out).
struct Fan {
  int in, out;
};

// An initializer is a type with
//   fill(weights, rows, columns, fan, next, random)
// that writes rows x columns numbers; `next` is the activation that follows the layer. Fractions of whole numbers stand
// for its constants: Normal<1, 100> has deviation 1/100. Memory: none.

// Zeros: w = 0.
struct Zeros {
  template <class T>
  static void fill(T* weights, int rows, int columns, Fan, Activation, Random) {
    for (int i = 0; i < rows * columns; ++i) weights[i] = 0;
  }
};

// Constant: w = numerator / denominator.
template <int numerator, int denominator = 1>
struct Constant {
  template <class T>
  static void fill(T* weights, int rows, int columns, Fan, Activation, Random) {
    for (int i = 0; i < rows * columns; ++i) weights[i] = T(numerator) / T(denominator);
  }
};

// Uniform: w in [-b, b) with b = numerator / denominator.
template <int numerator, int denominator = 1>
struct Uniform {
  template <class T>
  static void fill(T* weights, int rows, int columns, Fan, Activation, Random random) {
    const T bound = T(numerator) / T(denominator);
    kernels::fill_uniform(rows * columns, random, -bound, bound, weights);
  }
};

// Normal: mean 0, deviation numerator / denominator.
template <int numerator, int denominator = 1>
struct Normal {
  template <class T>
  static void fill(T* weights, int rows, int columns, Fan, Activation, Random random) {
    kernels::fill_normal(rows * columns, random, T(numerator) / T(denominator), T(1), weights);
  }
};

// TruncatedNormal: a normal distribution of deviation numerator / denominator, cut off at two deviations. The deviation
// of what is left is 0.8796 times that.
template <int numerator, int denominator = 1>
struct TruncatedNormal {
  // erf(2 / sqrt(2)): the share of the normal distribution that lies within two deviations.
  static constexpr double within = 0.95449973610364158;
  template <class T>
  static void fill(T* weights, int rows, int columns, Fan, Activation, Random random) {
    kernels::fill_normal(rows * columns, random, T(numerator) / T(denominator), T(within), weights);
  }
};

// Which count of units a variance is divided by.
struct FanIn {
  static constexpr float of(Fan fan) { return static_cast<float>(fan.in); }
};
struct FanOut {
  static constexpr float of(Fan fan) { return static_cast<float>(fan.out); }
};
struct FanAverage {
  static constexpr float of(Fan fan) { return static_cast<float>(fan.in + fan.out) / 2; }
};

// The shape of the distribution that has a given variance.
struct NormalDistribution {
  template <class T>
  static void fill(T* weights, int count, float variance, Random random) {
    kernels::fill_normal(count, random, T(square_root(variance)), T(1), weights);
  }
};
struct UniformDistribution {
  template <class T>
  static void fill(T* weights, int count, float variance, Random random) {
    const T bound = T(square_root(3 * variance));
    kernels::fill_uniform(count, random, -bound, bound, weights);
  }
};

// VarianceScaling: Var(w) = (numerator / denominator) / n, n the fan-in, the fan-out or their average.
template <int numerator, int denominator = 1, class Mode = FanIn, class Distribution = NormalDistribution>
struct VarianceScaling {
  template <class T>
  static void fill(T* weights, int rows, int columns, Fan fan, Activation, Random random) {
    const float variance = static_cast<float>(numerator) / static_cast<float>(denominator) / Mode::of(fan);
    Distribution::fill(weights, rows * columns, variance, random);
  }
};

// Xavier: Var(w) = 2 / (fan-in + fan-out), times the square of a gain.
// Paper: Glorot, Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010.
template <int squared_gain = 1, int denominator = 1>
using XavierNormal = VarianceScaling<squared_gain, denominator, FanAverage, NormalDistribution>;
template <int squared_gain = 1, int denominator = 1>
using XavierUniform = VarianceScaling<squared_gain, denominator, FanAverage, UniformDistribution>;

// Kaiming: Var(w) = 2 / n for ReLU; squared_gain / denominator is the square of the gain.
// Paper: He, Zhang, Ren, Sun, "Delving deep into rectifiers", 2015, arXiv:1502.01852.
template <class Mode = FanIn, int squared_gain = 2, int denominator = 1>
using KaimingNormal = VarianceScaling<squared_gain, denominator, Mode, NormalDistribution>;
template <class Mode = FanIn, int squared_gain = 2, int denominator = 1>
using KaimingUniform = VarianceScaling<squared_gain, denominator, Mode, UniformDistribution>;

// LeCun: Var(w) = 1 / fan-in.
// Paper: LeCun, Bottou, Orr, Müller, "Efficient BackProp", 1998, doi:10.1007/3-540-49430-8_2.
using LeCunNormal = VarianceScaling<1, 1, FanIn, NormalDistribution>;
using LeCunUniform = VarianceScaling<1, 1, FanIn, UniformDistribution>;

// Orthogonal: the columns (or the rows, if there are fewer) are orthonormal; times the gain numerator / denominator.
// Paper: Saxe, McClelland, Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear neural
// networks", 2013, arXiv:1312.6120.
template <int numerator = 1, int denominator = 1>
struct Orthogonal {
  template <class T>
  static void fill(T* weights, int rows, int columns, Fan, Activation, Random random) {
    kernels::fill_normal(rows * columns, random, T(1), T(1), weights);
    kernels::orthonormalize(rows, columns, weights);
    kernels::scale(rows * columns, T(numerator) / T(denominator), weights);
  }
};

// Auto: the variance that keeps activations and gradients at one scale, from the activation that follows:
//   ReLU family   2 / ((1 + slope^2) fan-in)    Kaiming normal; of this family are also ELU, CELU, GELU, SiLU, Mish,
//                 Softplus, ReLU6 and HardSwish, with slope 0
//   SELU          1 / fan-in                    LeCun normal
//   sigmoid       16 / fan-in, normal: sigmoid(z) is about 1/2 + z/4 around 0 and passes on 1/16 of the variance
//   HardSigmoid   36 / fan-in, normal: 1/2 + z/6 around 0
//   tanh, linear  2 / (fan-in + fan-out)        Xavier normal; also HardTanh
struct Auto {
  static constexpr float variance(Fan fan, Activation next) {
    switch (next.kind) {
      case Activation::rectifier:
        return 2 / ((1 + next.negative_slope * next.negative_slope) * FanIn::of(fan));
      case Activation::self_normalizing:
        return 1 / FanIn::of(fan);
      case Activation::sigmoid:
        return 16 / FanIn::of(fan);
      case Activation::hard_sigmoid:
        return 36 / FanIn::of(fan);
      default:
        return 1 / FanAverage::of(fan);
    }
  }
  template <class T>
  static void fill(T* weights, int rows, int columns, Fan fan, Activation next, Random random) {
    NormalDistribution::fill(weights, rows * columns, variance(fan, next), random);
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
