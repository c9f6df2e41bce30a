#pragma once

#include <cstdint>
#include <type_traits>
#include <utility>

#include <mica/namespace.hpp>
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
// the target mean nothing.
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

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
