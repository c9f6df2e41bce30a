#pragma once

#include <cstddef>

#include <mica/testing/bench.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace testing {

// BenchMemory: hands out static bytes, which must start as zeros, array by array. Without bytes it only counts how many
// are needed, at compile time: so no type has to say what a bench is made of.
// Memory: a pointer and a size.
class BenchMemory {
 public:
  static constexpr std::size_t alignment = 64;
  constexpr BenchMemory() = default;
  explicit BenchMemory(unsigned char* bytes) : bytes_(bytes) {}
  constexpr std::size_t size() const { return size_; }

  template <class T>
  constexpr T* array(int count) {
    unsigned char* const bytes = take(static_cast<std::size_t>(count) * sizeof(T));
    return bytes == nullptr ? nullptr : static_cast<T*>(static_cast<void*>(bytes));
  }
  template <class T>
  constexpr GuardedNumbers<T> guarded(int capacity) {
    T* const all = array<T>(capacity + 2 * GuardedNumbers<T>::zone);
    return {all, capacity, array<int>(1)};
  }
  // An empty struct still has an address, and a byte there.
  constexpr SealedBytes sealed(std::size_t size) {
    const std::size_t room = size > 0 ? size : 1;
    unsigned char* const bytes = take(room + 2 * SealedBytes::zone);
    if (bytes == nullptr) return {nullptr, nullptr, nullptr, size};
    unsigned char* const item = bytes + SealedBytes::zone;
    return {bytes, item, item + room, size};
  }

  // A bench for the layer.
  template <class T>
  constexpr Bench<T> bench(const AnyLayer<T>& layer) {
    const int inputs = layer.batch * layer.inputs, outputs = layer.batch * layer.outputs;
    const std::size_t params_bytes = static_cast<std::size_t>(layer.parameters) * sizeof(T);
    const std::size_t stats_bytes = static_cast<std::size_t>(layer.statistics) * sizeof(T);
    return {layer,
            array<BenchState>(1),
            array<T>(inputs),
            array<T>(outputs),
            array<T>(layer.parameters),
            array<T>(layer.statistics),
            guarded<T>(inputs),
            guarded<T>(inputs),
            guarded<T>(outputs),
            guarded<T>(outputs),
            guarded<T>(layer.most_scratch),
            sealed(params_bytes),
            sealed(params_bytes),
            sealed(stats_bytes),
            sealed(layer.cache_bytes)};
  }

 private:
  constexpr unsigned char* take(std::size_t bytes) {
    unsigned char* const first = bytes_ == nullptr ? nullptr : bytes_ + size_;
    size_ += (bytes + alignment - 1) / alignment * alignment;
    return first;
  }

  unsigned char* bytes_ = nullptr;
  std::size_t size_ = 0;
};

template <class T>
constexpr std::size_t size_of_bench(const AnyLayer<T>& layer) {
  BenchMemory memory;
  memory.bench(layer);
  return memory.size();
}

// A bench in static memory of its own, with Random(0): the same one each time for the same layer and batch.
template <class Bound, int batch>
Bench<typename Bound::Value> static_bench() {
  constexpr auto& layer = any_layer<Bound, batch>;
  alignas(BenchMemory::alignment) static unsigned char bytes[size_of_bench(layer)];
  BenchMemory memory(bytes);
  return memory.bench(layer);
}

}  // namespace testing
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
