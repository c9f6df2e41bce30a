// check_layer on kinds of layers beyond the plain ones: batch statistics, random masks, caches, indices, layers that
// claim to work in place, kinks.
#include <cstring>
#include <string>

#include <mica/mica.hpp>
#include <mica/testing/check_layer.hpp>

#include <doctest/doctest.h>

namespace {

using mica::BatchView;
using mica::LayerDefaults;
using mica::Random;
using mica::Shape;
using mica::StepContext;

// y = x - the batch's mean when training, x - the running mean at test time.
template <bool honest = true>
struct Centered {
  template <class Input, class T>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr int size = Input::size;
    static constexpr bool trains_differently = honest;
    using Params = typename LayerDefaults<On, Input, Input, T>::Params;
    struct Stats {
      T mean[size];
    };
    static void initialize(Params&, Stats& stats, mica::Activation, Random) {
      for (T& m : stats.mean) m = 0;
    }
    static void infer(const Params&, const Stats& stats, BatchView<const T, Input> x, BatchView<T, Input> y, T*) {
      for (int i = 0; i < x.count(); ++i) y.data[i] = x.data[i] - stats.mean[i % size];
    }
    template <class Cache>
    static void forward(const Params&, Stats& stats, Cache&, BatchView<const T, Input> x, BatchView<T, Input> y,
                        StepContext<T>) {
      for (int i = 0; i < size; ++i) {
        T mean = 0;
        for (int n = 0; n < x.size; ++n) mean += x[n][i] / T(x.size);
        for (int n = 0; n < x.size; ++n) y[n][i] = x[n][i] - mean;
        stats.mean[i] += (mean - stats.mean[i]) / 8;
      }
    }
    template <class Cache>
    static void backward(const Params&, Params&, const Cache&, BatchView<const T, Input>, BatchView<const T, Input>,
                         BatchView<T, Input> dy, BatchView<T, Input> dx, StepContext<T>) {
      for (int i = 0; i < size; ++i) {
        T mean = 0;
        for (int n = 0; n < dy.size; ++n) mean += dy[n][i] / T(dy.size);
        for (int n = 0; n < dy.size; ++n) dx[n][i] = dy[n][i] - mean;
      }
    }
  };
  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Centered";
  }
};

// Drops every number with probability 1/4; works in place and draws the mask again in backward.
struct Masked {
  template <class Input, class T>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr bool trains_differently = true;
    static constexpr bool in_place = true;
    static void mask(Random random, int count, const T* from, T* to) {
      for (int i = 0; i < count; ++i) {
        to[i] = random.below(4, static_cast<std::uint32_t>(i)) == 0 ? T(0) : from[i] * T(4) / T(3);
      }
    }
    template <class Params, class Stats>
    static void infer(const Params&, const Stats&, BatchView<const T, Input> x, BatchView<T, Input> y, T*) {
      for (int i = 0; i < x.count(); ++i) y.data[i] = x.data[i];
    }
    template <class Params, class Stats, class Cache>
    static void forward(const Params&, Stats&, Cache&, BatchView<const T, Input> x, BatchView<T, Input> y,
                        StepContext<T> context) {
      mask(context.random, x.count(), x.data, y.data);
    }
    template <class Params, class Cache>
    static void backward(const Params&, Params&, const Cache&, BatchView<const T, Input>, BatchView<const T, Input>,
                         BatchView<T, Input> dy, BatchView<T, Input> dx, StepContext<T> context) {
      mask(context.random, dy.count(), dy.data, dx.data);
    }
  };
  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Masked";
  }
};

// The largest number of a sample; remembers where it was.
template <bool fills_cache = true>
struct Largest {
  template <class Input, class T>
  struct On : LayerDefaults<On<Input, T>, Input, Shape<1>, T> {
    template <int batch>
    struct Cache {
      T index[batch];
    };
    static int index_of(const T* x) {
      int best = 0;
      for (int i = 1; i < Input::size; ++i) best = x[i] > x[best] ? i : best;
      return best;
    }
    template <class Params, class Stats>
    static void infer(const Params&, const Stats&, BatchView<const T, Input> x, BatchView<T, Shape<1>> y, T*) {
      for (int n = 0; n < x.size; ++n) y.data[n] = x[n][index_of(x[n])];
    }
    template <class Params, class Stats, int batch>
    static void forward(const Params& params, Stats& stats, Cache<batch>& cache, BatchView<const T, Input> x,
                        BatchView<T, Shape<1>> y, StepContext<T>) {
      infer(params, stats, x, y, nullptr);
      for (int n = 0; fills_cache && n < x.size; ++n) cache.index[n] = T(index_of(x[n]));
    }
    template <class Params, int batch>
    static void backward(const Params&, Params&, const Cache<batch>& cache, BatchView<const T, Input>,
                         BatchView<const T, Shape<1>>, BatchView<T, Shape<1>> dy, BatchView<T, Input> dx,
                         StepContext<T>) {
      for (int n = 0; n < dy.size; ++n) {
        for (int i = 0; i < Input::size; ++i) dx[n][i] = T(i) == cache.index[n] ? dy.data[n] : T(0);
      }
    }
  };
  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Largest";
  }
};

