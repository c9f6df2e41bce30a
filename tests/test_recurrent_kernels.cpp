// The kernels of the recurrent layers, attention and embeddings: Native against Scalar, between guards.
#include <cmath>

#include <doctest/doctest.h>

#include "../src/kernels/attention.hpp"
#include "../src/kernels/embedding.hpp"
#include "../src/kernels/recurrent.hpp"
#include "support.hpp"

using namespace tests;
namespace kernels = mica::kernels;
namespace on = mica::kernels::on;

namespace {

int differences(Guarded& a, Guarded& b) {
  int count = 0;
  for (int i = 0; i < a.size(); ++i) count += bits_of(a[i]) != bits_of(b[i]);
  return count;
}

// All passes of one cell on one port.
template <class P, class Cell>
struct Pass {
  kernels::Sequence s;
  Guarded x, input, hidden, bias, h, records, dy, dx, dinput, dhidden, dbias, scratch;

  Pass(kernels::Sequence sizes, int offset)
      : s(sizes),
        x(s.samples * s.time * s.features, offset),
        input(s.features * Cell::gates * s.units, offset + 1),
        hidden(s.units * Cell::gates * s.units, offset + 2),
        bias(Cell::biases * s.units, offset + 3),
        h(s.samples * s.time * s.units, offset),
        records(s.samples * s.time * Cell::record * s.units, offset),
        dy(h.size(), offset + 5),
        dx(x.size(), offset + 6),
        dinput(input.size(), offset),
        dhidden(hidden.size(), offset),
        dbias(bias.size(), offset),
        scratch(kernels::recurrent_forward_scratch<Cell>(s) + kernels::recurrent_backward_scratch<Cell>(s), offset) {
    Numbers numbers(7);
    for (Guarded* array : {&x, &input, &hidden, &bias, &dy, &dinput, &dhidden, &dbias}) {
      for (int i = 0; i < array->size(); ++i) (*array)[i] = numbers.even();
    }
  }

  void run() {
    const kernels::RecurrentWeights<const float> weights = {input.data(), hidden.data(), bias.data()};
    const int sample = s.time * s.units;
    float* const kept = Cell::keeps_record ? records.data() : nullptr;
    on::recurrent_forward<P, Cell>(s, weights, x.data(), {h.data(), sample, s.units}, kept, scratch.data());
    on::recurrent_backward<P, Cell>(s, weights, {dinput.data(), dhidden.data(), dbias.data()}, x.data(),
                                    {h.data(), sample, s.units}, kept, true, dy.data(), dx.data(), scratch.data());
    for (Guarded* array : {&x, &input, &hidden, &bias, &h, &records, &dy, &dx, &dinput, &dhidden, &dbias, &scratch}) {
      CHECK(array->intact());
    }
  }
};

}  // namespace

TEST_CASE_TEMPLATE("recurrent cells: Native is Scalar", Cell, kernels::SimpleCell, kernels::GatedCell,
                   kernels::MemoryCell) {
  const kernels::Sequence sizes[] = {{1, 1, 1, 1},  {1, 9, 3, 8},   {2, 17, 9, 5}, {7, 8, 4, 16},
                                     {3, 3, 17, 7}, {13, 2, 1, 33}, {1, 2, 40, 67}};
  for (const kernels::Sequence& s : sizes) {
    CAPTURE(s.units);
    Pass<Native, Cell> native(s, s.time % 8);
    Pass<Scalar, Cell> scalar(s, 0);
    native.run();
    scalar.run();
    CHECK(differences(native.h, scalar.h) == 0);
    CHECK(differences(native.dx, scalar.dx) == 0);
    CHECK(differences(native.dinput, scalar.dinput) == 0);
    CHECK(differences(native.dhidden, scalar.dhidden) == 0);
    CHECK(differences(native.dbias, scalar.dbias) == 0);
  }
}

namespace {

template <class P>
struct AttentionPass {
  kernels::Attention a;
  Guarded projected, context, dcontext, dprojected, scratch;

