// What is measured: a kernel at a size, and what one call of it costs at least. Time and instructions share the cases.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <vector>

namespace benchmarks {

struct Case {
  const char* kernel;
  const char* model = "";  // the reference model it comes from
  int batch = 0;
  const char* shape = "";
  const char* unit = "";  // what `units` counts: multiply-adds or elements
  double units = 0;
  double flops = 0;
  double read = 0, written = 0;  // bytes
  double footprint = 0;          // bytes of all arrays, where some are both read and written
};

// Boards have little memory: cases that need more than this are left out.
struct Memory {
  double most_bytes;
  bool holds(double bytes) const { return bytes <= most_bytes; }
};

// Arrays begin at a line of the cache, as large static objects do: the heap would put them across two vectors.
template <class T>
struct CacheAligned {
  using value_type = T;
  CacheAligned() = default;
  template <class U>
  explicit CacheAligned(const CacheAligned<U>&) {}
  T* allocate(std::size_t n) {
    return static_cast<T*>(::operator new(n * sizeof(T), static_cast<std::align_val_t>(64)));
  }
  void deallocate(T* p, std::size_t) { ::operator delete(p, static_cast<std::align_val_t>(64)); }
  friend bool operator==(CacheAligned, CacheAligned) { return true; }
  friend bool operator!=(CacheAligned, CacheAligned) { return false; }
};
using Numbers = std::vector<float, CacheAligned<float>>;

inline std::size_t count_of(long rows, long columns = 1) { return static_cast<std::size_t>(rows * columns); }

// Numbers from -1 to 1 that are the same on every machine.
inline void fill(float* x, std::size_t n, std::uint32_t state) {
  for (std::size_t i = 0; i < n; ++i) {
    state = state * 1664525u + 1013904223u;
    x[i] = static_cast<float>(state >> 8) / 8388608.0f - 1.0f;
  }
}
inline Numbers numbers(std::size_t n, std::uint32_t seed) {
  Numbers x(n);
  fill(x.data(), n, seed);
  return x;
}

}  // namespace benchmarks
