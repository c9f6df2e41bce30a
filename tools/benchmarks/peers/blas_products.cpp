// The matrix products of the reference models with a BLAS: one line of JSON each, as from Mica's own program.
// usage: OPENBLAS_NUM_THREADS=1 [OPENBLAS_CORETYPE=Haswell|SkylakeX] blas_products NAME
#include <cblas.h>

#include <cstdio>

#include "../case.hpp"
#include "../product_shapes.hpp"
#include "../timing.hpp"

int main(int argc, char** argv) {
  using namespace benchmarks;
  const char* const library = argc > 1 ? argv[1] : "openblas";
  for (const ProductShape& s : product_shapes) {
    Numbers x = numbers(count_of(s.batch, s.in), 1), w = numbers(count_of(s.in, s.out), 2);
    Numbers y = numbers(count_of(s.batch, s.out), 3);
    const auto product = [&](const char* kernel, auto f) {
      const Rate calls = measure(1, f);
      std::printf("{\"library\":\"%s\",\"kernel\":\"%s\",\"model\":\"%s\",\"batch\":%d,\"shape\":\"%dx%d\",", library,
                  kernel, s.model, s.batch, s.in, s.out);
      std::printf("\"microseconds\":%.4f,\"microseconds_median\":%.4f}\n", 1e6 / calls.best, 1e6 / calls.median);
    };
    // A batch of one is what BLAS calls gemv and ger.
    const bool one = s.batch == 1;
    product("forward", [&] {
      if (one) {
        cblas_sgemv(CblasRowMajor, CblasTrans, s.in, s.out, 1, w.data(), s.out, x.data(), 1, 0, y.data(), 1);
      } else {
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, s.batch, s.out, s.in, 1, x.data(), s.in, w.data(), s.out,
                    0, y.data(), s.out);
      }
    });
    product("weight_gradient", [&] {
      if (one) {
        cblas_sger(CblasRowMajor, s.in, s.out, 1, x.data(), 1, y.data(), 1, w.data(), s.out);
      } else {
        cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, s.in, s.out, s.batch, 1, x.data(), s.in, y.data(), s.out,
                    1, w.data(), s.out);
      }
    });
    fill(w.data(), w.size(), 2);
    product("input_gradient", [&] {
      if (one) {
        cblas_sgemv(CblasRowMajor, CblasNoTrans, s.in, s.out, 1, w.data(), s.out, y.data(), 1, 0, x.data(), 1);
      } else {
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, s.batch, s.in, s.out, 1, y.data(), s.out, w.data(), s.out,
                    0, x.data(), s.in);
      }
    });
  }
}
