#pragma once

#include <mica/namespace.hpp>
#include <mica/shape.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace exchange {

// Order: how PyTorch orders the numbers of a sample at one place of a network: [channels][pixels], where Mica has
// [pixels][channels]. With one pixel both are the same. It matters where an image has been made one row of numbers:
// what then learns something for each of them learns it in PyTorch's order.
struct Order {
  int pixels, channels;
  bool first;  // whether PyTorch has the channels in front of the other extents
  constexpr bool same() const { return pixels == 1 || channels == 1; }
};

template <class Sample>
constexpr Order channels_first() {
  constexpr int channels = Sample::extent(Sample::rank - 1);
  return {Sample::size / channels, channels, true};
}
template <class Sample>
constexpr Order as_in_mica() {
  return {1, Sample::size, false};
}

// In which order PyTorch's form of a layer wants its input.
enum class Wants { any, channels_first, as_in_mica };

// What goes into a network: an image has its channels first in PyTorch; a sequence as the first layer wants it that does
// not take both.
template <class Sample>
constexpr Order order_of_input(Wants first) {
  const bool channels = Sample::rank == 3 ? first != Wants::as_in_mica : first == Wants::channels_first;
  return channels ? channels_first<Sample>() : as_in_mica<Sample>();
}

}  // namespace exchange
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
