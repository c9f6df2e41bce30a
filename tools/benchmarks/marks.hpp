// Counting instructions instead of time. An emulator that watches the calls of mica_mark notes how many instructions
// have run at each of them; the difference of two marks, less that of two with nothing between, belongs to a kernel.
#pragma once

#include <cstdio>

#include "case.hpp"

extern "C" void mica_mark();

namespace benchmarks {

struct Counting {
  template <class Function>
  void operator()(const Case& one, Function f) {
    mica_mark();
    f();
    mica_mark();
    std::printf("{\"kernel\":\"%s\",\"model\":\"%s\",\"batch\":%d,\"shape\":\"%s\",\"unit\":\"%s\",\"units\":%ld}\n",
                one.kernel, one.model, one.batch, one.shape, one.unit, static_cast<long>(one.units));
  }
};

}  // namespace benchmarks
