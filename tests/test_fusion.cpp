// A chain makes one of a convolution, its ReLU and its max pool. Everything that can be seen from outside stays as it was:
// numbers of layers, parameters, initial values, and every bit of outputs, gradients and training.
#include <cstddef>
#include <cstring>
#include <type_traits>

#include <doctest/doctest.h>
#include <mica/mica.hpp>
#include <mica/testing/check_layer.hpp>
#include <mica/unfused.hpp>

#include "kept_contract.hpp"
#include "support.hpp"

using namespace mica;

namespace {

using Cnn = Sequential<Input<28, 28, 1>, Conv2d<8, 3, Same>, ReLU, MaxPool2d<2>, Conv2d<16, 3, Same>, ReLU,
                       MaxPool2d<2>, Dense<10>>;
using Lenet =
    Sequential<Input<28, 28, 1>, Conv2d<6, 5, Same>, ReLU, MaxPool2d<2>, Conv2d<16, 5>, ReLU, MaxPool2d<2>, Dense<10>>;
// Odd extents, rectangles, no ReLU, more outputs than a word has bits.
using Odd = Sequential<Input<13, 17, 3>, Conv2d<5, rectangle(3, 2), Same>, MaxPool2d<2, 2, DropBorder>,
                       Conv2d<70, 3, Same>, ReLU, MaxPool2d<rectangle(2, 3), 3, DropBorder>, Dense<3>>;
using Strided = Sequential<Input<19, 18, 3>, Conv2d<11, 3, Same, 2, 2>, ReLU, MaxPool2d<3, 3, DropBorder>,
                           Conv2d<9, 2, Pad<2>, 1, rectangle(1, 2)>, ReLU, MaxPool2d<2, 2, DropBorder>, Dense<3>>;
using Wide = Sequential<Input<9, 9, 40>, Conv2d<24, 3, Same>, ReLU, MaxPool2d<3>, Conv2d<33, 3, Same>, ReLU,
                        MaxPool2d<3>, Dense<3>>;
using Sequence =
    Sequential<Input<40, 3>, Conv1d<7, 5, Same>, ReLU, MaxPool1d<2>, Conv1d<33, 3>, ReLU, MaxPool1d<3>, Dense<3>>;
// The pool is the last layer; a norm and dropout lie between blocks; a block lies in a branch.
using Mixed = Sequential<Input<8, 8, 2>, Conv2d<4, 3, Same>, ReLU, MaxPool2d<2>, BatchNorm<>, Dropout<1, 4>,
                         Concat<Branch<Conv2d<4, 3, Same>, ReLU, MaxPool2d<2>>, Branch<AvgPool2d<2>>>, Conv2d<3, 1>,
                         ReLU, MaxPool2d<2>>;

template <class Bound>
constexpr bool is_fused = !std::is_same_v<Bound, AsWritten<Bound>>;

// Box: zeroed objects on the heap. std::unique_ptr takes a fifth of the time to compile this file, for all its types.
template <class T>
class Box {
 public:
  explicit Box(int count = 1) : first_(new T[static_cast<std::size_t>(count)]()) {}
  ~Box() { delete[] first_; }
  Box(const Box&) = delete;
  Box& operator=(const Box&) = delete;
  T* get() const { return first_; }
  T& operator*() const { return *first_; }
  T* operator->() const { return first_; }

 private:
  T* first_;
};

// One batch after the other: images of few values, so that many taps of a window are equal, or of all kinds.
template <class Net, int batch>
struct Batches {
  static constexpr int numbers = Net::Input::size;
  Box<float> x{batch * numbers};
  std::uint8_t labels[batch];
  tests::Numbers numbers_of{7};

