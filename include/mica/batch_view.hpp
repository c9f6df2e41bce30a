#pragma once

#include <type_traits>

#include <mica/namespace.hpp>
#include <mica/tensor.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// How many samples a tensor holds: one if it has the sample's extents, a batch if it has one more in front. A batch of
// single numbers, such as labels, may leave out the sample's extent of 1.
template <class SampleShape, class TensorShape>
struct SamplesIn {
  static constexpr int count = 0;
};
template <int... extents>
struct SamplesIn<Shape<extents...>, Shape<extents...>> {
  static constexpr int count = 1;
};
template <int batch, int... extents>
struct SamplesIn<Shape<extents...>, Shape<batch, extents...>> {
  static constexpr int count = batch;
};
template <int batch>
struct SamplesIn<Shape<1>, Shape<batch>> {
  static constexpr int count = batch;
};
template <>
struct SamplesIn<Shape<1>, Shape<1>> {
  static constexpr int count = 1;
};
template <class Expected, class Found>
constexpr int count_samples() {
  constexpr int samples = SamplesIn<Expected, Found>::count;
  static_assert(
      samples > 0,
      "mica: this tensor has the wrong shape. It must be one sample of the Expected shape, or a batch of them "
      "with the batch as an extent in front.");
  return samples;
}

// BatchView: `size` samples of one compile-time shape, one after the other, not owned.
// Shape: [size][sample extents...]; T is float or const float. Memory: one pointer and one int.
// Errors: a tensor of another shape does not compile; the message names both shapes.
template <class T, class SampleShape>
struct BatchView {
  using Sample = SampleShape;
  static constexpr int stride = SampleShape::size;

  T* data = nullptr;
  int size = 0;

  constexpr BatchView() = default;
  constexpr BatchView(T* first, int samples) : data(first), size(samples) {}
  // A view that may write also serves as one that only reads.
  template <class U, class = std::enable_if_t<std::is_same_v<const U, T>>>
  constexpr BatchView(BatchView<U, SampleShape> other) : data(other.data), size(other.size) {}
  // One sample or a whole batch.
  template <class U, int... extents>
  constexpr BatchView(Tensor<U, extents...>& tensor)
      : data(tensor.data()), size(count_samples<SampleShape, Shape<extents...>>()) {}
  template <class U, int... extents>
  constexpr BatchView(const Tensor<U, extents...>& tensor)
      : data(tensor.data()), size(count_samples<SampleShape, Shape<extents...>>()) {}

  constexpr T* operator[](int sample) const { return data + sample * stride; }
  constexpr int count() const { return size * stride; }
  // The samples from `first` on, `samples` of them.
  constexpr BatchView part(int first, int samples) const { return {data + first * stride, samples}; }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
