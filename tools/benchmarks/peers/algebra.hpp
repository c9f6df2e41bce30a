// c = a b + beta c for column-major matrices, with Eigen, or with a BLAS if MICA_PEER_BLAS is defined.
#pragma once

#include <Eigen/Core>
#ifdef MICA_PEER_BLAS
#include <cblas.h>
#endif

namespace peers {

using Matrix = Eigen::MatrixXf;
using Vector = Eigen::VectorXf;
using View = Eigen::Map<Matrix>;
using ConstView = Eigen::Map<const Matrix>;

#ifdef MICA_PEER_BLAS
// m x n from k steps; a and b are given as they lie, and turned where asked.
inline void product(bool turn_a, bool turn_b, ConstView a, ConstView b, float beta, View c) {
  const int m = static_cast<int>(c.rows()), n = static_cast<int>(c.cols());
  const int k = static_cast<int>(turn_a ? a.rows() : a.cols());
  const int a_rows = static_cast<int>(a.rows()), b_rows = static_cast<int>(b.rows());
  if (n == 1 && !turn_b) {
    cblas_sgemv(CblasColMajor, turn_a ? CblasTrans : CblasNoTrans, a_rows, static_cast<int>(a.cols()), 1, a.data(),
                a_rows, b.data(), 1, beta, c.data(), 1);
  } else if (k == 1 && beta == 1) {
    cblas_sger(CblasColMajor, m, n, 1, a.data(), 1, b.data(), 1, c.data(), m);
  } else {
    cblas_sgemm(CblasColMajor, turn_a ? CblasTrans : CblasNoTrans, turn_b ? CblasTrans : CblasNoTrans, m, n, k, 1,
                a.data(), a_rows, b.data(), b_rows, beta, c.data(), m);
  }
}
#else
inline void product(bool turn_a, bool turn_b, ConstView a, ConstView b, float beta, View c) {
  const auto put = [&](const auto& ab) {
    if (beta == 0) {
      c.noalias() = ab;
    } else {
      c.noalias() += ab;
    }
  };
  if (c.cols() == 1 && !turn_b) {
    if (turn_a) {
      put(a.transpose() * b.col(0));
    } else {
      put(a * b.col(0));
    }
  } else if (turn_a) {
    put(a.transpose() * b);
  } else if (turn_b) {
    put(a * b.transpose());
  } else {
    put(a * b);
  }
}
#endif

}  // namespace peers