  void next(bool ties) {
    for (int i = 0; i < batch * numbers; ++i) {
      x.get()[i] = ties ? static_cast<float>(numbers_of.below(3)) - 1 : numbers_of.even();
    }
    for (auto& label : labels) label = static_cast<std::uint8_t>(numbers_of.below(Net::Output::size));
  }
};

template <class Net, class Optimizer, int batch>
void train_both(int steps) {
  using Plain = Unfused<Net>;
  const Box<Model<Net>> a;
  const Box<Model<Plain>> b;
  const Box<Trainer<Net, SoftmaxCrossEntropy, Optimizer, batch>> fused;
  const Box<Trainer<Plain, SoftmaxCrossEntropy, Optimizer, batch>> plain;
  a->initialize(5);
  b->initialize(5);
  REQUIRE(a->hash() == b->hash());
  Batches<Net, batch> data;
  for (int step = 0; step < steps; ++step) {
    // Now and then a batch that is not full.
    const int n = batch > 1 && step % 7 == 3 ? batch - 1 : batch;
    data.next(step % 3 == 0);
    const float loss = fused->step(*a, {data.x.get(), n}, {data.labels, n});
    CHECK(loss == plain->step(*b, {data.x.get(), n}, {data.labels, n}));
  }
  CHECK(a->hash() == b->hash());
  CHECK(a->parameters()[0] != 0);

  // Outputs at test time, in a batch and alone.
  data.next(false);
  constexpr int outputs = Net::Output::size;
  float together[batch * outputs], unfused[batch * outputs], alone[outputs];
  const Box<Predictor<Net, batch>> predict;
  const Box<Predictor<Plain, batch>> predict_plain;
  (*predict)(*a, {data.x.get(), batch}, {together, batch});
  (*predict_plain)(*b, {data.x.get(), batch}, {unfused, batch});
  CHECK(std::memcmp(together, unfused, sizeof together) == 0);
  for (int n = 0; n < batch; ++n) {
    (*predict)(*a, {data.x.get() + n * Net::Input::size, 1}, {alone, 1});
    CHECK(std::memcmp(alone, together + n * outputs, sizeof alone) == 0);
  }
}

template <class Net>
void train_sizes() {
  train_both<Net, SGDMomentum, 1>(50);
  train_both<Net, SGDMomentum, 3>(50);
}

// A chain inside another layer also hands down the gradient of its input.
template <class Net, int batch>
void check_input_gradient() {
  using Fused = typename Net::template In<float>;
  using Plain = typename Unfused<Net>::template In<float>;
  constexpr int inputs = batch * Net::Input::size, outputs = batch * Net::Output::size;
  const Box<typename Fused::Params> params;
  const Box<typename Plain::Params> plain_params;
  const Box<typename Fused::Params> gradient;
  const Box<typename Plain::Params> plain_gradient;
  const Box<typename Fused::Stats> stats;
  const Box<typename Plain::Stats> plain_stats;
  const Box<typename Fused::template Cache<batch>> cache;
  const Box<typename Plain::template Cache<batch>> plain_cache;
  const Box<float> scratch{Fused::train_scratch(batch) + Plain::train_scratch(batch)};
  const Activation next = {Activation::linear, 0};
  Fused::initialize(*params, *stats, next, Random(3));
  Plain::initialize(*plain_params, *plain_stats, next, Random(3));
  REQUIRE(std::memcmp(params.get(), plain_params.get(), sizeof *params) == 0);
  Batches<Net, batch> data;
  data.next(false);
  float y[outputs], plain_y[outputs], dy[outputs], plain_dy[outputs];
  const Box<float> dx{inputs}, plain_dx{inputs};
  for (int i = 0; i < outputs; ++i) dy[i] = plain_dy[i] = data.numbers_of.even();
  std::memset(static_cast<void*>(gradient.get()), 0, sizeof *gradient);
  std::memset(static_cast<void*>(plain_gradient.get()), 0, sizeof *plain_gradient);

  const StepContext<float> context{scratch.get(), Random(4)};
  const BatchView<const float, typename Net::Input> x{data.x.get(), batch};
  Fused::template forward<batch>(*params, *stats, *cache, x, {y, batch}, context);
  Plain::template forward<batch>(*plain_params, *plain_stats, *plain_cache, x, {plain_y, batch}, context);
  CHECK(std::memcmp(y, plain_y, sizeof y) == 0);
  Fused::template backward<batch>(*params, *gradient, *cache, x, {y, batch}, {dy, batch}, {dx.get(), batch}, context);
  Plain::template backward<batch>(*plain_params, *plain_gradient, *plain_cache, x, {plain_y, batch}, {plain_dy, batch},
                                  {plain_dx.get(), batch}, context);
  CHECK(std::memcmp(gradient.get(), plain_gradient.get(), sizeof *gradient) == 0);
  CHECK(std::memcmp(dx.get(), plain_dx.get(), inputs * sizeof(float)) == 0);
}

}  // namespace

