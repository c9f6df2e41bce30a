// Eight: a port with eight lanes in plain C++, which a compiler turns into whatever vector instructions it has. Each lane
// computes what the plain port computes; ports/README.md says what each member is.
#pragma once

#include <utility>

#include "ports/scalar/port.hpp"

struct Eight {
  using Value = float;
  using One = mica::ports::Scalar;  // what each lane computes
  static constexpr const char* name = "eight";
  static constexpr int lanes = 8, tile_rows = 2, tile_vectors = 2, row_vectors = 2;
  template <class T>
  struct Vector {
    T lane[lanes];
  };
  using Float = Vector<float>;
  using Int = Vector<std::int32_t>;
  using Mask = Vector<bool>;

  // f of the corresponding lanes of all vectors.
  template <class F, class... V>
  static auto each(F f, const V&... v) {
    Vector<decltype(f(v.lane[0]...))> result;
    for (int l = 0; l < lanes; ++l) result.lane[l] = f(v.lane[l]...);
    return result;
  }
  template <class T>
  static Vector<T> all(T x) {
    return each([x](int) { return x; }, Int{});
  }

  static Float load(const float* p) { return load_first(p, lanes); }
  static Float load_first(const float* p, int n) {
    Float v{};
    for (int l = 0; l < n && l < lanes; ++l) v.lane[l] = p[l];
    return v;
  }
  static void store(float* p, Float v) { store_first(p, v, lanes); }
  static void store_first(float* p, Float v, int n) {
    for (int l = 0; l < n && l < lanes; ++l) p[l] = v.lane[l];
  }
  static Float set(float x) { return all(x); }
  static void transpose(Float (&rows)[lanes]) {
    for (int i = 0; i < lanes * lanes; ++i) {
      if (i / lanes < i % lanes) std::swap(rows[i / lanes].lane[i % lanes], rows[i % lanes].lane[i / lanes]);
    }
  }

  static Float add(Float a, Float b) { return each(One::add, a, b); }
  static Float sub(Float a, Float b) { return each(One::sub, a, b); }
  static Float mul(Float a, Float b) { return each(One::mul, a, b); }
  static Float div(Float a, Float b) { return each(One::div, a, b); }
  static Float sqrt(Float a) { return each(One::sqrt, a); }
  static Float fma(Float a, Float b, Float c) { return each(One::fma, a, b, c); }
  static Float min(Float a, Float b) { return each(One::min, a, b); }
  static Float max(Float a, Float b) { return each(One::max, a, b); }
  static Mask less(Float a, Float b) { return each(One::less, a, b); }
  static Float select(Mask m, Float yes, Float no) { return each(One::select, m, yes, no); }
  static unsigned bits(Mask m) {
    unsigned bits = 0;
    for (int l = 0; l < lanes; ++l) bits |= (m.lane[l] ? 1u : 0u) << l;
    return bits;
  }
  static Mask mask(unsigned bits) {
    return each([bits](int l) { return (bits >> l & 1) != 0; }, lane_index());
  }

  static Int set_int(std::int32_t x) { return all(x); }
  static Int lane_index() { return {{0, 1, 2, 3, 4, 5, 6, 7}}; }
  static Int as_int(Float v) { return each(One::as_int, v); }
  static Float as_float(Int v) { return each(One::as_float, v); }
  static Float to_float(Int v) { return each(One::to_float, v); }
  static Int add_int(Int a, Int b) { return each(One::add_int, a, b); }
  static Int sub_int(Int a, Int b) { return each(One::sub_int, a, b); }
  static Int and_int(Int a, Int b) { return each(One::and_int, a, b); }
  static Int or_int(Int a, Int b) { return each(One::or_int, a, b); }
  static Int xor_int(Int a, Int b) { return each(One::xor_int, a, b); }
  template <int n>
  static Int shift_left(Int a) {
    return each(One::shift_left<n>, a);
  }
  template <int n>
  static Int shift_right(Int a) {
    return each(One::shift_right<n>, a);
  }
  template <int n>
  static Int shift_right_signed(Int a) {
    return each(One::shift_right_signed<n>, a);
  }
  static Mask less_int(Int a, Int b) { return each(One::less_int, a, b); }
};
