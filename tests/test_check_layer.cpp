// check_layer itself: it finds every way to break the contract that it promises to find.
#include <cstring>
#include <string>

#include <mica/testing/check_layer.hpp>

#include <doctest/doctest.h>

namespace {

using mica::BatchView;
using mica::LayerDefaults;
using mica::Random;
using mica::Shape;
using mica::StepContext;

enum class Fault {
  none,
  wrong_dx,
  wrong_gradient,
  slightly_wrong_gradient,
  overwrites_gradient,
  adds_to_dx,
  forgets_gradient_without_dx,
  hides_needs_input,
  hides_needs_input_behind_a_comparison,
  writes_before_y,
  writes_behind_y,
  writes_behind_dx,
  takes_too_much_scratch_in_infer,
  takes_too_much_scratch_in_backward,
  writes_behind_gradient,
  changes_x,
  changes_y_in_backward,
  changes_dy,
  changes_params,
  changes_stats_in_infer,
  forgets_last_y,
  forgets_last_dx,
  reads_scratch,
  forward_differs,
  forward_ignores_generator,
  row_depends_on_batch,
  takes_batch_for_full,
  forgets_parameter,
  forgets_statistic,
  initializes_anew,
  wrong_in_float,
};

int calls = 0;

// y = w x + b sqrt(scratch), element by element, written plainly; one fault at a time.
template <Fault fault>
struct Scaled {
  template <class Input, class T>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr int size = Input::size;
    static constexpr bool needs_input =
        fault != Fault::hides_needs_input && fault != Fault::hides_needs_input_behind_a_comparison;
    struct Params {
      T weight[size];
    };
    struct Stats {
      T offset;
    };
    static constexpr int infer_scratch(int batch) { return batch; }
    static constexpr int train_scratch(int batch) { return batch; }

    static void initialize(Params& params, Stats& stats, mica::Activation, Random random) {
      for (int i = 0; i < size; ++i) {
        if (fault == Fault::forgets_parameter && i == 1) continue;
        params.weight[i] = T(random.uniform(static_cast<std::uint32_t>(i))) + T(0.5);
      }
      if (fault == Fault::initializes_anew) params.weight[0] = T(++calls);
      if (fault != Fault::forgets_statistic) stats.offset = T(0.25);
    }

    static void infer(const Params& params, const Stats& stats, BatchView<const T, Input> x, BatchView<T, Input> y,
                      T* scratch) {
      T* const memory = const_cast<T*>(x.data);
      const T error = fault == Fault::wrong_in_float && sizeof(T) == 4 ? T(1.001) : T(1);
      for (int n = 0; n < x.size; ++n) {
        if (fault != Fault::reads_scratch) scratch[n] = stats.offset;
        for (int i = 0; i < size; ++i) {
          if (fault == Fault::forgets_last_y && n == x.size - 1 && i == size - 1) continue;
          y[n][i] = params.weight[i] * x[n][i] * error + scratch[n];
          if (fault == Fault::hides_needs_input_behind_a_comparison && x[n][i] < 0) y[n][i] *= 2;
        }
      }
      if (fault == Fault::row_depends_on_batch && x.size > 1) y.data[0] += T(1e-3);
      if (fault == Fault::writes_before_y) y.data[-1] = 1;
      if (fault == Fault::writes_behind_y) y.data[y.count()] = 1;
      if (fault == Fault::takes_too_much_scratch_in_infer) scratch[x.size] = 0;
      if (fault == Fault::changes_x) memory[0] = 0;
      if (fault == Fault::changes_stats_in_infer) const_cast<Stats&>(stats).offset += 1;
    }
    template <class Cache>
    static void forward(const Params& params, Stats& stats, Cache&, BatchView<const T, Input> x, BatchView<T, Input> y,
                        StepContext<T> context) {
      infer(params, stats, x, y, context.scratch);
      if (fault == Fault::forward_differs) y.data[0] += T(1e-3);
      if (fault == Fault::forward_ignores_generator) y.data[0] += T(++calls);
    }
    template <class Cache>
    static void backward(const Params& params, Params& gradient, const Cache&, BatchView<const T, Input> x,
                         BatchView<const T, Input> y, BatchView<T, Input> dy, BatchView<T, Input> dx,
                         StepContext<T> context) {
      const int rows = fault == Fault::takes_batch_for_full ? 4 : x.size;
      for (int i = 0; i < size; ++i) {
        T sum = 0;
        for (int n = 0; n < rows; ++n) sum += dy[n][i] * slope(x[n][i]) * x[n][i];
        if (fault == Fault::hides_needs_input_behind_a_comparison) {
          sum = 0;
          for (int n = 0; n < rows; ++n) sum += dy[n][i] * (y[n][i] - T(0.25)) / params.weight[i];
        }
        if (fault == Fault::wrong_gradient) sum += sum;
        if (fault == Fault::slightly_wrong_gradient) sum *= T(1) + T(3e-6);
        if (fault == Fault::forgets_gradient_without_dx && dx.data == nullptr) sum = 0;
        gradient.weight[i] = fault == Fault::overwrites_gradient ? sum : gradient.weight[i] + sum;
      }
      if (fault == Fault::takes_too_much_scratch_in_backward) context.scratch[x.size] = 0;
      if (fault == Fault::writes_behind_gradient) (&gradient.weight[0])[size] = 0;
      if (fault == Fault::changes_params) const_cast<Params&>(params).weight[0] += 1;
      if (fault == Fault::changes_y_in_backward) const_cast<T*>(y.data)[0] += 1;
      if (dx.data == nullptr) return;
      for (int n = 0; n < x.size; ++n) {
        for (int i = 0; i < size; ++i) {
          if (fault == Fault::forgets_last_dx && n == x.size - 1 && i == size - 1) continue;
          T d = dy[n][i] * slope(x[n][i]) * params.weight[i];
          if (fault == Fault::adds_to_dx) d += dx[n][i];
          if (fault == Fault::wrong_dx && i == 1) d = -d;
          dx[n][i] = d;
        }
      }
      if (fault == Fault::writes_behind_dx) dx.data[dx.count()] = 1;
      if (fault == Fault::changes_dy) dy.data[0] = 0;
    }
    static T slope(T x) { return fault == Fault::hides_needs_input_behind_a_comparison && x < 0 ? T(2) : T(1); }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Scaled";
  }
};

