// Measures kernels and training steps, by time or, under an emulator, by instructions. Each line is one JSON object.
// usage: bench port | kernels | count [MOST_BYTES] | bytes | samples SIDE FILE
//        bench train|infer|learn MODEL BATCH SAMPLES [SECONDS]      see contest.hpp
//   kernels   the machine, then all kernels by time
//   count     all kernels once, between calls of mica_mark; leaves out what needs more memory than MOST_BYTES
//   bytes     what each model takes          samples   writes digits of SIDE x SIDE for Mica and its peers to train on
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "convolutions.hpp"
#include "elementwise.hpp"
#include "marks.hpp"
#include "ports/native.hpp"
#include "products.hpp"
#include "steps.hpp"
#include "updates.hpp"
#ifdef MICA_BENCHMARK_TIME
#include "machine.hpp"
#include "models.hpp"
#include "row.hpp"
#endif

// Must stay a call, and a place of its own in the program.
extern "C" [[gnu::noinline, gnu::noclone, gnu::used]] void mica_mark() { asm volatile("" ::: "memory"); }

namespace benchmarks {
namespace {

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

// Boards have neither files nor a clock: they only count.
#ifdef MICA_BENCHMARK_TIME
void print_machine(const Machine& machine) {
  const char* const port = mica::ports::Native::name;
  std::printf("{\"machine\":\"fma_peak\",\"port\":\"%s\",\"gflops\":%.1f}\n", port, machine.peak / 1e9);
  for (const Level& level : machine.levels) {
    std::printf(
        "{\"machine\":\"%s\",\"port\":\"%s\",\"array_bytes\":%d,\"read_gbytes_per_second\":%.1f,"
        "\"update_gbytes_per_second\":%.1f}\n",
        level.name, port, 4 * level.numbers, level.read / 1e9, level.update / 1e9);
  }
  std::fflush(stdout);
}

int measure_kernels() {
  print_machine(measure_machine<mica::ports::Native>());
  Timing timing{"mica"}, c_library{"libm"};
  measure_all(timing, {1e9});
  measure_c_library(c_library);
  return 0;
}

int write_digits(bool small, const char* path) {
  if (small ? draw_samples<mica::Shape<8, 8, 1>>(path, 4096) : draw_samples<mica::Shape<28, 28, 1>>(path, 10000))
    return 0;
  std::fprintf(stderr, "bench: cannot write the samples to %s.\n", path);
  return 2;
}
int measure_time(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "kernels") return measure_kernels();
  if (what == "train" || what == "infer" || what == "learn") return hold_contest("mica", argc, argv, make_entry);
  if (what == "samples" && argc > 3) return write_digits(std::strcmp(argv[2], "8") == 0, argv[3]);
  if (what == "bytes") {
    print_all_bytes();
    return 0;
  }
  std::fprintf(
      stderr, "usage: bench port | kernels | count [MOST_BYTES] | bytes | samples SIDE FILE | train|infer|learn ...\n");
  return 2;
}
#else
int measure_time(int, char**) { return 2; }
#endif

}  // namespace
}  // namespace benchmarks

int main(int argc, char** argv) {
  using namespace benchmarks;
  const char* const what = argc > 1 ? argv[1] : "";
  if (std::strcmp(what, "count") == 0) return count(argc > 2 ? std::atof(argv[2]) : 1e9);
  if (std::strcmp(what, "port") == 0) {
    std::puts(mica::ports::Native::name);
    return 0;
  }
  return measure_time(argc, argv);
}
