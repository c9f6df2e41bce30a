#pragma once

#include <cstdint>
#include <type_traits>
#include <utility>

#include <mica/namespace.hpp>
#include <mica/rng.hpp>
#include <mica/shape.hpp>
#include <mica/status.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// What a dataset is: any type with the members below. It may read a file, draw its samples, or ask a sensor; nobody
// derives from anything.
//
//   using Sample = Shape<...>;                                          the extents of one sample
//   int size() const;                                                   how many samples there are
//   Status read(int index, float* sample, std::uint8_t& label) const;   writes Sample::size numbers and the class
//
// For a loss that compares numbers, read() takes `float* target` in place of the label.
// read() gives the same numbers for the same index every time, with 0 <= index < size(); when it fails, the sample and
// the target mean nothing. What else a dataset may have:
//
//   static constexpr int targets = ...;                                 how many numbers a target has
//   float black() const;                                                the number that stands for black in an image
//   Status read_for_training(const TrainingSample& which, float* sample, std::uint8_t& label) const;
//                                                                       what Fit trains on instead: Augmented has it
template <class T, class Target = std::uint8_t&, class = void>
struct IsDataset : std::false_type {};
template <class T, class Target>
struct IsDataset<
    T, Target,
    std::enable_if_t<
        (T::Sample::size > 0) && std::is_same_v<decltype(std::declval<const T&>().size()), int> &&
        std::is_same_v<decltype(std::declval<const T&>().read(0, std::declval<float*>(), std::declval<Target>())),
                       Status>>> : std::true_type {};

// Whether T is a dataset, for a static_assert that says so in words. Target is std::uint8_t& or float*.
template <class T, class Target = std::uint8_t&>
constexpr bool is_dataset = IsDataset<T, Target>::value;

// TrainingSample: which sample is wanted in training, and what random changes to it may depend on. In Fit the generator
// is Random(seed).fork(4).fork(epoch).fork(index), whatever the batches, and the partner is split(element 0 of it below
// the number of training samples). Memory: 20 bytes.
struct TrainingSample {
  int index;
  int partner;  // a sample of the training part to mix with, drawn anew for each sample and epoch
  int targets;  // how many numbers the loss compares; with a classifier, its classes
  Random random;
};

template <class T, class Target, class = void>
constexpr bool reads_for_training = false;
template <class T, class Target>
constexpr bool
    reads_for_training<T, Target,
                       std::void_t<decltype(std::declval<const T&>().read_for_training(
                           std::declval<const TrainingSample&>(), std::declval<float*>(), std::declval<Target>()))>> =
        true;

// What a dataset says about its targets and images; 0 and false where it does not.
template <class T, class = void>
constexpr int target_size = 0;
template <class T>
constexpr int target_size<T, std::void_t<decltype(T::targets)>> = T::targets;
template <class T, class = void>
constexpr bool knows_black = false;
template <class T>
constexpr bool knows_black<T, std::void_t<decltype(std::declval<const T&>().black())>> = true;

// Refuses the label of sample `index` if the network has no such class.
inline Status check_label(int index, int label, int classes) {
  if (label < classes) return {};
  Status::Message text;
  return Status::error(text << "Sample " << index << " has the label " << label << ", but the network has " << classes
                            << " classes, counted from 0.");
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