  AttentionPass(kernels::Attention sizes, int offset)
      : a(sizes),
        projected(3 * a.time * a.features, offset),
        context(a.time * a.features, offset + 1),
        dcontext(context.size(), offset + 2),
        dprojected(projected.size(), offset),
        scratch(a.backward_scratch(), offset) {
    Numbers numbers(8);
    for (Guarded* array : {&projected, &dcontext}) {
      for (int i = 0; i < array->size(); ++i) (*array)[i] = 3 * numbers.even();
    }
  }
  void run() {
    on::attend<P>(a, projected.data(), context.data(), scratch.data());
    on::attend_backward<P>(a, projected.data(), dcontext.data(), dprojected.data(), scratch.data());
    for (Guarded* array : {&projected, &context, &dcontext, &dprojected, &scratch}) CHECK(array->intact());
  }
};

}  // namespace

TEST_CASE("attention: Native is Scalar") {
  for (const bool causal : {false, true}) {
    const kernels::Attention sizes[] = {{1, 1, 1, causal},  {5, 6, 3, causal},   {16, 8, 1, causal},
                                        {17, 9, 3, causal}, {35, 20, 2, causal}, {40, 33, 1, causal}};
    for (const kernels::Attention& a : sizes) {
      CAPTURE(a.time);
      AttentionPass<Native> native(a, a.time % 8);
      AttentionPass<Scalar> scalar(a, 0);
      native.run();
      scalar.run();
      CHECK(differences(native.projected, scalar.projected) == 0);
      CHECK(differences(native.context, scalar.context) == 0);
      CHECK(differences(native.dprojected, scalar.dprojected) == 0);
    }
  }
}

TEST_CASE("look_up: Native is Scalar, and what is out of range counts as the nearest row") {
  const float indices[] = {2, 0, 4, 2, -1, 5, 1e30f, -HUGE_VALF, NAN, 1.75f};
  const int rows_meant[] = {2, 0, 4, 2, 0, 4, 4, 0, 0, 1};
  for (int columns = 1; columns <= 19; ++columns) {
    Guarded table(5 * columns, 1), y(10 * columns, 2), dtable(5 * columns, 3), same_dtable(5 * columns);
    Numbers numbers(9);
    for (int i = 0; i < table.size(); ++i) table[i] = dtable[i] = same_dtable[i] = numbers.even();
    on::look_up<Native>(10, columns, 5, indices, table.data(), y.data());
    int wrong = 0;
    for (int i = 0; i < y.size(); ++i) {
      wrong += bits_of(y[i]) != bits_of(table[rows_meant[i / columns] * columns + i % columns]);
    }
    CHECK(wrong == 0);
    on::look_up_backward<Native>(10, columns, 5, indices, y.data(), dtable.data());
    on::look_up_backward<Scalar>(10, columns, 5, indices, y.data(), same_dtable.data());
    CHECK(differences(dtable, same_dtable) == 0);
    CHECK((table.intact() && y.intact() && dtable.intact()));
  }
}

TEST_CASE("add_positions: Native is Scalar") {
  for (int columns = 1; columns <= 70; columns += columns < 18 ? 1 : 13) {
    std::vector<std::uint32_t> turns(static_cast<std::size_t>(columns));
    Numbers numbers(10);
    for (auto& turn : turns) turn = numbers.bits();
    Guarded x(2 * 5 * columns, 3), y(x.size(), 1), same_y(x.size());
    for (int i = 0; i < x.size(); ++i) x[i] = numbers.even();
    on::add_positions<Native>(2, 5, columns, turns.data(), x.data(), y.data());
    on::add_positions<Scalar>(2, 5, columns, turns.data(), x.data(), same_y.data());
    on::add_positions<Native>(2, 5, columns, turns.data(), x.data(), x.data());
    CHECK(differences(y, same_y) == 0);
    CHECK(differences(x, y) == 0);
    CHECK((x.intact() && y.intact()));
  }
}
