// Which initializer keeps a network trainable, for which activation and depth?
#include "experiment.hpp"
#include "grid.hpp"
#include "training.hpp"

namespace mica::choosing {
namespace {

// The initializer of the run, so that one type of network serves all of them.
using Fill = void (*)(float*, int, int, Fan, Activation, Random);
Fill chosen = nullptr;

struct Chosen {
  template <class T>
  static void fill(T* weights, int rows, int columns, Fan fan, Activation next, Random random) {
    chosen(weights, rows, columns, fan, next, random);
  }
};

constexpr int width = 50, epochs = 4;

// `depth` Dense layers with the activation behind each, and the outputs.
template <int depth, class Act, class... Layers>
struct Deep : Deep<depth - 1, Act, Dense<width, Chosen>, Act, Layers...> {};
template <class Act, class... Layers>
struct Deep<0, Act, Layers...> {
  using Net = Sequential<Input<28, 28, 1>, Layers..., Dense<10, Chosen>>;
};

template <class Act>
void table(const char* name, Context& context, const Digits& digits, const Digits& test) {
  static constexpr struct {
    const char* name;
    Fill fill;
  } choices[] = {
      {"`Zeros`", Zeros::fill<float>},
      {"`Normal<1, 100>`", Normal<1, 100>::fill<float>},
      {"`XavierNormal<>`", XavierNormal<>::fill<float>},
      {"`KaimingNormal<>`", KaimingNormal<>::fill<float>},
      {"`Orthogonal<>`", Orthogonal<>::fill<float>},
      {"`Auto` (the default)", Auto::fill<float>},
  };
  constexpr float rates[] = {0.003f, 0.03f};
  Grid grid(name, {"3 layers", "10 layers", "30 layers"});
  for (const auto& choice : choices) {
    chosen = choice.fill;
    grid.add(choice.name, {best_accuracies<Training<typename Deep<3, Act>::Net>>(digits, test, epochs, rates),
                           best_accuracies<Training<typename Deep<10, Act>::Net>>(digits, test, epochs, rates),
                           best_accuracies<Training<typename Deep<30, Act>::Net>>(digits, test, epochs, rates)});
  }
  grid.print(context.out);
}

}  // namespace

void initializers(Context& context) {
  const Digits digits = context.digits.training(3000), test = context.digits.testing(5000);
  table<ReLU>("ReLU", context, digits, test);
  table<Tanh>("Tanh", context, digits, test);
  table<Sigmoid>("Sigmoid", context, digits, test);
}

}  // namespace mica::choosing