TEST_CASE("three layers become one, and keep their numbers, parameters and names") {
  using Bound = Cnn::Bound;
  using Plain = Unfused<Cnn>::Bound;
  static_assert(Bound::layers == 7 && Plain::layers == 7, "");
  static_assert(is_fused<Bound::LayerAt<0>> && is_fused<Bound::LayerAt<1>> && is_fused<Bound::LayerAt<2>>, "");
  static_assert(is_fused<Bound::LayerAt<3>> && !is_fused<Bound::LayerAt<6>>, "");
  static_assert(std::is_same_v<AsWritten<Bound::LayerAt<0>>, Plain::LayerAt<0>>, "");
  static_assert(std::is_same_v<AsWritten<Bound::LayerAt<1>>::Output, Shape<28, 28, 8>>, "the shapes are still known");
  static_assert(std::is_same_v<AsWritten<Bound::LayerAt<2>>::Output, Shape<14, 14, 8>>, "");
  static_assert(Cnn::parameters == Unfused<Cnn>::parameters && sizeof(Cnn::Params) == sizeof(Unfused<Cnn>::Params), "");
  static_assert(Cnn::fingerprint() == Unfused<Cnn>::fingerprint(), "");
  static_assert(std::is_same_v<Bound::LayerAt<0>::Params, Plain::LayerAt<0>::Params>, "");
  static_assert(std::is_same_v<Bound::LayerAt<2>::Params, Plain::LayerAt<2>::Params>, "");
}

TEST_CASE("what is not a convolution, a ReLU and windows side by side stays as it is") {
  const auto fused = [](auto* net) {
    using Net = std::remove_pointer_t<decltype(net)>;
    return is_fused<typename Net::Bound::template LayerAt<0>>;
  };
  using In = Input<9, 9, 2>;
  using Conv = Conv2d<4, 3, Same>;
  CHECK(fused(static_cast<Sequential<In, Conv, ReLU, MaxPool2d<3>>*>(nullptr)));
  CHECK(fused(static_cast<Sequential<In, Conv, MaxPool2d<3>, ReLU>*>(nullptr)));
  CHECK(fused(static_cast<Sequential<In, Conv, ReLU, MaxPool2d<2, 2, DropBorder>>*>(nullptr)));
  CHECK(!fused(static_cast<Sequential<In, Conv, ReLU, MaxPool2d<3, 2>>*>(nullptr)));
  CHECK(!fused(static_cast<Sequential<In, Conv, ReLU, MaxPool2d<2, 2, Same>>*>(nullptr)));
  CHECK(!fused(static_cast<Sequential<In, Conv, LeakyReLU<>, MaxPool2d<3>>*>(nullptr)));
  CHECK(!fused(static_cast<Sequential<In, Conv, ReLU, AvgPool2d<3>>*>(nullptr)));
  CHECK(!fused(static_cast<Sequential<In, Conv, ReLU, ReLU, MaxPool2d<3>>*>(nullptr)));
  CHECK(!fused(static_cast<Sequential<In, Conv, ReLU>*>(nullptr)));
  CHECK(!fused(static_cast<Sequential<In, Frozen<Conv>, ReLU, MaxPool2d<3>, Dense<2>>*>(nullptr)));
  CHECK(!fused(static_cast<Sequential<In, DepthwiseConv2d<3, Same>, ReLU, MaxPool2d<3>>*>(nullptr)));
}

TEST_CASE("training gives the same bits: cnn") {
  train_both<Cnn, SGDMomentum, 1>(50);
  train_both<Cnn, SGDMomentum, 32>(6);
}
TEST_CASE("training gives the same bits: lenet5's convolutions") { train_both<Lenet, SGDMomentum, 3>(50); }
TEST_CASE("training gives the same bits: odd extents") { train_sizes<Odd>(); }
TEST_CASE("training gives the same bits: strides and dilation") { train_sizes<Strided>(); }
TEST_CASE("training gives the same bits: many channels") { train_both<Wide, Adam, 3>(20); }
TEST_CASE("training gives the same bits: sequences") {
  train_sizes<Sequence>();
  train_both<Sequence, SGDMomentum, 32>(50);
}
TEST_CASE("training gives the same bits: between other layers") { train_sizes<Mixed>(); }

TEST_CASE("the gradient of the input has the same bits") {
  check_input_gradient<Cnn, 2>();
  check_input_gradient<Lenet, 1>();
  check_input_gradient<Odd, 3>();
  check_input_gradient<Strided, 3>();
  check_input_gradient<Wide, 2>();
  check_input_gradient<Sequence, 3>();
  check_input_gradient<Mixed, 3>();
}

TEST_CASE("the passes keep to the layer contract") {
  using Small = Sequential<Input<7, 9, 2>, Conv2d<5, 3, Same>, ReLU, MaxPool2d<2, 2, DropBorder>, Conv2d<3, 2>,
                           MaxPool2d<rectangle(1, 3)>>;
  tests::expect_kept(check_network<Small, 3>());
}