// Fails unless check_layer finds the fault and says so with these words.
template <Fault fault>
void expect_found(const char* words) {
  const mica::CheckReport report = mica::check_layer<Scaled<fault>, Shape<5>>();
  INFO(std::string(report.message()));
  INFO(std::string(words));
  CHECK(!report.ok());
  CHECK(std::strstr(report.message(), words) != nullptr);
  CHECK(std::strncmp(report.message(), "Scaled on 5, ", 13) == 0);
}

}  // namespace

TEST_CASE("the layer without a fault keeps the contract") {
  const mica::CheckReport report = mica::check_layer<Scaled<Fault::none>, Shape<5>>();
  INFO(std::string(report.message()));
  CHECK(report.ok());
  CHECK(report.failures() == 0);
  CHECK(report.gradient_numbers() == (4 + 3) * 5 + 2 * 5);
}

TEST_CASE("wrong gradients are found") {
  expect_found<Fault::wrong_dx>("must give the numerical gradient: dx[");
  expect_found<Fault::wrong_gradient>("must give the numerical gradient: gradient[");
  expect_found<Fault::slightly_wrong_gradient>("must give the numerical gradient: gradient[");
  expect_found<Fault::wrong_in_float>("y in float must be that in double");
}

TEST_CASE("what backward does with its results is checked") {
  expect_found<Fault::overwrites_gradient>("backward must add to the gradient");
  expect_found<Fault::adds_to_dx>("backward must give numbers: dx[0] is NaN");
  expect_found<Fault::forgets_last_dx>("dx[19] is NaN (never written");
  expect_found<Fault::forgets_gradient_without_dx>("same gradient when dx is null");
  expect_found<Fault::takes_batch_for_full>("backward must give numbers");
}

TEST_CASE("a layer that reads what it says it does not need is found") {
  expect_found<Fault::hides_needs_input>("backward must read neither x nor y");
  expect_found<Fault::hides_needs_input_behind_a_comparison>("backward must read neither x nor y");
}

TEST_CASE("writing where nothing of its own is") {
  expect_found<Fault::writes_before_y>("infer wrote outside y: 1 before its first number");
  expect_found<Fault::writes_behind_y>("infer wrote outside y: 1 behind its last number");
  expect_found<Fault::writes_behind_dx>("backward wrote outside dx");
  expect_found<Fault::takes_too_much_scratch_in_infer>("infer wrote outside scratch");
  expect_found<Fault::takes_too_much_scratch_in_backward>("backward wrote outside scratch");
  expect_found<Fault::writes_behind_gradient>("backward wrote outside Params, Stats or Cache");
  expect_found<Fault::changes_x>("infer changed x[0]");
  expect_found<Fault::changes_y_in_backward>("backward must not change y");
  expect_found<Fault::changes_dy>("backward may change dy only if it works in place");
  expect_found<Fault::changes_params>("backward changed the parameters");
  expect_found<Fault::changes_stats_in_infer>("infer changed the statistics");
}

TEST_CASE("what infer and forward give is checked") {
  expect_found<Fault::forgets_last_y>("infer must give numbers: y[19] is NaN (never written");
  expect_found<Fault::reads_scratch>("infer must give numbers: y[0] is NaN");
  expect_found<Fault::forward_differs>("forward must give the bits of infer");
  expect_found<Fault::forward_ignores_generator>("forward must give the same bits for the same generator");
  expect_found<Fault::row_depends_on_batch>("infer must give a sample the same bits alone as in a batch");
}

TEST_CASE("what initialize writes is checked") {
  expect_found<Fault::forgets_parameter>("initialize did not write parameter 1 of 5");
  expect_found<Fault::forgets_statistic>("initialize did not write statistic 0 of 1");
  expect_found<Fault::initializes_anew>("initialize gave other numbers");
}

TEST_CASE("numbers are written with four digits") {
  const auto text = [](double x) {
    mica::Text<20> writer;
    mica::testing::write_scientific(writer, x);
    return std::string(writer.c_str());
  };
  CHECK(text(0) == "0.000");
  CHECK(text(1) == "1.000");
  CHECK(text(-0.000123456) == "-1.235e-4");
  CHECK(text(9.9996e9) == "1.000e10");
  CHECK(text(1e300 * 1e300) == "infinity");
  CHECK(text(1e300 * 1e300 - 1e300 * 1e300) == "NaN");
}
