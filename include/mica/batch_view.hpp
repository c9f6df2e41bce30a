#pragma once

#include <type_traits>

#include <mica/namespace.hpp>
#include <mica/tensor.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// BatchView: `size` samples of one compile-time shape, one after the other, not owned.
// Shape: [size][sample extents...]; T is float or const float. Memory: one pointer and one int.
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
  // A whole tensor whose first extent is the batch and whose other extents are the sample's.
  template <class U, int batch, int... extents,
            class = std::enable_if_t<std::is_same_v<Shape<extents...>, SampleShape>>>
  constexpr BatchView(Tensor<U, batch, extents...>& tensor) : data(tensor.data()), size(batch) {}
  template <class U, int batch, int... extents,
            class = std::enable_if_t<std::is_same_v<Shape<extents...>, SampleShape>>>
  constexpr BatchView(const Tensor<U, batch, extents...>& tensor) : data(tensor.data()), size(batch) {}

  constexpr T* operator[](int sample) const { return data + sample * stride; }
  constexpr int count() const { return size * stride; }
  // The samples from `first` on, `samples` of them.
  constexpr BatchView part(int first, int samples) const { return {data + first * stride, samples}; }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
