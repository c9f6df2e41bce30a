// Statistics of torch.nn.init for a weight of the given size, over many draws.
// Written by tools/golden/generate.py with PyTorch 1.13.0 in double.
#pragma once

#include <mica/mica.hpp>
#include <tests/golden/draw.hpp>

namespace golden {

constexpr int initializer_in = 300, initializer_out = 200, initializer_samples = 1200000;

struct UniformHalf {
  using Of = mica::Uniform<1, 2>;
  static constexpr double mean = -0.00030277905, variance = 0.0834153934;
  static constexpr double kurtosis = 1.79890228;
  static constexpr double least = -0.499999239, most = 0.499999133;
};
struct NormalTenth {
  using Of = mica::Normal<1, 10>;
  static constexpr double mean = -8.63931342e-05, variance = 0.00999024201;
  static constexpr double kurtosis = 2.99604565;
  static constexpr double least = -0.483345424, most = 0.51404152;
};
struct TruncatedTenth {
  using Of = mica::TruncatedNormal<1, 10>;
  static constexpr double mean = -9.55770685e-05, variance = 0.00774031087;
  static constexpr double kurtosis = 2.36526067;
  static constexpr double least = -0.199999334, most = 0.199999009;
};
struct XavierNormal {
  using Of = mica::XavierNormal<>;
  static constexpr double mean = 4.78076835e-06, variance = 0.00400226728;
  static constexpr double kurtosis = 3.00105824;
  static constexpr double least = -0.360398217, most = 0.296963424;
};
struct XavierUniform {
  using Of = mica::XavierUniform<>;
  static constexpr double mean = 1.13591695e-05, variance = 0.00399623138;
  static constexpr double kurtosis = 1.80157003;
  static constexpr double least = -0.109544383, most = 0.109544471;
};
struct KaimingNormalIn {
  using Of = mica::KaimingNormal<>;
  static constexpr double mean = 4.56688276e-05, variance = 0.00668402621;
  static constexpr double kurtosis = 3.00496248;
  static constexpr double least = -0.404115094, most = 0.392799031;
};
struct KaimingNormalOut {
  using Of = mica::KaimingNormal<mica::FanOut>;
  static constexpr double mean = 6.45686914e-05, variance = 0.0099829612;
  static constexpr double kurtosis = 3.005405;
  static constexpr double least = -0.497960458, most = 0.486455898;
};
struct KaimingUniformIn {
  using Of = mica::KaimingUniform<>;
  static constexpr double mean = -0.000112451244, variance = 0.00665805506;
  static constexpr double kurtosis = 1.80238624;
  static constexpr double least = -0.141420959, most = 0.141421342;
};
struct KaimingUniformOut {
  using Of = mica::KaimingUniform<mica::FanOut>;
  static constexpr double mean = 0.000125869699, variance = 0.00999319308;
  static constexpr double kurtosis = 1.80009553;
  static constexpr double least = -0.173204794, most = 0.173204947;
};
struct LeCunNormal {
  using Of = mica::LeCunNormal;
  static constexpr double mean = 1.80185058e-05, variance = 0.00334399788;
  static constexpr double kurtosis = 2.99937783;
  static constexpr double least = -0.311665292, most = 0.289354851;
};
struct LeCunUniform {
  using Of = mica::LeCunUniform;
  static constexpr double mean = -5.01809166e-06, variance = 0.00333542832;
  static constexpr double kurtosis = 1.79880618;
  static constexpr double least = -0.0999997646, most = 0.0999998271;
};
struct AutoReLU {
  using Of = mica::ReLU;
  static constexpr double mean = -4.54931107e-05, variance = 0.00666024946;
  static constexpr double kurtosis = 2.99580531;
  static constexpr double least = -0.4106437, most = 0.414973856;
};
struct AutoLeakyReLU {
  using Of = mica::LeakyReLU<>;
  static constexpr double mean = 4.97250558e-05, variance = 0.00666043491;
  static constexpr double kurtosis = 3.00180991;
  static constexpr double least = -0.432512935, most = 0.378781089;
};
struct AutoPReLU {
  using Of = mica::PReLU;
  static constexpr double mean = 6.65972791e-05, variance = 0.00628099539;
  static constexpr double kurtosis = 2.99492805;
  static constexpr double least = -0.415466803, most = 0.398196043;
};
struct AutoTanh {
  using Of = mica::Tanh;
  static constexpr double mean = -4.34416902e-05, variance = 0.00400341121;
  static constexpr double kurtosis = 2.99971663;
  static constexpr double least = -0.337417238, most = 0.311826399;
};
struct AutoSoftmax {
  using Of = mica::Softmax;
  static constexpr double mean = -3.20211437e-05, variance = 0.00400374664;
  static constexpr double kurtosis = 2.99391824;
  static constexpr double least = -0.302693462, most = 0.325362132;
};
struct AutoSigmoid {
  using Of = mica::Sigmoid;
  static constexpr double mean = 0.00022640501, variance = 0.0533733603;
  static constexpr double kurtosis = 2.99656779;
  static constexpr double least = -1.21741702, most = 1.11516523;
};
using InitializerCases = Cases<UniformHalf, NormalTenth, TruncatedTenth, XavierNormal, XavierUniform, KaimingNormalIn, KaimingNormalOut, KaimingUniformIn, KaimingUniformOut, LeCunNormal, LeCunUniform>;
using AutoCases = Cases<AutoReLU, AutoLeakyReLU, AutoPReLU, AutoTanh, AutoSoftmax, AutoSigmoid>;

}  // namespace golden
