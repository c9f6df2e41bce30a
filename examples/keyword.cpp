// A keyword spotter: sound, log-mel features, and a network of depthwise separable convolutions (DS-CNN).
// To change: `Words` (recordings of your own: mica::WavReader reads them on a board, `mica convert` on a PC), the names, the
// rate and the bands of Features. In a product, features.push(sample) takes the microphone's samples one by one.
// An argument is another seed.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <mica/mica.hpp>

constexpr int rate = 8000, length = 4000, words = 4;
static const char* const names[words] = {"up", "down", "yes", "none of them"};

using Features = mica::LogMel<rate, 256, 200, 20, 100, 3800>;
constexpr int frames = Features::frames(length);
using Net = mica::Sequential<mica::Input<frames, 20, 1>,                                                             //
                             mica::Conv2d<12, mica::rectangle(5, 4), mica::Same, 2>, mica::BatchNorm<>, mica::ReLU,  //
                             mica::DepthwiseConv2d<3, mica::Same>, mica::BatchNorm<>, mica::ReLU,                    //
                             mica::Conv2d<16, 1>, mica::BatchNorm<>, mica::ReLU,                                     //
                             mica::GlobalAvgPool, mica::Dense<words>>;
using Loss = mica::SoftmaxCrossEntropy;

// Half a second of a voice: harmonics of a pitch of its own in two bands (formants) that move as the word wants it.
// The fourth class is noise and voices that keep their formants where they are.
static void say(int word, mica::Random random, std::int16_t* sound) {
  const auto between = [&](std::uint32_t which, double low, double high) {
    return low + (high - low) * static_cast<double>(random.uniform(which));
  };
  const double pitch = between(0, 100, 220), begin = between(1, 0, 0.15), lasts = between(2, 0.2, 0.35);
  const double loud = word == 3 && random.uniform(6) < 0.5f ? 0 : between(3, 500, 2500), noise = between(4, 20, 300),
               still = between(5, 400, 2400);
  // Where both formants begin and end, in hertz.
  const double moves[words][4] = {
      {300, 800, 900, 1800}, {800, 300, 1800, 900}, {400, 400, 2400, 1000}, {still / 2, still / 2, still, still}};
  const double* const move = moves[word];
  double phase = 0;
  for (int t = 0; t < length; ++t) {
    const double part = (t / double{rate} - begin) / lasts;  // of the word
    double level = 0;
    if (part > 0 && part < 1) {
      phase += pitch * (1 - 0.2 * part) / rate;
      const double first = move[0] + (move[1] - move[0]) * part, second = move[2] + (move[3] - move[2]) * part;
      for (int k = 1; k * pitch < 3500; ++k) {
        const double a = (k * pitch - first) / 150, b = (k * pitch - second) / 200;
        level += (std::exp(-a * a) + std::exp(-b * b)) * std::sin(6.2831853 * k * phase);
      }
      level *= loud * std::sin(3.1415927 * part);
    }
    level += noise * (2 * static_cast<double>(random.uniform(static_cast<std::uint32_t>(t + 8))) - 1);
    sound[t] = static_cast<std::int16_t>(std::fmin(std::fmax(level, -32768), 32767));
  }
}

// Words: their features, computed once.
template <int count>
struct Words {
  using Sample = Net::Input;
  float features[count][Sample::size];

  explicit Words(std::uint64_t seed) {
    static Features ear;
    static std::int16_t sound[length];
    for (int i = 0; i < count; ++i) {
      say(i % words, mica::Random(seed).fork(static_cast<std::uint32_t>(i)), sound);
      ear.transform(sound, length, features[i]);
      for (float& x : features[i]) x = (x + 5) / 4;
    }
  }
  int size() const { return count; }
  mica::Status read(int index, float* sample, std::uint8_t& label) const {
    for (int i = 0; i < Sample::size; ++i) sample[i] = features[index][i];
    label = static_cast<std::uint8_t>(index % words);
    return {};
  }
};

static mica::Model<Net> model;
static mica::Trainer<Net, Loss, mica::Adam, 16> trainer;
static mica::Fit<Net, Loss, mica::Adam, 16> fit;
static mica::Evaluator<Net, Loss, 16> evaluator;
static mica::Predictor<Net> predict;
int main(int count, char** arguments) {
  const std::uint64_t seed = count > 1 ? static_cast<std::uint64_t>(std::atoi(arguments[1])) : 1;
  model.initialize(seed);
  fit.seed = seed;
  fit.epochs = 12;
  trainer.optimizer.learning_rate = 0.005f;
  static const Words<400> spoken(2 * seed), unseen(2 * seed + 1);
  mica::Status status = fit.run(model, trainer, spoken, [](const mica::Progress&) { return true; });
  mica::Evaluation result;
  if (status.ok()) status = evaluator.run(model, unseen, result);
  if (!status.ok()) return std::puts(status.message()), 1;
  float scores[words];
  predict(model, {unseen.features[2], 1}, {scores, 1});
  for (int c = 0; c < words; ++c) std::printf("%s: %.2f  ", names[c], static_cast<double>(scores[c]));
  std::printf("\naccuracy on 400 unseen words: %.3f; %zu bytes of RAM to listen, %zu of weights\n",
              static_cast<double>(result.accuracy), sizeof(Features) + sizeof(predict) + 4 * Net::Input::size,
              sizeof(model));
  return result.accuracy > 0.97f ? 0 : 1;
}
