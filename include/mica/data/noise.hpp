#pragma once

#include <mica/data/augmentation.hpp>
#include <mica/kernels/dropout.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Noise: adds to every number x = x + deviation z, z normal with mean 0 and deviation 1: Noise{0.1f}, in the units of
// the sample, as a rule after standardisation. Number i takes element i of the generator.
// Shape: any. Memory: 4 bytes. (torchvision's GaussianNoise; the layer GaussianNoise does the same inside a network.)
struct Noise {
  float deviation;

  void change(ImageView image, Random random) const {
    kernels::add_normal<float>(image.size(), random, deviation, image.data, image.data);
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
