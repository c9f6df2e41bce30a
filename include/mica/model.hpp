#pragma once

#include <cstdint>
#include <cstring>

#include <mica/namespace.hpp>
#include <mica/sequential.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// WeightsHash: 64-bit FNV-1a over the 32-bit patterns of numbers, each taken lowest byte first whatever the machine.
struct WeightsHash {
  std::uint64_t value = 0xcbf29ce484222325;
  void add(std::uint32_t bits) {
    for (int shift = 0; shift < 32; shift += 8) value = (value ^ ((bits >> shift) & 0xff)) * 0x100000001b3;
  }
  void add(const float* numbers, int count) {
    for (int i = 0; i < count; ++i) {
      std::uint32_t bits;
      std::memcpy(&bits, numbers + i, sizeof bits);
      add(bits);
    }
  }
};

// Model: what a network has learnt: its parameters, then its running statistics, each one block of floats in the order
// of the layers. An aggregate without constructors: a static one costs no start-up code, a const one may live in flash.
// Memory: 4 (Net::parameters + Net::statistics) bytes.
template <class Net>
struct Model : Slot<0, typename Net::Params>, Slot<1, typename Net::Stats> {
  using Network = Net;
  static constexpr int parameter_count = Net::parameters;
  static constexpr int statistic_count = Net::statistics;

  typename Net::Params& params() { return item_at<0>(*this); }
  const typename Net::Params& params() const { return item_at<0>(*this); }
  typename Net::Stats& stats() { return item_at<1>(*this); }
  const typename Net::Stats& stats() const { return item_at<1>(*this); }

  // Both blocks as plain arrays.
  float* parameters() { return reinterpret_cast<float*>(&params()); }
  const float* parameters() const { return reinterpret_cast<const float*>(&params()); }
  float* statistics() { return reinterpret_cast<float*>(&stats()); }
  const float* statistics() const { return reinterpret_cast<const float*>(&stats()); }

  // Draws each layer's parameters with the layer's initializer.
  void initialize(std::uint64_t seed) {
    Net::Bound::initialize(params(), stats(), {Activation::linear, 0}, Random(seed).fork(initialization_stream));
  }

  // The same number on every port means the same bits in every weight.
  std::uint64_t hash() const {
    WeightsHash hash;
    hash.add(parameters(), parameter_count);
    hash.add(statistics(), statistic_count);
    return hash.value;
  }

  static constexpr std::uint32_t initialization_stream = 1;
};

// A model's numbers as a const array, for instance from an exported header or from memory-mapped flash, seen as a model.
// Errors: does not compile if the count of numbers is not the model's.
template <class Net, int count>
const Model<Net>& model_from_image(const float (&image)[count]) {
  static_assert(count == Net::parameters + Net::statistics,
                "mica::model_from_image: the image does not hold as many numbers as this network has.");
  static_assert(sizeof(Model<Net>) == sizeof(float) * (Net::parameters + Net::statistics),
                "mica::Model holds nothing but its numbers.");
  return *reinterpret_cast<const Model<Net>*>(&image);
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
