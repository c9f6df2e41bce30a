// The matrix products of the reference models with OpenBLAS: one line of JSON each, as from Mica's own program.
// usage: OPENBLAS_NUM_THREADS=1 [OPENBLAS_CORETYPE=Haswell|SkylakeX] peer_openblas NAME
#include <cblas.h>

#include <cstdio>
#include <vector>

#include "../product_shapes.hpp"
#include "../timing.hpp"

int main(int argc, char** argv) {
  const char* const peer = argc > 1 ? argv[1] : "openblas";
  for (const auto& s : benchmarks::product_shapes) {
    const auto count = [](int rows, int columns) {
      return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
    };
    std::vector<float> x(count(s.batch, s.in), 0.5f), w(count(s.in, s.out), 0.01f), y(count(s.batch, s.out), 0.1f);
    std::vector<float> dw(w.size()), dx(x.size());
    const auto print = [&](const char* kernel, auto f) {
      const benchmarks::Rate calls = benchmarks::measure(1, f);
      std::printf(
          "{\"kernel\":\"%s\",\"model\":\"%s\",\"batch\":%d,\"in\":%d,\"out\":%d,\"peer\":\"%s\",\"gflops\":%.2f}\n",
          kernel, s.model, s.batch, s.in, s.out, peer, 2.0 * s.batch * s.in * s.out * calls.best / 1e9);
    };
    // A batch of one is what BLAS calls gemv and ger.
    const bool one = s.batch == 1;
    print("forward", [&] {
      if (one) {
        cblas_sgemv(CblasRowMajor, CblasTrans, s.in, s.out, 1, w.data(), s.out, x.data(), 1, 0, y.data(), 1);
      } else {
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, s.batch, s.out, s.in, 1, x.data(), s.in, w.data(), s.out,
                    0, y.data(), s.out);
      }
    });
    print("weight_gradient", [&] {
      if (one) {
        cblas_sger(CblasRowMajor, s.in, s.out, 1e-9f, x.data(), 1, y.data(), 1, dw.data(), s.out);
      } else {
        cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, s.in, s.out, s.batch, 1, x.data(), s.in, y.data(), s.out,
                    1e-9f, dw.data(), s.out);
      }
    });
    print("input_gradient", [&] {
      if (one) {
        cblas_sgemv(CblasRowMajor, CblasNoTrans, s.in, s.out, 1, w.data(), s.out, y.data(), 1, 0, dx.data(), 1);
      } else {
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, s.batch, s.in, s.out, 1, y.data(), s.out, w.data(), s.out,
                    0, dx.data(), s.in);
      }
    });
  }
}
