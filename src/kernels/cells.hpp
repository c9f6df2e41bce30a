// The element-wise part of the recurrent cells: one sample at one time step, and the way back.
#pragma once

#include <mica/kernels/recurrent.hpp>

#include "elementary.hpp"
#include "updates.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// One sample at one time step. A record holds what RecurrentCell says; `before` stands for time step t - 1.
template <class T>
struct CellForward {
  T* record;
  const T* h_before;
  const T* c_before;
  T* h;
};
template <class T>
struct CellBackward {
  const T* record;
  const T* h;
  const T* h_before;
  const T* c_before;
  T* dh;  // becomes the part of the gradient that goes to h_before past the gates
  T* dc;  // becomes the gradient of c_before
  T* d;   // gradients of what the gates' functions are applied to, then of the products that stand apart
};

template <class P, class Cell>
struct CellOn;

// h = tanh(a)
template <class P>
struct CellOn<P, SimpleCell> {
  using T = typename P::Value;

  static void forward(int units, CellForward<T> at) {
    for_each_vector<P>(
        units, [=](auto load, auto store) { store(at.h, keep_normal<P>(Elementary<P>::tanh(load(at.record)))); });
  }

  // da = dh (1 - h)(1 + h)
  static void backward(int units, CellBackward<T> at) {
    const auto zero = P::set(0), one = P::set(1);
    for_each_vector<P>(units, [=](auto load, auto store) {
      const auto h = load(at.h);
      store(at.d, keep_normal<P>(P::mul(load(at.dh), P::mul(P::sub(one, h), P::add(one, h)))));
      store(at.dh, zero);
    });
  }
};

// r = sigmoid(a_r), z = sigmoid(a_z), n = tanh(a_n + r q), h = n + z (h_before - n)
template <class P>
struct CellOn<P, GatedCell> {
  using T = typename P::Value;

  static void forward(int units, CellForward<T> at) {
    T *const r_at = at.record, *const z_at = r_at + units, *const n_at = z_at + units, *const q_at = n_at + units;
    for_each_vector<P>(units, [=](auto load, auto store) {
      const auto r = Elementary<P>::sigmoid(load(r_at));
      const auto z = Elementary<P>::sigmoid(load(z_at));
      const auto n = Elementary<P>::tanh(P::fma(r, load(q_at), load(n_at)));
      store(r_at, r);
      store(z_at, z);
      store(n_at, n);
      store(at.h, keep_normal<P>(P::fma(z, P::sub(load(at.h_before), n), n)));
    });
  }

  // da_n = dh (1 - z)(1 - n)(1 + n),   dq = da_n r,   da_r = da_n q r (1 - r),   da_z = dh (h_before - n) z (1 - z)
  static void backward(int units, CellBackward<T> at) {
    const T *const r_at = at.record, *const z_at = r_at + units, *const n_at = z_at + units, *const q_at = n_at + units;
    T *const dr_at = at.d, *const dz_at = dr_at + units, *const dn_at = dz_at + units, *const dq_at = dn_at + units;
    const auto one = P::set(1);
    for_each_vector<P>(units, [=](auto load, auto store) {
      const auto r = load(r_at), z = load(z_at), n = load(n_at), dh = load(at.dh);
      const auto dn = P::mul(P::mul(dh, P::sub(one, z)), P::mul(P::sub(one, n), P::add(one, n)));
      const auto dr = P::mul(P::mul(dn, load(q_at)), P::mul(r, P::sub(one, r)));
      const auto dz = P::mul(P::mul(dh, P::sub(load(at.h_before), n)), P::mul(z, P::sub(one, z)));
      store(dr_at, keep_normal<P>(dr));
      store(dz_at, keep_normal<P>(dz));
      store(dn_at, keep_normal<P>(dn));
      store(dq_at, keep_normal<P>(P::mul(dn, r)));
      store(at.dh, P::mul(dh, z));
    });
  }
};

// i, f, o = sigmoid(a), g = tanh(a_g), c = f c_before + i g, h = o tanh(c)
template <class P>
struct CellOn<P, MemoryCell> {
  using T = typename P::Value;

  static void forward(int units, CellForward<T> at) {
    T *const i_at = at.record, *const f_at = i_at + units, *const g_at = f_at + units, *const o_at = g_at + units;
    T* const c_at = o_at + units;
    for_each_vector<P>(units, [=](auto load, auto store) {
      const auto i = Elementary<P>::sigmoid(load(i_at));
      const auto f = Elementary<P>::sigmoid(load(f_at));
      const auto g = Elementary<P>::tanh(load(g_at));
      const auto o = Elementary<P>::sigmoid(load(o_at));
      const auto c = keep_normal<P>(P::fma(f, load(at.c_before), P::mul(i, g)));
      store(i_at, i);
      store(f_at, f);
      store(g_at, g);
      store(o_at, o);
      store(c_at, c);
      store(at.h, keep_normal<P>(P::mul(o, Elementary<P>::tanh(c))));
    });
  }

  // With s = tanh(c): do = dh s, dc += dh o (1 - s)(1 + s), di = dc g, df = dc c_before, dg = dc i, dc_before = dc f
  static void backward(int units, CellBackward<T> at) {
    const T *const i_at = at.record, *const f_at = i_at + units, *const g_at = f_at + units, *const o_at = g_at + units;
    const T* const c_at = o_at + units;
    T *const di_at = at.d, *const df_at = di_at + units, *const dg_at = df_at + units, *const do_at = dg_at + units;
    const auto zero = P::set(0), one = P::set(1);
    const auto through_sigmoid = [one](auto d, auto y) { return keep_normal<P>(P::mul(d, P::mul(y, P::sub(one, y)))); };
    const auto tanh_slope = [one](auto y) { return P::mul(P::sub(one, y), P::add(one, y)); };
    for_each_vector<P>(units, [=](auto load, auto store) {
      const auto i = load(i_at), f = load(f_at), g = load(g_at), o = load(o_at), dh = load(at.dh);
      const auto s = Elementary<P>::tanh(load(c_at));
      const auto dc = P::fma(P::mul(dh, o), tanh_slope(s), load(at.dc));
      store(di_at, through_sigmoid(P::mul(dc, g), i));
      store(df_at, through_sigmoid(P::mul(dc, load(at.c_before)), f));
      store(dg_at, keep_normal<P>(P::mul(P::mul(dc, i), tanh_slope(g))));
      store(do_at, through_sigmoid(P::mul(dh, s), o));
      store(at.dc, keep_normal<P>(P::mul(dc, f)));
      store(at.dh, zero);
    });
  }
};

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
