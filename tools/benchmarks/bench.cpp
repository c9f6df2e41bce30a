// Measures kernels and training steps, by time or, under an emulator, by instructions. Each line is one JSON object.
// usage: bench machine | kernels | count [MOST_BYTES]
//   machine   what this processor can do at most     kernels   the machine, then all kernels by time
//   count     all kernels once, between calls of mica_mark; leaves out what needs more memory than MOST_BYTES
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "convolutions.hpp"
#include "elementwise.hpp"
#include "machine.hpp"
#include "marks.hpp"
#include "products.hpp"
#include "row.hpp"
#include "steps.hpp"
#include "updates.hpp"

// Must stay a call, and a place of its own in the program.
extern "C" [[gnu::noinline, gnu::noclone, gnu::used]] void mica_mark() { asm volatile("" ::: "memory"); }

namespace benchmarks {
namespace {

void print_machine(const Machine& machine) {
  const char* const port = mica::ports::Native::name;
  std::printf("{\"machine\":\"fma_peak\",\"port\":\"%s\",\"gflops\":%.1f}\n", port, machine.peak / 1e9);
  for (const Level& level : machine.levels) {
    std::printf(
        "{\"machine\":\"%s\",\"port\":\"%s\",\"read_gbytes_per_second\":%.1f,\"update_gbytes_per_second\":%.1f}\n",
        level.name, port, level.read / 1e9, level.update / 1e9);
  }
  std::fflush(stdout);
}

template <class Measure>
void measure_all(Measure& measure, Memory memory) {
  measure_products(measure, memory);
  measure_convolutions(measure, memory);
  measure_elementwise(measure);
  measure_norms(measure, memory);
  measure_updates(measure, memory);
}

int count(double most_bytes) {
  std::printf("{\"port\":\"%s\",\"compiler\":\"%s\"}\n", mica::ports::Native::name, __VERSION__);
  Counting counting;
  counting({"nothing"}, [] {});
  measure_all(counting, {most_bytes});
  measure_steps(counting, {most_bytes});
  return 0;
}

}  // namespace
}  // namespace benchmarks

int main(int argc, char** argv) {
  using namespace benchmarks;
  const char* const what = argc > 1 ? argv[1] : "";
  if (std::strcmp(what, "count") == 0) return count(argc > 2 ? std::atof(argv[2]) : 1e9);
  const bool kernels = std::strcmp(what, "kernels") == 0;
  if (!kernels && std::strcmp(what, "machine") != 0) {
    std::fprintf(stderr, "usage: bench machine | kernels | count [MOST_BYTES]\n");
    return 2;
  }
  const Machine machine = measure_machine<mica::ports::Native>();
  print_machine(machine);
  if (kernels) {
    Timing timing{machine, "mica"}, c_library{machine, "libm"};
    measure_all(timing, {1e9});
    measure_c_library(c_library);
  }
}
