// A network learns to read digits of 8x8 pixels on the board, each digit drawn by the board and seen once.
// To change: the layers in Net, and readBatch(), which would ask a camera or a card for samples.
#include <Mica.h>

using Net = mica::Sequential<mica::Input<8, 8, 1>, mica::Dense<32>, mica::ReLU, mica::Dense<10>>;
using Digits = mica::SyntheticDigits<mica::Shape<8, 8, 1>>;

const int batch = 8;
static mica::Model<Net> model;
static mica::Trainer<Net, mica::SoftmaxCrossEntropy, mica::FusedUpdate<mica::SGD>, batch> trainer;
static mica::Predictor<Net> predict;
static float images[batch * Net::Input::size];
static uint8_t labels[batch];

bool readBatch(const Digits& digits, int first) {
  for (int i = 0; i < batch; i++) {
    if (!digits.read(first + i, images + i * Net::Input::size, labels[i]).ok()) return false;
  }
  return true;
}

void setup() {
  Serial.begin(115200);
  const Digits digits = Digits::training(16000, /*seed*/ 42);
  model.initialize(/*seed*/ 42);
  int correct = 0;
  for (int step = 1; step <= 2000 && readBatch(digits, (step - 1) * batch); step++) {
    trainer.step(model, {images, batch}, {labels, batch});
    correct += trainer.correct();
    if (step % 500 == 0) {
      Serial.print("right so far ");
      Serial.println(100.0f * correct / (500 * batch), 1);
      correct = 0;
    }
  }
}

void loop() {
  const Digits digits = Digits::testing(16000, /*seed*/ 42);
  if (!readBatch(digits, 0)) return;
  float scores[10];
  predict(model, {images, 1}, {scores, 1});
  int best = 0;
  for (int i = 1; i < 10; i++) {
    if (scores[i] > scores[best]) best = i;
  }
  Serial.print("a ");
  Serial.print(labels[0]);
  Serial.print(" was read as ");
  Serial.println(best);
  delay(5000);
}
