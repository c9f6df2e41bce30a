// Does clipping the gradient keep recurrent networks from exploding?
#include "experiment.hpp"
#include "grid.hpp"
#include "recall.hpp"
#include "training.hpp"

namespace mica::choosing {
namespace {

constexpr int epochs = 20, steps = 20;

template <class Layer>
using Net = Sequential<Input<steps, 2>, Layer, Dense<4>>;

template <class Layer>
Scores scores(float clip_norm, float rate) {
  return accuracies<Training<Net<Layer>>>(Recall<steps>(2000, 1), Recall<steps>(2000, 2), epochs,
                                          [clip_norm, rate](auto& training) {
                                            training.trainer.clip_norm = clip_norm;
                                            training.trainer.optimizer.learning_rate = rate;
                                          });
}

}  // namespace

void clipping(Context& context) {
  const struct {
    const char* name;
    float clip_norm;
  } choices[] = {{"none", 0.0f}, {"`clip_norm = 1`", 1.0f}, {"`clip_norm = 0.1f`", 0.1f}};
  Grid grid("clipping", {"`SimpleRNN<16>`, rate 0.01", "`SimpleRNN<16>`, 0.03", "`SimpleRNN<16>`, 0.1",
                         "`GRU<16>`, rate 0.01", "`GRU<16>`, 0.03", "`GRU<16>`, 0.1"});
  for (const auto& choice : choices) {
    std::vector<Scores> row;
    for (const float rate : {0.01f, 0.03f, 0.1f}) row.push_back(scores<SimpleRNN<16>>(choice.clip_norm, rate));
    for (const float rate : {0.01f, 0.03f, 0.1f}) row.push_back(scores<GRU<16>>(choice.clip_norm, rate));
    grid.add(choice.name, row);
  }
  grid.print(context.out);
}

}  // namespace mica::choosing