// y = table[x]: its inputs are whole numbers.
template <int entries>
struct Table {
  template <class Input, class T>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr bool needs_input = true;
    struct Params {
      T values[entries];
    };
    template <class Stats>
    static void initialize(Params& params, Stats&, mica::Activation, Random random) {
      for (int i = 0; i < entries; ++i) params.values[i] = T(random.uniform(static_cast<std::uint32_t>(i)));
    }
    template <class Stats>
    static void infer(const Params& params, const Stats&, BatchView<const T, Input> x, BatchView<T, Input> y, T*) {
      for (int i = 0; i < x.count(); ++i) y.data[i] = params.values[static_cast<int>(x.data[i])];
    }
    template <class Cache>
    static void backward(const Params&, Params& gradient, const Cache&, BatchView<const T, Input> x,
                         BatchView<const T, Input>, BatchView<T, Input> dy, BatchView<T, Input> dx, StepContext<T>) {
      for (int i = 0; i < x.count(); ++i) gradient.values[static_cast<int>(x.data[i])] += dy.data[i];
      for (int i = 0; dx.data != nullptr && i < dx.count(); ++i) dx.data[i] = 0;
    }
  };
  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Table<" << entries << ">";
  }
};

// y_i = x_i + x_(i - 1), x_(-1) = x_last: not a layer that can work in place.
struct Neighbours {
  template <class Input, class T>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr bool in_place = true;
    static constexpr int size = Input::size;
    template <class Params, class Stats>
    static void infer(const Params&, const Stats&, BatchView<const T, Input> x, BatchView<T, Input> y, T*) {
      for (int n = 0; n < x.size; ++n) {
        for (int i = 0; i < size; ++i) y[n][i] = x[n][i] + x[n][(i + size - 1) % size];
      }
    }
    template <class Params, class Cache>
    static void backward(const Params&, Params&, const Cache&, BatchView<const T, Input>, BatchView<const T, Input>,
                         BatchView<T, Input> dy, BatchView<T, Input> dx, StepContext<T>) {
      for (int n = 0; n < dy.size; ++n) {
        for (int i = 0; i < size; ++i) dx[n][i] = dy[n][i] + dy[n][(i + 1) % size];
      }
    }
  };
  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Neighbours";
  }
};

template <class Layer>
void expect_contract(const mica::CheckOptions& options = {}) {
  const mica::CheckReport report = mica::check_layer<Layer, Shape<6>>(options);
  INFO(std::string(report.message()));
  CHECK(report.ok());
  CHECK(report.gradient_numbers() > 0);
}

template <class Layer>
void expect_found(const char* words, const mica::CheckOptions& options = {}) {
  const mica::CheckReport report = mica::check_layer<Layer, Shape<6>>(options);
  INFO(std::string(report.message()));
  CHECK(!report.ok());
  CHECK(std::strstr(report.message(), words) != nullptr);
}

}  // namespace

TEST_CASE("layers that train differently") {
  expect_contract<Centered<>>();
  expect_contract<Masked>();
  expect_found<Centered<false>>("forward must give the bits of infer");
}

TEST_CASE("a chain trains differently if one of its layers does") {
  using Net = mica::Sequential<mica::Input<6>, mica::Dense<5>, Centered<>, Masked, mica::Dense<3>>;
  CHECK(Net::Bound::trains_differently);
  CHECK(!mica::Sequential<mica::Input<6>, mica::Dense<5>>::Bound::trains_differently);
  const mica::CheckReport report = mica::check_network<Net>();
  INFO(std::string(report.message()));
  CHECK(report.ok());
}

TEST_CASE("a layer with a cache") {
  expect_contract<Largest<>>();
  expect_found<Largest<false>>("must give the numerical gradient");
}

TEST_CASE("a layer whose inputs are indices") {
  mica::CheckOptions options;
  options.indices = 7;
  expect_contract<Table<7>>(options);
}

TEST_CASE("a layer that cannot work in place but says so is found") {
  expect_found<Neighbours>("infer must give the same bits when y is x (in_place)");
  expect_found<Neighbours>("forward must give the same bits when y is x (in_place)");
  expect_found<Neighbours>("backward must give the same bits when dx is dy (in_place)");
}

TEST_CASE("a kink within the step of the difference quotient is no failure") {
  // Inputs this close to 0 lie on both sides of the kink of ReLU.
  mica::CheckOptions options;
  options.low = -4e-6f;
  options.high = 4e-6f;
  expect_contract<mica::ReLU>(options);
}
